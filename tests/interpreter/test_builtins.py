"""Built-in functions, types and methods on what is known, partly known and unknown."""

from __future__ import annotations

import time
from typing import Any

import pytest

from keraslint.interpreter.values import Iterator_, List, OneOf, Value
from keraslint.tensors.dims import Expr, Unknown
from tests.interpreter.soundness import interpret, is_true_of, known


def result(code: str) -> Value:
    return interpret(code)["result"]


KNOWN: list[tuple[str, Any]] = [
    ("result = [True, False, None, ...]", [True, False, None, ...]),
    ("a = []\nresult = a is a", True),
    ("result = type(3) is int", True),
    ("result = type('a') == str", True),
    ("s = slice(1, None)\nresult = [1, 2, 3][s]", [2, 3]),
    ("it = iter(range(6))\nresult = list(zip(it, it, it))", [(0, 1, 2), (3, 4, 5)]),
    ("it = iter([1, 2])\nnext(it)\nresult = [next(it), next(it, 7), next(it, 8)]", [2, 7, 8]),
    ("result = list(map(str.upper, ['a', 'b']))", ["A", "B"]),
    ("result = dict.fromkeys(['a', 'b'], 0)", {"a": 0, "b": 0}),
    ("result = list(dict(a=1, b=2).items())", [("a", 1), ("b", 2)]),
    ("d = {}\nd.setdefault('a', []).append(1)\nresult = d", {"a": [1]}),
    ("xs = [1]\nys = xs\nys.append(2)\nresult = xs", [1, 2]),
    ("xs = [1]\nxs += (2, 3)\nresult = xs", [1, 2, 3]),
    ("xs = [1]\nxs.extend(xs)\nresult = xs", [1, 1]),
    ("result = 'x'.join(c for c in 'abc')", "axbxc"),
    ("result = '{:>{w}}|{!r}'.format(1, 'a', w=4)", "   1|'a'"),
    ("result = sorted(['bb', 'a'], key=len)", ["a", "bb"]),
    ("result = max([(1, 'a'), (1, 'b')])", (1, "b")),
    ("result = max('abc', key=ord)", "c"),
    ("result = min([], default=5)", 5),
    ("result = sum([[1], [2]], [])", [1, 2]),
    ("result = any(x > 2 for x in [1, 2, 3])", True),
    ("result = all([])", True),
    ("result = len({1, 1, 2})", 2),
    ("result = len({'a': 1})", 1),
    ("result = (3.0).is_integer()", True),
    ("result = getattr('abc', 'upper')()", "ABC"),
    ("result = list(reversed({'a': 1, 'b': 2}))", ["b", "a"]),
    ("result = divmod(7, 3)", (2, 1)),
    ("result = pow(2, 10, 1000)", 24),
    ("result = int('ff', 16)", 255),
    ("result = print('hello')", None),
    ("result = callable(print), callable(3), callable(lambda: 0)", (True, False, True)),
    ("result = str(b'a', 'ascii')", "a"),
    ("fruit = {'b': 1, 'a': 2}\nresult = sorted(fruit, key=fruit.get)", ["b", "a"]),
    ("xs = [3, 1]\nresult = xs.sort()", None),
    ("f = list.append\nxs = []\nf(xs, 1)\nresult = xs", [1]),
    ("result = int.__name__", "int"),
]


@pytest.mark.parametrize(("code", "expected"), KNOWN)
def test_known(code: str, expected: Any) -> None:
    assert known(code) == expected


UNKNOWN_RESULTS = [
    "len(x)",
    "int(x)",
    "str(x)",
    "bool(x)",
    "max(x, 3)",
    "sum(x)",
    "sum([1, x])",
    "sorted",
    "isinstance(x, int)",
    "len({1, x})",
    "next(iter(x))",
    "'a'.join(x)",
    "'{}'.format(x)",
    "range(0, 3, 0)",
    "tuple(x)",
    "[1, x].index(3)",
    "{'a': 1}.get('a', *x)",
    "len(*x)",
    "int('x')",
    "ord('ab')",
    "id(3)",
    "hash('a')",
    "input()",
    "open('f')",
    "undefined",
    "[].pop()",
    "[1].index(2)",
    "any([False, x])",
    "max([])",
    "str({1, 2})",
    "dict(**x).get('a')",
    "min('a', 1)",
    "len(5)",
    "next(iter([]))",
]


