"""What became of the names and arguments of Keras 1 and 2."""

import pytest

from keraslint.knowledge.api import Api, Signature, Symbol, Version
from keraslint.knowledge.api.migration import (
    Replacement,
    moved_module,
    removed_argument,
    removed_method,
    removed_name,
)
from keraslint.knowledge.api.old_arguments import ARGUMENTS
from keraslint.knowledge.api.old_names import METHODS, MODULES, NAMES

EARLIER: list[Version] = ["tf_keras2", "keras2", "keras1"]
KERAS3 = Api.load("keras3")
# Defaults that changed without changing what is computed.
IMMATERIAL = {"batch_size", "name", "verbose"}


# Where earlier versions had what Keras 3 exports at the top.
ELSEWHERE = {
    "keras.Layer.": ["keras.layers.Layer."],
    "keras.Metric.": ["keras.metrics.Metric."],
    "keras.Model.": ["keras.Sequential.", "keras.models.Sequential."],
    "keras.Optimizer.": ["keras.optimizers.Adam.", "keras.optimizers.Optimizer."],
}


def earlier(name: str) -> list[Symbol]:
    names = [name]
    for prefix, others in ELSEWHERE.items():
        names += [other + name[len(prefix) :] for other in others if name.startswith(prefix)]
    found = (Api.load(version).resolve(n) for n in names for version in EARLIER)
    return [symbol for symbol in found if symbol is not None]


def signature(name: str) -> Signature:
    symbol = KERAS3.resolve(name)
    assert symbol is not None
    assert symbol.signature is not None
    return symbol.signature


@pytest.mark.parametrize("entry", NAMES.values(), ids=lambda e: e.old)
def test_an_old_name_existed_and_is_gone(entry):
    assert earlier(entry.old) or entry.old.startswith("keras.optimizers.legacy.")
    assert removed_name(entry.old) == entry


@pytest.mark.parametrize(
    "entry", [*NAMES.values(), *METHODS.values(), *MODULES.values()], ids=lambda e: e.old
)
def test_every_replacement_exists_in_keras_3(entry):
    if entry.new is None:
        assert not entry.mechanical
        return
    if entry.old in MODULES:
        assert KERAS3.has_module(entry.new)
        return
    symbol = KERAS3.resolve(entry.new)
    assert symbol is not None
    assert symbol.only_under in {None, "keras"}


@pytest.mark.parametrize(
    "entry",
    [e for e in (*NAMES.values(), *METHODS.values()) if e.mechanical],
    ids=lambda e: e.old,
)
def test_a_mechanical_renaming_keeps_the_meaning_of_calls(entry):
    symbols = [s for s in earlier(entry.old) if s.signature is not None]
    if not symbols:
        assert entry.new == "keras.Optimizer.learning_rate"
        return
    old, new = symbols[0].signature, signature(entry.new)
    assert old is not None
    limit = len(old.parameters) if entry.positional is None else entry.positional
    for place, parameter in enumerate(old.parameters):
        name = entry.arguments.get(parameter.name, parameter.name)
        counterpart = new.get(name)
        if counterpart is None:
            # What is left over is refused under its own name, with its own advice.
            assert place >= limit
            assert removed_argument(entry.new, name) or new.accepts_kwargs
            continue
        if place < limit:
            assert new.positional[place].name == name
        same = counterpart.default == parameter.default
        assert parameter.required or same or name in IMMATERIAL


@pytest.mark.parametrize("entry", METHODS.values(), ids=lambda e: e.old)
def test_an_old_method_existed_and_is_gone(entry):
    assert earlier(entry.old)
    assert removed_method(entry.old) == entry


def test_every_old_module_existed_and_is_gone():
    for path in MODULES:
        assert any(Api.load(version).has_module(path) for version in EARLIER)
        assert moved_module(path) == MODULES[path]


def test_every_module_of_an_earlier_version_is_accounted_for():
    unheard = {
        path
        for version in EARLIER
        for path in Api.load(version)._data["modules"]
        if not KERAS3.has_module(path) and moved_module(path) is None
    }
    assert {p for p in unheard if not p.startswith(("keras.applications.", "keras.dtensor"))} == {
        "keras.backend.experimental",
        "keras.engine.training_arrays",
        "keras.engine.training_generator",
        "keras.engine.training_utils",
        "keras.models.experimental",
    }


ARGUMENT_ENTRIES = [(owner, entry) for owner, e in ARGUMENTS.items() for entry in e.values()]


@pytest.mark.parametrize(("owner", "entry"), ARGUMENT_ENTRIES, ids=lambda v: getattr(v, "old", v))
def test_the_replacement_of_an_argument_exists(owner, entry):
    assert removed_argument(owner, entry.old) == entry
    if entry.new is None:
        assert not entry.mechanical
    elif owner == "keras.Model":
        model = KERAS3.resolve(owner)
        assert model is not None
        assert model.functional_signature is not None
        assert model.functional_signature.get(entry.new) is not None
    elif owner == "keras.Optimizer":
        assert signature("keras.optimizers.Adam").get(entry.new) is not None
    elif entry.new not in {"input_shape", "dtype"}:  # which every layer takes through **kwargs
        assert signature(owner).get(entry.new) is not None


