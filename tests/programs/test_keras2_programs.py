"""Programs for Keras 2: what is told of them, held against the package ``tf_keras``."""

from __future__ import annotations

import importlib
import io
import os
import warnings
from contextlib import redirect_stdout
from random import Random
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keraslint.analysis import Analysis
from keraslint.engine import analyse_source
from keraslint.sources import Source
from tools import agreement_layers, agreement_models

pytestmark = pytest.mark.oracle

START = "import tf_keras as keras\nfrom tf_keras import Input, Model, Sequential, layers\n"
BOUNDED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
draws = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def tf_keras() -> ModuleType:
    """The real Keras 2."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    return importlib.import_module("tf_keras")


def refused_by(tf_keras: Any, code: str) -> int | None:
    """The row at which Keras 2 raises, `None` if it does not."""
    tf_keras.backend.clear_session()
    try:
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(code, "program.py", "exec"), {"__name__": "__main__"})
    except Exception as error:
        rows = []
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "program.py":
                rows.append(trace.tb_lineno)
            trace = trace.tb_next
        return rows[-1]
    return None


def analyse(code: str) -> Analysis:
    return analyse_source(Source("program.py", code, code))


def check(tf_keras: Any, code: str) -> None:
    """Assert that Keras 2 raises where the first fault is, or before."""
    rows = [record.place.location.row for record in analyse(code).faults]
    if rows:
        row = refused_by(tf_keras, code)
        assert row is not None, code
        assert row <= max(rows), code


@BOUNDED
@given(draws)
def test_nothing_is_said_of_what_keras_2_takes(tf_keras: Any, draw: Random) -> None:
    if draw.random() < 0.25:
        text = agreement_models.program(draw)
    else:
        names = agreement_layers.names(tf_keras)
        text = agreement_layers.program(tf_keras, draw.choice(names), draw)
    text = text.replace("import keras\n", "import tf_keras as keras\n")
    check(tf_keras, text.replace("from keras import", "from tf_keras import"))


@pytest.mark.parametrize(
    "code",
    [
        "layers.Conv1D(3, 4)(Input((3, 2)))",
        "layers.Conv2D(3, 2)(Input((4, 4)))",
        "layers.Dense(3)(Input((None,)))",
        "layers.LSTM(3)(Input((4, 4, 4)))",
        "layers.MaxPooling2D()(Input((4, 4, 4, 4)))",
        "layers.Add()([Input((3, 4)), Input((3, 5))])",
        "layers.Concatenate()([Input((3, 4)), Input((2, 4))])",
        "layers.Reshape((5, -1))(Input((3, 4)))",
        "layers.Conv2D(3, 2, groups=2)(Input((4, 4, 3)))",
        "layers.Conv2D(4, (2, 2, 2))",
        "layers.Conv2D(4, 2, strides=2, dilation_rate=2)",
        "layers.Dense(3, unheard=2)",
        "layers.Dense()",
        "layers.Dense(3)()",
        "Model(Input((4,)), layers.Dense(3)(Input((4,))))",
        "Sequential([layers.Dense(3, name='a'), layers.Dense(3, name='a')])",
    ],
)
def test_what_keras_2_refuses_too(tf_keras: Any, code: str) -> None:
    assert refused_by(tf_keras, START + code) == 3
    assert [record.place.location.row for record in analyse(START + code).faults] == [3]


@pytest.mark.parametrize(
    "code",
    [
        "layers.Cropping3D(4)(Input((3, 5, 5, 2)))",
        "layers.ConvLSTM2D(3, 2)(Input((3, None, 5, 2)))",
        "layers.ConvLSTM2D(4, 2, strides=2, dilation_rate=2)",
        "layers.Conv1D(3, 2)(Input((4, 4, 4)))",
        "Sequential([Input((4,)), layers.Flatten()])(Input((5,)))",
        "layer = layers.GroupNormalization(-1)\nlayer(Input((4, 4)))\nlayer(Input((4, 5)))",
        "layer = layers.Dense(3)\nlayer(Input((4, 4)))\nlayer(Input((4, 2)))",
        "layers.LSTM(3, time_major=True)",
        "layers.Dense(3, weights=None, batch_input_shape=(None, 4))",
    ],
)
def test_what_only_the_newest_keras_refuses(tf_keras: Any, code: str) -> None:
    assert refused_by(tf_keras, START + code) is None
    assert not analyse(START + code).faults
    newest = (START + code).replace("tf_keras", "keras")
    assert analyse(newest).faults


@pytest.mark.parametrize(
    "code",
    [
        "a = layers.ReLU()(layers.Conv2D(3, 3)(x))\nb = layers.PReLU()(layers.Conv2D(3, 3)(x))\n"
        "m = Model(x, layers.MaxPooling2D()(layers.add([a, b])))",
        "inner = Sequential([Input((6, 6, 3)), layers.Flatten()])\n"
        "middle = Model(x, inner(x))\ny = Input((6, 6, 3))\nm = Model(y, middle(y))",
        "i = Input((7,))\ne = layers.Embedding(10, 4, mask_zero=True)(i)\n"
        "m = Model(i, layers.Bidirectional(layers.LSTM(3))(e))",
        "y = layers.Dense(3)(x)\nm = Model(x, layers.Add()([y + y, y]))",
    ],
)
def test_names_that_keras_2_gives(tf_keras: Any, code: str) -> None:
    code = f"{START}x = Input((6, 6, 3))\n{code}\n"
    scope: dict[str, Any] = {}
    tf_keras.backend.clear_session()
    exec(code, scope)
    record = analyse(code).models[-1]
    assert record.keras_name == scope["m"].name
    names = [layer.name for layer in scope["m"].layers]
    found = [row.name for row in record.layers]
    assert all(name in ("?", real) for name, real in zip(found, names, strict=True))
