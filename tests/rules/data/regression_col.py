# fine
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

X = np.random.rand(50, 8)
y = np.random.rand(50, 1)
model = Sequential([Dense(16, activation="relu", input_dim=8), Dense(1)])
model.compile(loss="mean_squared_error", optimizer="adam", metrics=["mae"])
model.fit(X, y, verbose=0)
model.predict(X[:1], verbose=0)
