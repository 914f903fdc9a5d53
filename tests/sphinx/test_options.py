"""What each option of the directives does."""

from __future__ import annotations

import re

import pytest

from tests.sphinx.conftest import built, page

NETS = '''\
"""Models for the pages."""

import keras
from keras import layers

SIZES = [4] * 6


def build(units=8):
    """A stack of dense layers."""
    x = inputs = keras.Input((16,))
    x = layers.Dense(7)(x)
    for size in SIZES:
        x = layers.Dense(size * units)(x)
    return keras.Model(inputs, x)


def other():
    return 1
'''


@pytest.fixture
def shown(write):
    """A page with one directive for the model above, built without a warning."""

    def make(options, builder="html", directive=".. keras:automodel:: nets.py:build", **settings):
        lines = "".join(f"   {line}\n" for line in options.splitlines())
        text = f"Page\n====\n\n{directive}\n{lines}\n"
        app = built(write({"nets.py": NETS, "index.rst": text}, builder, **settings))
        return page(app, {"html": "index.html", "text": "index.txt"}.get(builder, builder))

    return make


def test_params_are_a_table_of_every_builder(shown):
    text = shown(":params:", "text")
    assert re.search(r"dense \(Dense\).*\(batch, 7\).*16×7 \+ 7.*119.*119", text)
    assert re.search(r"Total .*5,655.*5,655", text)


def test_params_leave_no_second_table(shown):
    text = shown(":params:")
    assert text.count("<table") == 1
    assert "keraslint-table" not in text


def test_arguments_are_what_the_function_is_called_with(shown):
    assert "(batch, 12)" in shown(":arguments: units=3")


def test_views(shown):
    table, graph = shown(":view: table"), shown(":view: graph")
    assert "kl-flow" in graph
    assert "kl-flow" not in table
    assert "Total params: 5,655" in shown(":view: summary")
    assert "/nets.py:" not in shown(":view: summary")


def test_collapse_and_its_default(shown):
    text = shown(":view: graph\n:collapse: none")
    assert text != shown(":view: graph")
    assert text == shown(":view: graph", confoverrides={"keraslint_collapse": "none"})


def test_direction(shown):
    layer = ".. keras:layer:: Dense(3)"
    down = shown(":input: (7,)\n:direction: down", directive=layer)
    assert down != shown(":input: (7,)\n:direction: right", directive=layer)


def test_language_of_the_words(shown):
    text = shown(":view: graph\n:lang: zh")
    assert ">7 个单元<" in text
    assert "<summary>8 层</summary>" in text
    assert "<th>参数量</th>" in text
    assert "units" not in text
    chinese = {"language": "zh_CN"}
    assert ">7 个单元<" in shown(":view: graph", confoverrides=chinese)


def test_code_is_that_of_the_function_highlighted_with_shapes(shown):
    text = shown(":show-code:")
    code = re.sub("<[^>]*>", "", text[text.index('class="highlight-python') : text.index("<svg")])
    assert "def build(units=8):" in code
    assert "SIZES =" not in code
    assert "def other" not in code
    assert "# Output Shape: (None, 7)" in code
    assert '<span class="k">def</span>' in text
    assert "keraslint-beside" in text


def test_the_code_of_a_variable_is_the_program(shown):
    model = ".. keras:model::\n   :show-code:\n\n   import keras\n   net = keras.Sequential()\n"
    assert "import keras" in shown("", "text", model)


def test_alt_align_class_and_name(shown):
    text = shown(":alt: A <stack>\n:align: right\n:class: wide tall\n:name: the-stack")
    assert ">A &lt;stack&gt;</desc>" in text
    assert 'class="keraslint-picture align-right wide tall"' in text
    assert 'id="the-stack"' in text


def test_captions_are_numbered(write):
    text = (
        "Page\n====\n\n.. keras:automodel:: nets.py:build\n   :caption: The *stack*\n"
        "   :name: stack\n   :align: left\n\nSee :numref:`stack` and :ref:`stack`.\n"
    )
    app = built(write({"nets.py": NETS, "index.rst": text}, confoverrides={"numfig": True}))
    html = page(app)
    assert '<figure class="align-left" id="stack">' in html
    assert re.search(r'href="#stack"><span class="std std-numref">Fig. 1</span>', html)
    assert re.search(r'href="#stack"><span class="std std-ref">The stack</span>', html)


def test_a_name_without_a_caption_is_a_place_to_refer_to(write):
    text = (
        "Page\n====\n\n.. keras:automodel:: nets.py:build\n   :name: stack\n\n"
        "See :ref:`there <stack>`.\n"
    )
    html = page(built(write({"nets.py": NETS, "index.rst": text})))
    assert 'id="stack"' in html
    assert 'href="#stack"' in html


@pytest.mark.parametrize(
    "option", [":view: sideways", ":collapse: much", ":align: up", ":direction: left"]
)
def test_values_that_there_are_not(write, option):
    text = f".. keras:automodel:: nets.py:build\n   {option}\n"
    app = write({"nets.py": NETS, "index.rst": text})
    app.build()
    assert option.split()[-1] in app.warning.getvalue()


def test_layers_stand_beside_each_other(shown):
    directive = ".. keras:compare::"
    options = ":input: (10, 32)\n\nConv1D(64, 1)\nConv1D(64, 3)\nConv1D(64, 5)"
    text = shown(options, "html", directive)
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="keraslint"') == 3
    assert len(re.findall(r'viewBox="0 0 328 ', text)) == 3
    assert text.count("keraslint-compare") == 1


def test_a_comparison_can_have_a_caption(shown):
    directive = ".. keras:compare::"
    options = ":input: (10, 32)\n:caption: Two\n\nConv1D(4, 1)\nConv1D(4, 3)"
    text = shown(options, "html", directive)
    assert text.count("<figcaption>") == 1


def test_axes_and_links_are_the_projects_own(shown):
    settings = {
        "keraslint_axes": {"features": "words"},
        "keraslint_links": {"Dense": "https://example.org/dense"},
    }
    text = shown("", confoverrides=settings)
    assert "words" in text
    assert "https://example.org/dense" in text


def test_narrow_pictures_stand_beside_their_code(shown):
    layer = ".. keras:layer:: Dense(3)"
    text = shown(":input: (7,)\n:show-code:", directive=layer)
    assert 'class="keraslint-beside keraslint-narrow docutils container"' in text
    assert 'viewBox="0 0 328 ' in text
    wide = shown(":show-code:\n:view: graph")
    assert 'class="keraslint-beside docutils container"' in wide