def test_the_layers_of_keras_1_are_covered_argument_by_argument():
    """Nothing that a layer took in Keras 1 or 2 is refused without a word."""
    silent = {}
    for version in EARLIER:
        for name in Api.load(version)._data["symbols"]:
            old, new = Api.load(version).resolve(name), KERAS3.resolve(name)
            if not name.startswith("keras.layers.") or old is None or new is None:
                continue
            if old.kind != "class" or old.signature is None or new.signature is None:
                continue
            names = {p.name for p in old.signature.parameters} | set(old.old_arguments)
            for argument in names - {p.name for p in new.signature.parameters}:
                if not (removed_argument(name, argument) or argument in STILL_TAKEN):
                    silent[name, argument] = version
    assert silent == {}


STILL_TAKEN = {
    "activity_regularizer",
    "dtype",
    "implementation",
    "input_dim",
    "name",
    "trainable",
}


BATCH_NORMALIZATION = "keras.layers.BatchNormalization"


@pytest.mark.parametrize(
    ("name", "under", "new", "mechanical"),
    [
        ("keras.layers.CuDNNLSTM", "keras", "keras.layers.LSTM", True),
        ("keras.layers.core.Dense", "keras", "keras.layers.Dense", True),
        (
            "keras.layers.convolutional.Convolution2D",
            "keras",
            "keras.layers.Convolution2D",
            True,
        ),
        ("keras.layers.recurrent.CuDNNGRU", "keras", "keras.layers.GRU", True),
        ("keras.engine.topology.Layer", "keras", "keras.layers.Layer", True),
        ("keras.utils.np_utils.to_categorical", "keras", "keras.utils.to_categorical", True),
        (
            "keras.layers.experimental.preprocessing.Resizing",
            "keras",
            "keras.layers.Resizing",
            True,
        ),
        ("keras.losses.mse", "keras", "keras.losses.mean_squared_error", True),
        ("keras.losses.mean_squared_error", "tf.keras", "keras.losses.MSE", True),
        ("keras.backend.concatenate", "keras", "keras.ops.concatenate", False),
        ("keras.optimizers.legacy.Adam", "keras", "keras.optimizers.Adam", True),
        ("keras.preprocessing.image.random_zoom", "keras", None, False),
        ("keras.layers.Highway", "keras", None, False),
    ],
)
def test_removed_names(name, under, new, mechanical):
    found = removed_name(name, under)
    assert found is not None
    assert (found.old, found.new, found.mechanical) == (name, new, mechanical)


@pytest.mark.parametrize(
    ("name", "under"),
    [
        ("keras.layers.Dense", "keras"),
        ("keras.layers.AlphaDropout", "tf.keras"),
        ("keras.backend.mean", "tf.keras"),
        ("keras.layers.NoSuchLayer", "keras"),
        ("keras", "keras"),
    ],
)
def test_other_names_are_left_alone(name, under):
    assert removed_name(name, under) is None


@pytest.mark.parametrize(
    ("owner", "argument", "expected"),
    [
        ("keras.layers.Conv2D", "nb_filter", ("filters", True)),
        ("keras.layers.Conv2D", "nb_row", ("kernel_size", False)),
        ("keras.layers.Dense", "output_dim", ("units", True)),
        ("keras.layers.Embedding", "output_dim", None),
        ("keras.layers.LSTM", "inner_init", ("recurrent_initializer", True)),
        ("keras.layers.LSTM", "input_dim", None),
        ("keras.layers.LSTM", "time_major", (None, False)),
        ("keras.optimizers.Adam", "lr", ("learning_rate", True)),
        ("keras.Sequential.fit", "nb_epoch", ("epochs", True)),
        ("keras.Model.fit", "epochs", None),
        ("keras.layers.Dense", "no_such_argument", None),
        ("keras.no_such_thing", "lr", None),
    ],
)
def test_removed_arguments(owner, argument, expected):
    found = removed_argument(owner, argument)
    assert (found and (found.new, found.mechanical)) == expected


def test_values_are_translated_along_with_the_name():
    found = removed_argument("keras.layers.MaxPooling2D", "dim_ordering")
    assert found == Replacement(
        "dim_ordering",
        "data_format",
        mechanical=True,
        values={"tf": "channels_last", "th": "channels_first", "default": None},
    )


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("keras.Sequential.fit_generator", "keras.Model.fit"),
        ("keras.Sequential.predict_classes", "keras.Model.predict"),
        ("keras.layers.Dense.output_shape", "keras.Layer.output"),
        ("keras.optimizers.Adam.lr", "keras.Optimizer.learning_rate"),
        ("keras.metrics.Mean.reset_states", "keras.Metric.reset_state"),
    ],
)
def test_removed_methods(name, new):
    found = removed_method(name)
    assert found is not None
    assert found.new == new


@pytest.mark.parametrize(
    "name",
    [
        "keras.Model.output_shape",
        "keras.Sequential.output_shape",
        "keras.Model.fit",
        "keras.layers.LSTM.reset_states",
        "keras.Model.no_such_method",
        "keras.no_such_class.fit_generator",
    ],
)
def test_other_members_are_left_alone(name):
    assert removed_method(name) is None
