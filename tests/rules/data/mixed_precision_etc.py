# fine
import keras
import numpy as np
from keras import layers

X = np.random.rand(8, 4).astype("float32")
y = np.random.rand(8, 2).astype("float32")
m = keras.Sequential(
    [layers.Dense(4, activation="relu", input_shape=X[0].shape), layers.Dense(y.shape[1])]
)
m.compile(
    optimizer=keras.optimizers.SGD(
        learning_rate=keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    ),
    loss=keras.losses.Huber(),
    metrics=[keras.metrics.RootMeanSquaredError()],
)
m.fit(X, y, verbose=0, callbacks=[keras.callbacks.EarlyStopping(patience=1, monitor="loss")])
