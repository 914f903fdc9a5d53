"""keras.ops on symbolic tensors."""

import keras
from keras import ops, layers

a = keras.Input((10, 4))
b = keras.Input((10, 4))
x = ops.concatenate([a, b], axis=-1)
x = ops.transpose(x, (0, 2, 1))
x = x[:, :3, ::2]
x = ops.expand_dims(x, -1)
y = ops.squeeze(x, -1)
y = ops.mean(y, axis=(1,), keepdims=True)
z = ops.matmul(x[..., 0], ops.transpose(x[..., 0], (0, 2, 1)))
z = ops.softmax(z, axis=-1)
e = ops.einsum("bij,bjk->bik", z, z)
s = ops.stack([e, e], axis=1)
p = ops.pad(s, [[0, 0], [1, 1], [0, 0], [2, 3]])
r = ops.reshape(p, (-1, 3 * 8))
t = ops.tile(y, (1, 3, 2))
w = ops.where(t > 0, t, 0.0)
o = ops.one_hot(ops.argmax(w, axis=-1), 7)
u, v = ops.split(o, [1], axis=1)
c = ops.cast(u, "float32") * 2 - 1
g = ops.repeat(v, 2, axis=1)
m = keras.Model([a, b], [c, g, r, w])
d = layers.Dense(5)(c)
