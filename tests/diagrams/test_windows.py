"""What windows are labelled, where they stand, and what is seen through them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.diagrams import network, picture
from keraslint.diagrams.axes import axes_of
from keraslint.diagrams.boxes import Box
from keraslint.diagrams.chains import receptive_fields
from keraslint.diagrams.display import flat
from keraslint.diagrams.regions import regions
from keraslint.diagrams.windows import window_of
from tests.diagrams.drawing import sequential


def window(layer, shape):
    return window_of(sequential(layer, shape=shape).layers[-1])


@pytest.mark.parametrize(
    ("layer", "shape", "label"),
    [
        ("Conv1D(64, 3)", "(10, 32)", "3 × 32"),
        ("Conv2D(8, (3, 5))", "(28, 28, 64)", "3 × 5 × 64"),
        ("Conv2D(8, 3, groups=4)", "(28, 28, 64)", "3 × 3 × 16"),
        ("Conv2D(8, 3, data_format='channels_first')", "(64, 28, 28)", "3 × 3 × 64"),
        ("DepthwiseConv2D(3)", "(28, 28, 64)", "3 × 3 × 1"),
        ("SeparableConv1D(8, 5)", "(28, 64)", "5 × 1"),
        ("MaxPooling2D(2)", "(28, 28, 64)", "2 × 2 × 1"),
        ("GlobalAveragePooling2D()", "(7, 7, 64)", "7 × 7 × 1"),
        ("Conv2DTranspose(16, 2)", "(7, 7, 64)", "2 × 2 × 16"),
        ("Dense(10)", "(64,)", "64"),
        ("Dense(10)", "(20, 64)", "1 × 64"),
        ("TimeDistributed(L.Dense(10))", "(20, 64)", "1 × 64"),
        ("LSTM(8)", "(20, 64)", "1 × 64 + state 8"),
        ("Conv1D(64, 3)", "(None, 32)", "3 × 32"),
    ],
)
def test_labels(layer, shape, label):
    assert window(layer, shape).label == label


def test_layers_without_a_window():
    assert window("BatchNormalization()", "(10, 32)") is None
    assert window("Dropout(0.5)", "(10, 32)") is None


@pytest.mark.parametrize(
    ("layer", "zeros"),
    [
        ("Conv1D(4, 3, padding='same')", ((1, 1),)),
        ("Conv1D(4, 4, padding='same')", ((1, 2),)),
        ("Conv1D(4, 3, padding='causal', dilation_rate=2)", ((4, 0),)),
        ("Conv1D(4, 3, strides=2, padding='same')", ((0, 1),)),
        ("Conv1D(4, 3)", ()),
    ],
)
def test_zeros(layer, zeros):
    assert window(layer, "(10, 2)").padding == zeros


def boxes(model):
    row = model.layers[-1]
    return Box(axes_of(row.inputs[0]), 3), Box(axes_of(row.outputs[0]), 3), window_of(row)


def placed(source, target, slid, phase=0):
    pair = regions(slid, source, target, phase)
    assert pair is not None
    return pair


@given(
    st.integers(1, 4),
    st.integers(1, 3),
    st.sampled_from(["valid", "same"]),
    st.integers(8, 24),
    st.integers(0, 1),
)
def test_windows_true_to_scale_stand_where_they_read(kernel, stride, padding, steps, phase):
    layer = f"Conv1D(4, {kernel}, strides={stride}, padding='{padding}')"
    source, target, slid = boxes(sequential(layer, shape=f"({steps}, 2)"))
    pair = placed(source, target, slid, phase)
    length = source.down.length
    positions = [target.down.span(i, 1)[0] for i in range(target.down.size)]
    index = positions.index(pair.target.hull.top)
    before = slid.padding[0][0] if slid.padding else 0
    assert pair.source.hull.top == (index * stride - before) * length // steps
    assert pair.source.hull.height == pytest.approx(kernel * length / steps, abs=2)


def test_dilation_leaves_gaps_and_strides_offset_the_next_window():
    source, target, slid = boxes(sequential("Conv1D(4, 3, dilation_rate=2)", shape="(20, 2)"))
    pair = placed(source, target, slid)
    tops = [(cell.top, cell.bottom) for cell in pair.source.cells]
    assert len(tops) == 3
    assert all(below[0] > above[1] for above, below in pairwise(tops))
    assert pair.following == ()
    source, target, slid = boxes(sequential("Conv1D(4, 3, strides=2)", shape="(20, 2)"))
    pair = placed(source, target, slid)
    (following,) = pair.following
    assert following.top - pair.source.hull.top == 2 * (source.down.length // 20)


def test_strides_are_shown_along_both_axes_of_an_image():
    source, target, slid = boxes(sequential("Conv2D(4, 3, strides=2)", shape="(64, 64, 3)"))
    pair = placed(source, target, slid)
    hull = pair.source.hull
    sideways, down = pair.following
    assert (sideways.top, down.left) == (hull.top, hull.left)
    assert sideways.left - hull.left == down.top - hull.top > 0


@pytest.mark.parametrize("size", [1, 5, 24, 25, 32, 64, 1000])
@pytest.mark.parametrize("layer", ["Conv2D(4, (3, {n}))", "MaxPooling2D((3, {n}))"])
def test_a_window_as_wide_as_the_image_covers_its_width(layer, size):
    source, target, slid = boxes(sequential(layer.format(n=size), shape=f"(10, {size}, 1)"))
    hull = placed(source, target, slid).source.hull
    assert (hull.left, hull.right) == (0, source.width)


@given(st.integers(1, 200), st.integers(1, 4000))
def test_no_window_is_drawn_smaller_than_it_is_or_larger_than_the_axis(kernel, size):
    (axis,) = axes_of((None, max(kernel, size)), steps=True)
    length = axis.cell(kernel) * kernel
    if axis.scaled(kernel):
        length = axis.span(0, kernel)[1]
    assert axis.length * kernel // axis.size <= length <= axis.length or length == kernel


@pytest.mark.parametrize(
    ("layer", "shape", "arrows"),
    [
        ("Conv1D(4, 3)", "(10, 2)", 1),
        ("Conv1D(4, 10)", "(10, 2)", 0),
        ("Conv2D(4, 3)", "(10, 10, 2)", 2),
        ("Conv2D(4, (10, 3))", "(10, 10, 2)", 1),
        ("Conv2D(4, 3)", "(None, None, 2)", 2),
    ],
)
def test_arrows_lead_where_the_window_can_go(layer, shape, arrows):
    drawn = picture(sequential(layer, shape=shape))
    assert sum(item.role == "kernel-arrow" for item in flat(drawn.items)) == arrows


def test_channels_that_are_not_read_are_not_covered():
    source, target, slid = boxes(sequential("MaxPooling1D(2)", shape="(20, 16)"))
    pair = placed(source, target, slid)
    assert pair.source.hull.width < source.width // 4
    assert pair.target.hull.width < target.width // 4
    source, target, slid = boxes(sequential("Conv1D(8, 3, groups=2)", shape="(20, 16)"))
    pair = placed(source, target, slid)
    assert pair.source.hull.width == source.width // 2
    assert pair.target.hull.width == target.width // 2


LAYERS = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), st.booleans())


@given(st.lists(LAYERS, min_size=1, max_size=4))
def test_the_receptive_field_is_what_indices_reach(stack):
    texts = []
    seen = [0]
    for kernel, stride, dilation, pooling in stack:
        stride = 1 if dilation > 1 and not pooling else stride
        dilation = 1 if pooling else dilation
        name = f"MaxPooling1D({kernel}, strides={stride})"
        if not pooling:
            name = f"Conv1D(2, {kernel}, strides={stride}, dilation_rate={dilation})"
        texts.append((name, kernel, stride, dilation))
    for _, kernel, stride, dilation in reversed(texts):
        seen = sorted({i * stride + k * dilation for i in seen for k in range(kernel)})
    reach = max(seen) - min(seen) + 1
    model = sequential(*(name for name, *_ in texts), shape="(2000, 2)")
    nodes = network.of_model(model)
    field = receptive_fields(nodes)[len(nodes) - 1]
    assert field is not None
    assert field.size == (Fraction(reach),)


def test_what_is_seen_is_said():
    nodes = network.of_model(
        sequential("Conv1D(4, 3)", "Conv1D(4, 3)", "Flatten()", "Dense(2)", shape="(10, 2)")
    )
    seen = receptive_fields(nodes)
    said = [field.text() if field else "" for field in seen.values()]
    assert said == ["", "sees 3 steps", "sees 5 steps", "sees everything", "sees everything"]
