# fine
import keras
from keras import layers

augment = vars(keras.activations)["relu"]


def score(x):
    return layers.Dense(3)(layers.Dense(2, activation="relu")(augment(x)))


def scorer():
    x = keras.Input(shape=(3,))
    return keras.Model(inputs=[x], outputs=score(x))
