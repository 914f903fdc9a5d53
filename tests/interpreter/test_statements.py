"""Statements: what Python makes of them is known, and covered where the way is not."""

from __future__ import annotations

import pytest

from keraslint.interpreter.values import OneOf
from keraslint.tensors.dims import Unknown
from tests.interpreter.both_ways import agrees, covers
from tests.interpreter.soundness import interpret

KNOWN = {
    "star in the middle": "a, *b, c = [1, 2, 3, 4]\nresult = a, b, c",
    "nested targets": "(a, b), *c = [(1, 2), 3]\nresult = a, b, c",
    "swap": "a, b = 1, 2\na, b = b, a\nresult = a, b",
    "two targets, one list": "a = b = [1]\na.append(2)\nresult = b",
    "augmented": "x = 5\nx -= 2; x *= 3; x //= 2; x **= 2; x %= 7; x <<= 2; x |= 1\nresult = x",
    "augmented tuple": "x = y = (1, 2)\nx += (3,)\nresult = x, y",
    "augmented list": "x = y = [1, 2]\nx += (3,)\nresult = x, y",
    "augmented item": "d = {'a': 1}\nd['a'] += 2\nresult = d",
    "annotated": "x: int = 3\ny: str\nresult = x",
    "del item": "a = [1, 2, 3]\nb = {'x': 1, 'y': 2}\ndel a[0], b['x']\nresult = a, b",
    "del name": "a = b = [1]\ndel a\nresult = b",
    "walrus": "if (n := 4) > 3:\n    n += 1\nresult = n",
    "walrus in a comprehension": "xs = [y := v for v in range(3)]\nresult = xs, y",
    "for with index": "for i, (a, b) in enumerate([(1, 2), (3, 4)]):\n    pass\nresult = i, a, b",
    "empty for": "i = 7\nfor i in []:\n    i = 1\nresult = i",
    "else after break": """
for i in range(5):
    if i == 3:
        break
else:
    i = 100
result = i
""",
    "else without break": "for i in range(5):\n    pass\nelse:\n    i = 100\nresult = i",
    "continue": """
xs = []
for i in range(5):
    if i % 2:
        continue
    xs.append(i)
result = xs
""",
    "nested return": """
def f():
    for i in range(10):
        for j in range(10):
            if i * j == 12:
                return i, j
result = f()
""",
    "while else": "n = 5\nwhile n > 2:\n    n -= 1\nelse:\n    n *= 10\nresult = n",
    "while break": "n = 0\nwhile n < 9:\n    n += 1\n    if n == 4:\n        break\nresult = n",
    "while return": """
def f(n):
    while n:
        n -= 1
        if n == 3:
            continue
        if n == 1:
            return n
    return -1
result = f(6), f(0)
""",
    "global": "def f():\n    global g\n    g = 3\ng = 1\nf()\nresult = g",
    "nonlocal": """
def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
    inner()
    inner()
    return n
result = outer()
""",
    "early return": "def f(n):\n    if n > 2:\n        return 1\n    return 2\nresult = f(3), f(1)",
    "try": "def f():\n    try:\n        return 1\n    finally:\n        pass\nresult = f()",
    "with": """
class C:
    def __enter__(self):
        return 3
    def __exit__(self, *a):
        return False
with C() as v, C() as w:
    result = v + w
""",
    "match value": "match 4:\n    case 1 | 2:\n        result = 1\n    case 4:\n        result = 2",
    "match guard": """
match 4:
    case x if x > 5:
        result = 0
    case x if x > 3:
        result = x
    case _:
        result = 1
""",
    "match sequence": """
match ("a", 1):
    case ("a", 2):
        result = 1
    case ("a", k) as whole:
        result = k, whole
""",
    "match nothing": "result = 1\nmatch 5:\n    case 4:\n        result = 2",
    "match None": "match None:\n    case None:\n        result = 5",
    "generator": "def g(n):\n    for i in range(n):\n        yield i\nresult = *g(3), sum(g(4))",
    "yield from": "def g():\n    yield 1\n    yield from [2, 3]\n    return 4\nresult = [*g()]",
    "generator in parts": "def g():\n    yield 1\n    yield 2\ni = g()\nresult = next(i), list(i)",
    "late binding": "fs = [lambda: i for i in range(3)]\nresult = [f() for f in fs]",
    "early binding": "fs = [lambda i=i: i for i in range(3)]\nresult = [f() for f in fs]",
    "comprehension scope": "x = 10\nys = [x for x in range(3)]\nresult = x, ys",
    "assert": "n = 2\nassert n == 2, n\nresult = n",
    "del attribute": """
class A:
    pass
a = A()
a.x = 1
before = hasattr(a, "x")
del a.x
result = before, hasattr(a, "x")
""",
}


@pytest.mark.parametrize("code", KNOWN.values(), ids=KNOWN.keys())
def test_the_result_is_that_of_python(code: str) -> None:
    agrees(code)


