"""Operations on symbolic tensors: shapes and names in a model, as the real Keras has them."""

from __future__ import annotations

import pytest

from keraslint.verify.comparing import AGREES
from tests.programs.running import verdict_of_file

pytestmark = pytest.mark.oracle

EXPRESSIONS = (
    *("-x", "~(x > 1)", "abs(x)", "round(x)", "-x + -x", "keras.Model(x, -x)(x)"),
    *("keras.ops.abs(x)", "keras.ops.conj(x)", "keras.ops.allclose(x, x)", "keras.ops.isin(x, x)"),
    *("keras.ops.fft((x, x))", "keras.ops.rfft(x)", "keras.ops.stft(x, 4, 2, 4)"),
    *("keras.ops.layer_normalization(x)", "keras.ops.rms_normalization(x)", "keras.ops.svd(x)[0]"),
    "keras.ops.psnr(x, x, 1)",
    *("keras.ops.swish(x)", "keras.ops.relu(x)", "keras.ops.log_softmax(x)"),
    *("keras.activations.relu(x)", "keras.activations.relu(x, max_value=6)"),
    *("keras.activations.exponential(x)", "keras.activations.get('relu')(x)"),
    *("keras.activations.linear(x)", "keras.activations.get('linear')(x) + 1"),
    *("keras.activations.get(None)(x) + 1", "keras.activations.softmax(x)"),
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_model_of_an_operation(keras, tmp_path, expression):
    path = tmp_path / "program.py"
    path.write_text(
        f"import keras\nx = keras.Input((6, 6))\ny = {expression}\nmodel = keras.Model(x, y)\n"
    )
    verdict = verdict_of_file(keras, str(path))
    assert verdict.error is None
    assert [one for one in verdict.models if one.status != AGREES] == []
    assert verdict.models
