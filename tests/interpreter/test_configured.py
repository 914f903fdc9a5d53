"""Constructors of optimizers, losses and the like, against the real ones."""

import contextlib
import inspect

import pytest

from keraslint.engine import analyse_source
from keraslint.knowledge.faults import FaultKind
from keraslint.sources import Source

SECTIONS = (
    *("callbacks", "constraints", "initializers", "losses", "metrics"),
    *("optimizers", "optimizers.schedules", "regularizers"),
)
CALLS = (
    *("()", "(lr=0.1)", "(decay=0.1)", "(name='a')", "(dtype='float32')", "(weight_decay=0.1)"),
    *("(0.1, learning_rate=0.1)", "(no_such=1)", f"({', '.join('1' * 25)})"),
)


def faults(code: str):
    return analyse_source(Source("a.py", code, code)).faults


@pytest.mark.oracle
@pytest.mark.parametrize("section", SECTIONS)
def test_what_keras_takes_is_never_refused(keras, section):
    module = keras
    for part in section.split("."):
        module = getattr(module, part)
    accepted = refused = 0
    for name in [n for n, member in vars(module).items() if inspect.isclass(member)]:
        for call in CALLS:
            code = f"import keras\nmade = keras.{section}.{name}{call}\n"
            raised = True
            with contextlib.suppress(Exception):
                exec(code, {})
                raised = False
            found = faults(code)
            assert raised or not found, code
            accepted += not raised
            refused += bool(found)
    assert accepted
    assert refused


@pytest.mark.parametrize(
    ("call", "kind", "argument"),
    [
        ("optimizers.Adam(lr=0.1)", FaultKind.UNKNOWN_ARGUMENT, "lr"),
        ("optimizers.SGD(0.1, learning_rate=1)", FaultKind.EXTRA_POSITIONAL, "learning_rate"),
        ("callbacks.ModelCheckpoint()", FaultKind.MISSING_ARGUMENT, "filepath"),
        ("regularizers.L2(0.1, 2)", FaultKind.EXTRA_POSITIONAL, None),
    ],
)
def test_a_refusal_names_the_argument(call, kind, argument):
    (record,) = faults(f"import keras\nx = keras.{call}\n")
    assert (record.fault.kind, record.fault.argument) == (kind, argument)


def test_arguments_that_are_not_known_may_be_right():
    assert not faults("import keras\nx = keras.callbacks.ModelCheckpoint(*open('f'))\n")
    assert faults("import keras\nx = keras.callbacks.ModelCheckpoint()\n")


METHODS = ("compile", "evaluate", "fit", "predict", "test_on_batch", "train_on_batch")
GIVEN = ("", "nb_epoch=1", "epochs=1", "workers=2", "verbose=0", "loss='mse'", "x, y, 1", "y=y")


@pytest.mark.oracle
@pytest.mark.parametrize("method", METHODS)
def test_methods_of_models_take_what_they_take(keras, method):
    signature = inspect.signature(getattr(keras.Model, method))
    for given in GIVEN:
        fits = True
        try:
            eval(f"signature.bind(None, {given})", {"signature": signature, "x": 0, "y": 0})
        except TypeError:
            fits = False
        code = (
            "import keras\n\ndef f(x, y):\n"
            "    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"
            f"    model.{method}({given})\n"
        )
        kinds = {record.fault.kind for record in faults(code)}
        refused = {FaultKind.UNKNOWN_ARGUMENT, FaultKind.MISSING_ARGUMENT} & kinds
        assert not (refused and fits), code
        assert refused or fits, code


@pytest.mark.oracle
def test_what_old_configurations_have_is_taken(keras):
    for given in ("dynamic=True", "weight_decay=None", "clipnorm=None, use_ema=False"):
        made = f"keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(), {given})"
        code = f"import keras\nx = {made}\n"
        exec(code, {})
        assert not faults(code), code
    assert faults("import keras\nx = keras.optimizers.LossScaleOptimizer('sgd', foo=1)\n")
