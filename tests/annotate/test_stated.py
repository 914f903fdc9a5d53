import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.annotate.stated import contradicts, corrected, stated, text_of

N, B = None, "batch"


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        ("# Output Shape: (None, 10, 64)", "(None, 10, 64)"),
        ("# output_shape = (None, 10)", "(None, 10)"),
        ("# now model.output_shape == (None, 10, 128)", "(None, 10, 128)"),
        ("# 输出形状\uff1a(None, 10, 64)", "(None, 10, 64)"),
        ("# -> (None, 10, 64)", "(None, 10, 64)"),
        ("# (10, 32) → (10, 64)", "(10, 64)"),
        ("# input (None, 3) -> output (None, 4).", "(None, 4)"),
        ("# (batch, steps, 64)", "(batch, steps, 64)"),
        ("# shape: (batch_size, 64)", "(batch_size, 64)"),
        ("# first  # Output Shape: (None, 3)", "(None, 3)"),
        ("# Output Shape: [(None, 4), (None, 5)]", "[(None, 4), (None, 5)]"),
        ("# Output Shape: (None, 2*n + 1, max(a, b))", "(None, 2*n + 1, max(a, b))"),
        ("# (None,)", "(None,)"),
    ],
)
def test_shapes_that_are_stated(comment, text):
    found = stated(comment)
    assert found is not None
    assert comment[found.start : found.end] == text


@pytest.mark.parametrize(
    "comment",
    [
        "# (10, 64)",
        "# see Conv1D (batch, 3) in the paper",
        "# Input shape: (None, 10)",
        "# (a) first, (b) second",
        "# Output Shape: unknown",
        "# Output Shape: (None, 10",
        "# -> model(x, y) twice",
        "# f(x) -> (a, b) where a < b",
        "# (None)",
    ],
)
def test_comments_that_state_none(comment):
    assert stated(comment) is None


@pytest.mark.parametrize(
    ("dims", "shape", "wrong"),
    [
        (("None", "10", "64"), (N, 10, 64), False),
        (("batch", "10", "64"), (N, 10, 64), False),
        (("10", "64"), (N, 10, 64), False),
        (("None", "steps", "64"), (N, 10, 64), False),
        (("None", "10", "64"), (N, N, 64), False),
        (("None", "10", "64"), (32, 10, 64), False),
        (("None", "10", "32"), (N, 10, 64), True),
        (("None", "10"), (N, 10, 64), True),
        (("10", "32"), (N, 10, 64), True),
        (("None", "None", "64"), (N, 10, 64), True),
        (("10", "64"), (N, 10, 64, 3), True),
        (("32", "10", "64"), (16, 10, 64), True),
        (("...", "64"), (N, 10, 32), False),
    ],
)
def test_contradictions(dims, shape, wrong):
    assert contradicts(dims, shape) is wrong


@pytest.mark.parametrize(
    ("dims", "shape", "text"),
    [
        (("batch", "steps", "32"), (N, 10, 64), "(batch, steps, 64)"),
        (("10", "32"), (N, 10, 64), "(10, 64)"),
        (("5",), (N, 64), "(64,)"),
        (("batch", "10"), (N, 10, 64), "(batch, 10, 64)"),
        (("1", "2", "3", "4"), (N, 10, 64), "(None, 10, 64)"),
    ],
)
def test_a_correction_keeps_what_it_can(dims, shape, text):
    assert corrected(dims, shape) == text


shapes = st.lists(st.none() | st.integers(1, 999), min_size=1, max_size=5).map(
    lambda dims: (None, *dims)
)


@given(st.lists(shapes, min_size=1, max_size=3))
def test_what_is_written_is_read_and_right(drawn):
    comment = f"# Output Shape: {text_of(tuple(drawn))}"
    found = stated(comment)
    assert found is not None
    assert found.end == len(comment)
    assert len(found.dims) == len(drawn)
    assert not any(contradicts(dims, shape) for dims, shape in zip(found.dims, drawn, strict=True))


@given(shapes, shapes)
def test_a_correction_contradicts_no_more(stated_shape, shape):
    wrong = stated(f"# -> {text_of((stated_shape,))}")
    assert wrong is not None
    right = corrected(wrong.dims[0], shape)
    again = stated(f"# -> {right}")
    assert again is not None
    assert not contradicts(again.dims[0], shape)


@given(st.text())
def test_any_comment_can_be_read(text):
    found = stated(f"# {text}")
    assert found is None or found.dims
