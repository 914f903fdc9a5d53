from dataclasses import replace

from keraslint.summary import as_data, as_text, select
from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.terminal import Canvas
from tests.handmade import tutorial


def test_a_model_is_asked_for_by_any_of_its_names():
    analysis = tutorial()
    assert select(analysis) == select(analysis, "model") == analysis.models
    assert select(analysis, "other") == []


def test_a_functional_model_shows_its_connections():
    (model,) = tutorial().models
    lines = list(as_text([replace(model, kind="Functional")], Canvas()))
    assert "Connected to" in lines[2]
    assert any("│ conv1d " in line and "│ input_layer " in line for line in lines)


def test_what_is_not_known_is_shown_as_such():
    (model,) = tutorial().models
    row = replace(model.layers[0], outputs=(UNKNOWN,), params=None, place=None)
    other = replace(row, outputs=((None, Expr.symbol("n"), UNKNOWN),))
    odd = replace(model, layers=(row, other), total_params=None, complete=False)
    text = "\n".join(as_text([odd], Canvas()))
    assert "(None, n, ?)" in text
    assert "Total params: ?" in text
    assert "Some layers are not known" in text


def test_nested_models_are_shown_inside():
    (model,) = tutorial().models
    outer = replace(model.layers[0], name="encoder", rows=model.layers)
    nested = replace(model, layers=(outer,))
    lines = list(as_text([nested], Canvas()))
    assert any(line.startswith("│   conv1d_1 (Conv1D)") for line in lines)
    data = as_data([nested])["models"][0]["layers"][0]
    assert [inner["name"] for inner in data["layers"]] == ["conv1d", "conv1d_1"]


def test_names_cannot_steer_the_terminal():
    (model,) = tutorial().models
    row = replace(model.layers[0], name="evil\x1b[2J\n")
    text = "\n".join(as_text([replace(model, layers=(row,))], Canvas()))
    assert "\x1b" not in text
    assert "evil\\x1b[2J\\n" in text
