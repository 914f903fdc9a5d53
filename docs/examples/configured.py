"""Models from settings: a dict, a dataclass, and the command line."""

import argparse
from dataclasses import dataclass, field

import keras
from keras import layers

CONFIG = {
    "input_shape": (20, 6),
    "layers": [
        {"kind": "conv", "filters": 32, "kernel_size": 3},
        {"kind": "pool", "pool_size": 2},
        {"kind": "conv", "filters": 64, "kernel_size": 3, "padding": "same"},
        {"kind": "dense", "units": 10},
    ],
}
KINDS = {"conv": layers.Conv1D, "pool": layers.MaxPooling1D, "dense": layers.Dense}


def from_dict(config):
    model = keras.Sequential([keras.Input(config["input_shape"])])
    for settings in config["layers"]:
        arguments = dict(settings)
        model.add(KINDS[arguments.pop("kind")](**arguments))
    return model


@dataclass
class Settings:
    """What can be chosen."""

    features: int = 13
    hidden: list[int] = field(default_factory=lambda: [64, 64])
    dropout: float = 0.1
    activation: str = "relu"


def from_settings(settings: Settings):
    inputs = keras.Input((settings.features,))
    x = inputs
    for units in settings.hidden:
        x = layers.Dense(units, activation=settings.activation)(x)
        if settings.dropout > 0:
            x = layers.Dropout(settings.dropout)(x)
    return keras.Model(inputs, layers.Dense(1)(x))


def main(arguments=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=24)
    parser.add_argument("--steps", type=int, default=12)
    options = parser.parse_args(arguments)
    model = keras.Sequential()
    model.add(layers.LSTM(options.units, input_shape=(options.steps, 3)))
    model.add(layers.Dense(1))
    return model


convolutional = from_dict(CONFIG)
regression = from_settings(Settings(hidden=[128, 64, 32]))

if __name__ == "__main__":
    recurrent = main([])
