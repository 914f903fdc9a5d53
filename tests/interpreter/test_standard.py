"""The standard library, as far as it is modelled."""

from __future__ import annotations

from typing import Any

import pytest

from keraslint.interpreter.values import OneOf, Value
from keraslint.tensors.dims import Expr, Unknown
from tests.interpreter.soundness import interpret, known

IMPORTS = """\
import argparse, collections, contextlib, copy, dataclasses, enum, functools, itertools, json, math
import operator, os, random, string, sys, types, typing
from collections import defaultdict, namedtuple
from os.path import join
"""


def result(code: str) -> Value:
    return interpret(IMPORTS + code)["result"]


WRAPPED = """\
def g(f):
    @functools.wraps(f)
    def h(x):
        return f(x) + 1
    return h
@g
def k(x):
    return x
result = k(1)
"""
COPIED = """\
class A:
    def __init__(self):
        self.x = [1]
a = A()
b = copy.deepcopy(a)
a.x.append(2)
result = b.x
"""
REPLACED = """\
@dataclasses.dataclass
class C:
    a: int = 1
    b: list = dataclasses.field(default_factory=list)
c = dataclasses.replace(C(), a=3)
result = dataclasses.asdict(c)
"""

KNOWN: list[tuple[str, Any]] = [
    ("result = functools.partial(max, 3)(5, key=lambda v: -v)", 3),
    ("f = functools.partial(dict, a=1)\nresult = f(b=2)", {"a": 1, "b": 2}),
    ("result = functools.reduce(lambda a, b: a * b, [2, 3], 4)", 24),
    ("@functools.lru_cache(maxsize=None)\ndef f(x): return x + 1\nresult = f(2)", 3),
    (WRAPPED, 2),
    ("class A:\n    @functools.cached_property\n    def p(self): return 5\nresult = A().p", 5),
    ("result = list(itertools.chain.from_iterable([[1], (2,)]))", [1, 2]),
    (
        "result = list(itertools.product('ab', repeat=2))",
        [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")],
    ),
    ("result = list(itertools.combinations([1, 2, 3], 2))", [(1, 2), (1, 3), (2, 3)]),
    ("result = list(itertools.permutations([1, 2]))", [(1, 2), (2, 1)]),
    (
        "result = list(zip(itertools.count(1), itertools.repeat('x'), 'ab'))",
        [(1, "x", "a"), (2, "x", "b")],
    ),
    ("result = list(itertools.islice(itertools.cycle('ab'), 3))", ["a", "b", "a"]),
    ("result = list(itertools.accumulate([1, 2], operator.mul, initial=3))", [3, 3, 6]),
    ("result = list(itertools.zip_longest([1], [2, 3]))", [(1, 2), (None, 3)]),
    ("result = list(itertools.pairwise([1, 2, 3]))", [(1, 2), (2, 3)]),
    ("ids = itertools.count()\nnext(ids)\nresult = next(ids)", 1),
    ("d = defaultdict(list)\nd['a'].append(1)\nresult = d", {"a": [1]}),
    (
        "c = collections.Counter('aab')\nc.update('b')\nresult = c.most_common(1), c['b']",
        ([("a", 2)], 2),
    ),
    (
        "q = collections.deque([1, 2], maxlen=2)\nq.appendleft(0)\nresult = list(q), q.popleft()",
        ([0, 1], 0),
    ),
    (
        "P = namedtuple('P', 'x y', defaults=[2])\na, b = P(1)\nresult = a, b, len(P(0))",
        (1, 2, 2),
    ),
    (
        "P = typing.NamedTuple('P', [('x', int)])\np = P(x=1)\nresult = p[0], p._replace(x=2).x",
        (1, 2),
    ),
    ("result = math.ceil(7 / 2), math.sqrt(16), math.pi > 3, math.prod([2, 3])", (4, 4.0, True, 6)),
    (
        "xs = [[1]]\nys = copy.copy(xs)\nzs = copy.deepcopy(xs)\nxs[0].append(2)\nresult = ys, zs",
        ([[1, 2]], [[1]]),
    ),
    ("xs = [1]\nresult = copy.deepcopy([xs, xs])\nresult[0].append(2)", [[1, 2], [1, 2]]),
    (COPIED, [1]),
    (REPLACED, {"a": 3, "b": []}),
    ("n = types.SimpleNamespace(a=1)\nn.b = 2\nresult = n.a + n.b", 3),
    ("result = join('a', 'b.h5'), os.path.splitext('b.h5')[0]", ("a/b.h5", "b")),
    ("result = json.loads('{\"units\": [3, 4]}')", {"units": [3, 4]}),
    ("result = json.dumps({'a': 1})", '{"a": 1}'),
    ("result = sorted([(1, 'b'), (2, 'a')], key=operator.itemgetter(1))", [(2, "a"), (1, "b")]),
    ("result = list(map(operator.add, [1], [2]))", [3]),
    ("result = operator.methodcaller('upper')('a'), operator.attrgetter('real')(3)", ("A", 3)),
    ("result = typing.cast(int, 3), typing.NewType('N', int)(4)", (3, 4)),
    ("result = 1 if typing.TYPE_CHECKING else 2", 2),
    ("class E(enum.Enum):\n    A = enum.auto()\n    B = enum.auto()\nresult = E.B.value", 2),
    ("@contextlib.contextmanager\ndef f():\n    yield 3\nwith f() as result:\n    pass", 3),
    ("with contextlib.nullcontext(3) as result:\n    pass", 3),
    ("result = string.digits", "0123456789"),
    ("xs = [1, 2, 3]\nrandom.shuffle(xs)\nresult = len(xs), len(random.sample(xs, 2))", (3, 2)),
]


@pytest.mark.parametrize(("code", "expected"), KNOWN)
def test_known(code: str, expected: Any) -> None:
    assert known(IMPORTS + code) == expected


UNKNOWN_RESULTS = [
    "os.environ.get('UNITS', 3)",
    "os.getenv('UNITS')",
    "random.randint(1, 2)",
    "random.random()",
    "json.loads(u)",
    "json.loads('{')",
    "math.sqrt(u)",
    "math.sqrt(-1)",
    "math.log(0)",
    "functools.reduce(max, u)",
    "copy.copy(u)",
    "namedtuple('P', u)",
    "namedtuple('class', 'x')",
    "operator.itemgetter(0)(u)",
    "os.path.exists('a')",
    "functools.partial()",
    "itertools.chain(*u) and u",
    "dataclasses.asdict(u)",
]


@pytest.mark.parametrize("expression", UNKNOWN_RESULTS)
def test_unknown(expression: str) -> None:
    assert isinstance(result(f"result = {expression}"), Unknown)


def test_a_choice_is_one_of_what_can_be_chosen() -> None:
    assert result("result = random.choice([32, 64])") == OneOf((32, 64))
    assert result("xs = [1, 2]\nrandom.shuffle(xs)\nresult = xs[0]") == OneOf((1, 2))


def test_options_of_a_command_line() -> None:
    code = """\
p = argparse.ArgumentParser()
p.add_argument("--hidden-size", type=int, default=64)
p.add_argument("--depth", type=int)
p.add_argument("--kind", choices=["lstm", "gru"], default="gru")
p.add_argument("--debug", action="store_true")
p.add_argument("width", type=int)
args = p.parse_args()
result = [args.hidden_size, args.depth, args.kind, args.debug, args.width]
"""
    size, depth, kind, debug, width = result(code).items
    assert isinstance(size, Expr)
    assert size.text() == "hidden_size"
    assert isinstance(depth, Unknown)
    assert kind == OneOf(("lstm", "gru"))
    assert isinstance(debug, Unknown)
    assert isinstance(width, Expr)
