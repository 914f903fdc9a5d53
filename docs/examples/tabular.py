"""Columns of a table: numbers, categories and dates, each with its own branch."""

import keras
import numpy as np
from keras import layers

NUMERIC = ["age", "trestbps", "chol"]
CATEGORICAL = {"sex": 2, "thal": ["fixed", "normal", "reversible"], "slope": 3}


def cardinality(values):
    return values if isinstance(values, int) else len(values)


def embedding_width(size):
    return min(50, (size + 1) // 2)


inputs, encoded = {}, []
for name in NUMERIC:
    inputs[name] = keras.Input((1,), name=name)
    encoded.append(layers.BatchNormalization(name=f"{name}_norm")(inputs[name]))
for name, values in CATEGORICAL.items():
    size = cardinality(values)
    column = keras.Input((1,), name=name, dtype="int64")
    vector = layers.Embedding(size + 1, embedding_width(size), name=f"{name}_embedding")(column)
    inputs[name] = column
    encoded.append(layers.Flatten()(vector))

x = layers.Concatenate()(encoded)
deep, cross = x, x
for units in (32, 16):
    deep = layers.Dense(units, activation="relu")(deep)
for _ in range(2):
    cross = x * layers.Dense(x.shape[-1])(cross) + cross
outputs = layers.Dense(1, activation="sigmoid")(layers.concatenate([deep, cross]))
model = keras.Model(inputs, outputs, name="wide_and_deep")

data = np.random.rand(64, 13)
split = int(0.8 * len(data))
features, targets = data[:split, :-1], data[:split, -1:]
regression = keras.Sequential(
    [
        keras.Input(features.shape[1:]),
        layers.Dense(16, activation="relu"),
        layers.Dense(targets.shape[1]),
    ]
)
