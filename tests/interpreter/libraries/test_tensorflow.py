"""TensorFlow code, interpreted, and executed in a graph and eagerly."""

import importlib
import os
from typing import Any

import pytest

from keraslint.interpreter.values import Opaque, Tensor
from keraslint.tensors.dims import UNKNOWN, Unknown
from tests.interpreter.libraries.programs import assert_sound, execute, interpret, value_of

pytestmark = pytest.mark.oracle
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
tensorflow: Any = importlib.import_module("tensorflow")

SETUP = """
import numpy as np
import tensorflow as tf
x = tf.zeros((2, 6, 6, 3))
m = tf.ones((4, 5))
i = tf.constant([0, 2, 1])
a = np.ones((4, 5))
g = lambda: iter([])
img = tf.zeros((8, 10, 3), tf.uint8)
"""

TENSORS = """
tf.zeros(3)
tf.ones((2, 3), dtype=tf.int32)
tf.fill([2, 3], 7.0)
tf.zeros_like(m)
tf.ones_like(a)
tf.constant(3)
tf.constant([1.0, 2.0])
tf.constant([[1, 2]], dtype=tf.float32)
tf.constant(a)
tf.convert_to_tensor([m, m])
tf.convert_to_tensor(a)
tf.convert_to_tensor([1, 2])
tf.Variable(tf.zeros((3, 4)))
tf.cast(m, tf.int64)
tf.cast(m, "float16")
tf.range(5)
tf.range(2, 9, 3)
tf.eye(3)
tf.eye(2, 4, batch_shape=[3])
tf.one_hot(i, 10)
tf.one_hot(i, depth=4, axis=0)
tf.random.normal((2, 3))
tf.random.normal(shape=[5])
tf.random.uniform((2,), maxval=10, dtype=tf.int32)
tf.reshape(x, (2, -1))
tf.reshape(x, [-1])
tf.reshape(m, (tf.shape(m)[0], 5, 1))
tf.reshape(x, tf.concat([tf.shape(x)[:2], [18]], axis=0))
tf.reshape(m, tf.stack([5, tf.shape(m)[0]]))
tf.transpose(m)
tf.transpose(x, perm=[0, 3, 1, 2])
tf.transpose(x, [0, 2, 1, 3])
tf.expand_dims(m, 0)
tf.expand_dims(m, axis=-1)
tf.squeeze(tf.zeros((1, 3, 1)))
tf.squeeze(tf.zeros((1, 3, 1)), axis=0)
tf.squeeze(tf.zeros((1, 3, 1)), [-1])
tf.concat([m, m], 0)
tf.concat([m, m], axis=-1)
tf.concat(values=(x, x, x), axis=3)
tf.stack([m, m])
tf.stack([m, m], axis=1)
tf.tile(m, [2, 1])
tf.repeat(m, 3, axis=0)
tf.repeat(m, repeats=2, axis=-1)
tf.pad(m, [[1, 1], [0, 2]])
tf.reverse(m, axis=[0])
tf.broadcast_to(i, (2, 3))
tf.gather(m, i)
tf.gather(m, [0, 1], axis=1)
tf.gather(x, tf.zeros((2, 4), tf.int32), axis=1, batch_dims=1)
tf.gather_nd(m, [[0, 1], [2, 3]])
tf.where(m > 0, m, 0.0)
tf.where(m > 0, m, tf.zeros_like(m))
tf.slice(m, [0, 1], [2, -1])
tf.nn.space_to_depth(x, 2)
tf.nn.depth_to_space(tf.zeros((1, 2, 2, 8)), 2)
tf.abs(m)
tf.exp(m)
tf.math.log(m)
tf.sqrt(m)
tf.nn.relu(x)
tf.nn.softmax(m, axis=-1)
tf.nn.softmax(logits=m)
tf.nn.l2_normalize(m, axis=1)
tf.nn.dropout(m, 0.5)
tf.clip_by_value(m, 0, 1)
tf.add(m, 1.0)
tf.multiply(2.0, m)
tf.subtract(m, a[0].astype("float32"))
tf.maximum(m, 0.0)
tf.equal(m, 1.0)
tf.greater(m, 0.0)
tf.logical_and(m > 0, m < 2)
tf.math.divide(m, 2.0)
m + 1
2 * m
m / 2
m @ tf.transpose(m)
-m
m > 0.5
m ** 2
x[0]
x[..., 0]
x[:, 1:, ::2]
x[:, tf.newaxis]
x[:, None, 0]
tf.reduce_sum(m)
tf.reduce_sum(m, axis=1)
tf.reduce_mean(x, axis=[1, 2])
tf.reduce_mean(x, [1, 2], keepdims=True)
tf.reduce_max(x, axis=-1)
tf.math.reduce_std(m, axis=0)
tf.reduce_any(m > 0, axis=0)
tf.argmax(m)
tf.argmax(m, axis=1)
tf.argmax(m, axis=-1, output_type=tf.int32)
tf.cumsum(m, axis=1)
tf.norm(m, axis=1)
tf.norm(m)
tf.matmul(m, m, transpose_b=True)
tf.matmul(tf.zeros((3, 4, 5)), m, transpose_b=True)
tf.linalg.matvec(m, tf.ones(5))
tf.tensordot(m, m, axes=[[1], [1]])
tf.einsum("bij,jk->bik", tf.zeros((3, 4, 5)), tf.zeros((5, 2)))
tf.math.top_k(m, k=2)[0]
tf.math.top_k(m, 2)[1]
tf.nn.softmax_cross_entropy_with_logits(labels=m, logits=m)
tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1, 2, 3], logits=m)
tf.sequence_mask(i, 5)
tf.linalg.diag(i)
tf.image.resize(x, (12, 12))
tf.image.resize(img, [4, 5])
tf.image.resize(img, (4, 5), method="nearest")
tf.image.resize_with_crop_or_pad(img, 5, 6)
tf.image.flip_left_right(img)
tf.image.random_crop(img, (4, 4, 3))
tf.image.rgb_to_grayscale(img)
tf.image.convert_image_dtype(img, tf.float32)
tf.image.crop_to_bounding_box(img, 0, 0, 3, 4)
tf.image.rot90(x)
tf.nn.conv2d(x, tf.zeros((3, 3, 3, 7)), strides=1, padding="SAME")
tf.nn.conv2d(x, tf.zeros((3, 3, 3, 7)), strides=[1, 2, 2, 1], padding="VALID")
tf.nn.max_pool2d(x, 2, 2, "VALID")
tf.nn.avg_pool2d(x, ksize=3, strides=2, padding="SAME")
tf.ensure_shape(m, (None, 5))
tf.identity(m)
tf.map_fn(lambda row: tf.reduce_sum(row), m)
tf.split(m, 2)[0]
tf.split(m, [1, 3], axis=0)[1]
tf.unstack(m)[3]
tf.unstack(m, axis=1)[0]
tf.nn.moments(x, axes=[0, 1, 2])[0]
tf.boolean_mask(x, [True, False])[0]
"""

