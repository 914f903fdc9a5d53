"""Rules about the text of a module: what they must leave alone."""

import subprocess
import sys

import pytest

from tests.rules.test_examples import check

HEAD = "import keras\nfrom keras import layers\n\n"
CLASS = HEAD + "class A(layers.Layer):\n"
CALL = "    def call(self, x):\n        return x\n"


def codes(tmp_path, text):
    return [f.code for f in check(tmp_path, text) if f.code in {"KL403", "KL410", "KL412", "KL417"}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{CLASS}    def __init__(self):\n        self.a = 1\n{CALL}", ["KL403"]),
        (f"{CLASS}    def __init__(self):\n        self.a = 1\n", []),
        (f"{CLASS}    def __init__(self):\n        super().__init__()\n", []),
        (f"{CLASS}    def __init__(self):\n        super(A, self).__init__()\n", []),
        (f"{CLASS}    def __init__(self):\n        layers.Layer.__init__(self)\n", []),
        (f"{CLASS}    pass\n", []),
        (f"{HEAD}class A(Mixin, layers.Layer):\n    def __init__(self):\n        self.a = 1\n", []),
        (f"{HEAD}class A(Other):\n    def __init__(self):\n        self.a = 1\n", []),
        (f"{CLASS}    def call(self, x):\n        return layers.Dense(3)(x)\n", ["KL412"]),
        (f"{CLASS}    def call(self, x):\n        return layers.ReLU()(x)\n", []),
        (
            (
                f"{CLASS}    def call(self, x):\n        if self.d is None:\n"
                "            self.d = layers.Dense(3)\n        return self.d(x)\n"
            ),
            [],
        ),
        (f"{CLASS}    def build(self, shape):\n        self.d = layers.Dense(3)\n", []),
        (f"{HEAD}def f():\n    a = layers.Dense(3)\n", ["KL410"]),
        (f"{HEAD}def f():\n    _ = layers.Dense(3)\n", []),
        (f"{HEAD}def f():\n    a = layers.Dense(3)\n    return a\n", []),
        (f"{HEAD}a = layers.Dense(3)\n", []),
        (f"{HEAD}layers.Dense(3)\n", ["KL417"]),
        (f"{HEAD}layers.Dense(3)(keras.Input((4,)))\n", ["KL417"]),
        (f"{HEAD}d = layers.Dense(3)\nd(keras.Input((4,)))\n", []),
        (f"{HEAD}keras.Input((4,))\n", []),
        (f"{HEAD}with pytest.raises(ValueError):\n    layers.Dense(3)(x)\n", []),
        (
            f"{HEAD}m = keras.Sequential()\nm.add(layers.Dense(3)).add(layers.Dense(4))\n",
            ["KL417"],
        ),
        (
            f"{HEAD}m = keras.Sequential()\n((m.add(layers.Dense(3)))  # one\n"
            " . \\\n add(layers.Dense(4)))\n",
            ["KL417"],
        ),
        (f"{HEAD}m = keras.Sequential()\nm.add(layers.Dense(3))\n", []),
    ],
)
def test_what_is_told(tmp_path, text, found):
    assert codes(tmp_path, text) == found


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ('model.save("m")', True),
        ('model.save("m.tf")', True),
        ('model.save("m.h5")', False),
        ('model.save("m.keras")', False),
        ('model.save("hf://me/m")', False),
        ('model.save(f"{name}")', False),
        ('model.save("m", zipped=False)', False),
        ('other.save("m")', False),
        ('model.save_weights("m.h5")', True),
        ('model.save_weights("m.weights.h5")', False),
    ],
)
def test_where_models_are_saved(tmp_path, call, told):
    text = f"{HEAD}model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\n{call}\n"
    assert ("KL507" in {f.code for f in check(tmp_path, text)}) == told


def test_the_rules_are_loaded_without_the_parser():
    script = (
        "import sys\n"
        "from keraslint.rules import rules\n"
        "rules()\n"
        "sys.exit('libcst' in sys.modules or 'keras' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
