"""Arrays as Python sees them: attributes, methods, items, operators, known numbers."""

from typing import Any

import pytest

from keraslint.interpreter.arrays import array_item, array_operate, refine, set_array_item
from keraslint.interpreter.libraries.array_values import array
from keraslint.interpreter.libraries.registry import find
from keraslint.interpreter.values import Arguments, OneOf, Tensor
from keraslint.tensors.dims import UNKNOWN, Expr, multiply
from tests.interpreter.libraries.programs import interpret, shape_of, value_of

N = Expr.symbol("n")
FRAME: Any = None
SETUP = ("import numpy as np", "y = np.array([3, 1, 1, 2])", "x = np.zeros((6, 4, 2))")


def test_symbolic_lengths_stay_symbolic() -> None:
    x = array((N, 4, 2))
    assert shape(array_item(FRAME, x, (slice(None), 0))) == (N, 2)
    assert shape(array_item(FRAME, x, (..., None))) == (N, 4, 2, 1)
    assert shape(array_operate("+", x, array((4, 1)))) == (N, 4, 2)
    assert shape(array_operate("@", x, array((2, 7)))) == (N, 4, 7)
    assert shape(array_item(FRAME, x, slice(1, None))) == (UNKNOWN, 4, 2)
    assert shape(array_item(FRAME, x, N)) == (4, 2)


def shape(value: Any) -> Any:
    assert isinstance(value, Tensor)
    return value.spec.shape


def test_a_length_beside_a_number_is_that_number() -> None:
    assert shape(array_operate("*", array((UNKNOWN, 3)), array((5, 1)))) == (5, 3)
    assert shape(array_operate("*", array((UNKNOWN, 3)), array((1, 3)))) == (UNKNOWN, 3)
    assert shape(array_operate("*", array((N,)), array((N,)))) == (N,)


@pytest.mark.parametrize(("a", "b"), [((2,), (3,)), ((2, 3), (2,)), ((4, 1, 5), (4, 3, 4))])
def test_what_numpy_refuses_is_unknown(a: Any, b: Any) -> None:
    assert array_operate("+", array(a), array(b)) is UNKNOWN


@pytest.mark.parametrize("key", [6, -7, (0, 0, 0, 0), 1.5, "a", (..., ...), UNKNOWN, (UNKNOWN, 0)])
def test_keys_that_fail_or_are_not_known(key: Any) -> None:
    assert array_item(FRAME, array((6, 4, 2)), key) is UNKNOWN


def test_key_that_is_one_of_a_few() -> None:
    item = array_item(FRAME, array((6, 4, 2)), OneOf((0, 1)))
    assert shape(item) == (4, 2)


def test_rest_of_a_reshape_is_a_quotient() -> None:
    reshape = find("numpy.reshape")
    assert reshape is not None
    x = array((N, 4, 2))
    assert shape(reshape(FRAME, Arguments([x, (-1, 8)]), None)) == (N, 8)
    assert shape(reshape(FRAME, Arguments([x, (-1,)]), None)) == (multiply(N, 8),)


@pytest.mark.parametrize(
    ("expression", "facts"),
    [
        ("y.reshape(2, 2)", {"low": 1, "high": 3, "classes": 3}),
        ("y[:2]", {"values": (3, 1), "low": 1, "high": 3, "classes": 2}),
        ("y[y > 1]", {"low": 1, "high": 3}),
        ("y + 1", {"low": 2, "high": 4, "classes": 3}),
        ("y - 1.5", {"low": -0.5, "high": 1.5}),
        ("y / 2", {"low": 0.5, "high": 1.5}),
        ("y * -1", {"low": -3, "high": -1}),
        ("y.astype('uint8') - 5", {}),
        ("np.random.randint(0, 10, 5)", {"low": 0, "high": 9, "uniform": True}),
        ("np.concatenate([y, y + 4])", {"low": 1, "high": 7}),
        ("y ** 2", {}),
        ("np.exp(y)", {}),
    ],
)
def test_facts(expression: str, facts: dict[str, Any]) -> None:
    assert value_of(expression, *SETUP).facts == facts


def test_facts_end_where_items_are_set() -> None:
    y = value_of("y", *SETUP)
    set_array_item(y)
    assert y.facts == {}


def test_tolist_of_known_numbers() -> None:
    assert value_of("y.tolist()", *SETUP).items == [3, 1, 1, 2]
    assert value_of("x.tolist()", *SETUP) is UNKNOWN


def test_refine_keeps_the_more_certain_lengths() -> None:
    assert refine(array((UNKNOWN, 3)), (5, UNKNOWN)).spec.shape == (5, 3)


@pytest.mark.parametrize(
    "expression", ["x.nothing", "x.reshape(5, 5)", "x.sum(axis=9)", "np.zeros(-1)", "np.nothing(x)"]
)
def test_what_fails_or_is_not_there_is_unknown(expression: str) -> None:
    assert value_of(expression, *SETUP) is UNKNOWN


def test_arguments_that_are_one_of_a_few() -> None:
    setup = ("n = 2 if len(open('f').read()) else 3",)
    assert shape_of("np.zeros((4, n))", *SETUP, *setup) == (4, UNKNOWN)
    assert shape_of("np.expand_dims(x, n)", *SETUP, *setup) == (6, 4, UNKNOWN, UNKNOWN)


def test_arguments_behind_stars() -> None:
    assert shape_of("np.zeros(*open('f'))", *SETUP) is UNKNOWN
    assert shape_of("np.zeros(*[(2, 3)])", *SETUP) == (2, 3)
    assert shape_of("np.zeros(**{'shape': 4})", *SETUP) == (4,)


def test_windows_of_a_series_read_from_a_file() -> None:
    names = interpret(
        "import numpy as np\nimport pandas as pd\nfrom sklearn.preprocessing import MinMaxScaler\n"
        "data = pd.read_csv('f')['a'].values.reshape(-1, 1)\n"
        "scaled = MinMaxScaler().fit_transform(data)\n"
        "part = scaled[:int(len(scaled) * 0.8)]\nwindow = np.reshape(part, (part.shape[0], 1, 1))\n"
    )
    assert names["scaled"].spec.shape == (UNKNOWN, 1)
    assert names["part"].spec.shape == (UNKNOWN, 1)
    assert names["window"].spec.shape == (UNKNOWN, 1, 1)
