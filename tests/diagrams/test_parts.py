"""What is closed in a picture has pictures of its own."""

from __future__ import annotations

import pytest

from keraslint.diagrams import Options, parts
from keraslint.diagrams.display import bounds
from tests.diagrams.drawing import EXAMPLES, application, cards, crosses, edges, example, overlap


def test_each_kind_of_block_once():
    titles = [part.title for part in parts(application("ResNet50"))]
    assert titles[:3] == ["Stem", "conv2 block1", "conv2 block2…3 × 2"]
    assert len(titles) == 9


def test_nothing_is_closed_in_a_chain_of_tensors_or_if_nothing_is_collapsed():
    assert parts(example("tutorial").models[0]) == []
    assert parts(example("resnet").models[0], Options(collapse="none")) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_parts_are_drawn_like_all_else(path):
    for model in example(path.stem).models:
        for part in parts(model, Options(view="graph")):
            area = bounds(part.items)
            assert (area.left, area.top) >= (0, 0)
            assert area.right <= part.width
            assert area.bottom <= part.height
            boxes = cards(part)
            assert boxes
            for i, box in enumerate(boxes):
                assert not any(overlap(box, other) for other in boxes[i + 1 :])
            for line in edges(part):
                assert not any(crosses(line, box) for box in boxes)
