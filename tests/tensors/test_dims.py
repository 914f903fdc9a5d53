"""Arithmetic on dims: numbers, dynamic and unknown dims, symbolic expressions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Expr,
    Named,
    Unknown,
    add,
    differ,
    floor_divide,
    join,
    modulo,
    multiply,
    product,
    subtract,
    total,
)

N, M = Expr.symbol("n"), Expr.symbol("m")
OPERATIONS: tuple[Callable[[Dim, Dim], Dim], ...] = (add, subtract, multiply, floor_divide, modulo)
PYTHON: tuple[Callable[[int, int], int], ...] = (
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: a // b,
    lambda a, b: a % b,
)

steps = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["n", "m", 1, 2, 3, -1]), st.booleans()),
    max_size=4,
)


@given(steps, st.integers(1, 50), st.integers(1, 50))
def test_text_of_an_expression_computes_what_it_stands_for(
    steps: list[tuple[int, str | int, bool]], n: int, m: int
) -> None:
    symbolic: Dim = N
    number = n
    for index, operand, swapped in steps:
        other: Dim = {"n": N, "m": M}.get(str(operand), operand if isinstance(operand, int) else 0)
        value = {"n": n, "m": m}.get(str(operand), operand if isinstance(operand, int) else 0)
        pair, values = (symbolic, other), (number, value)
        if swapped:
            pair, values = pair[::-1], values[::-1]
        if index > 2 and values[1] == 0:
            continue
        symbolic = OPERATIONS[index](*pair)
        number = PYTHON[index](*values)
        if isinstance(symbolic, Unknown):
            return
    assert eval(str(symbolic), {"n": n, "m": m}) == number


@pytest.mark.parametrize(
    ("dim", "text"),
    [
        (add(multiply(N, 2), 1), "2*n + 1"),
        (subtract(N, 3), "n - 3"),
        (floor_divide(subtract(N, 1), 2), "(n - 1)//2"),
        (add(floor_divide(subtract(N, 3), 2), 1), "(n - 3)//2 + 1"),
        (multiply(floor_divide(N, 2), 2), "2*(n//2)"),
        (multiply(N, M), "m*n"),
        (subtract(0, N), "-n"),
    ],
)
def test_expressions_read_as_people_write_them(dim: Dim, text: str) -> None:
    assert str(dim) == text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_unknown_is_contagious_and_outweighs_dynamic(operation: Callable[[Dim, Dim], Dim]) -> None:
    assert operation(UNKNOWN, 2) is UNKNOWN
    assert operation(None, UNKNOWN) is UNKNOWN
    assert operation(None, 2) is None
    assert operation(3, None) is None


def test_what_cancels_is_a_number() -> None:
    assert subtract(N, N) == 0
    assert floor_divide(multiply(N, 6), 3) == multiply(N, 2)
    assert modulo(multiply(N, 6), 3) == 0
    assert floor_divide(N, N) == 1


def test_only_certain_differences_count() -> None:
    assert differ(3, 4)
    assert differ(N, add(N, 1))
    assert not differ(N, M)
    assert not differ(N, 3)
    assert not differ(None, 3)
    assert not differ(UNKNOWN, 3)


def test_join_keeps_what_is_equal() -> None:
    assert join(3, 3) == 3
    assert join(N, Expr.symbol("n")) == N
    assert join(None, None) is None
    assert join(3, 4) is UNKNOWN
    assert join(None, 3) is UNKNOWN


def test_namesakes_of_different_functions_are_different() -> None:
    assert Expr.symbol("n", "f") != Expr.symbol("n", "g")


def test_products_and_sums() -> None:
    assert product((2, 3, 4)) == 24
    assert product((2, None)) is None
    assert product(()) == 1
    assert total((2, N, 3)) == add(N, 5)


def test_division_by_zero_is_unknown() -> None:
    assert floor_divide(3, 0) is UNKNOWN
    assert modulo(N, 0) is UNKNOWN


def test_long_expressions_are_given_up() -> None:
    dim: Dim = 1
    for i in range(Expr.MAX_TERMS + 1):
        dim = add(dim, Expr.symbol(f"n{i}"))
    assert dim is UNKNOWN


def test_the_truth_of_unknown_is_no_bool() -> None:
    with pytest.raises(TypeError):
        bool(UNKNOWN)


def test_named_values_are_unknown_with_a_name() -> None:
    assert isinstance(Named(N), Unknown)
    assert Named(N) == Named(Expr.symbol("n"))
    assert Named(N) != Named(M)
    assert repr(Named(N)) == "n"
