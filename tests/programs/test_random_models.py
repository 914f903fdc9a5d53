"""Random models of 3–15 layers, branched, shared and nested, as the real Keras has them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.agreement_judging import AGREED, BUGS, CAUGHT, MISSED, judge
from tools.agreement_layers import names
from tools.agreement_layers import program as layer_program
from tools.agreement_models import program

pytestmark = pytest.mark.oracle

BOUNDED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
draws = st.randoms(use_true_random=False)


@pytest.fixture(autouse=True, scope="module")
def quick_sessions(keras) -> Iterator[None]:
    """Every new session collects garbage, and what Keras itself consists of is none."""
    gc.freeze()
    yield
    gc.unfreeze()


@BOUNDED
@given(draws)
def test_shapes_counts_and_names_of_a_chained_model(keras, draw: Random) -> None:
    outcome = judge(keras, program(draw))
    assert outcome.kind not in BUGS, outcome


@BOUNDED
@given(draws)
def test_one_layer_with_arguments_good_and_bad(keras, draw: Random) -> None:
    outcome = judge(keras, layer_program(keras, draw.choice(names(keras)), draw))
    assert outcome.kind not in BUGS, outcome


START = "import keras\nx = keras.Input((8, 3))\n"


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("y = keras.layers.Dense(2)(x)\nmodel = keras.Model(x, y)\n", AGREED),
        ("y = keras.layers.Conv2D(2, 3)(x)\n", CAUGHT),
        ("y = keras.layers.Lambda(keras.ops.relu)(x)\nmodel = keras.Model(x, y)\n", AGREED),
        ("y = keras.layers.Lambda(keras.ops.sum)(x)\nmodel = keras.Model(x, y)\n", AGREED),
        ("y = keras.layers.Lambda(len, output_shape=4)(x)\n", CAUGHT),
        ("y = keras.layers.Lambda(lambda t: t, output_shape=[4])(x)\n", CAUGHT),
        ("y = keras.layers.Dense(2)(x)\nassert False\n", MISSED),
    ],
)
def test_what_is_told_of_a_program(keras, rest: str, kind: str) -> None:
    assert judge(keras, START + rest).kind == kind


def test_a_class_that_is_public_under_another_name(keras) -> None:
    made = "y = keras.layers.GroupQueryAttention(2, 4, 2)(x, x)\nmodel = keras.Model(x, y)\n"
    outcome = judge(keras, START + made)
    assert outcome.kind not in BUGS, outcome


def test_the_same_seed_gives_the_same_program(keras) -> None:
    for seed in range(20):
        assert program(Random(seed)) == program(Random(seed))
        name = Random(seed).choice(names(keras))
        texts = {layer_program(keras, name, Random(seed)) for _ in range(2)}
        assert len(texts) == 1
