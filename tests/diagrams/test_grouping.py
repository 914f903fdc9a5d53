"""What belongs together, and what repeats."""

from __future__ import annotations

import pytest

from keraslint.diagrams import network, opening
from keraslint.diagrams.grouping import tree
from keraslint.diagrams.groups import Group, members
from keraslint.diagrams.sheet import sheet
from keraslint.diagrams.traits import traits
from tests.diagrams.drawing import EXAMPLES, application, example, model

SIDES = {"Input", "Stem", "Head", "GlobalAveragePooling2D", "Flatten", "Dense"}


def arranged(found, collapse="auto"):
    nodes = network.of_model(found)
    root = opening.arranged(nodes, collapse)
    return nodes, sheet(nodes, root, opening.levels(root, collapse))


def titles(found):
    nodes, seen = arranged(found)
    said = [traits(unit.part, nodes) for unit in seen.units]
    return [f"{t.title} × {t.count}" if t.count > 1 else t.title for t in said]


def test_resnet50_is_read_by_the_names_of_its_layers():
    assert titles(application("ResNet50")) == [
        "Input",
        "Stem",
        "conv2 block1",
        "conv2 block2…3 × 2",
        "conv3 block1",
        "conv3 block2…4 × 3",
        "conv4 block1",
        "conv4 block2…6 × 5",
        "conv5 block1",
        "conv5 block2…3 × 2",
        "GlobalAveragePooling2D",
        "Dense",
    ]


def test_cells_are_what_leads_to_a_merge_of_many():
    found = titles(application("NASNetMobile"))
    assert "normal_concat_2…3 × 2" in found
    assert len(found) == 17


@pytest.mark.parametrize(
    ("name", "cards"),
    [
        ("VGG16", "block1 block2 block3 block4 block5"),
        ("Xception", "block1 block2 block3 block4 block5…12 × 8 block13 block14"),
        (
            "InceptionV3",
            "mixed0 mixed1 mixed2 mixed3 mixed4 mixed5…6 × 2 mixed7 mixed8 mixed9 mixed10",
        ),
        (
            "EfficientNetB0",
            "block1a block2a block2b block3a block3b block4a block4b…c × 2 block5a block5b…c × 2 "
            "block6a block6b…d × 3 block7a",
        ),
        (
            "MobileNetV3Small",
            "expanded conv expanded conv 1 expanded conv 2 expanded conv 3 expanded conv 4…5 × 2 "
            "expanded conv 6 expanded conv 7 expanded conv 8 expanded conv 9…10 × 2 conv",
        ),
        (
            "ResNet50V2",
            "conv2 block1 conv2 block2 conv2 block3 conv3 block1 conv3 block2…3 × 2 conv3 block4 "
            "conv4 block1 conv4 block2…5 × 4 conv4 block6 conv5 block1 conv5 block2…3 × 2",
        ),
        ("DenseNet121", "conv2 pool2 conv3 pool3 conv4 pool4 conv5"),
    ],
)
def test_networks_are_read_as_their_blocks(name, cards):
    found = [title for title in titles(application(name)) if title not in SIDES]
    assert " ".join(found) == cards


def summaries(found):
    nodes, seen = arranged(found)
    said = [traits(unit.part, nodes) for unit in seen.units]
    return {t.title: t.summary for t in said}


def test_a_gate_on_the_channels_is_one_thing():
    found = summaries(application("EfficientNetB0"))
    assert found["block2a"] == "Conv2D 1×1 · DepthwiseConv2D 3×3 · squeeze-excite · Conv2D 1×1"


def test_a_shortcut_without_weights_is_no_projection():
    found = summaries(application("ResNet50V2"))
    assert found["conv2 block1"].endswith("projection shortcut")
    assert found["conv2 block2"].endswith("identity shortcut")
    assert found["conv2 block3"].endswith("pooled shortcut")


BLOCK = """
y = L.Conv2D({width}, 3, padding="same", activation="relu")(x)
y = L.Conv2D({width}, 3, padding="same")(y)
z = L.Conv2D({width}, 1)(x)
x = L.Add(name="{name}")([z, y])
"""


def test_a_way_round_layers_belongs_to_them():
    code = "from keras import Input, Model, layers as L\nx = i = Input((16, 16, 8))\n"
    for n, width in enumerate((8, 16, 32, 64, 128)):
        code += BLOCK.format(width=width, name=f"block_{n}")
    nodes, seen = arranged(model(code + "model = Model(i, x)\n"))
    said = [traits(unit.part, nodes) for unit in seen.units[1:]]
    assert [t.title for t in said] == [f"block_{n}" for n in range(5)]
    assert {t.shortcut for t in said} == {"projection"}


def test_branches_that_are_alike_are_drawn_once():
    code = """
from keras import Input, Model, layers as L
inputs = [Input((1,), name=f"column_{n}") for n in range(20)]
model = Model(inputs, L.Dense(1)(L.Concatenate()([L.Dense(4)(i) for i in inputs])))
"""
    nodes, seen = arranged(model(code))
    said = [traits(unit.part, nodes) for unit in seen.units]
    assert [(t.title, t.count) for t in said] == [
        ("Input · Dense", 20),
        ("Concatenate", 1),
        ("Dense", 1),
    ]
    assert said[0].summary.startswith("column_0, column_1, column_2, … · ")
    assert said[0].params == 20 * 8


def test_what_encloses_everything_is_opened():
    code = """
from keras import Input, Model, layers as L
def backbone(i):
    return L.Dense(2)(L.Dense(4)(i))
i = Input((4,))
model = Model(i, backbone(i))
"""
    assert titles(model(code)) == ["Input", "Dense", "Dense"]


def test_a_u_by_hand_has_a_part_for_each_level():
    code = "from keras import Input, Model, layers as L\nx = i = Input((64, 64, 1))\n"
    for n in range(4):
        code += f"a = L.Conv2D({8 << n}, 3, padding='same')(x)\n"
        code += f"s{n} = L.Conv2D({8 << n}, 3, padding='same')(a)\nx = L.MaxPooling2D()(s{n})\n"
    code += "x = L.Conv2D(128, 3, padding='same')(x)\n"
    for n in (3, 2, 1, 0):
        code += f"x = L.Concatenate()([L.UpSampling2D()(x), s{n}])\n"
        code += f"x = L.Conv2D({8 << n}, 3, padding='same')(x)\n"
    nodes, seen = arranged(model(code + "model = Model(i, x)\n"))
    sizes = [traits(unit.part, nodes).shapes.split(", ")[1] for unit in seen.units]
    assert len(nodes) > 20
    assert " ".join(sizes) == "64 64 32 16 8 8 16 32 64 64"
    assert len(seen.skips) == 4


def test_few_layers_are_all_shown():
    assert titles(example("inception").models[0])[:3] == ["Input", "SeparableConv2D", "inception"]


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
