"""What is known of a value that is one of two."""

from __future__ import annotations

import pytest

from keraslint.interpreter.joining import join, one_of, widen
from keraslint.interpreter.values import List, OneOf, Tensor
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import TensorSpec


@pytest.mark.parametrize("value", [1, "a", None, (1, "b"), 2.5])
def test_equal_values_stay(value: object) -> None:
    assert join(value, value) == value
    assert widen(value, value) == value


def test_different_values_are_kept_apart_even_if_python_calls_them_equal() -> None:
    assert join(1, 2) == OneOf((1, 2))
    assert isinstance(join(1, True), OneOf)
    assert isinstance(join(1, 1.0), OneOf)


def test_alternatives_are_flat_few_and_not_repeated() -> None:
    assert join(join(1, 2), join(2, 3)) == OneOf((1, 2, 3))
    assert one_of([1, 2, 3, 4, 4]) == OneOf((1, 2, 3, 4))
    assert one_of([1, 2, 3, 4, 5]) is UNKNOWN


def test_the_unknown_swallows_everything() -> None:
    assert join(1, UNKNOWN) is UNKNOWN
    assert join(OneOf((1, 2)), UNKNOWN) is UNKNOWN


def test_tuples_of_one_length_are_joined_item_by_item() -> None:
    assert join((1, 2), (1, 3)) == (1, OneOf((2, 3)))
    assert join((1,), (1, 2)) == OneOf(((1,), (1, 2)))


def test_lists_keep_their_identity() -> None:
    a, b = List([1]), List([1])
    assert join(a, a) is a
    assert join(a, b) == OneOf((a, b))


def test_tensors_keep_what_they_share() -> None:
    a = Tensor(TensorSpec((None, 4, 3), "float32"), "keras")
    b = Tensor(TensorSpec((None, 5, 3), "float32"), "keras")
    spec = join(a, b).spec
    assert spec.shape[::2] == (None, 3)
    assert spec.shape[1] is UNKNOWN
    assert spec.dtype == "float32"


def test_a_tensor_or_something_else() -> None:
    tensor = Tensor(TensorSpec((None, 4), "float32"))
    assert set(join(tensor, None).alternatives) == {tensor, None}


def test_a_loop_forgets_numbers_that_it_changes() -> None:
    assert widen(1, 2) is UNKNOWN
    assert widen((1, "a"), (2, "a")) == (UNKNOWN, "a")
    assert widen(None, 1) == OneOf((None, 1))
