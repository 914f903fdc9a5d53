"""What is noted of ``compile``, ``fit`` and ``predict``."""

from __future__ import annotations

from tests.interpreter.keras_programs import analyse, outputs

CODE = """
import numpy as np
m = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
m.compile(optimizer="sgd", loss="mse")
m.fit(np.zeros((10, 4)), np.zeros((10, 1)), epochs=3)
"""


def test_compile_and_fit_are_noted_with_their_arguments() -> None:
    compiled, fitted = analyse(CODE).training
    assert (compiled.method, fitted.method) == ("compile", "fit")
    assert {name: given.known for name, given in compiled.arguments.items()} == {
        "optimizer": "sgd",
        "loss": "mse",
    }
    assert fitted.compiled is compiled
    assert fitted.arguments["x"].known.spec.shape == (10, 4)
    assert fitted.arguments["epochs"].known == 3
    assert fitted.model is not None
    assert fitted.model.name == "m"


def test_training_without_compile() -> None:
    [fitted] = analyse(CODE.replace("m.compile", "print")).training
    assert fitted.compiled is None


def test_predictions_are_arrays_of_the_output_shape() -> None:
    code = f"{CODE}p = m.predict(np.zeros((7, 4)))\nlayers.Dense(3)(p)\n"
    assert outputs(code)[-1] == (7, 3)
