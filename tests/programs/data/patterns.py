"""Models written with patterns."""

import keras
from keras import layers


def match_seq():
    def build(spec, y):
        match spec:
            case ["dense", int(units)]:
                return layers.Dense(units)(y)
            case ["dense", units, *rest]:
                return layers.Dense(units, activation=rest[0])(y)
            case {"type": "dropout", "rate": rate}:
                return layers.Dropout(rate)(y)
            case {"type": "dense", **kw}:
                return layers.Dense(**kw)(y)
            case str() as name:
                return getattr(layers, name)()(y)
            case (a, b) if a == "x":
                return layers.Dense(b)(y)
            case None | False:
                return y
            case _:
                raise ValueError(spec)

    x = keras.Input((16,))
    y = x
    for s in (
        ["dense", 8],
        ["dense", 4, "relu"],
        {"type": "dropout", "rate": 0.5},
        {"type": "dense", "units": 7},
        "ReLU",
        None,
        ("x", 5),
    ):
        y = build(s, y)
    return keras.Model(x, y)


match_seq_model = match_seq()


def match_class():
    from dataclasses import dataclass

    @dataclass
    class Conv:
        filters: int
        kernel: int = 3

    @dataclass
    class Pool:
        size: int = 2

    @dataclass
    class Fc:
        units: int

    def add(y, s):
        match s:
            case Conv(filters=f, kernel=k):
                return layers.Conv2D(f, k)(y)
            case Pool(size):
                return layers.MaxPooling2D(size)(y)
            case Fc(units):
                return layers.Dense(units)(layers.Flatten()(y))

    x = keras.Input((28, 28, 1))
    y = x
    for s in [Conv(8), Pool(), Conv(16, kernel=5), Pool(size=2), Fc(10)]:
        y = add(y, s)
    return keras.Model(x, y)


match_class_model = match_class()
