"""Functional graphs of operators, slices, methods and constants, built by the real Keras too."""

from __future__ import annotations

import importlib
import textwrap
from typing import Any

import pytest

from keraslint.engine import analyse_source
from keraslint.sources import Source

pytestmark = pytest.mark.oracle

PRELUDE = "import keras\nimport numpy as np\nfrom keras import layers, ops\n"
PROGRAMS = {
    "arithmetic": """
        x = keras.Input((8, 6))
        y = keras.Input((8, 6))
        a = x + y
        b = a * 2
        c = b - 1.0
        d = 1.0 / (c + 3)
        e = d ** 2
        f = -e
        g = abs(f)
        model = keras.Model([x, y], g)
    """,
    "comparisons": """
        x = keras.Input((8, 6))
        a = x > 0
        b = x != 0
        c = x <= 1
        d = ops.logical_and(a, b)
        e = a & c
        f = a | b
        g = ~a
        h = a ^ b
        model = keras.Model(x, [d, e, f, g, h])
    """,
    "slices": """
        x = keras.Input((8, 6, 4))
        a = x[:, ::2, ..., None]
        b = x[..., 0]
        c = x[:, 1:3]
        d = x[:, -1]
        e = x[:, :, 2:, None]
        f = x[:, ::-1]
        g = x[0]
        model = keras.Model(x, [a, b, c, d, e, f, g])
    """,
    "sizes of a tensor": """
        x = keras.Input((8, 6))
        n = x.shape[1]
        k = ops.shape(x)[1]
        r = x.ndim
        y = ops.reshape(x, (-1, n * x.shape[-1]))
        z = x.reshape((-1, 48))
        w = ops.expand_dims(x, -1).squeeze(-1)
        v = layers.Dense(k)(y)
        u = layers.Dense(len(x.shape))(v)
        t = ops.reshape(x, (-1, k, x.shape[2] // 2, 2))
        model = keras.Model(x, [z, w, u, t])
    """,
    "constants of ops": """
        x = keras.Input((8, 6))
        pos = ops.arange(8)
        emb = layers.Embedding(8, 6)(pos)
        y = x + emb
        z = y * ops.ones((6,))
        w = z + np.ones((8, 1), "float32")
        v = w
        model = keras.Model(x, v)
    """,
    "a mask of numpy": """
        x = keras.Input((8, 6))
        mask = np.tril(np.ones((8, 8), "float32"))
        s = ops.matmul(x, ops.transpose(x, (0, 2, 1)))
        s = s * mask - (1 - mask) * 1e9
        a = ops.softmax(s, axis=-1)
        y = ops.matmul(a, x)
        model = keras.Model(x, layers.Dense(3)(y))
    """,
    "positions": """
        x = keras.Input((8,), dtype="int32")
        positions = ops.arange(0, 8, 1)
        e = layers.Embedding(100, 16)(x)
        p = layers.Embedding(8, 16)(positions)
        h = e + p
        h = layers.LayerNormalization()(h)
        model = keras.Model(x, h)
    """,
    "functions": """
        x = keras.Input((8, 6))
        a = ops.where(x > 0, x, 0.1 * x)
        b = ops.maximum(x, 0.0)
        c = ops.clip(x, 0, 1)
        d = ops.sum(x, axis=1, keepdims=True)
        e = x / (d + 1e-6)
        f = ops.einsum("bij,bkj->bik", x, x)
        g = ops.split(x, 2, axis=-1)
        h = g[0] + g[1]
        model = keras.Model(x, [a, b, c, e, f, h])
    """,
    "operators from the right": """
        x = keras.Input((4,))
        a = 1 + x
        b = 2 - x
        c = 3 * x
        d = 4 / x
        e = 2 ** x
        f = x // 2
        g = x % 3
        h = 5 // x
        i = 7 % x
        j = x @ np.ones((4, 3), "float32")
        k = round(x)
        model = keras.Model(x, [a, b, c, d, e, f, g, h, i, j, k])
    """,
    "sizes inside a layer": """
        class Att(layers.Layer):
            def __init__(self, units, **kw):
                super().__init__(**kw)
                self.units = units
                self.d = layers.Dense(units)
            def call(self, x):
                b, t, c = x.shape
                n = ops.shape(x)[1]
                mask = ops.arange(n)[:, None] >= ops.arange(n)[None, :]
                y = self.d(x)
                y = ops.where(mask[None, :, :, None], y[:, :, None, :], 0.0)
                y = ops.reshape(y, (-1, n * n, self.units))
                return y[..., ::2]
        x = keras.Input((8, 6))
        model = keras.Model(x, Att(4)(x))
    """,
    "patches": """
        class Patch(layers.Layer):
            def __init__(self, size):
                super().__init__()
                self.size = size
            def call(self, images):
                input_shape = ops.shape(images)
                batch_size = input_shape[0]
                height = input_shape[1]
                width = input_shape[2]
                channels = input_shape[3]
                nh = height // self.size
                nw = width // self.size
                p = keras.ops.image.extract_patches(images, size=self.size)
                return ops.reshape(p, (batch_size, nh * nw, self.size * self.size * channels))
        class Enc(layers.Layer):
            def __init__(self, n, d):
                super().__init__()
                self.n = n
                self.proj = layers.Dense(d)
                self.emb = layers.Embedding(n, d)
            def call(self, patch):
                positions = ops.expand_dims(ops.arange(start=0, stop=self.n, step=1), axis=0)
                return self.proj(patch) + self.emb(positions)
        x = keras.Input((32, 32, 3))
        p = Patch(8)(x)
        e = Enc(16, 24)(p)
        model = keras.Model(x, layers.Flatten()(e))
    """,
    "chains": """
        x = keras.Input((16, 16, 3))
        a, b = x[:, :8], x[:, 8:]
        y = layers.Conv2D(4, 3, padding="same")(a + b)
        z = y * ops.sigmoid(y)
        g = ops.mean(z, axis=(1, 2), keepdims=True)
        s = layers.Dense(4)(g)
        out = z * s
        out = out[..., 0] + out[..., 1]
        model = keras.Model(x, layers.Dense(2)(layers.Flatten()(out)))
    """,
    "methods": """
        x = keras.Input((6, 4))
        a = x.reshape((-1, 24))
        b = x.reshape((-1, 3, 8))
        c = ops.expand_dims(x, 1).squeeze(1)
        d = ops.expand_dims(x, 1).squeeze(axis=1)
        model = keras.Model(x, [a, b, c, d])
    """,
    "dtypes": """
        x = keras.Input((6,), dtype="int32")
        y = ops.cast(x, x.dtype)
        z = ops.cast(x, "float32")
        w = ops.cast(ops.not_equal(x, 0), "float32")
        n = ops.sum(w, axis=1, keepdims=True)
        e = layers.Embedding(10, 4)(x) * ops.expand_dims(w, -1)
        model = keras.Model(x, [e, z / n])
    """,
    "several tensors": """
        x = keras.Input((6, 8))
        a, b = ops.split(x, 2, axis=-1)
        parts = ops.unstack(x, axis=1)
        s = ops.stack(parts[:3], axis=1)
        t = ops.concatenate([p[:, None] for p in parts], axis=1)
        model = keras.Model(x, [a * ops.sigmoid(b), s, t])
    """,
    "a model in a model": """
        x = keras.Input((6,))
        y = keras.Input((6,))
        inner = keras.Model(x, x * 2 + 1)
        z = inner(y)
        model = keras.Model(y, layers.Dense(2)(z - y))
    """,
    "automatic names": """
        x = keras.Input((4, 4))
        y = ops.add(x, 1)
        z = layers.Add()([x, y])
        w = ops.add(z, y)
        v = ops.relu(w)
        u = layers.ReLU()(v)
        t = keras.activations.relu(u)
        s = layers.Activation("relu")(t)
        a = ops.max(s, axis=1)
        b = ops.concatenate([a, a])
        c = layers.Concatenate()([b, b])
        d = ops.matmul(x, x)
        e = x @ x
        f = ops.get_item(x, (0,)) if False else x[:, 0]
        g = ops.expand_dims(a, 1)
        h = ops.squeeze(g, 1)
        i = ops.tile(h, (1, 2))
        j = ops.repeat(h, 2, axis=1)
        k = ops.transpose(x)
        l = ops.swapaxes(x, 1, 2)
        model = keras.Model(x, [c, d, e, f, i, j, k, l])
    """,
    "constants of all kinds": """
        x = keras.Input((4,))
        w = np.random.rand(4, 3).astype("float32")
        b = np.zeros(3)
        y = ops.matmul(x, w) + b
        z = ops.add(np.ones(3, "float32"), y)
        q = ops.convert_to_tensor([1.0, 2.0, 3.0])
        model = keras.Model(x, z * q)
    """,
    "a loop over steps": """
        x = keras.Input((8, 4))
        h = ops.zeros_like(x[:, 0])
        outs = []
        for i in range(3):
            h = ops.tanh(h + x[:, i])
            outs.append(h)
        model = keras.Model(x, ops.stack(outs, axis=1))
    """,
    "a table of positions": """
        def positional(length, depth):
            depth = depth / 2
            positions = np.arange(length)[:, np.newaxis]
            depths = np.arange(depth)[np.newaxis, :] / depth
            rates = 1 / (10000 ** depths)
            rads = positions * rates
            enc = np.concatenate([np.sin(rads), np.cos(rads)], axis=-1)
            return ops.cast(enc, "float32")
        x = keras.Input((16,))
        e = layers.Embedding(50, 8)(x)
        e = e * ops.sqrt(ops.cast(8, "float32"))
        e = e + positional(32, 8)[None, :16, :]
        model = keras.Model(x, e)
    """,
}


@pytest.fixture(scope="module")
def keras() -> Any:
    """The real thing."""
    return importlib.import_module("keras")


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_operations_are_those_of_keras(keras: Any, code: str) -> None:
    text = PRELUDE + textwrap.dedent(code)
    analysis = analyse_source(Source("program.py", text, text))
    assert not analysis.faults
    [known] = [model for model in analysis.models if "model" in model.qualnames]
    keras.utils.clear_session()
    scope: dict[str, Any] = {}
    exec(text, scope)
    real = scope["model"]
    assert known.complete
    assert sorted(
        (row.name, row.class_name, shapes(row.outputs)) for row in known.layers
    ) == sorted(
        (operation.name, type(operation).__name__, real_shapes(keras, operation))
        for operation in real.operations
    )
    assert known.total_params == real.count_params()


def shapes(outputs: Any) -> str:
    """The shapes of some tensors as a text, for sorting."""
    return str([tuple(shape) for shape in outputs or ()])


def real_shapes(keras: Any, operation: Any) -> str:
    """Likewise, of an operation of Keras."""
    return str([tuple(tensor.shape) for tensor in keras.tree.flatten(operation.output)])
