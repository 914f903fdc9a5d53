# fine
import keras
import numpy as np

c = np.array([-40, -10, 0, 8, 15, 22, 38], dtype=float)
f = np.array([-40, 14, 32, 46, 59, 72, 100], dtype=float)
l0 = keras.layers.Dense(units=1, input_shape=[1])
model = keras.Sequential([l0])
model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.1))
model.fit(c, f, epochs=1, verbose=False)
model.predict(np.array([100.0]), verbose=0)
