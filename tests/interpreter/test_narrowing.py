"""What a condition tells once its outcome is assumed."""

from __future__ import annotations

import pytest

from keraslint.interpreter.values import OneOf
from tests.interpreter.both_ways import covers
from tests.interpreter.soundness import interpret

SETUP = "x = None if flag else 3\n"
CASES = {
    "is not None": ("result = 0\nif x is not None:\n    result = x", OneOf((3, 0))),
    "is None": ("if x is None:\n    x = 3\nresult = x", 3),
    "truth": ("if not x:\n    x = 4\nresult = x", OneOf((4, 3))),
    "and": ("result = 0\nif x is not None and x:\n    result = x", OneOf((3, 0))),
    "not or": ("result = 0\nif not (x is None or x == 2):\n    result = x", OneOf((3, 0))),
    "equal": ("result = 0\nif x == 3:\n    result = x", OneOf((3, 0))),
    "not equal": ("result = 0\nif x != 3:\n    result = x", OneOf((None, 0))),
    "early return": (
        "def f(x):\n    if x is None:\n        return 3\n    return x\nresult = f(x)",
        3,
    ),
    "assert": ("x = x or 3\nassert x is not None\nresult = x", 3),
    "or": ("result = x or 3", 3),
    "conditional": ("result = 3 if x is None else x", 3),
}


@pytest.mark.parametrize(("code", "expected"), CASES.values(), ids=CASES.keys())
def test_alternatives_that_contradict_a_condition_are_dropped(code: str, expected: object) -> None:
    assert covers(SETUP + code) == expected


def test_an_unknown_name_is_what_it_was_compared_with() -> None:
    code = "def f(n):\n    if n == 5:\n        return n\n    return 5\nresult = f(unknown)"
    assert interpret(code)["result"] == 5
    code = "def f(n):\n    if n is None:\n        return n\n    return None\nresult = f(unknown)"
    assert interpret(code)["result"] is None


def test_narrowing_ends_with_its_branch() -> None:
    assert covers(f"{SETUP}if x is None:\n    pass\nresult = x") == OneOf((None, 3))
