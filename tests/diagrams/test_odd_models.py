"""Models of which little is known, or which are odd, are drawn all the same."""

from __future__ import annotations

from itertools import product
from typing import Literal

import pytest

from keraslint.diagrams import FORMATS, Options, parts, picture, render
from tests.diagrams.drawing import analysed, edges, texts

VIEWS: tuple[Literal["tensors", "graph", "table"], ...] = ("tensors", "graph", "table")
COLLAPSES: tuple[int | Literal["auto", "none"], ...] = ("auto", "none", 1)
HEAD = "import keras\nfrom keras import Input, Model, Sequential, layers as L, ops\n"
ODD = {
    "empty": "model = Sequential()",
    "unbuilt": "model = Sequential([L.Conv2D(4, 3), L.Dense(2)])",
    "unknown": "import os\nn = int(os.environ['N'])\n"
    "model = Sequential([Input((n, n, 3)), L.Conv2D(n, n), L.Flatten(), L.Dense(n)])",
    "parameters": "def build(n, k):\n"
    "    return Sequential([Input((n, 2 * k)), L.Conv1D(n, k), L.LSTM(k)])",
    "dynamic": "model = Sequential([Input((None, None, 3)), L.Conv2D(4, 3), L.MaxPooling2D()])",
    "scalars": "model = Sequential([Input(()), L.Rescaling(2.0)])",
    "rank six": "model = Sequential([Input((2, 3, 4, 5, 6)), L.Dense(4), L.Flatten()])",
    "ones": "model = Sequential([Input((1, 1, 1)), L.Conv2D(1, 1), L.Dense(1)])",
    "huge": "model = Sequential([Input((10**6, 10**6)), L.Conv1D(10**6, 10**5, strides=999)])",
    "wide kernel": "model = Sequential([Input((4, 4, 1)), L.Conv2D(2, 9, padding='same')])",
    "shared": "d = L.Dense(4)\ni = Input((4,))\nmodel = Model(i, d(L.ReLU()(d(d(i)))))",
    "many inputs": "i = [Input((2,)) for _ in range(9)]\nmodel = Model(i, L.Concatenate()(i))",
    "operations": "i = Input((4,))\nmodel = Model(i, ops.relu(i * 2 + ops.mean(i)))",
    "many outputs": "i = Input((4,))\nmodel = Model(i, [L.Dense(1)(i) for _ in range(8)])",
    "subclassed": "class Net(Model):\n"
    "    def __init__(self):\n        super().__init__()\n        self.a = L.Dense(4)\n"
    "        self.b = L.Dense(2)\n    def call(self, x):\n        return self.b(self.a(x))\n"
    "model = Net()\nmodel(keras.ops.zeros((1, 8)))",
    "nested": "a = Sequential([Input((4,)), L.Dense(4), L.Dense(4)])\n"
    "b = Sequential([Input((4,)), a, L.Dense(4), a])\nmodel = Sequential([Input((4,)), b, b])",
    "states": "i = Input((5, 3))\nx, h, c = L.LSTM(4, return_state=True)(i)\n"
    "model = Model(i, [x, L.Add()([h, c])])",
}


@pytest.mark.parametrize("name", ODD)
def test_every_view_in_every_format(name):
    models = analysed(HEAD + ODD[name]).models
    assert models
    for view, collapse in product(VIEWS, COLLAPSES):
        options = Options(view=view, collapse=collapse)
        for kind in FORMATS:
            assert render(models, kind, options)
        for model in models:
            parts(model, options)


def test_shared_layers_are_drawn_once_with_every_edge():
    (model,) = analysed(HEAD + ODD["shared"]).models
    drawn = picture(model)
    titles = [text.text for text, _ in texts(drawn) if text.role == "strong"]
    assert titles.count("Dense") == 1
    assert any("again after" in text.text for text, _ in texts(drawn))
    backwards = [line for line in edges(drawn) if line.points[0][1] > line.points[-1][1]]
    assert len(backwards) == 1
