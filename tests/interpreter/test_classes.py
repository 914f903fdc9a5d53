"""Classes: inheritance, descriptors, data classes, enumerations and named tuples."""

from __future__ import annotations

import pytest

from keraslint.interpreter.values import OneOf
from keraslint.tensors.dims import Unknown
from tests.interpreter.both_ways import agrees, covers
from tests.interpreter.soundness import interpret

DIAMOND = """
class A:
    n = 1
    def f(self):
        return "A"
class B(A):
    def f(self):
        return "B" + super().f()
class C(A):
    def f(self):
        return "C" + super(C, self).f()
class D(B, C):
    n = 2
    def f(self):
        return "D" + super().f()
"""
POINT = """
from dataclasses import dataclass, field
@dataclass
class P:
    a: int
    b: int = 2
    c: list = field(default_factory=list)
    def __post_init__(self):
        self.d = self.a + self.b
@dataclass
class Q(P):
    e: int = 7
"""
KNOWN = {
    "diamond": f"{DIAMOND}result = D().f(), C().f(), D.n, A.n, D().n, B.n",
    "template method": """
class A:
    def f(self):
        return self.g()
class B(A):
    def g(self):
        return 4
result = B().f()
""",
    "constructor chain": """
class A:
    def __init__(self, x, y=1):
        self.x, self.y = x, y
class B(A):
    def __init__(self, x, **k):
        super().__init__(x + 1, **k)
        self.z = self.x
result = vars(B(1, y=5)) if False else (B(1, y=5).x, B(1).y, B(1).z)
""",
    "property": """
class A:
    def __init__(self, x):
        self.x = x
    @property
    def double(self):
        return self.x * 2
    @double.setter
    def double(self, v):
        self.x = v // 2
a = A(3)
before = a.double
a.double = 20
result = before, a.x, a.double
""",
    "setter that calls super": """
class A:
    def keep(self, v):
        self.kept = v
class B(A):
    @property
    def v(self):
        return self.kept
    @v.setter
    def v(self, v):
        super().keep(v + 1)
b = B()
b.v = 1
result = b.v
""",
    "static and class methods": """
class A:
    k = 1
    def __init__(self, v):
        self.v = v
    @staticmethod
    def s(v):
        return v + 1
    @classmethod
    def make(cls, v):
        return cls(v * cls.k)
class B(A):
    k = 3
result = A.s(1), A(0).s(2), A.make(5).v, B.make(5).v, isinstance(B.make(1), B)
""",
    "class attribute": """
class A:
    count = 0
    def __init__(self):
        A.count += 1
        self.id = A.count
A(), A()
result = A().id, A.count
""",
    "shared list": """
class A:
    items = []
    def add(self, x):
        self.items.append(x)
A().add(1)
A().add(2)
result = A.items
""",
    "instance over class": "class A:\n    x = 1\na = A()\na.x = 2\nresult = a.x, A.x, A().x",
    "patched": "class A:\n    def m(s):\n        return 1\nA.m = lambda s: 2\nresult = A().m()",
    "a function of its own": "class A:\n    pass\na = A()\na.f = lambda x: x + 1\nresult = a.f(2)",
    "body sees itself": "class A:\n    x = 3\n    y = x + 1\nresult = A.x, A.y",
    "new": """
class A:
    def __new__(cls, x):
        self = super().__new__(cls)
        self.y = x
        return self
result = A(4).y
""",
    "operators": """
class V:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return V(self.n + other.n)
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        return i * self.n
    def __call__(self, x):
        return x + self.n
    def __iter__(self):
        return iter(range(self.n))
v = V(2) + V(3)
result = v.n, len(v), v[3], v(1), [*v]
""",
    "identity": "class A:\n    pass\na = A()\nb = a\nb.x = 1\nresult = a.x, a is b",
    "mangled": """
class A:
    def __init__(self):
        self.__x = 3
    def get(self):
        return self.__x
result = A().get()
""",
    "data class": f"{POINT}q = Q(1, c=[5])\nresult = q.a, q.b, q.c, q.d, q.e, P(1).c, P(2, 3).d",
    "default factory": f"{POINT}P(1).c.append(1)\nresult = P(1).c",
    "enumeration": """
from enum import Enum
class E(Enum):
    A = 1
    B = 2
result = E.A.value, E["B"].name, E(2) is E.B, [e.name for e in E], E.A == E.B, E.A is E.A
""",
    "named tuple": """
from typing import NamedTuple
class N(NamedTuple):
    x: int
    y: int = 4
    def total(self):
        return self.x + self.y
n = N(1)
a, b = n
result = a, b, n.y, n[0], len(n), n.total(), N(y=0, x=2).x
""",
    "nested class": """
class A:
    class B:
        n = 3
    def f(self):
        return A.B.n
result = A().f(), A.B().n
""",
    "built in a function": """
def make(n):
    class A:
        k = n
        def f(self):
            return n + self.k
    return A
result = make(1)().f(), make(2)().f()
""",
}


@pytest.mark.parametrize("code", KNOWN.values(), ids=KNOWN.keys())
def test_instances_do_what_python_does(code: str) -> None:
    agrees(code)


COVERED = {
    "an attribute set in one way": (
        """
class A:
    x = 1
a = A()
a.x = 2
if flag:
    a.x = 3
result = a.x
""",
        OneOf((3, 2)),
    ),
    "one of two classes": (
        "class A:\n    n = 1\nclass B:\n    n = 2\nresult = (A if flag else B)().n",
        OneOf((1, 2)),
    ),
    "a property of an unknown choice": (
        """
class A:
    @property
    def p(self):
        return 1 if flag else 2
result = A().p
""",
        OneOf((1, 2)),
    ),
}


@pytest.mark.parametrize(("code", "expected"), COVERED.values(), ids=COVERED.keys())
def test_either_way_is_known(code: str, expected: object) -> None:
    assert covers(code) == expected


LOOSE = {
    "deleted in one way": """
class A:
    pass
a = A()
a.x = 1
if flag:
    del a.x
result = hasattr(a, "x")
""",
    "set in one way": "class A: ...\na = A()\nif flag:\n    a.x = 1\nresult = hasattr(a, 'x')",
    "a default for what may be missing": """
class A:
    pass
a = A()
if flag:
    a.x = 1
result = getattr(a, "x", 5)
""",
    "a method of a class from elsewhere": """
import types
class A(types.SimpleNamespace):
    pass
result = A(x=1).x
""",
    "attributes that answer to any name": """
class A:
    def __getattr__(self, name):
        return name
result = A().foo, hasattr(A(), "bar")
""",
    "a metaclass": """
class Meta(type):
    def __call__(cls):
        return 7
class A(metaclass=Meta):
    pass
result = A()
""",
    "a base that sets up its heirs": """
class A:
    def __init_subclass__(cls, k=0):
        cls.k = k
class B(A, k=3):
    pass
result = B.k
""",
    "a truth of its own": """
class A:
    def __bool__(self):
        return False
result = 1 if A() else 2
""",
    "an equality of its own": """
class A:
    def __eq__(self, other):
        return True
result = A() == 3, A() != 3, 3 == A()
""",
}


@pytest.mark.parametrize("code", LOOSE.values(), ids=LOOSE.keys())
def test_what_is_not_followed_is_covered(code: str) -> None:
    covers(code)


def test_bases_that_are_unknown_may_give_anything() -> None:
    names = interpret("class A(unknown):\n    x = 1\nresult = [A().y, A.z]")
    assert all(isinstance(item, Unknown) for item in names["result"].items)
