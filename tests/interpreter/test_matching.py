"""``match`` with every kind of pattern, held against Python."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.interpreter.both_ways import agrees, covers

CASES = """
from dataclasses import dataclass
from typing import NamedTuple

@dataclass
class Conv:
    filters: int
    kernel: int = 3

class Pool(NamedTuple):
    size: int

def kind(spec):
    match spec:
        case ["dense", int(units)]:
            return "units", units
        case ["dense", units, *rest]:
            return "more", units, rest
        case (first, *_, last) if first == last:
            return "ends", first
        case {"type": "dropout", "rate": rate, **rest}:
            return "rate", rate, rest
        case {"type": str(name)}:
            return "type", name
        case Conv(filters=f, kernel=5):
            return "five", f
        case Conv(f):
            return "conv", f
        case Pool(size=s):
            return "pool", s
        case bool() | None as nothing:
            return "nothing", nothing
        case int(n) | float(n):
            return "number", n
        case str() as text:
            return "text", text
        case []:
            return "empty",
        case _:
            return "other",
"""
SUBJECTS = (
    *('["dense", 3]', '["dense", "3"]', '["dense", 1.5, "relu", 2]', "(1, 2, 1)", "(1, 2)", "[]"),
    *('{"type": "dropout", "rate": 0.5, "seed": 1}', '{"type": "dropout"}', '{"rate": 1}', "{}"),
    *("Conv(4)", "Conv(4, 5)", "Pool(2)", "True", "None", "7", "1.5", '"abc"', '"de"', "range(2)"),
)


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one != "Pool(2)"])
def test_known_subjects(subject: str) -> None:
    agrees(f"{CASES}result = kind({subject})\n")


@pytest.mark.parametrize(("one", "other"), [*pairwise(SUBJECTS)])
def test_one_of_two_subjects(one: str, other: str) -> None:
    covers(f"{CASES}result = kind({one} if flag else {other})\n")


@pytest.mark.parametrize("subject", ["[4] if flag else [4, 5]", '{"a": 1} if flag else {"b": 2}'])
def test_names_of_patterns_that_may_fit(subject: str) -> None:
    covers(
        f"xs = {subject}\n"
        "match xs:\n    case [a, b]:\n        result = a, b\n    case [a]:\n        result = a\n"
        "    case {'a': v}:\n        result = v\n    case other:\n        result = other\n"
    )
