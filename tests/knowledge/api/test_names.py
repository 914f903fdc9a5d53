"""Finding the name that was meant."""

import pytest

from keraslint.knowledge.api import Api, closest


@pytest.mark.parametrize(
    ("name", "candidates", "meant"),
    [
        ("Conv2d", ["Conv1D", "Conv2D", "Conv3D"], "Conv2D"),
        ("maxnorm", ["max_norm", "min_max_norm"], "max_norm"),
        ("kernal_size", ["kernel_size", "filters", "strides"], "kernel_size"),
        ("learning_rat", ["learning_rate", "beta_1"], "learning_rate"),
        ("foo", ["kernel_size", "filters"], None),
        ("", ["a", "b"], None),
        ("a", [], None),
        ("beta", ["beta_1", "beta_2"], None),
    ],
)
def test_only_a_clear_match_is_offered(name, candidates, meant):
    assert closest(name, candidates) == meant


def test_the_layers_of_keras_are_candidates():
    assert closest("Convolutoin2D", Api.load("keras3").names_in("keras.layers")) == "Convolution2D"
    assert closest("Dens", Api.load("keras3").names_in("keras.layers")) == "Dense"
