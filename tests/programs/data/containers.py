"""Models written with containers."""

import keras
from keras import layers


def slice_assign():
    xs = [1, 2, 3, 4]
    xs[1:] = [8, 16]
    xs[:1] = [4, 5, 6]
    del xs[0]
    xs[::2] = [7, 9]
    ys = [3] * 4
    ys[1:3] = (5, 6)
    ys += [2]
    x = keras.Input((8,))
    y = x
    for u in xs + ys:
        y = layers.Dense(u)(y)
    return keras.Model(x, y)


slice_assign_model = slice_assign()


def comps():
    cfg = {"a": 4, "b": 8, "c": 16}
    big = {k: v * 2 for k, v in cfg.items() if v > 4}
    names = sorted({k.upper() for k in cfg if k != "b"})
    pairs = [(i, u) for i, u in enumerate(big.values()) if i % 2 == 0 or u > 20]
    nested = [u for row in [[1, 2], [3]] for u in row if u != 2]
    x = keras.Input((8,))
    y = x
    for n in names:
        y = layers.Dense(3, name=n)(y)
    for i, u in pairs:
        y = layers.Dense(u, name=f"p{i}")(y)
    for u in nested:
        y = layers.Dense(u)(y)
    y = layers.Concatenate()([layers.Dense(u)(y) for u in big.values()])
    return keras.Model(x, y)


comps_model = comps()


def sets():
    skip = {2, 3}
    frozen = frozenset([1])
    x = keras.Input((6,))
    y = x
    for i in range(5):
        if i in skip or i in frozen:
            continue
        y = layers.Dense(i + 1)(y)
    a = {1, 2} | {3}
    b = a & skip
    c = a - b
    for u in sorted(a ^ {9}):
        y = layers.Dense(u)(y)
    y = layers.Dense(len(c) + len(b))(y)
    return keras.Model(x, y)


sets_model = sets()


def strings():
    spec = "conv:8:3,pool:2,conv:16:3,flat,fc:10"
    x = keras.Input((28, 28, 1))
    y = x
    for part in spec.split(","):
        kind, *args = part.split(":")
        args = list(map(int, args))
        if kind == "conv":
            y = layers.Conv2D(*args, padding="same")(y)
        elif kind == "pool":
            y = layers.MaxPooling2D(args[0])(y)
        elif kind.startswith("fl"):
            y = layers.Flatten()(y)
        else:
            y = layers.Dense(args[0], name=f"{kind}_{args[0]:d}")(y)
    return keras.Model(x, y)


strings_model = strings()
