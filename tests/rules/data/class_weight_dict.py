# fine
import keras
import numpy as np
from keras.layers import Dense
from keras.models import Sequential

X = np.random.rand(20, 6)
y = np.random.randint(0, 2, 20)
model = Sequential([Dense(8, activation="relu", input_dim=6), Dense(1, activation="sigmoid")])
model.compile(
    "adam",
    "binary_crossentropy",
    metrics=["accuracy", keras.metrics.AUC(), keras.metrics.Precision()],
)
model.fit(X, y, epochs=1, verbose=0, class_weight={0: 1.0, 1: 2.0}, sample_weight=None)
