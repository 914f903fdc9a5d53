"""Looking names up in the tables of all versions."""

import time

import pytest

from keraslint.knowledge.api import Api, Version

VERSIONS: list[Version] = ["keras3", "tf_keras2", "keras2", "keras1"]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api.load(request.param)


@pytest.fixture(scope="module")
def keras3() -> Api:
    return Api.load("keras3")


def test_a_table_is_read_once():
    assert Api.load("keras3") is Api.load("keras3")


def test_loading_and_the_first_look_up_take_milliseconds():
    load = Api.load.__globals__["_load"]
    times = []
    for _ in range(5):
        load.cache_clear()
        start = time.process_time()
        symbol = Api.load("keras3").resolve("keras.layers.Convolution1D")
        assert symbol is not None
        assert symbol.signature is not None
        times.append(time.process_time() - start)
    assert min(times) < 0.05


def test_every_signature_can_be_parsed(api):
    count = 0
    for section in ("symbols", "tf_symbols"):
        for name in api._data[section]:
            symbol = api.resolve(name)
            assert symbol is not None
            count += symbol.signature is not None
            for member in api.names_in(name) if symbol.kind == "class" else ():
                found = api.resolve(f"{name}.{member}")
                assert found is not None
                assert found.kind == "property" or found.signature is not None
    assert count > 300


def test_every_alias_leads_to_its_symbol(api):
    for name in api._canonical:
        symbol = api.resolve(name)
        assert symbol is not None
        assert name in {symbol.canonical, *symbol.aliases}
        assert symbol.canonical.startswith("keras.")


def test_every_base_is_a_public_class(api):
    for record in api._data["symbols"].values():
        for base in record.get("bases", ()):
            symbol = api.resolve(base)
            assert symbol is not None
            assert symbol.kind == "class"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("keras.layers.Convolution1D", "keras.layers.Conv1D"),
        ("keras.layers.MaxPool2D", "keras.layers.MaxPooling2D"),
        ("keras.models.Sequential", "keras.Sequential"),
        ("keras.layers.Input", "keras.Input"),
        ("keras.layers.Layer", "keras.Layer"),
        ("keras.metrics.mse", "keras.losses.mean_squared_error"),
        ("keras.applications.resnet50.ResNet50", "keras.applications.ResNet50"),
        ("keras.Sequential.fit", "keras.Model.fit"),
        ("keras.Sequential.add", "keras.Sequential.add"),
        ("keras.models.Model.compile", "keras.Model.compile"),
        ("keras.ops.nn.relu", "keras.ops.relu"),
    ],
)
def test_aliases_lead_to_the_canonical_name(keras3, name, canonical):
    symbol = keras3.resolve(name)
    assert symbol is not None
    assert symbol.name == name
    assert symbol.canonical == canonical


@pytest.mark.parametrize(
    "name", ["keras.layers.CuDNNLSTM", "keras.layers", "keras", "", "keras.Model.fit_generator"]
)
def test_other_names_are_unknown(keras3, name):
    assert keras3.resolve(name) is None


@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("keras.layers.RandomHeight", "tf.keras"),
        ("keras.backend.mean", "tf.keras"),
        ("keras.preprocessing.image.ImageDataGenerator", "tf.keras"),
        ("keras.losses.mse", "tf.keras"),
        ("keras.losses.mean_squared_error", "keras"),
        ("keras.layers.Dense", None),
        ("keras.layers.AlphaDropout", None),
    ],
)
def test_names_of_one_root_alone_are_marked(keras3, name, root):
    symbol = keras3.resolve(name)
    assert symbol is not None
    assert symbol.only_under == root


def test_a_name_may_be_another_object_under_tf_keras(keras3):
    texts = [
        keras3.resolve("keras.layers.AlphaDropout", under).signature_text
        for under in ("keras", "tf.keras")
    ]
    assert texts == [
        "(rate, noise_shape=None, seed=None, **kwargs)",
        "(rate, noise_shape=None, seed=None, **kwargs)",
    ]
    assert keras3.resolve("keras.layers.AlphaDropout.compute_output_shape").canonical == (
        "keras.layers.AlphaDropout.compute_output_shape"
    )


def test_names_in_a_module(keras3):
    assert {"Dense", "Convolution2D", "RandomHeight"} <= set(keras3.names_in("keras.layers"))
    assert "RandomHeight" not in keras3.names_in("keras.layers", "keras")
    assert "RandomHeight" in keras3.names_in("keras.layers", "tf.keras")
    assert {"fit", "summary", "layers"} <= set(keras3.names_in("keras.Sequential"))
    assert keras3.names_in("keras.nothing") == ()


def test_modules(keras3):
    assert keras3.has_module("keras.layers")
    assert not keras3.has_module("keras.preprocessing.text")
    assert keras3.has_module("keras.preprocessing.text", "tf.keras")
    assert not keras3.has_module("keras.layers.core", "tf.keras")
    assert Api.load("keras1").has_module("keras.layers.core")


def test_a_model_of_a_graph_has_its_own_parameters(api):
    model = api.resolve("keras.models.Model")
    assert model is not None
    signature = model.functional_signature
    assert signature is not None
    first, second = signature.parameters[:2]
    assert first.name.startswith("input")
    assert second.name.startswith("output")


def test_keras_2_still_converts_the_arguments_of_keras_1():
    layer = Api.load("keras2").resolve("keras.layers.Convolution2D")
    assert layer is not None
    assert layer.canonical == "keras.layers.Conv2D"
    assert layer.old_arguments["nb_filter"] == "filters"
    assert layer.old_arguments["nb_row"] is None
    method = Api.load("keras2").resolve("keras.Sequential.fit_generator")
    assert method is not None
    assert method.old_arguments["nb_epoch"] == "epochs"


def test_the_versions_differ_as_history_has_it():
    versions = {version: Api.load(version) for version in VERSIONS}
    assert [v for v in VERSIONS if versions[v].resolve("keras.layers.merge")] == ["keras1"]
    assert [v for v in VERSIONS if versions[v].resolve("keras.layers.CuDNNLSTM")] == ["keras2"]
    assert [v for v in VERSIONS if versions[v].resolve("keras.ops.relu")] == ["keras3"]
    assert all(versions[v].resolve("keras.layers.Dense") for v in VERSIONS)
    assert [versions[v].version.split(".")[0] for v in VERSIONS] == ["3", "2", "2", "1"]


@pytest.mark.parametrize(
    ("family", "text", "known"),
    [
        ("optimizers", "ADAM", True),
        ("optimizers", "adm", False),
        ("activations", "relu", True),
        ("activations", "ReLU", False),
        ("losses", "MSE", True),
        ("losses", "logcosh", False),
        ("regularizers", "l1l2", True),
        ("regularizers", "l1_l2", False),
        ("constraints", "maxnorm", False),
        ("initializers", "glorot", False),
        ("initializers", "normal", True),
        ("metrics", "acc", False),
        ("compile_metrics", "acc", True),
    ],
)
def test_strings(keras3, family, text, known):
    assert keras3.knows_string(family, text) is known
