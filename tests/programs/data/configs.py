"""Layers and models made again from what they tell of themselves."""

import importlib

import keras
from keras import layers

dense = layers.Dense(5, activation="relu", kernel_initializer="he_normal")
config = dense.get_config()
config["units"] = 7
config["name"] = "other"
inputs = keras.Input((4,), name="data")
x = layers.Dense.from_config(dense.get_config())(inputs)
x = layers.Dense.from_config(config)(x)
x = layers.deserialize(layers.serialize(layers.Dropout(0.5)))(x)
x = dense.__class__.from_config({**dense.get_config(), "units": 9, "name": "nine"})(x)
x = getattr(importlib.import_module("keras.layers"), "Dense")(3)(x)
model = keras.Model(inputs, x * 2)
clone = keras.models.clone_model(model)
again = keras.Model.from_config(model.get_config())

stack = keras.Sequential([keras.Input((8,)), layers.Dense(6), layers.Dense(2)])
stack_clone = keras.models.clone_model(stack)
both = keras.Sequential([keras.Input((8,)), keras.models.clone_model(stack), layers.Dense(3)])
