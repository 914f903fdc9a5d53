"""Every layer leads to where it is documented."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from keraslint.diagrams.links import KERAS, page_of

SYMBOLS = json.loads(files("keraslint.knowledge.api").joinpath("keras3.json").read_bytes())[
    "symbols"
]
LAYERS = sorted(
    path.rpartition(".")[2]
    for name, symbol in SYMBOLS.items()
    for path in (name, *symbol.get("aliases", ()))
    if symbol["kind"] == "class" and re.fullmatch(r"keras\.layers\.\w+", path)
)


def test_all_public_layers_are_looked_at():
    assert len(LAYERS) > 150


@pytest.mark.parametrize("name", LAYERS)
def test_a_public_layer_has_a_page(name):
    assert re.fullmatch(rf"{KERAS}/([a-z0-9_]+/)*", page_of(name, {}) or "")


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Conv1D", "convolution_layers/convolution1d/"),
        ("SeparableConvolution2D", "convolution_layers/separable_convolution2d/"),
        ("MaxPool2D", "pooling_layers/max_pooling2d/"),
        ("GlobalAvgPool1D", "pooling_layers/global_average_pooling1d/"),
        ("RandomFlip", "preprocessing_layers/image_augmentation/random_flip/"),
        ("GRUCell", "recurrent_layers/gru_cell/"),
        ("MelSpectrogram", "preprocessing_layers/"),
    ],
)
def test_where_a_page_is(name, page):
    assert page_of(name, {}) == f"{KERAS}/{page}"


def test_a_layer_of_the_project_has_only_the_page_that_the_project_names():
    assert page_of("Encoder", {}) is None
    assert page_of("Encoder", {"Encoder": "encoder.html"}) == "encoder.html"
    assert page_of("Conv1D", {"Conv1D": "own.html"}) == "own.html"
