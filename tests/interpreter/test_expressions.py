"""Expressions: Python's own results where everything is known, all of them where it is not."""

from __future__ import annotations

import pytest

from tests.interpreter.both_ways import agrees, covers

KNOWN = [
    "1 < 2 < 3, 1 < 3 < 2, 1 in [1], 2 not in [1], None is None",
    "0 or '' or [1], 1 and [] and 3, not 0",
    "[*range(2), *[5]], {**{'a': 1}, 'b': 2}, (*'ab',)",
    "7 // 2, -7 // 2, -7 % 3, 2 ** -1, 1 / 4, ~5, +3",
    "'abc'[::-1], [1, 2, 3][-1], (1, 2, 3)[1:]",
    "'a' 'b' * 2 + 'c%d-%s' % (1, 'x')",
    "f'{6:>4}|{\"a\"!r}|{6 + 1:03d}' 'x'",
    "[x * y for x in range(4) if x for y in range(x)]",
    "{k: v for k, v in zip('ab', [1, 2])}",
    "(lambda x, *y: (x, y))(1, 2, 3)",
    "[[0] * 2 for _ in range(2)], [[]] * 2",
    "(1 if [] else 2), [1, 2] + [3], (1,) * 3",
    "0x10, 1_000, 0b11, 1e3, 'a\\n', r'a\\n', b'a'",
]
COVERED = ["flag and 3", "flag or 3", "1 if flag else 2", "[1, flag]", "not flag", "(flag, 1)[1]"]


@pytest.mark.parametrize("expression", KNOWN)
def test_known(expression: str) -> None:
    agrees(f"result = {expression}")


@pytest.mark.parametrize("expression", COVERED)
def test_covered(expression: str) -> None:
    covers(f"result = {expression}")


def test_what_is_not_evaluated_has_no_effect() -> None:
    agrees("xs = []\nFalse and xs.append(1)\nTrue or xs.append(2)\nresult = xs")
    covers("result = []\nflag and result.append(1)")


def test_arguments_are_evaluated_from_left_to_right() -> None:
    agrees("xs = []\ndef f(*a):\n    return xs\nresult = f(xs.append(1), xs.append(2))")
