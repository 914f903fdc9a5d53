"""Layered layouts of any graph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from keraslint.diagrams.display import Line
from keraslint.diagrams.files import bend, single_file, u_shape
from keraslint.diagrams.layout import Size, layout
from tests.diagrams.drawing import crosses, overlap

ROOM = 648


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 14))
    sizes = [Size(draw(st.integers(40, 200)), draw(st.integers(20, 90))) for _ in range(count)]
    pairs = [(a, b) for b in range(count) for a in range(b)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=24)) if pairs else []
    return sizes, sorted(edges)


@given(graphs())
def test_boxes_are_apart_and_edges_run_between_them(graph):
    sizes, edges = graph
    made = layout(sizes, edges, ROOM)
    for i, box in enumerate(made.boxes):
        assert (box.width, box.height) == (sizes[i].width, sizes[i].height)
        assert not any(overlap(box, other) for other in made.boxes[i + 1 :])
    assert set(made.routes) == set(edges)
    for route in made.routes.values():
        assert not any(crosses(Line(route, "flow"), box) for box in made.boxes)


@given(graphs())
def test_edges_lead_from_the_bottom_of_one_box_to_the_top_of_another(graph):
    sizes, edges = graph
    made = layout(sizes, edges, ROOM)
    for (source, target), route in made.routes.items():
        (x0, y0), (x1, y1) = route[0], route[-1]
        assert y0 == made.boxes[source].bottom
        assert y1 == made.boxes[target].top
        assert made.boxes[source].left <= x0 <= made.boxes[source].right
        assert made.boxes[target].left <= x1 <= made.boxes[target].right


@given(graphs())
def test_the_same_graph_has_the_same_layout(graph):
    sizes, edges = graph
    assert layout(sizes, edges, ROOM) == layout(sizes, list(reversed(edges)), ROOM)


@given(graphs())
def test_wide_rows_are_broken(graph):
    sizes, edges = graph
    made = layout(sizes, edges, ROOM)
    rows: dict[int, int] = {}
    for box in made.boxes:
        rows[box.top] = rows.get(box.top, 0) + box.width
    assert all(width <= ROOM for width in rows.values())


@st.composite
def files(draw):
    count = draw(st.integers(3, 12))
    sizes = [(200, draw(st.integers(30, 90))) for _ in range(count)]
    pairs = [(a, b) for b in range(count) for a in range(b - 1)]
    skips = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    return sizes, sorted([*((i, i + 1) for i in range(count - 1)), *skips])


@given(files())
def test_a_single_file_keeps_skips_beside_the_cards(graph):
    sizes, edges = graph
    made = single_file(sizes, edges)
    for route in made.routes.values():
        assert not any(crosses(Line(route, "flow"), box) for box in made.boxes)


@given(st.integers(2, 5), st.integers(0, 2), st.integers(0, 2), st.data())
def test_skips_within_each_other_make_a_u(levels, before, after, data):
    steps = data.draw(st.lists(st.integers(1, 3), min_size=2 * levels, max_size=2 * levels))
    left = before
    lefts, rights = [], []
    for step in steps[:levels]:
        lefts.append(left)
        left += step
    at = lefts[-1] + 1 + steps[levels]
    for step in steps[levels:]:
        rights.append(at)
        at += step
    count = rights[-1] + 1 + after
    skips = list(zip(lefts, reversed(rights), strict=True))
    edges = sorted([*((i, i + 1) for i in range(count - 1)), *skips])
    shape = bend(count, edges)
    assert shape is not None
    made = u_shape([(200, 40)] * count, edges, shape)
    for i, box in enumerate(made.boxes):
        assert not any(overlap(box, other) for other in made.boxes[i + 1 :])
    for a, b in skips:
        assert made.boxes[a].centre[1] == made.boxes[b].centre[1]
    for route in made.routes.values():
        assert not any(crosses(Line(route, "flow"), box) for box in made.boxes)


def test_a_chain_without_skips_is_no_u():
    assert bend(4, [(0, 1), (1, 2), (2, 3)]) is None
    assert bend(6, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 3), (1, 4)]) is None
