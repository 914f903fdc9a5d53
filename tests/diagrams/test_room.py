"""Pictures for narrow places, such as beside each other."""

from __future__ import annotations

import pytest

from keraslint.diagrams import Options, picture
from keraslint.diagrams.display import bounds
from keraslint.sphinx.reading import of_layer
from tests.diagrams.drawing import EXAMPLES, example, overlap, texts

NARROW = 328
LAYERS = [
    ('Conv1D(64, 5, padding="same", dilation_rate=2)', "(10, 32)"),
    ("Conv2D(64, 3, strides=2)", "(256, 256, 3)"),
    ("Conv2D(64, (3, 32))", "(10, 32, 1)"),
    ("Conv3D(4, 3)", "(32, 256, 256, 3)"),
    ("MaxPooling2D(2)", "(256, 256, 3)"),
    ("Bidirectional(LSTM(64, return_sequences=True))", "(None, 3)"),
    ("MultiHeadAttention(3, 3)", "(256, 3)"),
    ("Conv1D(3, 3)", "(256, 256, 3)"),
]


@pytest.mark.parametrize(("expression", "given"), LAYERS)
def test_nothing_leaves_the_room_there_is(expression, given):
    model = of_layer(expression, given).model
    drawn = picture(model, Options(view="tensors", width=NARROW, title=expression))
    area = bounds(drawn.items)
    assert drawn.width == NARROW
    assert area.left >= 0
    assert area.right <= NARROW
    assert drawn.title == expression


@pytest.mark.parametrize(("expression", "given"), LAYERS)
def test_no_text_is_cut_where_a_line_more_says_it(expression, given):
    model = of_layer(expression, given).model
    drawn = picture(model, Options(view="tensors", width=NARROW, title=expression))
    assert not [text.text for text, _ in texts(drawn) if "…" in text.text]


def crowded(drawn):
    """The texts that lie on each other."""
    found = list(texts(drawn))
    return [
        (one.text, other.text)
        for i, (one, area) in enumerate(found)
        for other, taken in found[i + 1 :]
        if overlap(area, taken)
    ]


@pytest.mark.parametrize("width", [NARROW, 680])
@pytest.mark.parametrize(("expression", "given"), LAYERS)
def test_no_text_of_a_layer_lies_on_another(expression, given, width):
    model = of_layer(expression, given).model
    assert crowded(picture(model, Options(view="tensors", width=width, title=expression))) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_text_of_a_model_lies_on_another(path):
    for model in example(path.stem).models:
        for view in ("tensors", "graph"):
            assert crowded(picture(model, Options(view=view))) == []
