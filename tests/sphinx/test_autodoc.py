"""Pictures under docstrings."""

from __future__ import annotations

import sys

import pytest

from tests.sphinx.conftest import built, page

PACKAGE = {
    "zoo/__init__.py": '"""Models of all kinds."""\n',
    "zoo/nets.py": '''\
"""Plain models."""

import keras
from keras import layers

from zoo.parts.heads import WIDTH


def build(units=8):
    """A small model.

    Args:
        units: how wide it is.

    Returns:
        The model.
    """
    return keras.Sequential([keras.Input((16,)), layers.Dense(units), layers.Dense(WIDTH)])


def double(number):
    """Twice the number."""
    return 2 * number


class Net(keras.Model):
    """A model as a class."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def call(self, inputs):
        """One pass."""
        return self.dense(inputs)


class Factory:
    """Makes models."""

    def make(self):
        """One of them."""
        return keras.Sequential([keras.Input((4,)), layers.Dense(2)])
''',
    "zoo/parts/__init__.py": '"""What models are made of."""\n',
    "zoo/parts/heads.py": '''\
"""Heads."""

import keras

WIDTH = 5


def head():
    """A head."""
    return keras.Sequential([keras.Input((8,)), keras.layers.Dense(WIDTH)])
''',
}
CONF = """\
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
project = "written"
extensions = [
    "sphinx.ext.napoleon", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "keraslint.sphinx"
]
autodoc_mock_imports = ["keras"]
autosummary_generate = True
keraslint_autodoc = {}
"""


@pytest.fixture(autouse=True)
def paths(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "zoo"]:
        del sys.modules[name]


def conf(on=True):
    return {"conf.py": CONF.format(on), **PACKAGE}


def test_functions_classes_and_methods_that_build_models_have_pictures(write):
    index = "Page\n====\n\n.. automodule:: zoo.nets\n   :members:\n   :member-order: groupwise\n"
    text = page(built(write({**conf(), "index.rst": index})))
    assert text.count('class="keraslint-picture"') == 3
    assert "Sequential, 2 layers, 181 params" in text
    plain = text[text.index('id="zoo.nets.double"') :]
    assert "keraslint-picture" not in plain
    function = text[text.index('id="zoo.nets.build"') :]
    assert function.index("how wide it is") < function.index("keraslint-picture")


def test_nothing_is_added_unless_it_is_wanted(write):
    index = "Page\n====\n\n.. automodule:: zoo.nets\n   :members:\n"
    text = page(built(write({**conf(False), "index.rst": index})))
    assert "keraslint-picture" not in text


def test_pages_of_recursive_summaries_have_pictures(write):
    index = "Page\n====\n\n.. autosummary::\n   :toctree: made\n   :recursive:\n\n   zoo\n"
    template = (
        "{{ fullname }}\n{{ underline }}\n\n.. automodule:: {{ fullname }}\n   :members:\n"
        "{% if modules %}\n.. autosummary::\n   :toctree:\n   :recursive:\n"
        "{% for item in modules %}\n   {{ item }}\n{%- endfor %}\n{% endif %}\n"
    )
    files = {
        **conf(),
        "_templates/autosummary/module.rst": template,
        "index.rst": index,
        "conf.py": CONF.format(True) + "templates_path = ['_templates']\n",
    }
    app = built(write(files))
    assert page(app, "made/zoo.nets.html").count('class="keraslint-picture"') == 3
    assert page(app, "made/zoo.parts.heads.html").count('class="keraslint-picture"') == 1
    assert ".. keras" not in page(app, "made/zoo.html")


def test_pictures_can_be_referred_to_by_the_names_of_functions(write):
    index = "Page\n====\n\n.. autofunction:: zoo.nets.build\n\nSee :keras:model:`zoo.nets:build`.\n"
    assert 'href="#keras-model-index-0"' in page(built(write({**conf(), "index.rst": index})))


def test_a_page_is_read_again_when_a_file_changes_that_it_took_a_value_from(write):
    index = "Page\n====\n\n.. autofunction:: zoo.nets.build\n"
    built(write({**conf(), "index.rst": index}))
    heads = PACKAGE["zoo/parts/heads.py"].replace("WIDTH = 5", "WIDTH = 6")
    again = write({"zoo/parts/heads.py": heads})
    assert list(again.builder.read()) == ["index"]
