"""Random programs of built-ins: what the interpreter knows is what Python does."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.interpreter.random_programs import programs
from tests.interpreter.soundness import interpret, is_true_of


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs())
def test_what_is_known_is_true(program: tuple[str, dict[str, Any]]) -> None:
    code, real = program
    names = interpret(code)
    for name in ("i", "s", "xs", "ys", "d", "e", "g", "q", "t", "z"):
        if name in real and name in names:
            assert is_true_of(names[name], real[name]), (code, name, names[name], real[name])