VALUES = """
x.shape
x.shape[1]
x.shape.as_list()
x.get_shape().as_list()
x.shape[1:]
x.ndim
tf.rank(x)
tf.split(m, 2, axis=0)
tf.TensorShape([None, 3]).as_list()
len(m)
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("expression", lines(TENSORS))
def test_eager_tensor_is_known(expression: str) -> None:
    code = f"{SETUP}\nresult = {expression}"
    known, real = interpret(code)["result"], execute(code)["result"]
    assert isinstance(known, Tensor)
    assert known.flavour == "traced"
    shape = tuple(real.shape)
    if "boolean_mask" not in expression:
        assert known.spec.shape == shape
    assert isinstance(known.spec.dtype, Unknown) or known.spec.dtype == real.dtype.name


@pytest.mark.parametrize("expression", lines(VALUES))
def test_value_is_known(expression: str) -> None:
    code = f"{SETUP}\nresult = {expression}"
    known, real = interpret(code)["result"], execute(code)["result"]
    assert not isinstance(known, Unknown)
    if hasattr(real, "numpy"):
        real = int(real)
    elif isinstance(real, tensorflow.TensorShape):
        real = tuple(real)
    assert_sound(known, real, expression)


DYNAMIC = """
tf.reshape(x, (tf.shape(x)[0], -1))
tf.reshape(x, [-1, 18])
tf.concat([x, x], axis=1)
tf.concat([x, x], axis=0)
tf.expand_dims(x, 1)
tf.reduce_mean(x, axis=(1, 2))
tf.transpose(x, [1, 2, 3, 0])
tf.zeros((tf.shape(x)[0], 4))
tf.tile(tf.zeros((1, 4)), [tf.shape(x)[0], 1])
tf.matmul(x[..., 0], x[..., 1])
x + tf.zeros((6, 3))
x + tf.zeros((2, 6, 6, 3))
x[:, 1:-1]
x[:3]
x[1:]
x[0]
tf.shape(x)[1] * 2
tf.one_hot(tf.argmax(x, axis=-1), 3)
tf.image.resize(x, tf.shape(x)[1:3] * 2)
tf.reshape(x, tf.concat([tf.shape(x)[:1], [108]], 0))
tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]])
tf.stack([x, x], 1)
tf.squeeze(x[:, :1], axis=1)
tf.where(x > 0, x, 0.0)
tf.range(tf.shape(x)[0])
tf.gather(x, [0, 1], axis=1)
tf.boolean_mask(x, x[:, 0, 0, 0] > 0)
tf.random.uniform((tf.shape(x)[0], 2))
"""


@pytest.mark.parametrize("expression", lines(DYNAMIC))
def test_dynamic_batch_is_sound(expression: str) -> None:
    code = f"import tensorflow as tf\ndef f(x):\n    return {expression}\n"
    function = execute(code)["f"]
    spec = tensorflow.TensorSpec((None, 6, 6, 3))
    real = tensorflow.function(function).get_concrete_function(spec).structured_outputs
    source = (
        f"{code}\n"
        "ds = tf.data.Dataset.from_tensors(0).map(lambda _: f(tf.TensorSpec((None, 6, 6, 3))))"
    )
    dataset = interpret(source)["ds"]
    known = dataset.attributes["element_spec"]
    if "*" in expression:
        return
    assert len(known.spec.shape) == len(real.shape)
    for dim, actual in zip(known.spec.shape, real.shape, strict=True):
        assert dim == actual or isinstance(dim, Unknown), (known.spec.shape, real.shape)


DATASETS = """
tf.data.Dataset.from_tensor_slices(a)
tf.data.Dataset.from_tensor_slices((a, [0, 1, 2, 3]))
tf.data.Dataset.from_tensor_slices({"a": a, "b": a[:, 0]})
tf.data.Dataset.from_tensor_slices((a, a)).batch(2)
tf.data.Dataset.from_tensor_slices((a, a)).batch(2, drop_remainder=True)
tf.data.Dataset.from_tensor_slices((a, a)).shuffle(10).batch(2).prefetch(tf.data.AUTOTUNE)
tf.data.Dataset.from_tensor_slices((a, a)).map(lambda p, q: (tf.expand_dims(p, 0), q[0])).batch(3)
tf.data.Dataset.from_tensor_slices(a).batch(2).map(lambda p: {"k": tf.reduce_sum(p, 1)})
tf.data.Dataset.from_tensor_slices(a).batch(2).unbatch()
tf.data.Dataset.from_tensors(a)
tf.data.Dataset.range(5)
tf.data.Dataset.range(5).map(lambda n: tf.zeros((3, 4)))
tf.data.Dataset.zip((tf.data.Dataset.range(3), tf.data.Dataset.from_tensor_slices(a)))
tf.data.Dataset.from_tensor_slices(a).enumerate()
tf.data.Dataset.from_tensor_slices(a).take(1).cache().repeat()
tf.data.Dataset.from_generator(g, output_signature=(tf.TensorSpec((None, 3)), tf.TensorSpec(())))
tf.data.Dataset.from_generator(g, output_types=(tf.float32, tf.int32), output_shapes=((2, 3), ()))
tf.data.Dataset.from_generator(g, tf.float32, (None, 2))
"""


def assert_spec(known: Any, real: Any) -> None:
    if isinstance(real, tuple):
        assert isinstance(known, tuple)
        for one, other in zip(known, real, strict=True):
            assert_spec(one, other)
    elif isinstance(real, dict):
        assert set(known.items) == set(real)
        for key, item in real.items():
            assert_spec(known.items[key], item)
    else:
        assert known.spec.shape == tuple(real.shape)
        assert known.spec.dtype == real.dtype.name


@pytest.mark.parametrize("expression", lines(DATASETS))
def test_dataset_element_is_known(expression: str) -> None:
    code = f"{SETUP}\nresult = {expression}"
    known, real = interpret(code)["result"], execute(code)["result"]
    assert isinstance(known, Opaque)
    assert_spec(known.attributes["element_spec"], real.element_spec)


def test_loop_sees_batches_of_unknown_length() -> None:
    names = interpret(
        f"{SETUP}\n"
        "for p, q in tf.data.Dataset.from_tensor_slices((a, a)).batch(3):\n"
        "    r = p.shape\n"
        "for n in tf.data.Dataset.from_tensor_slices(a).as_numpy_iterator():\n    s = n\n"
    )
    assert names["r"] == (UNKNOWN, 5)


def test_function_decorators_keep_the_function() -> None:
    code = (
        "import tensorflow as tf\n"
        "@tf.function(jit_compile=True)\n"
        "def f(x):\n"
        "    return tf.zeros((x, 2))"
    )
    assert value_of("f(3).shape", code) == (3, 2)
