"""NumPy code, interpreted and executed."""

import importlib
from typing import Any

import pytest

from keraslint.tensors.dims import UNKNOWN, Unknown
from tests.interpreter.libraries.programs import assert_sound, execute, interpret, is_exact

np: Any = importlib.import_module("numpy")

SETUP = """
import numpy as np
x = np.ones((4, 6, 3), dtype="float32")
m = np.zeros((5, 8))
v = np.arange(6)
u = np.zeros((1, 4, 1), np.uint8)
y = np.array([0, 2, 1, 2, 0])
rng = np.random.default_rng(0)
old = np.random.RandomState(0)
names = ["a", "b"]
"""

EXACT = """
np.zeros(3)
np.zeros((2, 3))
np.zeros([2, 3], dtype=int)
np.zeros(shape=(2,), dtype=np.int32)
np.empty((0, 2))
np.full((2, 2), 7)
np.full((2, 2), 7.5, dtype="float32")
np.ones_like(x)
np.zeros_like(x, dtype=np.int64)
np.full_like(x, 3)
np.arange(5)
np.arange(2, 11, 3)
np.arange(10, 0, -3)
np.arange(0, 1, 0.1)
np.arange(3.5)
np.linspace(0, 1, 7)
np.linspace(0, 1)
np.linspace([0, 1], [1, 2], num=5)
np.logspace(0, 2, 5)
np.eye(4)
np.eye(3, 5)
np.identity(3)
np.diag([1, 2, 3])
np.array([[1, 2], [3, 4]])
np.array([[1., 2, 3]])
np.array(5)
np.array([x[0], x[1]])
np.array([True, False])
np.array([1, 2], dtype="float32")
np.array([names, names])
np.array([1, 2, 3], ndmin=2)
np.asarray(x, dtype=np.float16)
np.c_[v, v]
np.c_[m, m]
np.r_[v, v]
np.meshgrid(np.arange(3), np.arange(4))[0]
np.reshape(x, (4, 18))
np.reshape(x, -1)
x.reshape(-1, 3)
x.reshape((2, 2, 18))
x.reshape(x.shape[0], -1)
x.reshape(*x.shape, 1)
x.reshape(x.shape + (1,))
x.reshape([4, 18])
x.flatten()
x.ravel()
x.T
x.transpose()
x.transpose(2, 0, 1)
x.transpose((2, 0, 1))
np.transpose(x, (1, 0, 2))
np.transpose(x, [-1, 0, 1])
np.swapaxes(x, 0, -1)
x.swapaxes(1, 2)
np.moveaxis(x, -1, 0)
np.moveaxis(x, [0, 1], [-1, -2])
np.rollaxis(x, 2)
np.rollaxis(x, 0, 3)
np.expand_dims(x, 0)
np.expand_dims(x, -1)
np.expand_dims(x, (0, -1))
np.squeeze(u)
np.squeeze(u, axis=0)
u.squeeze(-1)
np.atleast_2d(v)
np.atleast_1d(3)
np.flip(x, 1)
np.rot90(x)
np.broadcast_to(v, (3, 6))
np.tile(v, 3)
np.tile(v, (2, 3))
np.tile(x, (2, 1, 1))
np.repeat(v, 2)
np.repeat(x, 3, axis=-1)
np.repeat(x, 3)
x.repeat(2, axis=0)
np.repeat(v, [1, 2, 0, 1, 3, 1])
np.pad(m, 2)
np.pad(m, ((1, 2), (0, 3)))
np.pad(m, (1, 2))
np.pad(x, [(0, 0), (1, 1), (0, 0)], mode="constant")
np.concatenate([x, x])
np.concatenate((x, x), axis=-1)
np.concatenate([x, x], axis=None)
np.stack([x, x, x])
np.stack([x, x], axis=-1)
np.vstack([v, v, v])
np.vstack([m, m])
np.hstack([v, v])
np.hstack([m, m])
np.dstack([v, v])
np.dstack([m, m])
np.column_stack([v, v])
np.column_stack([m, m])
np.append(v, [1, 2])
np.append(m, m, axis=0)
np.split(x, 2)[0]
np.split(x, [1, 3])[1]
np.split(v, [2, 2, 9])[2]
np.array_split(v, 4)[0]
np.array_split(v, 4)[3]
np.hsplit(m, 4)[1]
np.vsplit(m, 5)[1]
np.lib.stride_tricks.sliding_window_view(v, 3)
x + 1
x * x
x / 255
u / 255.0
x + np.ones((6, 1))
2 ** v
v[:, None] + v
m @ m.T
-x
x > 0.5
(x > 0.5) & (x < 1)
y == 2
np.exp(x)
np.sqrt(v)
np.log(u + 1)
np.abs(m)
np.clip(x, 0, 1)
x.clip(0, 1)
np.maximum(x, 0)
np.add(x, m[:4, :6, None])
np.where(x > 0, x, 0)
np.round(x, 2)
np.isnan(x)
np.sum(x, axis=0)
np.sum(x, axis=(0, 2), keepdims=True)
x.sum(axis=-1)
x.mean(axis=(1, 2))
np.mean(x, 0)
np.std(m, axis=0)
x.max(axis=1, keepdims=True)
np.argmax(m, axis=1)
np.argmax(m, axis=-1)
m.argmin(1)
np.any(x > 0, axis=0)
np.median(m, axis=0)
np.percentile(m, 25, axis=0)
np.percentile(m, [25, 75], axis=0)
np.cumsum(v)
np.cumsum(m)
np.cumsum(m, axis=1)
np.diff(v)
np.diff(m, axis=0)
np.dot(m, m.T)
np.dot(x, np.ones((3, 7)))
m.dot(np.ones(8))
np.matmul(x, np.ones((3, 7)))
np.matmul(np.ones(6), x[0])
np.outer(v, y)
np.tensordot(x, x, axes=([0, 1], [0, 1]))
np.tensordot(x, np.ones((3, 2)), 1)
np.einsum("ijk,kl->ijl", x, np.ones((3, 2)))
np.einsum("...k,kl->...l", x, np.ones((3, 2)))
np.einsum("ij,ij", m, m)
np.linalg.norm(x, axis=-1)
np.linalg.norm(x, axis=-1, keepdims=True)
np.linalg.inv(np.eye(3))
np.fft.fft(v)
np.argsort(m)
np.argsort(m, axis=None)
np.sort(m, axis=0)
np.take(m, [0, 1], axis=1)
np.unique(y)
np.unique([1, 1, 2])
np.histogram(v, bins=4)[1]
np.random.rand(2, 3)
np.random.randn(4)
np.random.random((2, 3))
np.random.random(size=3)
np.random.normal(size=(2, 3))
np.random.normal(0, 1, (2, 3))
np.random.uniform(-1, 1, size=(5,))
np.random.uniform([0, 1], [1, 2])
np.random.randint(0, 10, size=(3, 1))
np.random.randint(5, size=7)
np.random.randint(0, 2, (3, 4))
np.random.choice(10, 4)
np.random.choice(v, size=(2, 2))
np.random.permutation(10)
np.random.permutation(m)
rng.normal(size=(2, 3))
rng.random((2, 3), dtype="float32")
rng.integers(0, 4, size=6)
rng.integers(3, size=(2, 2), endpoint=True)
rng.standard_normal((3, 3))
rng.choice(m, 2)
rng.permutation(m)
old.rand(3, 2)
old.randint(0, 5, size=4)
x[0]
x[-1]
x[0, 1]
x[..., 0]
x[:, 1]
x[1:3]
x[::2]
x[::-1]
x[:, ::-1, :]
x[None]
x[:, np.newaxis]
x[..., None]
x[:2, 1:, 0]
x[:-1]
x[5:]
x[-2:]
x[[0, 1, 1]]
x[y[:2]]
x[[0, 1], [1, 2]]
x[:, [0, 2], 0]
x[[0, 1], :, 0]
x[0, :, [0, 1, 2]]
x[np.argsort(v[:4])]
x[:, y[None, :]]
np.eye(3)[y]
np.eye(10)[np.random.randint(0, 10, 20)]
x.astype("int32")
x.astype(int)
x.astype(np.float64)
y.astype(np.float32)
x.copy()
np.float32(x)
"""

