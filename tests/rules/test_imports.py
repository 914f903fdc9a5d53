import pytest

from tests.rules.test_examples import check


def told(tmp_path, text):
    return [
        (f.location.row, f.message.rpartition(" ")[2] if " no " in f.message else f.message)
        for f in check(tmp_path, text)
        if f.code == "KL503"
    ]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("from keras.layers.core import Dense", "keras.layers.core"),
        ("from tensorflow.keras.utils.np_utils import to_categorical", "keras.utils.np_utils"),
        ("from keras.layers import CuDNNLSTM", "keras.layers.CuDNNLSTM"),
        ("import keras.objectives", "keras.objectives"),
        ("import keras\nkeras.backend.int_shape", "keras.backend.int_shape"),
        ("from keras import backend as K\nK.learning_phase()", "keras.backend.learning_phase"),
        (
            "import tensorflow as tf\ntf.keras.layers.experimental.preprocessing.Rescaling(2)",
            "keras.layers.experimental.preprocessing.Rescaling",
        ),
    ],
)
def test_what_is_gone(tmp_path, text, gone):
    assert told(tmp_path, f"{text}\n") == [(text.count("\n") + 1, gone)]


@pytest.mark.parametrize(
    "text",
    [
        "from keras.layers import Dense",
        "from tensorflow.keras import backend as K\nK.int_shape",
        "try:\n    from keras.layers.core import Dense\nexcept ImportError:\n    pass",
        "try:\n    import keras.objectives\nexcept (ValueError, ModuleNotFoundError):\n    pass",
        "import keras\nif keras.__version__ < '3':\n    from keras.layers.core import Dense",
        "import keras\nx = hasattr(keras, 'objectives') and keras.objectives.mse",
        "import keras\n\ndef f(keras):\n    return keras.objectives",
        "import keras\nfor keras in things:\n    keras.objectives",
        "try:\n import keras\nexcept ImportError:\n import tf.keras as keras\nkeras.objectives",
        "from .keras.layers.core import Dense",
        "from keras.src.layers.core import dense",
        "import mykeras.layers.core",
        "import keras\nkeras.layers.NoSuchThing",
    ],
)
def test_what_is_left_alone(tmp_path, text):
    assert told(tmp_path, f"{text}\n") == []


def test_a_legacy_optimizer_is_there_but_does_not_work(tmp_path):
    (found,) = told(tmp_path, "import keras\nkeras.optimizers.legacy.Adam()\n")
    assert found == (2, "keras.optimizers.legacy.Adam does not work in Keras 3")
