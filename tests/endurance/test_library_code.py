"""Python as libraries and their tests write it, which programs hardly do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.endurance.commands import run

TYPES = ("list", "dict", "set", "frozenset", "tuple", "str", "bytes", "int", "float", "range")
CHANGES = (
    "append(x, 3)",
    "clear(x)",
    "pop(x, 1)",
    "update(x, y)",
    "add(x, 1)",
    "sort(x)",
    "copy()",
)
READS = ("get(x, 1)", "items(x)", "index(x, 1)", "union(x, y)", "join(x, y)", "bit_length(x)")
UNBOUND = "".join(
    f"def {kind}{number}(x, y): return {kind}.{call}\n{kind}.{call.replace('x', '3')}\n"
    for kind in TYPES
    for number, call in enumerate(CHANGES + READS)
)
LONG_RANGES = """
r = range(1 << 100)
a = iter(r), list(r), len(r), r[1 << 99], r[-1], r[::2], sum(r), max(r), 3 in r, reversed(r)
for i in r:
    pass
"""
PERHAPS_OPEN = """
class A:
    def set(self, names):
        for name in names:
            if name in y:
                setattr(self, name, 3)
                return getattr(self, "x", None)
        return getattr(self, "z", None)
"""

PERHAPS_DRAINED = """
def numbers():
    try:
        yield 1
        1 / 0
    finally:
        yield 3

def drain(numbers):
    found = []
    while True:
        try:
            found.append(numbers.__next__())
        except StopIteration:
            break
        except Exception as error:
            found.append(str(type(error)))
    return found

drain(numbers())
"""
NO_TENSORS = """
normalize = keras.layers.LayerNormalization(epsilon=1e-06)
normalize(keras.Input((3,)))
for odd in (None, super(), 3, [], {}, normalize):
    normalize(odd)
"""
ODD_CLASS = """
class Blocks(keras.layers.Layer):
    if x:
        rates = [3]
    for rate in rates:
        def __init__(self):
            self.blocks = [[keras.layers.Dense(3)]]
    def call(self, x):
        return self.blocks[0][0](x)
"""
PROGRAMS = {
    "methods of types": UNBOUND,
    "long ranges": LONG_RANGES,
    "attributes of any name": PERHAPS_OPEN,
    "iterators": PERHAPS_DRAINED,
    "calls without tensors": NO_TENSORS,
    "statements in classes": ODD_CLASS,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_defect(tmp_path: Path, name: str) -> None:
    path = tmp_path / "model.py"
    path.write_text("import keras\n" + PROGRAMS[name])
    assert run("check", str(path)).fault is None


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        ("x = []\nlist.append(x, 3)\ny = x[0]", 3),
        ("x = {'a': 4}\ny = dict.get(x, 'a')", 4),
        ("class D(dict): pass\nx = D()\nx['a'] = 5\ny = dict.pop(x, 'a')", 5),
        ("x = [1] if keras.x else [2]\nlist.append(x, 3)\ny = x[0]", "?"),
        ("y = range(1 << 100)[6]", 6),
        ("y = (1, 2)[1 << 99]", "?"),
    ],
)
def test_what_it_does(tmp_path: Path, lines: str, width: object) -> None:
    path = tmp_path / "model.py"
    path.write_text(f"import keras\n{lines}\nkeras.layers.Dense(y)(keras.Input((7,)))\n")
    ran = run("shapes", "--output-format", "json", str(path))
    assert ran.fault is None
    first, *_ = json.loads(ran.out)["files"][0]["sites"]
    assert first["calls"][0]["outputs"] == [[None, width]]
