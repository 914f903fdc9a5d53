"""How code can say a name of Keras with what it imports."""

import pytest

from keraslint.findings import Fix
from keraslint.fixing import apply
from keraslint.rules.support.names import Names
from keraslint.sources import Source
from keraslint.syntax import parse


def names(code: str) -> Names:
    return Names.of(parse(Source("a.py", code, code)))


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("import keras\n", "keras.Input", "keras.Input"),
        ("import keras as k\n", "keras.ops.exp", "k.ops.exp"),
        ("from tensorflow import keras\n", "keras.Input", "keras.Input"),
        ("import tensorflow as tf\n", "keras.Input", "tf.keras.Input"),
        ("import tensorflow.keras as tfk\n", "keras.ops.exp", "tfk.ops.exp"),
        ("from keras import layers as L\n", "keras.Input", "L.Input"),
        ("from keras.layers import Input\n", "keras.Input", "Input"),
        ("from keras import Input as Start, layers\n", "keras.Input", "Start"),
        ("import keras\nfrom keras import ops\n", "keras.ops.exp", "ops.exp"),
    ],
)
def test_with_what_is_imported(code, path, text):
    spelling = names(code).say(path)
    assert spelling is not None
    assert (spelling.text, spelling.edits) == (text, ())


@pytest.mark.parametrize(
    ("code", "path", "text", "after"),
    [
        (
            "from keras.layers import Dense\n",
            "keras.Input",
            "Input",
            "from keras.layers import Dense, Input\n",
        ),
        (
            "from tensorflow.keras.layers import (\n    Dense,\n)\n",
            "keras.layers.Conv2D",
            "Conv2D",
            "from tensorflow.keras.layers import (\n    Dense, Conv2D,\n)\n",
        ),
        (
            "from tensorflow.keras import layers\n",
            "keras.ops.exp",
            "keras.ops.exp",
            "from tensorflow import keras\nfrom tensorflow.keras import layers\n",
        ),
        (
            "import os\nfrom keras.layers import Dense  # mine\n",
            "keras.ops.exp",
            "keras.ops.exp",
            "import os\nimport keras\nfrom keras.layers import Dense  # mine\n",
        ),
    ],
)
def test_with_one_import_more(code, path, text, after):
    spelling = names(code).say(path)
    assert spelling is not None
    made = apply(Source("a.py", code, code), [Fix("", spelling.edits)])
    assert made is not None
    assert (spelling.text, made.text) == (text, after)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "keras = None\nfrom keras.layers import Dense\nInput = 3\n",
        "def f(keras):\n    from keras import layers\n",
        "try:\n    import keras\nexcept ImportError:\n    keras = None\n",
    ],
)
def test_names_that_mean_something_else_are_not_used(code):
    assert names(code).say("keras.Input") is None


def test_an_imported_name_is_renamed_wherever_it_is_used():
    code = (
        "from keras.layers import Convolution2D, Dense\n"
        "a = Convolution2D(3, 3)\nb = [Convolution2D, x.Convolution2D, f(Convolution2D=1)]\n"
    )
    edits = names(code).renamed("Convolution2D", "Conv2D")
    assert edits is not None
    made = apply(Source("a.py", code, code), [Fix("", edits)])
    assert made is not None
    assert made.text == (
        "from keras.layers import Conv2D, Dense\n"
        "a = Conv2D(3, 3)\nb = [Conv2D, x.Convolution2D, f(Convolution2D=1)]\n"
    )


@pytest.mark.parametrize(
    "code",
    [
        "from keras.layers import Convolution2D\nConvolution2D = 1\n",
        "from keras.layers import Convolution2D\nConv2D = 1\n",
        "from keras.layers import Convolution2D as C\n",
        "from keras.layers import Conv2D, Convolution2D\n",
    ],
)
def test_a_name_is_not_renamed_to_what_is_taken(code):
    assert names(code).renamed("Convolution2D", "Conv2D") is None


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("from keras.utils import np_utils\nx = 1\n", "x = 1\n"),
        ("from keras.utils import np_utils, plot_model\n", "from keras.utils import plot_model\n"),
        ("from keras.utils import plot_model, np_utils\n", "from keras.utils import plot_model\n"),
        ("from keras.utils import np_utils\nnp_utils.f()\n", None),
        ("from keras.utils import np_utils  # why\n", None),
    ],
)
def test_an_import_that_nothing_uses_goes(code, after):
    found = names(code)
    edit = found.without(found.imported["np_utils"][1])
    made = apply(Source("a.py", code, code), [Fix("", (edit,))]) if edit else None
    assert (made.text if made else None) == after
