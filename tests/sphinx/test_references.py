"""What leads to models, layers and rules."""

from __future__ import annotations

import pytest

from tests.sphinx.conftest import built, page

NETS = """\
import keras
from keras import layers

inner = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="narrow")], name="inner")
model = keras.Sequential([keras.Input((4,)), inner, layers.Dense(2)])
"""
SHOWN = "Page\n====\n\n.. keras:automodel:: nets.py:model\n\n"


@pytest.fixture
def said(write):
    """The page with some text below a picture."""

    def make(text, **settings):
        return write({"nets.py": NETS, "index.rst": f"{SHOWN}{text}\n"}, **settings)

    return make


def test_models_by_their_whole_names_and_by_the_ends_of_them(said):
    roles = ":keras:model:`nets.py:model` :keras:model:`model` :keras:model:`the net <model>`"
    text = page(built(said(f"{roles} :any:`nets.py:model`")))
    assert text.count('href="#keras-model-index-0"') == 4
    assert '<span class="pre">the</span> <span class="pre">net</span>' in text


def test_a_model_that_is_not_there_is_told(said):
    app = said(":keras:model:`other`")
    app.build()
    assert "index.rst:6: WARNING: no model other is drawn" in app.warning.getvalue()


def test_layers_and_rules_with_titles(said):
    text = page(built(said(":keras:layer:`one <Conv1D>` :keras:rule:`the rank <input-rank>`")))
    assert "/convolution1d/" in text
    assert ">one</span>" in text
    assert "/rules/input-rank/" in text
    assert '<span class="pre">the</span> <span class="pre">rank</span>' in text


def test_layers_have_the_projects_own_pages(said):
    settings = {"keraslint_links": {"Sampling": "https://example.org/sampling"}}
    text = page(built(said(":keras:layer:`zoo.Sampling`", confoverrides=settings)))
    assert 'href="https://example.org/sampling"' in text


def test_shapes_of_layers_within_models(said):
    roles = ":keras:shape:`nets.py:model/inner/narrow = (None, 3)`"
    assert "(batch, 3)" in page(built(said(roles)))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("nets.py:model/dense = (None, 7)", "is (batch, 2), not (None, 7)"),
        ("nets.py:model/other", "no layer 'other'"),
        ("nets.py:other", "no model other"),
    ],
)
def test_shapes_are_checked(said, target, told):
    app = said(f":keras:shape:`{target}`")
    app.build()
    assert told in app.warning.getvalue()


def test_models_are_in_the_general_index_and_in_their_own(said):
    app = built(said(""))
    assert "nets.py:model (Keras model)" in page(app, "genindex.html")
    assert "nets.py:model" in page(app, "keras-models.html")


def test_other_projects_can_refer_to_models(said, tmp_path, site):
    inventory = built(said("")).outdir / "objects.inv"
    other = tmp_path / "other"
    other.mkdir()
    (other / "conf.py").write_text(
        "extensions = ['keraslint.sphinx', 'sphinx.ext.intersphinx']\n"
        f"intersphinx_mapping = {{'zoo': ('https://example.org/', {str(inventory)!r})}}\n"
    )
    roles = ":keras:model:`nets.py:model` and :external+zoo:keras:model:`nets.py:model`"
    (other / "index.rst").write_text(f"Other\n=====\n\n{roles}\n")
    text = page(built(site("other")))
    assert text.count('href="https://example.org/index.html#keras-model-index-0"') == 2


def test_pages_that_are_gone_are_forgotten(said, write):
    built(said("", freshenv=True))
    app = write({"index.rst": "Page\n====\n\nNothing.\n"})
    assert list(built(app).env.get_domain("keras").get_objects()) == []
