"""What holds for every picture of every example."""

from __future__ import annotations

from typing import Literal
from xml.etree import ElementTree as ET

import pytest

from keraslint.diagrams import FORMATS, Options, picture, render
from keraslint.diagrams.display import bounds
from keraslint.diagrams.options import WIDEST
from tests.diagrams.drawing import (
    EXAMPLES,
    application,
    cards,
    crosses,
    edges,
    example,
    overlap,
    texts,
    within,
)

VIEWS: tuple[Literal["tensors", "graph", "table"], ...] = ("tensors", "graph", "table")
NAMES = [path.stem for path in EXAMPLES]
FAMILIES = ["ResNet50", "VGG16", "InceptionV3", "NASNetMobile", "EfficientNetB0", "DenseNet121"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_everything_is_inside_the_picture_and_texts_do_not_leave_their_cards(name, view):
    for model in example(name).models:
        drawn = picture(model, Options(view=view))
        area = bounds(drawn.items)
        assert (area.left, area.top) >= (0, 0)
        assert area.right <= drawn.width
        assert area.bottom <= drawn.height
        boxes = cards(drawn)
        for text, place in texts(drawn):
            for box in boxes:
                if overlap(place, box):
                    assert within(place, box), text


@pytest.mark.parametrize("collapse", ["auto", "none", 1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_no_edge_runs_through_a_card_and_no_cards_overlap(name, collapse):
    for model in example(name).models:
        drawn = picture(model, Options(view="graph", collapse=collapse))
        boxes = cards(drawn)
        for i, box in enumerate(boxes):
            assert not any(overlap(box, other) for other in boxes[i + 1 :])
        for line in edges(drawn):
            assert not any(crosses(line, box) for box in boxes)


@pytest.mark.parametrize("name", NAMES)
def test_graphs_from_left_to_right(name):
    for model in example(name).models:
        drawn = picture(model, Options(view="graph", direction="right"))
        area, boxes = bounds(drawn.items), cards(drawn)
        assert (area.left, area.top) >= (0, 0)
        assert area.right <= drawn.width
        assert area.bottom <= drawn.height
        for i, box in enumerate(boxes):
            assert not any(overlap(box, other) for other in boxes[i + 1 :])
        for line in edges(drawn):
            assert not any(crosses(line, box) for box in boxes)
            if line.role == "flow" and line.arrow:
                assert line.points[-1][0] > line.points[-2][0]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_fit_the_column_of_a_page(name):
    for model in example(name).models:
        for view in VIEWS:
            assert picture(model, Options(view=view)).width <= WIDEST


@pytest.mark.parametrize("name", FAMILIES)
def test_large_models_are_a_few_cards(name):
    drawn = picture(application(name))
    assert len(cards(drawn)) <= 30
    assert drawn.height < 2200


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_well_formed_and_says_what_it_shows(name):
    for model in example(name).models:
        root = ET.fromstring(render([model]))
        title, desc = root[0], root[1]
        assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], desc.attrib["id"]]
        assert title.text
        assert model.name in title.text
        assert desc.text
        linked = root.find(".//{*}a") is not None
        assert root.attrib["role"] == ("group" if linked else "img")


@pytest.mark.parametrize("name", NAMES)
def test_the_same_model_gives_the_same_bytes(name):
    for model in example(name).models:
        for kind in FORMATS:
            assert render([model], kind) == render([model], kind)
