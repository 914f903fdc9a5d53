"""Sequential models that grow in loops, lose layers, and hold one another."""

import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input(shape=(48, 48, 1)))
for filters in (32, 64, 128):
    model.add(layers.Conv2D(filters, 3, activation="relu"))
    model.add(layers.MaxPooling2D(2))
    if filters > 32:
        model.add(layers.Dropout(0.25))
model.add(layers.Flatten())
model.add(layers.Dense(10))
model.pop()
model.add(layers.Dense(7, activation="softmax"))

features = keras.Sequential([layer for layer in model.layers[:-2]], name="features")
features.build((None, 48, 48, 1))

scale = 1.0 / 255
augmentation = keras.Sequential(
    [layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.Rescaling(scale)]
)
whole = keras.Sequential([keras.Input((48, 48, 1)), augmentation, features])
whole.add(layers.GlobalAveragePooling2D())
whole.add(layers.Dense(3))

shared = layers.Dense(8)
for layer in model.layers:
    layer.trainable = False
