"""Named tuples, partials, map and reduce."""

import functools, itertools, collections
import keras
from keras import layers

Spec = collections.namedtuple("Spec", "filters kernel stride")
specs = [Spec(8, 3, 1), Spec(16, 3, 2), Spec(kernel=5, filters=32, stride=2)]
conv = functools.partial(layers.Conv2D, padding="same")
x = inp = keras.Input((32, 32, 3))
for s in specs:
    x = conv(s.filters, s.kernel, strides=s.stride)(x)
blocks = list(map(lambda s: conv(s.filters, 1), specs))
for b in blocks:
    x = b(x)
branches = [f(x) for f in (layers.GlobalMaxPooling2D(), layers.GlobalAveragePooling2D())]
y = functools.reduce(lambda a, b: layers.Add()([a, b]), branches)
params = dict(itertools.product("ab", [1]))
for n, (u, act) in enumerate(zip(itertools.count(4, 4), ["relu", "tanh"]), 1):
    y = layers.Dense(u, act, name="dense_%d_%s" % (n, act))(y)
m = keras.Model(inp, y)
print(m.output_shape[-1])
z = layers.Dense(m.output_shape[-1] * 2)(m.output)
w = layers.Dense(sum(s.filters for s in specs) // len(specs))(z)
