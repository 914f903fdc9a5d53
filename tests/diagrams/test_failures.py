"""What goes wrong is drawn where it does."""

from __future__ import annotations

from keraslint.diagrams import FORMATS, Options, picture, render
from keraslint.diagrams.display import Line, Link, Rect, Text, flat
from tests.diagrams.drawing import with_failures

RANK = """
from keras import Sequential
from keras.layers import Conv1D, Conv2D, Input
model = Sequential([Input((10, 32)), Conv1D(64, 3, padding="same"), Conv2D(32, 3)])
"""
MERGE = """
from keras import Input, Model, layers
i = Input((10, 32))
model = Model(i, layers.Add()([layers.Conv1D(64, 3)(i), layers.Conv1D(64, 5)(i)]))
"""


def said(drawn):
    return " ".join(item.text for item in flat(drawn.items) if isinstance(item, Text))


def test_a_chain_shows_the_rule_what_is_needed_and_what_is_unknown_behind_it():
    model, failures = with_failures(RANK)
    drawn = picture(model, Options(view="tensors"), failures)
    text = said(drawn)
    assert "✖ KL101 needs rank 4" in text
    assert "got (batch, 10, 64)" in text
    assert "model.py:4" in text
    assert "conv1d · rank 3" in text
    assert "(batch, ?, ?, 32) unknown from here on" in text
    roles = [item.role for item in flat(drawn.items)]
    assert "error" in roles
    assert "unknown-error" in roles
    assert any(isinstance(i, Line) and i.role == "error-flow" for i in flat(drawn.items))
    assert "Conv2D refuses it (KL101" in drawn.description


def test_the_red_card_leads_to_the_rule():
    model, failures = with_failures(RANK)
    for view in ("tensors", "graph"):
        drawn = picture(model, Options(view=view), failures)
        urls = [
            item.url
            for item in drawn.items
            if isinstance(item, Link)
            and any(isinstance(i, Rect) and i.role == "error" for i in item.items)
        ]
        assert urls == [failures[0].url]


def test_a_merge_shows_both_shapes():
    model, failures = with_failures(MERGE)
    text = said(picture(model, Options(), failures))
    assert "✖ KL105 needs equal shapes" in text
    assert "(batch, 8, 64) and (batch, 6," in text


def test_sources_for_other_tools_tell_it_too():
    model, failures = with_failures(MERGE)
    for kind in FORMATS[2:]:
        assert "KL105" in render([model], kind, Options(), failures)


def test_a_sound_model_shows_nothing_of_the_kind():
    model, failures = with_failures(RANK.replace(", Conv2D(32, 3)", ""))
    assert failures == []
    assert "✖" not in said(picture(model, Options(), failures))
