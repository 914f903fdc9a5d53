"""Branches and loops of which nobody knows the way: every way is covered."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tests.interpreter.control_flow import programs
from tests.interpreter.soundness import interpret, is_true_of


def run(code: str, flag: bool) -> dict[str, Any] | None:
    """The names that Python leaves, `None` if it raises."""
    scope: dict[str, Any] = {"flag": flag}
    try:
        exec(code, scope)
    except IndexError:
        return None
    return scope


@settings(max_examples=100)
@given(programs())
def test_every_way_through_a_program_is_covered(code: str) -> None:
    value = interpret(code)["result"]
    for flag in (False, True):
        real = run(code, flag)
        assert real is None or is_true_of(value, real["result"]), (flag, value, real["result"])
