"""What belongs together, and what repeats."""

from __future__ import annotations

import pytest

from keraslint.diagrams import network, opening
from keraslint.diagrams.grouping import Group, members, tree
from keraslint.diagrams.sheet import sheet
from keraslint.diagrams.traits import traits
from tests.diagrams.drawing import EXAMPLES, application, example, model


def arranged(found, collapse="auto"):
    nodes = network.of_model(found)
    root = opening.arranged(nodes, collapse)
    return nodes, sheet(nodes, root, opening.levels(root, collapse))


def titles(found):
    nodes, seen = arranged(found)
    said = [traits(unit.part, nodes) for unit in seen.units]
    return [f"{t.title} × {t.count}" if t.count > 1 else t.title for t in said]


def test_resnet50_is_read_by_the_names_of_its_layers():
    assert titles(application("ResNet50"))[7:15] == [
        "conv2 block1",
        "conv2 block2…3 × 2",
        "conv3 block1",
        "conv3 block2…4 × 3",
        "conv4 block1",
        "conv4 block2…6 × 5",
        "conv5 block1",
        "conv5 block2…3 × 2",
    ]


def test_cells_are_what_leads_to_a_merge_of_many():
    found = titles(application("NASNetMobile"))
    assert "normal_concat_2…3 × 2" in found
    assert len(found) == 16


def test_helpers_and_loops_group_their_layers():
    found = titles(example("resnet").models[0])
    assert found.count("residual_block") == 6
    assert "residual_block × 2" in found


def test_shortcuts_are_told_apart():
    nodes, seen = arranged(example("resnet").models[0])
    kinds = [traits(unit.part, nodes).shortcut for unit in seen.units]
    assert kinds.count("projection") == 3
    assert kinds.count("identity") == 4


LOOP = """
from keras import Input, Model, layers
x = i = Input((8,))
for n in range({times}):
    x = layers.Dense({units})(x)
    x = layers.Dropout(0.1)(x)
model = Model(i, x)
"""


def test_what_repeats_is_counted():
    assert titles(model(LOOP.format(times=12, units=8))) == ["Input", "Dense · Dropout × 12"]


def test_what_differs_does_not_repeat():
    found = titles(model(LOOP.format(times=3, units="8 * (n + 1)")))
    assert found == ["Input", *["Dense", "Dropout"] * 3]


def test_repeats_may_differ_in_their_dilation():
    code = """
from keras import Input, Model, layers
x = i = Input((32, 8))
for n in range(5):
    y = layers.Conv1D(8, 3, padding="causal", dilation_rate=2**n)(x)
    y = layers.ReLU()(y)
    x = layers.Add()([x, y])
model = Model(i, x)
"""
    nodes = network.of_model(model(code))
    root = opening.arranged(nodes, "auto")
    (repeat,) = (part for part in root.children if isinstance(part, Group))
    said = traits(repeat, nodes)
    assert said.count == 5
    assert "dilation 1, 2, 4, 8, 16" in said.summary
    assert said.shortcut == "identity"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_layer_is_in_one_part_and_parts_come_in_the_order_of_the_flow(path):
    for found in example(path.stem).models:
        nodes = network.of_model(found)
        for root in (tree(nodes), opening.arranged(nodes, "auto")):
            check(root, nodes)


def check(group, nodes):
    parts = [members(child) for child in group.children]
    assert sum(map(len, parts)) == len(frozenset().union(*parts))
    if group.count == 1:
        assert frozenset().union(*parts) == group.members
    place = {index: i for i, part in enumerate(parts) for index in part}
    for index, at in place.items():
        sources = [source for source in nodes[index].sources if source in place]
        assert all(place[source] <= at for source in sources)
    for child in group.children:
        if isinstance(child, Group):
            check(child, nodes)


def test_nothing_is_collapsed_if_nothing_shall_be():
    nodes, seen = arranged(example("resnet").models[0], "none")
    assert len(seen.units) == len(nodes)


def test_depths_open_level_by_level():
    counts = [len(arranged(example("resnet").models[0], depth)[1].units) for depth in (1, 2, 3)]
    assert counts == sorted(set(counts))