COVERED = {
    "if": ("result = 1\nif flag:\n    result = 2", OneOf((2, 1))),
    "both branches alike": ("if flag:\n    result = 2\nelse:\n    result = 2", 2),
    "elif": (
        "if flag:\n    result = 1\nelif not flag:\n    result = 2\nelse:\n    result = 3",
        OneOf((1, 2, 3)),
    ),
    "early return": (
        "def f():\n    if flag:\n        return 1\n    return 2\nresult = f()",
        OneOf((1, 2)),
    ),
    "what ends does not blur what follows": (
        """
def f():
    x = 1
    if flag:
        x = 2
        return (x, x)
    return (x, 5)
result = f()[0]
""",
        OneOf((2, 1)),
    ),
    "a raise leaves nothing behind": (
        """
def f(x):
    if x is None:
        x = 3
        raise ValueError
    return x
result = f(4 if flag else 4)
""",
        4,
    ),
    "one branch falls through to None": (
        "def f():\n    if flag:\n        return 1\nresult = f()",
        OneOf((1, None)),
    ),
    "equal items of a list": ("xs = [1, 2]\nif flag:\n    xs[0] = 1\nresult = xs[0]", 1),
    "match": (
        "match flag:\n    case True:\n        result = 1\n    case _:\n        result = 2",
        OneOf((1, 2)),
    ),
}


@pytest.mark.parametrize(("code", "expected"), COVERED.values(), ids=COVERED.keys())
def test_both_ways_are_known(code: str, expected: object) -> None:
    assert covers(code) == expected


LOOSE = {
    "lists of two lengths": "result = [1]\nif flag:\n    result.append(2)",
    "dicts of two sizes": "result = {'a': 1}\nif flag:\n    result['b'] = 2",
    "unknown iterations": "result = 1\nfor i in range(1 + flag):\n    result = 5",
    "a return before a change": """
result = [1]
def f():
    if flag:
        return
    result.append(2)
f()
""",
    "break of a while": """
n = 0
while n < 3:
    n += 1
    if flag:
        break
result = n
""",
    "break of a for": """
n = 0
for i in range(3):
    n = i
    if flag:
        break
result = n
""",
    "else of a for that may be left": """
result = 1
for i in range(3):
    if flag:
        break
else:
    result = 2
""",
    "else of a while that may be left": """
result, n = 1, 0
while n < 3:
    n += 1
    if flag:
        break
else:
    result = 2
""",
    "continue at an unknown time": """
result = []
for i in range(3):
    if flag:
        continue
    result.append(i)
""",
    "return out of a loop": """
def f():
    for i in range(4):
        if flag and i == 2:
            return i
    return 9
result = f()
""",
    "caught halfway": """
result = 0
try:
    result = 5
    [][flag]
except IndexError:
    pass
""",
    "caught and used": """
n = 1
try:
    n = 2
    if flag:
        raise ValueError
except ValueError:
    n += 10
result = n
""",
    "suppressed": """
from contextlib import suppress
result = 1
with suppress(IndexError):
    [][flag]
    result = 2
""",
    "finally after both": """
n = 1
try:
    if flag:
        raise ValueError
except ValueError:
    n = 2
finally:
    n += 10
result = n
""",
    "a list that grows under a loop": """
result = [3]
for v in result:
    if len(result) < 5:
        result.append(v + 1)
""",
    "a generator left early": """
def g():
    for i in range(3):
        yield i
        if flag:
            break
result = list(g())
""",
    "an alias of one of two": "a, b = [1], [1]\nc = a if flag else b\nc.append(2)\nresult = a, b",
    "a global set in one way": """
n = 1
def f():
    global n
    if flag:
        n = 2
        return
    n = n + 3
f()
result = n
""",
    "a default that was changed": """
def f(xs=[]):
    xs.append(1)
    return xs
if flag:
    f()
result = f()
""",
    "nested loops": """
a, b = 0, 0
for i in range(2 + flag):
    for j in range(i):
        a, b = b + 1, a
result = a, b
""",
    "a chain through a loop": """
a, b, c, d = 0, 0, 0, 1
for i in range(3 + flag):
    a, b, c = b, c, d
result = a, b, c
""",
}


@pytest.mark.parametrize("code", LOOSE.values(), ids=LOOSE.keys())
def test_both_ways_are_covered(code: str) -> None:
    covers(code)


def test_a_name_that_is_deleted_is_unknown() -> None:
    names = interpret("a = 1\ndel a\nresult = [a, 2]")
    assert isinstance(names["result"].items[0], Unknown)


def test_code_behind_the_end_of_a_block_is_not_run() -> None:
    for end in ("return", "raise ValueError", "assert False"):
        names = interpret(f"x = 1\ndef f():\n    global x\n    {end}\n    x = 2\nf()")
        assert names["x"] == 1