@pytest.mark.parametrize("expression", [e for e in UNKNOWN_RESULTS if e != "sorted"])
def test_unknown(expression: str) -> None:
    assert isinstance(result(f"result = {expression}"), Unknown)


HUGE = [
    "list(range(10**12))",
    "'a'.center(10**9)",
    "'{:>{w}}'.format(1, w=10**9)",
    "'{:999999999}'.format(1)",
    "'ab'.replace('a', 'b' * 50000).replace('b', 'c' * 50000)",
    "pow(10, 10**9)",
    "'a'.zfill(10**12)",
    "bytes(10**10)",
    "(1).to_bytes(10**9, 'big')",
    "format(1, '999999999d')",
    "sum(range(10**12))",
    "'a'.ljust(True * 10**8)",
    "'\\t'.expandtabs(10**9)",
    "math.factorial(10**7)",
    "math.comb(10**7, 10**6)",
    "list(itertools.product(range(100), repeat=9))",
    "list(itertools.repeat(0, 10**9))",
    "list(itertools.permutations(range(30)))",
    "list(itertools.islice(itertools.count(), 10**9))",
    "list(zip(itertools.count(), itertools.repeat(1)))",
    "sorted(itertools.count())",
    "list(itertools.combinations(range(100), 50))",
    "max(itertools.cycle([1]))",
    "[*itertools.count()]",
    "json.loads('[' * 10**5)",
    "collections.deque(range(10**9))",
    "math.perm(10**6)",
    "10**9 in itertools.count()",
]


@pytest.mark.parametrize("expression", HUGE)
def test_huge_results_are_refused_before_they_are_made(expression: str) -> None:
    before = time.process_time()
    value = result(f"import collections, itertools, json, math\nresult = {expression}")
    assert time.process_time() - before < 2
    assert isinstance(value, Unknown) or value.open


def test_a_list_that_holds_itself() -> None:
    assert isinstance(result("xs = []\nxs.append(xs)\nresult = str(xs)"), Unknown)


OPEN = [
    ("xs = [1]\nxs.extend(u)", []),
    ("xs = list(u)\nxs.append(1)", []),
    ("xs = [1]\nxs.pop(*u)", []),
    ("xs = [1, 2]\nxs.__setitem__(*u)", []),
    ("xs = [v for v in u if v]\nxs.reverse()\nxs.sort()\nxs.remove(1)", []),
    ("xs = [7 for _ in u]\nxs.append(7)", [7]),
]


@pytest.mark.parametrize(("code", "items"), OPEN)
def test_lists_of_unknown_length(code: str, items: list[Any]) -> None:
    xs = interpret(code)["xs"]
    assert isinstance(xs, List)
    assert (xs.items, xs.open) == (items, True)


def test_the_number_of_items_outlives_an_unknown_order() -> None:
    xs = interpret("xs = [2, 1]\nxs.sort(key=u)\nn = len(xs)\na = xs[0]")
    assert xs["n"] == 2
    assert xs["a"] == OneOf((2, 1))
    assert known("xs = [u, 1, 2]\nxs.insert(u, 3)\nxs.remove(u)\nresult = len(xs)") == 3
    assert known("result = len(list({'a', 'b', 'c'}))") == 3


DICTS = [
    ("result = u.get('a', 1)", Unknown),
    ("d = {'a': 1}\nd.update(u)\nresult = d.get('a')", Unknown),
    ("d = {'a': 1}\nd[u] = 2\nresult = d.get('a')", Unknown),
    ("d = {'a': 1}\nd.pop(u)\nresult = d.get('a', 5)", OneOf((1, 5))),
    ("d = {'a': 1}\nresult = d.get(u, 5)", OneOf((1, 5))),
    ("d = dict(u, a=1)\nresult = d.get('a')", OneOf((1, None))),
    ("d = dict(**u)\nresult = d.pop('a', 3)", Unknown),
    ("d = {'a': 1}\nd.__setitem__(u, u)\nresult = d.get('a')", Unknown),
]


@pytest.mark.parametrize(("code", "expected"), DICTS)
def test_dicts_with_unknown_keys(code: str, expected: Any) -> None:
    value = result(code)
    assert isinstance(value, Unknown) if expected is Unknown else value == expected


