"""Whatever is given to a model of a built-in or library function, it answers and does not raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from keraslint.interpreter.attributes import get_attribute
from keraslint.interpreter.builtins import BUILTINS
from keraslint.interpreter.calls import call
from keraslint.interpreter.libraries import registry
from keraslint.interpreter.machine import Machine
from keraslint.interpreter.programs import Program
from keraslint.interpreter.roots import run
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, External, OneOf, Value
from keraslint.sources import Source
from keraslint.syntax import parse
from keraslint.tensors.dims import UNKNOWN, Expr

CODE = """\
import collections, itertools, types, argparse, math
import keras
import numpy as np
class A:
    def __init__(self):
        self.x = 1
class P(collections.namedtuple("P", "x y")):
    pass
def f(*args, **kwargs):
    return 1
def g():
    yield 1
values = (
    0, 1, -3, True, 2.5, 10**30, "", "abc", "{}", "x y", b"a", None, ..., (), (1, 2), [], [1, 2],
    [[1], 2], [u], {}, {"a": 1}, dict(u), set(), {1, 2}, {u}, frozenset({1}), range(3), range(u),
    slice(1, None), list(u), iter([1, 2]), map(f, [1]), itertools.count(), A, A(), P(1, 2),
    collections.deque([1], maxlen=2), collections.OrderedDict(a=1),
    collections.Counter("ab"), collections.defaultdict(list),
    f, g(), len, int, lambda x: x, keras.layers.Dense, keras.layers.Dense(3), keras.Input((3,)),
    keras.Sequential([keras.layers.Dense(1)]), np.zeros((2, 3)), np.int64(3), np, math.pi, u,
    types.SimpleNamespace(a=1), argparse.ArgumentParser(), object(), ValueError, {}.items(), A().x,
    float("nan"), float("inf"), [1, "a"], {1: [2]}.values(),
)
"""
STANDARD = (
    *("functools", "itertools", "collections", "math", "copy", "dataclasses", "types", "typing"),
    *("enum", "os", "json", "argparse", "operator", "contextlib", "random", "abc", "builtins"),
)


def fresh() -> tuple[Frame, list[Value]]:
    program = Program(parse(Source("program.py", CODE, CODE)))
    machine: Machine = run(program)
    values = list(program.main.scope.names["values"])
    extra = [UNKNOWN, Expr.symbol("n"), OneOf((1, "a")), OneOf((None, (1, 2)))]
    return Frame(machine, program.main.scope, program.main), [*values, *extra]


def library_names() -> list[str]:
    registry.load("functools")
    return sorted(path for path in registry.FUNCTIONS if path.partition(".")[0] in STANDARD)


def some_arguments(data: st.DataObject, values: list[Value], keywords: list[str]) -> Arguments:
    pick = st.sampled_from(range(len(values)))
    positional = [values[i] for i in data.draw(st.lists(pick, max_size=3))]
    named = data.draw(st.dictionaries(st.sampled_from(keywords), pick, max_size=1))
    return Arguments(positional, {k: values[i] for k, i in named.items()}, data.draw(st.booleans()))


KEYWORDS = [
    "key",
    "reverse",
    "default",
    "start",
    "repeat",
    "n",
    "maxlen",
    "initial",
    "base",
    "strict",
]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_functions_answer_anything(data: st.DataObject) -> None:
    frame, values = fresh()
    names = [*sorted(BUILTINS), *library_names()]
    for name in data.draw(st.lists(st.sampled_from(names), min_size=3, max_size=8)):
        callee = BUILTINS.get(name) or External(name)
        call(frame, callee, some_arguments(data, values, KEYWORDS), None)


METHODS = sorted(
    {name for kind in (str, list, dict, set, tuple, int, float) for name in dir(kind)}
    | {"appendleft", "popleft", "rotate", "extendleft", "most_common", "subtract", "move_to_end"}
    | {
        "_replace",
        "_asdict",
        "_fields",
        "as_list",
        "add_argument",
        "parse_args",
        "setter",
        "__next__",
    }
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_methods_answer_anything(data: st.DataObject) -> None:
    frame, values = fresh()
    for name in data.draw(st.lists(st.sampled_from(METHODS), min_size=3, max_size=8)):
        receiver = data.draw(st.sampled_from(range(len(values))))
        method = get_attribute(frame, values[receiver], name)
        call(frame, method, some_arguments(data, values, KEYWORDS), None)


def test_every_function_takes_each_single_value() -> None:
    frame, values = fresh()
    for callee in [*BUILTINS.values(), *map(External, library_names())]:
        for value in values:
            call(frame, callee, Arguments([value]), None)