VALUES = """
x.shape
x.shape[0]
x.shape[1:]
x.ndim
x.size
len(x)
np.shape(x)
np.ndim(x)
np.size(x)
np.size(x, 1)
np.prod(x.shape)
np.prod((2, 3))
np.prod([2.5, 2])
int(np.prod(x.shape[1:]))
np.prod(x.shape[1:]) * 2
np.prod(x.shape) // 5
np.prod([])
np.sum([1, 2, 3])
np.max([3, 7, 1])
np.max(y)
y.max() + 1
int(y.max()) + 1
len(np.unique(y))
np.unique(y).size
np.unique(y).shape[0]
y[1]
y[1:3][0]
np.int64(5)
np.int64(5) + 1
np.float32(3)
np.float64(2) * 3
np.int32(7) // 2
np.int64(7) / 2
np.int64(3) > 2
max(y.shape)
x.shape == (4, 6, 3)
list(x.shape)
np.split(x, 2)
np.array_split(v, 4)
np.where(y == 2)
np.meshgrid(v, y)
x[:, np.newaxis].shape
np.pi
range(len(x))
x.shape[-1] * 2
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def both(expression: str) -> tuple[Any, Any]:
    code = f"{SETUP}\nresult = {expression}"
    return interpret(code)["result"], execute(code)["result"]


@pytest.mark.parametrize("expression", lines(EXACT))
def test_array_is_known(expression: str) -> None:
    known, real = both(expression)
    assert_sound(known, real, expression)
    assert is_exact(known, real), getattr(known, "spec", known)


@pytest.mark.parametrize("expression", lines(VALUES))
def test_value_is_known(expression: str) -> None:
    known, real = both(expression)
    assert not isinstance(known, Unknown)
    assert_sound(known, real, expression)


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        ("x[[True, False, True, False]]", (UNKNOWN, 6, 3)),
        ("x[v[:4] % 2 == 0]", (UNKNOWN, 6, 3)),
        ("x[x > 2]", (UNKNOWN,)),
        ("x[x[:, :, 0] > 0]", (UNKNOWN, 3)),
        ("np.argwhere(x > 0)", (UNKNOWN, 3)),
    ],
)
def test_lengths_that_depend_on_numbers_are_unknown(expression: str, shape: Any) -> None:
    known, real = both(expression)
    assert_sound(known, real, expression)
    assert known.spec.shape == shape