INSTANCES = [
    ("isinstance(True, int)", True),
    ("isinstance([], (list, tuple))", True),
    ("isinstance((), list)", False),
    ("isinstance(None, type(None))", True),
    ("isinstance({}.values(), (list, tuple))", False),
    ("isinstance(frozenset(), set)", False),
    ("isinstance(B(), A)", True),
    ("isinstance(A(), B)", False),
    ("isinstance(A(), (list, dict))", False),
    ("isinstance(3, A)", False),
    ("isinstance(C(), dict)", None),
    ("isinstance(C(), A)", None),
    ("isinstance(3, object)", True),
    ("isinstance(u, object)", True),
    ("isinstance(lambda: 0, Callable)", True),
    ("isinstance([1], Sequence)", True),
    ("isinstance({}, Mapping)", True),
    ("isinstance('a', Iterable)", True),
    ("isinstance(collections.OrderedDict(), dict)", True),
    ("isinstance({}, collections.OrderedDict)", None),
    ("isinstance(collections.deque(), list)", False),
    ("issubclass(B, A)", True),
    ("issubclass(A, B)", False),
    ("issubclass(A, object)", True),
    ("issubclass(bool, int)", True),
    ("isinstance(ValueError(), A)", None),
    ("type(B()) is B", True),
    ("type([]) is list", True),
    ("hasattr(B(), 'x')", True),
    ("hasattr(B(), 'y')", False),
    ("hasattr(C(), 'y')", None),
    ("hasattr([], 'append')", True),
    ("hasattr([], 'shape')", False),
    ("callable(B())", False),
    ("callable(C())", None),
    ("getattr(B(), 'x')", 1),
    ("getattr(B(), 'y', 2)", 2),
    ("getattr(C(), 'y', 2)", None),
]
CLASSES = """\
import collections
from collections.abc import Callable, Iterable, Mapping, Sequence
class A:
    def __init__(self):
        self.x = 1
class B(A):
    pass
class C(u):
    pass
"""


@pytest.mark.parametrize(("expression", "expected"), INSTANCES)
def test_what_is_an_instance_of_what(expression: str, expected: Any) -> None:
    value = result(f"{CLASSES}result = {expression}")
    assert isinstance(value, Unknown) if expected is None else value == expected


def test_setattr_under_an_unknown_name_may_replace_any_attribute() -> None:
    code = f"{CLASSES}a = A()\nsetattr(a, 'y', 2)\nsetattr(a, u, 5)\nresult = [a.x, a.y]"
    assert result(code).items == [OneOf((1, 5)), OneOf((2, 5))]


def test_properties_and_explicit_super() -> None:
    code = """
class A:
    def f(self): return 1
    @property
    def p(self): return self._p
    @p.setter
    def p(self, value): self._p = value
    @staticmethod
    def s(): return 4
class B(A):
    def f(self): return super(B, self).f() + 1
    g = property(lambda self: 7)
b = B()
b._p = 3
result = [b.f(), b.p, b.g, b.s()]
"""
    assert known(code) == [2, 3, 7, 4]


def test_one_of_a_few_arguments_gives_one_of_a_few_results() -> None:
    setup = "n = 'ab' if u else 'abc'\n"
    assert result(f"{setup}result = len(n)") == OneOf((2, 3))
    assert result(f"{setup}result = n.upper()") == OneOf(("AB", "ABC"))
    assert result(f"{setup}result = max(len(n), 3)") == 3
    assert result(f"{setup}result = isinstance(n, str)") is True


def test_integers_known_by_name() -> None:
    setup = "import argparse\np = argparse.ArgumentParser()\n"
    value = result(f"{setup}p.add_argument('-n', type=int, default=3)\nresult = p.parse_args().n")
    assert isinstance(value, Expr)
    assert value.text() == "n"
    value = result(f"{setup}p.add_argument('n', type=int)\nresult = int(p.parse_args().n) + 1")
    assert value.text() == "n + 1"


def test_a_range_of_unknown_length_can_be_gone_through() -> None:
    value = result("result = range(u)")
    assert isinstance(value, Iterator_)
    assert value.open


def test_a_function_that_is_perhaps_called_changes_things_perhaps() -> None:
    code = "n = 1\ndef f(x):\n    global n\n    n = 2\n    return 0\nresult = list(map(f, u))"
    names = interpret(code)
    assert is_true_of(names["n"], 1)
    assert is_true_of(names["n"], 2)
    assert (names["result"].items, names["result"].open) == ([0], True)
