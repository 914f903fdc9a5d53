"""Kinds of ``dict`` and ``list`` that a program defines."""

from __future__ import annotations

import pytest

from tests.interpreter.both_ways import agrees, covers

REGISTRY = """
class Registry(dict):
    def register(self, function):
        self[function.__name__] = function
        return function
BLOCKS = Registry(first=abs)
@BLOCKS.register
def second(x):
    return x + 1
"""
KNOWN = {
    "a registry": f"{REGISTRY}result = BLOCKS['second'](2), BLOCKS['first'](-3), len(BLOCKS)",
    "asked before it is used": f"{REGISTRY}result = 'second' in BLOCKS, 'third' in BLOCKS",
    "walked through": f"{REGISTRY}result = [list(BLOCKS), sorted(k for k, _ in BLOCKS.items())]",
    "true only with items": "class D(dict):\n    pass\nresult = bool(D()), bool(D(a=1))",
    "asked for what is not there": "class D(dict):\n    pass\nresult = D(a=1).get('b', 3)",
    "a method of its own": """
class Doubling(dict):
    def __getitem__(self, key):
        return 2 * super().__getitem__(key)
    def __init__(self, start):
        super().__init__(start)
        self["more"] = 5
d = Doubling({"a": 1})
result = d["a"], d["more"], sorted(d.keys())
""",
    "attributes that are items": """
class Config(dict):
    def __getattr__(self, name):
        return self[name]
    __setattr__ = dict.__setitem__
result = Config(width=3)["width"]
""",
    "a list": """
class Stack(list):
    def push(self, item):
        self.append(item)
        return self
s = Stack([1]).push(2).push(3)
result = s[-1], len(s), [x for x in s], s[:2], 2 in s
""",
    "an ordered dict": """
from collections import OrderedDict
class Table(OrderedDict):
    pass
t = Table()
t["b"] = 1
t["a"] = 2
del t["b"]
result = list(t.values())
""",
    "copies of their own": """
import copy
class D(dict):
    pass
one = D(a=1)
two = copy.copy(one)
two["b"] = 2
result = len(one), len(two)
""",
}


@pytest.mark.parametrize("code", KNOWN.values(), ids=KNOWN)
def test_it_holds_what_python_holds(code: str) -> None:
    agrees(code)


def test_what_a_branch_put_in_may_be_there() -> None:
    covers("class D(dict):\n    pass\nd = D(a=1)\nif flag:\n    d['b'] = 2\nresult = d.get('b')")
