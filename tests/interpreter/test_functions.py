"""Functions: binding, defaults, closures, decorators and recursion."""

from __future__ import annotations

import pytest

from keraslint.engine import analyse_source
from keraslint.interpreter.values import Dict, OneOf
from keraslint.sources import Source
from keraslint.tensors.dims import Unknown
from tests.interpreter.both_ways import agrees, covers
from tests.interpreter.soundness import interpret

KINDS = "def f(a, b=2, *c, d, e=5, **g):\n    return a, b, c, d, e, g\n"
KNOWN = {
    "keyword": f"{KINDS}result = f(1, d=4)",
    "surplus": f"{KINDS}result = f(1, 2, 3, 4, d=0, z=9)",
    "unpacked": f"{KINDS}result = f(*[1, 2], **{{'d': 3, 'y': 1}})",
    "positional only": "def f(a, /, b, *, c):\n    return a, b, c\nresult = f(1, b=2, c=3)",
    "same name in **": "def f(a, /, **k):\n    return a, k\nresult = f(1, a=2)",
    "order of keywords": "def f(a, b):\n    return a - b\nresult = f(b=1, a=5), f(*(3, 1))",
    "mutable default": "def f(x=[]):\n    x.append(1)\n    return x\nf()\nresult = f()",
    "default at definition": "n = 1\ndef f(x=n):\n    return x\nn = 2\nresult = f()",
    "global at call": "n = 1\ndef f():\n    return n\nn = 2\nresult = f()",
    "closures": """
def make(n):
    def add(x):
        return x + n
    return add
result = make(3)(4), make(1)(1)
""",
    "closure sees later changes": """
def make():
    n = 1
    def get():
        return n
    n = 2
    return get
result = make()()
""",
    "class bodies hide their names": """
x = 1
class A:
    x = 2
    def f(self):
        return x
result = A().f()
""",
    "factorial": "def f(n):\n    return 1 if n <= 1 else n * f(n - 1)\nresult = f(20)",
    "mutual recursion": """
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
result = even(8), even(7)
""",
    "recursion over a nest": """
def flat(x):
    return [y for item in x for y in flat(item)] if isinstance(x, list) else [x]
result = flat([1, [2, [3, 4]], []])
""",
    "decorator": """
def plus(f):
    def g(*a, **k):
        return f(*a, **k) + 1
    return g
@plus
@plus
def f(x, y=1):
    return x + y
result = f(1), f(1, y=5)
""",
    "decorator with arguments": """
def times(n):
    return lambda f: lambda x: n * f(x)
@times(3)
def f(x):
    return x + 1
result = f(1)
""",
    "registry": """
made = {}
def register(f):
    made[f.__name__] = f
    return f
@register
def a():
    return 1
result = {name: f() for name, f in made.items()}
""",
    "lambda": "result = (lambda *a, k=2, **o: (a, k, o))(1, 2, z=3)",
    "functions in a table": "t = {'a': lambda x: x + 1, 'b': abs}\nresult = t['a'](1), t['b'](-2)",
    "attribute of a function": "def f():\n    return f.n\nf.n = 3\nresult = f()",
    "no return": "def f():\n    pass\nresult = f()",
}


@pytest.mark.parametrize("code", KNOWN.values(), ids=KNOWN.keys())
def test_a_call_gives_what_python_gives(code: str) -> None:
    agrees(code)


def test_a_function_of_an_unknown_choice_gives_either_result() -> None:
    code = (
        "def f(x):\n    return x + 1\ndef g(x):\n    return x - 1\nresult = (f if flag else g)(5)"
    )
    assert covers(code) == OneOf((6, 4))


def test_an_argument_of_an_unknown_choice_goes_through() -> None:
    assert covers("def f(x):\n    return x\nresult = f(1 if flag else 2)") == OneOf((1, 2))


def test_what_a_call_leaves_out_is_unknown() -> None:
    value = interpret("def f(a, b):\n    return a, b\nresult = f(1)")["result"]
    assert value[0] == 1
    assert isinstance(value[1], Unknown)


def test_an_unknown_mapping_may_replace_any_default() -> None:
    value = interpret("def f(a, b=1, **c):\n    return a, b, c\nresult = f(1, **unknown)")["result"]
    assert value[0] == 1
    assert isinstance(value[1], Unknown)
    assert isinstance(value[2], Dict)
    assert value[2].open


@pytest.mark.parametrize(
    "body", ["return f(n + 1)", "return f(n - 1) if unknown else 3", "return [f(n)]"]
)
def test_recursion_without_an_end_is_given_up_and_noted(body: str) -> None:
    code = f"import keras\ndef f(n):\n    {body}\nresult = f(0)\nkeras.layers.Dense(2)\n"
    analysis = analyse_source(Source("program.py", code, code))
    assert [limit.kind for limit in analysis.limits] == ["depth"]
    assert [site.layer for site in analysis.sites] == ["keras.layers.Dense"]
    assert not analysis.problems
