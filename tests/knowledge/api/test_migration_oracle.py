"""Real Keras refuses, ignores or renames the old arguments as the tables say."""

import types
from typing import Any

import pytest

from keraslint.knowledge.api import Api
from keraslint.knowledge.api.migration import removed_argument, removed_name
from keraslint.knowledge.api.old_arguments import ARGUMENTS
from keraslint.knowledge.api.old_names import NAMES

pytestmark = pytest.mark.oracle

KERAS3 = Api.load("keras3")
REFUSED = (TypeError, ValueError)
# Something for every required parameter.
GIVEN = {
    "axes": 1,
    "backup_dir": "backup",
    "cell": None,
    "filepath": "model.keras",
    "filters": 4,
    "inner_optimizer": None,
    "input_dim": 5,
    "kernel_size": 3,
    "key_dim": 2,
    "num_heads": 2,
    "optimizer_map": (),
    "output_dim": 3,
    "pool_size": 2,
    "rate": 0.5,
    "stddev": 0.5,
    "units": 3,
}


def build(keras: types.ModuleType, name: str) -> Any:
    """A call of a public name that gives its required parameters and the keywords."""
    item: Any = keras
    for part in name.split(".")[1:]:
        item = getattr(item, part)
    symbol = KERAS3.resolve(name)
    assert symbol is not None
    assert symbol.signature is not None
    required = {p.name: GIVEN[p.name] for p in symbol.signature.parameters if p.required}
    if name == "keras.layers.RNN":
        required["cell"] = keras.layers.LSTMCell(2)
    elif name == "keras.optimizers.LossScaleOptimizer":
        required["inner_optimizer"] = keras.optimizers.SGD()
    elif name == "keras.optimizers.MultiOptimizer":
        required["optimizer_map"] = [(keras.optimizers.SGD(), [])]
    return lambda **keywords: item(**{**required, **keywords})


CLASSES = (
    "keras.callbacks.",
    "keras.constraints.",
    "keras.layers.",
    "keras.optimizers.",
    "keras.regularizers.",
)


def classes_and_arguments() -> list[tuple[str, str]]:
    """Every class of Keras 2 that Keras 3 still has, with every argument it lost."""
    found = [
        (owner if owner != "keras.Optimizer" else "keras.optimizers.Adam", argument)
        for owner, entries in ARGUMENTS.items()
        for argument in entries
        if owner not in {"keras.Layer", "keras.Model"}
    ]
    found += [("keras.layers.Dense", argument) for argument in ARGUMENTS["keras.Layer"]]
    for name in Api.load("keras2")._data["symbols"]:
        symbol = Api.load("keras2").resolve(name)
        assert symbol is not None
        if name.startswith("keras.layers.") and KERAS3.resolve(name):
            found += [(name, argument) for argument in symbol.old_arguments]
    return [
        (owner, argument)
        for owner, argument in dict.fromkeys(found)
        if removed_argument(owner, argument)
        and owner.startswith(
            ("keras.layers.", "keras.optimizers.", "keras.callbacks.", "keras.con")
        )
    ]


@pytest.mark.parametrize(("owner", "argument"), classes_and_arguments())
@pytest.mark.filterwarnings("ignore")
def test_an_old_argument_of_a_class(keras, owner, argument):
    call = build(keras, owner)
    entry = removed_argument(owner, argument)
    assert entry is not None
    if owner != "keras.layers.InputLayer":
        call()
    value = VALUES_THAT_WORK.get(argument, 1)
    if entry.accepted:
        call(**{argument: value})
    else:
        with pytest.raises(REFUSED):
            call(**{argument: value})
    if entry.mechanical and entry.new is not None and owner != "keras.layers.InputLayer":
        symbol = KERAS3.resolve(owner)
        assert symbol is not None
        assert symbol.signature is not None
        parameter = symbol.signature.get(entry.new)
        default = parameter.default if parameter and not parameter.required else None
        call(**{entry.new: GIVEN.get(entry.new, default)})


VALUES_THAT_WORK = {"alpha": 0.2, "input_shape": (3,), "batch_input_shape": (None, 3)}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("method", ["fit", "evaluate", "predict", "train_on_batch", "compile"])
def test_an_old_argument_of_a_method(keras, method):
    import numpy as np

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.zeros((2, 2))
    given: dict[str, Any] = {"x": x} if method == "predict" else {"x": x, "y": x[:, :1]}
    if method == "compile":
        given = {}
    getattr(model, method)(**given)
    for argument in ARGUMENTS[f"keras.Model.{method}"]:
        with pytest.raises(REFUSED):
            getattr(model, method)(**given, **{argument: 1})


def test_save_weights_refuses_old_arguments(keras, tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    path = tmp_path / "model.weights.h5"
    model.save_weights(path)
    for argument in ARGUMENTS["keras.Model.save_weights"]:
        with pytest.raises(REFUSED):
            model.save_weights(path, **{argument: None})


@pytest.mark.filterwarnings("ignore")
def test_a_model_refuses_input_and_output(keras):
    x = keras.Input((2,))
    with pytest.raises(REFUSED):
        keras.Model(input=x, output=x)


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith("keras.optimizers.legacy.")])
def test_a_legacy_optimizer_raises_when_it_is_made(keras, name):
    with pytest.raises((AttributeError, ImportError)):
        getattr(keras.optimizers.legacy, name.rpartition(".")[2])()


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith("keras.optimizers.legacy")])
def test_a_removed_name_is_gone_from_keras(keras, name):
    item: Any = keras
    for part in name.split(".")[1:]:
        item = getattr(item, part, None)
    assert item is None
    assert removed_name(name) is not None


def test_operations_of_the_same_name_compute_the_same(keras):
    """The backend functions that `tf.keras` kept agree with what replaces them."""
    import numpy as np
    from keras._tf_keras.keras import backend

    x = keras.ops.reshape(keras.ops.linspace(0.1, 0.9, 6), (2, 3))
    renamings = {
        name
        for name, entry in NAMES.items()
        if entry.mechanical and name.startswith("keras.backend.")
    }
    compared = 0
    for name in sorted(renamings):
        entry, short = NAMES[name], name.rpartition(".")[2]
        old = getattr(backend, short, None)
        symbol = KERAS3.resolve(name)
        if old is None or symbol is None or symbol.signature is None:
            continue
        required = [p.name for p in symbol.signature.parameters if p.required]
        arguments = {n: SAMPLES.get((short, n), SAMPLES.get((None, n), x)) for n in required}
        assert entry.new is not None
        new = getattr(keras.ops, entry.new.rpartition(".")[2])
        renamed = {entry.arguments.get(n, n): v for n, v in arguments.items()}
        assert same(np.asarray(old(**arguments)), np.asarray(new(**renamed)))
        compared += 1
    assert compared > 30


def same(first: Any, second: Any) -> bool:
    import numpy as np

    if first.dtype.kind == "f":
        return bool(np.allclose(first, second, atol=1e-5))
    return bool(np.array_equal(first, second))


SAMPLES: dict[tuple[str | None, str], Any] = {
    (None, "axis"): 0,
    (None, "a"): 2,
    (None, "axes"): 1,
    (None, "dtype"): "int32",
    (None, "indices"): [1, 0],
    (None, "max_value"): 0.5,
    (None, "min_value"): 0.2,
    (None, "n"): (2, 2),
    (None, "pattern"): (1, 0),
    (None, "rep"): 2,
    (None, "shape"): (3, 2),
    ("squeeze", "x"): [[1.0, 2.0]],
}
