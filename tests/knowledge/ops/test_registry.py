"""Every rule against the signatures of Keras."""

from __future__ import annotations

import pytest

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import Op, find_op, ops
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import TensorSpec


@pytest.mark.parametrize("op", ops().values(), ids=lambda op: op.name)
def test_rules_ask_for_arguments_that_exist(op: Op) -> None:
    signature = op.signature()
    names = {parameter.name.lower() for parameter in signature.parameters}
    names |= {signature.varargs or "", signature.kwargs or "", "lenient"}
    assert set(op.parameters) <= names
    assert set(op.tensors) <= set(op.parameters)


@pytest.mark.parametrize("op", ops().values(), ids=lambda op: op.name)
def test_rules_take_unknown_arguments(op: Op) -> None:
    op.apply({name: name == "lenient" or UNKNOWN for name in op.parameters})


def test_names() -> None:
    relu = find_op("relu")
    assert relu is not None
    assert relu is find_op("keras.ops.relu") is find_op("keras.ops.nn.relu")
    assert find_op("keras.ops.image.resize") is find_op("image.resize")
    assert find_op("keras.activations.relu") is find_op("activations.relu")
    assert find_op("keras.ops.nothing") is None
    assert find_op("nothing") is None


@pytest.mark.parametrize(
    ("args", "kwargs", "kind"),
    [
        ((), {}, FaultKind.MISSING_ARGUMENT),
        ((TensorSpec((2,)), 1), {}, FaultKind.EXTRA_POSITIONAL),
        ((TensorSpec((2,)),), {"y": 1}, FaultKind.UNKNOWN_ARGUMENT),
        ((TensorSpec((2,)),), {"x": 1}, FaultKind.EXTRA_POSITIONAL),
    ],
)
def test_arguments_must_fit(
    args: tuple[object, ...], kwargs: dict[str, object], kind: FaultKind
) -> None:
    relu = find_op("relu")
    assert relu is not None
    with pytest.raises(Fault) as caught:
        relu.call(args, kwargs)
    assert caught.value.kind is kind


def test_an_open_call_misses_nothing() -> None:
    reshape = find_op("reshape")
    assert reshape is not None
    assert reshape.call((TensorSpec((2,)),), {}, open_call=True).shape is UNKNOWN
