"""Programs held against what Python itself makes of them."""

from __future__ import annotations

from typing import Any

from tests.interpreter.soundness import interpret, is_true_of, known


def agrees(code: str) -> None:
    """Check that ``result`` is known, and that Python gives the same."""
    scope: dict[str, Any] = {"__name__": "__main__"}
    exec(code, scope)
    assert known(code) == scope["result"]


def covers(code: str) -> Any:
    """Check that ``result`` covers what Python gives for either ``flag``; what it is then."""
    value = interpret(code)["result"]
    for flag in (False, True):
        scope: dict[str, Any] = {"flag": flag, "__name__": "__main__"}
        exec(code, scope)
        assert is_true_of(value, scope["result"]), (flag, value, scope["result"])
    return value
