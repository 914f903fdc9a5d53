"""Ask real Keras and keraslint the same question about one function."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras

from keraslint.knowledge.faults import Fault
from keraslint.knowledge.ops.registry import find_op
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec, flatten, map_nest
from tests.knowledge.layers.as_values import as_value
from tests.knowledge.layers.oracle import Caught

REFUSED = "refused"


def symbolic(value: Any) -> Any:
    """The same arguments with real symbolic tensors."""
    if isinstance(value, TensorSpec):
        return keras.KerasTensor(value.shape, dtype=value.dtype)
    if isinstance(value, (tuple, list)):
        return type(value)(symbolic(item) for item in value)
    return value


def real_function(name: str) -> Any:
    """The function of Keras."""
    found: Any = keras if name.split(".", maxsplit=1)[0] in ("activations", "random") else keras.ops
    for part in name.split("."):
        found = getattr(found, part)
    return found


def ask(call: Callable[[], Any]) -> Any:
    """What real Keras gives: a nest of `TensorSpec`, or that it refuses, and why."""
    with Caught() as caught:
        result = call()
    if caught.error:
        return REFUSED, f"{type(caught.error).__name__}: {caught.error}"

    def spec(leaf: Any) -> Any:
        shape = getattr(leaf, "shape", None)
        if shape is None:
            return leaf
        return TensorSpec(tuple(shape), keras.backend.standardize_dtype(leaf.dtype))

    return map_nest(spec, result)


def answer(call: Callable[[], Nest]) -> Any:
    """What keraslint says."""
    try:
        return call()
    except Fault as fault:
        return REFUSED, repr(fault)


def is_refusal(verdict: Any) -> bool:
    """Whether a verdict is a refusal."""
    return isinstance(verdict, tuple) and bool(verdict) and verdict[0] is REFUSED


def agree(ours: Any, theirs: Any) -> bool:
    """Whether what keraslint says is true, as far as it says something."""
    if is_refusal(ours) or is_refusal(theirs):
        return is_refusal(ours) == is_refusal(theirs)
    if isinstance(ours, Unknown):
        return True
    mine, real = list(flatten(ours)), list(flatten(theirs))
    same_kind = isinstance(ours, (tuple, list)) == isinstance(theirs, (tuple, list))
    return same_kind and len(mine) == len(real) and all(map(true_of, mine, real))


def true_of(vague: Any, exact: Any) -> bool:
    """Whether a tensor is as it is said to be."""
    if isinstance(vague, Unknown):
        return True
    if not isinstance(vague, TensorSpec) or not isinstance(exact, TensorSpec):
        return bool(vague == exact)
    if not isinstance(vague.dtype, Unknown) and vague.dtype != exact.dtype:
        return False
    if isinstance(vague.shape, Unknown) or isinstance(exact.shape, Unknown):
        return isinstance(vague.shape, Unknown)
    return len(vague.shape) == len(exact.shape) and all(
        a is UNKNOWN or a == b for a, b in zip(vague.shape, exact.shape, strict=True)
    )


def is_exact(ours: Any) -> bool:
    """Whether every shape is known."""
    if isinstance(ours, Unknown):
        return False
    return all(
        not isinstance(leaf, Unknown)
        and (not isinstance(leaf, TensorSpec) or UNKNOWN not in _shape(leaf))
        for leaf in flatten(ours)
    )


def _shape(spec: TensorSpec) -> tuple[Any, ...]:
    return (UNKNOWN,) if isinstance(spec.shape, Unknown) else spec.shape


def check(name: str, *args: Any, exact: bool = False, **kwargs: Any) -> None:
    """Assert that keraslint says what is true of a function on symbolic tensors."""
    function, op = real_function(name), find_op(name)
    assert op is not None, f"nobody knows {name}"
    real_args, real_kwargs = symbolic(args), {key: symbolic(v) for key, v in kwargs.items()}
    theirs = ask(lambda: function(*real_args, **real_kwargs))
    ours = answer(lambda: op.call(as_value(args), as_value(kwargs)))
    context = f"{name}(*{args}, **{kwargs})\n  keras:     {theirs}\n  keraslint: {ours}"
    # What an unknown condition may have left as `None` is nothing to refuse.
    missing = any(value is None for value in (*args, *kwargs.values()))
    silent = missing and not is_exact(ours)
    assert silent or agree(ours, theirs), context
    assert not exact or is_refusal(ours) or is_exact(ours), context
