"""Functions of other libraries and the operations that stand for them, with the same arguments."""

import importlib
import operator
from typing import Any

import pytest

from keraslint.knowledge.ops.counterparts import COUNTERPARTS, counterpart

PLAIN = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
LAST: dict[str, list[Any]] = {
    "cast": ["int32"],
    "clip": [0.2, 0.5],
    "expand_dims": [1],
    "flip": [1],
    "matmul": [[[1.0], [2.0], [3.0]]],
    "dot": [[[1.0], [2.0], [3.0]]],
    "repeat": [2, 1],
    "reshape": [(2, 3)],
    "squeeze": [],
    "tile": [(1, 2)],
    "transpose": [(1, 0)],
    "concatenate": [0],
    "stack": [0],
    "where": [PLAIN, PLAIN],
}
AXES = {"expand_dims": 1, "repeat": 0, "squeeze": 0}


def arguments(name: str, positional: int, data) -> list:
    if name in {"concatenate", "stack"}:
        return [[data, data], *LAST[name]]
    if name == "where":
        return [data > 0.3, data, data * 2]
    if name in LAST:
        return [data, *LAST[name]]
    if name in {"all", "any"}:
        return [data > 0.3, 1]
    if positional == 2 and name not in {"max", "mean", "min", "prod", "std", "sum", "var"}:
        return [data, -1] if "softmax" in name else [data, data]
    return [data, 1][:positional]


@pytest.mark.oracle
@pytest.mark.parametrize("path", COUNTERPARTS)
def test_both_give_the_same(keras, path):
    import numpy as np

    root, _, rest = path.partition(".")
    function = operator.attrgetter(rest)(importlib.import_module(root))
    found = counterpart(path)
    assert found is not None
    name = found.op.removeprefix("keras.ops.")
    op = getattr(keras.ops, name)
    data = np.array(PLAIN if name != "squeeze" else [PLAIN], dtype="float32")
    given = arguments(name, found.positional, data)
    assert len(given) <= found.positional
    expected = np.asarray(function(*given))
    np.testing.assert_allclose(np.asarray(op(*given)), expected, rtol=1e-5)
    for keyword in found.keywords:
        value = True if keyword == "keepdims" else AXES.get(name, 0)
        positional = given[:2] if name == "repeat" else given[:1]
        expected = np.asarray(function(*positional, **{keyword: value}))
        np.testing.assert_allclose(
            np.asarray(op(*positional, **{keyword: value})), expected, rtol=1e-5
        )


@pytest.mark.oracle
@pytest.mark.parametrize("path", COUNTERPARTS)
def test_keras_takes_its_own_tensors(keras, path):
    found = counterpart(path)
    assert found is not None
    name = found.op.removeprefix("keras.ops.")
    tensor = keras.Input((3,) if name != "squeeze" else (1, 3))
    if name == "squeeze":
        result = keras.ops.squeeze(tensor, 1)
    elif name in {"reshape", "tile", "transpose"}:
        result = getattr(keras.ops, name)(tensor, {"reshape": (-1, 3)}.get(name, (1, 0)))
    elif name in {"dot", "matmul"}:
        result = getattr(keras.ops, name)(tensor, keras.Input(batch_shape=(3, 2)))
    else:
        result = getattr(keras.ops, name)(*arguments(name, found.positional, tensor))
    assert isinstance(result, keras.KerasTensor)


def test_what_has_other_arguments_has_no_counterpart():
    assert counterpart("tensorflow.argmax") is None
    assert counterpart("numpy.split") is None
