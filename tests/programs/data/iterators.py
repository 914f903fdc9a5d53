"""Models written with iterators."""

import keras
from keras import layers


def itertools():
    import itertools
    from itertools import accumulate, chain, islice, pairwise, product, repeat, zip_longest

    x = keras.Input((8,))
    y = x
    for u in chain([4, 5], repeat(6, 2)):
        y = layers.Dense(u)(y)
    for u, a in product([3, 4], ["relu", "tanh"]):
        y = layers.Dense(u, activation=a)(y)
    for u in accumulate([1, 2, 3]):
        y = layers.Dense(u)(y)
    for u in islice(itertools.count(10), 2):
        y = layers.Dense(u)(y)
    for a, b in pairwise([1, 2, 3]):
        y = layers.Dense(a * b)(y)
    for a, b in zip_longest([1, 2], [3], fillvalue=7):
        y = layers.Dense(a + b)(y)
    for _k, g in itertools.groupby([1, 1, 2]):
        y = layers.Dense(len(list(g)))(y)
    for a, b in itertools.combinations([2, 3, 4], 2):
        y = layers.Dense(a * b)(y)
    return keras.Model(x, y)


itertools_model = itertools()


def functools():
    from functools import partial, reduce

    Conv = partial(layers.Conv2D, kernel_size=3, padding="same", activation="relu")
    Conv1 = partial(Conv, 4, strides=2)
    x = keras.Input((16, 16, 3))
    y = reduce(lambda t, f: Conv(f)(t), [8, 16, 32], x)
    y = Conv1()(y)
    y = reduce(lambda t, layer: layer(t), [layers.Flatten(), layers.Dense(5)], y)
    return keras.Model(x, y)


functools_model = functools()


def gen():
    def widths(n):
        w = 4
        for _i in range(n):
            yield w
            w *= 2
        yield from (3, 2)

    x = keras.Input((3,))
    y = x
    for i, u in enumerate(widths(3), start=1):
        y = layers.Dense(u, name=f"l{i}")(y)
    it = iter([7, 8])
    y = layers.Dense(next(it))(y)
    y = layers.Dense(next(it, 0))(y)
    y = layers.Dense(next(it, 9))(y)
    return keras.Model(x, y)


gen_model = gen()


def zipstar():
    rows = [(8, "relu"), (4, "tanh")]
    us, acts = zip(*rows, strict=False)
    first, *rest = (*us, 2, 1)
    x = keras.Input((3,))
    y = layers.Dense(first)(x)
    for u, a in zip(rest, (*acts, None), strict=False):
        y = layers.Dense(u, activation=a)(y)
    (p, q), r = (5, 6), 7
    y = layers.Dense(p + q * r)(y)
    return keras.Model(x, y)


zipstar_model = zipstar()
