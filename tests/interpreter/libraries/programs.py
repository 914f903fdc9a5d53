"""Small programs, run for real and interpreted, and what must be the same."""

from __future__ import annotations

import math
from typing import Any

from keraslint.interpreter.programs import Program
from keraslint.interpreter.roots import run
from keraslint.interpreter.values import List, OneOf, Tensor, Value
from keraslint.knowledge.values import NumpyScalar
from keraslint.sources import Source
from keraslint.syntax import parse
from keraslint.tensors.dims import Expr, Unknown


def interpret(code: str) -> dict[str, Value]:
    """The names that a program's module level leaves, by interpretation."""
    program = Program(parse(Source("program.py", code, code)))
    run(program)
    return program.main.scope.names


def value_of(expression: str, *setup: str) -> Value:
    """What an expression is worth after a few statements."""
    return interpret("\n".join([*setup, f"result = {expression}"]))["result"]


def shape_of(expression: str, *setup: str) -> Any:
    """The shape of an array-valued expression after a few statements."""
    value = value_of(expression, *setup)
    assert isinstance(value, Tensor), value
    return value.spec.shape


def execute(code: str, **names: Any) -> dict[str, Any]:
    """The same by execution."""
    scope: dict[str, Any] = dict(names)
    exec(code, scope)
    return scope


def assert_sound(known: Value, real: Any, context: str = "") -> None:
    """What is known of a value is true of it."""
    if isinstance(known, (Unknown, Expr)):
        return
    if isinstance(known, OneOf):
        assert any(is_sound(item, real) for item in known.alternatives), context
        return
    if isinstance(known, Tensor):
        assert_array_sound(known, real, context)
    elif isinstance(known, NumpyScalar):
        assert type(real).__module__ == "numpy", (context, known, real)
        assert real.dtype.name == known.dtype, (context, known, real)
        assert real == known.value or real != real, (context, known, real)
    elif isinstance(known, (tuple, List)):
        items = known.items if isinstance(known, List) else known
        assert isinstance(real, (tuple, list)), (context, known, real)
        if not getattr(known, "open", False):
            assert len(items) == len(real), (context, known, real)
            for one, other in zip(items, real, strict=True):
                assert_sound(one, other, context)
    elif isinstance(known, float):
        assert real == known or math.isclose(real, known) or real != real, (context, known, real)
    else:
        assert type(known) is type(real), (context, known, real)
        assert known == real, (context, known, real)


def is_sound(known: Value, real: Any) -> bool:
    try:
        assert_sound(known, real)
    except AssertionError:
        return False
    return True


def assert_array_sound(known: Tensor, real: Any, context: str = "") -> None:
    """Shape, dtype and facts of an array hold for the real one."""
    shape, dtype = known.spec.shape, known.spec.dtype
    if known.flavour == "numpy":
        assert type(real).__module__ == "numpy", (context, type(real))
    if not isinstance(shape, Unknown):
        assert len(shape) == len(real.shape), (context, shape, real.shape)
        for dim, actual in zip(shape, real.shape, strict=True):
            assert dim == actual or not isinstance(dim, int), (context, shape, real.shape)
    name = str(getattr(real.dtype, "name", ""))
    if isinstance(dtype, str):
        assert dtype == ("string" if name.startswith(("str", "bytes")) else name), (
            context,
            dtype,
            name,
        )
    if known.flavour == "numpy" and real.size:
        if "low" in known.facts:
            assert real.min() >= known.facts["low"], (context, known.facts)
            assert real.max() <= known.facts["high"], (context, known.facts)
        if "classes" in known.facts:
            assert len(set(real.ravel().tolist())) == known.facts["classes"], (context, known.facts)


def is_exact(known: Value, real: Any) -> bool:
    """Whether the shape of an array is known completely."""
    return isinstance(known, Tensor) and known.spec.shape == tuple(real.shape)
