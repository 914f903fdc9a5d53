"""Layers taken out of a trained network and given a new head."""

import keras
from keras import layers


def base_network():
    return keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            layers.Conv2D(16, 3, strides=2, activation="relu", name="stem"),
            layers.Conv2D(32, 3, strides=2, activation="relu", name="middle"),
            layers.Conv2D(64, 3, strides=2, activation="relu", name="top"),
            layers.GlobalAveragePooling2D(name="pool"),
            layers.Dense(1000, name="logits"),
        ],
        name="base",
    )


base = base_network()
features = keras.Model(base.inputs, base.get_layer("top").output, name="features")
features.trainable = False

image = keras.Input((64, 64, 3), name="image")
x = features(image, training=False)
x = layers.GlobalMaxPooling2D()(x)
x = layers.Dropout(0.2)(x)
model = keras.Model(image, layers.Dense(4)(x))

several = keras.Model(base.inputs, [base.get_layer(name).output for name in ("stem", "middle")])
for layer in base.layers[:-1]:
    layer.trainable = False
