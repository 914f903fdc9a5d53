"""What a program sets for all of Keras."""

from __future__ import annotations

from typing import Any

import pytest

from keraslint.tensors.dims import UNKNOWN
from tests.interpreter.keras_programs import analyse, faults

LAYER = "x = keras.Input((4,))\ny = layers.Dense(3)(x)\n"


def dtypes(code: str) -> list[Any]:
    """The dtypes of what each site gives."""
    calls = [call for site in analyse(code).sites for call in site.calls]
    return [spec.dtype for call in calls for spec in call.outputs or ()]


@pytest.mark.parametrize("name", ["mixed_precision.set_global_policy", "config.set_dtype_policy"])
@pytest.mark.parametrize(
    ("policy", "computes"),
    [
        ("'mixed_float16'", "float16"),
        ("'bfloat16'", "bfloat16"),
        ("keras.mixed_precision.DTypePolicy('mixed_bfloat16')", "bfloat16"),
        ("os.environ['POLICY']", UNKNOWN),
    ],
)
def test_layers_compute_as_the_policy_says(name: str, policy: str, computes: Any) -> None:
    assert dtypes(f"keras.{name}({policy})\n{LAYER}") == ["float32", computes]


def test_a_layer_with_a_dtype_of_its_own_does_not_care() -> None:
    code = "x = keras.Input((4,))\ny = layers.Dense(3, dtype='float32')(x)\n"
    policy = "keras.mixed_precision.set_global_policy('mixed_float16')\n"
    assert dtypes(policy + code) == ["float32", "float32"]


def test_a_default_dtype_holds_for_inputs_too() -> None:
    code = "keras.config.set_floatx('float64')\n" + LAYER
    assert dtypes(code) == ["float64", "float64"]
    assert dtypes("if flag:\n    " + code) == [UNKNOWN, UNKNOWN]
    model = "keras.Sequential([layers.Dense(3, input_shape=(4,))])\n"
    assert dtypes("keras.config.set_floatx('float16')\n" + model) == ["float16"]


def test_the_default_dtype_can_be_asked_for() -> None:
    code = (
        "keras.config.set_floatx('float16')\nx = keras.Input((4,), dtype=keras.config.floatx())\n"
    )
    assert dtypes(code) == ["float16"]


def test_layers_of_the_program() -> None:
    code = """\
class Own(layers.Layer):
    def call(self, x):
        return x * 2


y = Own()(keras.Input((4,)))
"""
    assert dtypes(code) == ["float32", "float32"]
    assert dtypes("keras.config.set_dtype_policy('float16')\n" + code) == [UNKNOWN, "float32"]


def test_values_that_keras_does_not_know() -> None:
    assert faults("keras.config.set_floatx('float')\n") == ["INVALID_VALUE"]
    assert faults("keras.config.set_dtype_policy('mixed')\n") == ["INVALID_VALUE"]
    assert faults("keras.config.set_image_data_format('NHWC')\n") == ["INVALID_VALUE"]
    assert faults("keras.config.set_image_data_format(os.environ['FORMAT'])\n") == []
