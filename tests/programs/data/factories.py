"""Models written with factories."""

import keras
from keras import layers


def spreads():
    config = {"units": 8, "activation": "relu"}

    def dense(name=None, **kw):
        return layers.Dense(name=name, **{**config, **kw})

    x = keras.Input(shape=(4,))
    y = dense(units=3)(x)
    y = dense("z", use_bias=False)(y)

    def net(*sizes, head=2, **options):
        opts = {"activation": "relu"} | options
        t = y
        for s in sizes:
            t = layers.Dense(s, **opts)(t)
        return layers.Dense(head)(t)

    return keras.Model(x, net(*range(4, 7), head=5, activation="tanh"))


spreads_model = spreads()


def registry():
    REG = {}

    def register(name):
        def deco(fn):
            REG[name] = fn
            return fn

        return deco

    @register("a")
    def block_a(y, u=4):
        return layers.Dense(u)(y)

    @register("b")
    def block_b(y):
        return layers.ReLU()(block_a(y, u=5))

    x = keras.Input((3,))
    y = x
    for k in ("a", "b", "a"):
        y = REG[k](y)
    return keras.Model(x, y)


registry_model = registry()


def classes():
    class Builder:
        depth = 2

        def __init__(self, shape, **kw):
            self.shape = shape
            self.opts = kw
            self.layers = []

        def dense(self, u):
            self.layers.append(layers.Dense(u, **self.opts))
            return self

        def repeat(self, fn, n=None):
            for i in range(n or self.depth):
                fn(self, i)
            return self

        def build(self):
            return keras.Sequential([keras.Input(self.shape), *self.layers])

        @classmethod
        def default(cls):
            return cls((4,), activation="relu")

    return Builder.default().dense(8).repeat(lambda b, i: b.dense(2 ** (i + 1))).build()


classes_model = classes()


def lambda_dict():
    ops_ = {"d": layers.Dense, "r": layers.ReLU, "f": layers.Dense}
    seq = [("d", (4,)), ("r", ()), ("f", (3, "tanh"))]
    return keras.Sequential([keras.Input((6,))] + [ops_[k](*a) for k, a in seq])


lambda_dict_model = lambda_dict()


def jsonlike():
    import json

    CONFIG = json.loads(
        '{"input": [28, 28, 1], "layers": ['
        '{"type": "Conv2D", "args": {"filters": 8, "kernel_size": 3}}, '
        '{"type": "Flatten"}, {"type": "Dense", "args": {"units": 10}}]}'
    )
    x = keras.Input(CONFIG["input"])
    y = x
    for spec in CONFIG["layers"]:
        y = getattr(layers, spec["type"])(**spec.get("args", {}))(y)
    return keras.Model(x, y)


jsonlike_model = jsonlike()


def small():
    return [4, 5]


def large():
    return [40, 50]


def lookups():
    sizes = globals()["small"]()
    x = keras.Input((8,))
    y = x
    for u in sizes:
        y = layers.Dense(u)(y)
    BUILD = {"small": small, "large": large}
    for u in BUILD["large"]():
        y = layers.Dense(u)(y)
    return keras.Model(x, y)


lookups_model = lookups()
