"""Pages with pictures, by every builder."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from tests.sphinx.conftest import built, page

BUILDERS = [
    "changes",
    "dirhtml",
    "dummy",
    "epub",
    "gettext",
    "html",
    "json",
    "latex",
    "linkcheck",
    "man",
    "pickle",
    "pseudoxml",
    "singlehtml",
    "texinfo",
    "text",
    "xml",
]


def pages(domain):
    return [(name, docname) for name, _, _, docname, *_ in domain.get_objects()]


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_is_content(site, builder):
    built(site("models", builder))


def test_html_has_the_picture_inline_with_a_table_below(site):
    app = built(site("models"))
    text = page(app)
    assert len(re.findall(r'<svg [^>]*class="keraslint"', text)) == 2
    assert "3 × 32" in text
    assert "<summary>2 layers</summary>" in text
    assert ">Two convolutions over ten steps</desc>" in text
    assert 'href="_static/keraslint.css' in text
    assert "var(--kl-" in page(app, "_static/keraslint.css")
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_a_picture_shown_twice_has_ids_of_its_own(site):
    app = site("models", "singlehtml")
    layer = "\n.. keras:layer:: Dense(3)\n   :input: (7,)\n"
    for name in ("index.rst", "other.rst"):
        source = app.srcdir / name
        source.write_text(source.read_text() + 2 * layer)
    text = page(built(app))
    assert text.count("<summary>1 layer</summary>") == 5
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_pages_without_pictures_have_no_style_of_theirs(site):
    assert "keraslint.css" not in page(built(site("models")), "search.html")


def test_captions_are_numbered_and_names_lead_to_pictures(site):
    app = built(site("models"))
    text = page(app)
    assert "Fig. 1" in text
    assert 'href="#fig-conv"' in text
    assert 'href="index.html#keras-model-index-0"' in page(app, "other.html")
    assert "https://keras.io/api/layers/convolution_layers/convolution1d/" in text
    assert "/rules/input-rank/" in text
    assert "(batch, 10, 64)" in text


def test_functions_are_called_with_the_arguments_of_the_page(site):
    text = page(built(site("models")))
    assert "× 4" in text
    assert ">build — " in text
    assert "keraslint_model" not in text


def test_code_has_its_shape_comments(site):
    text = page(built(site("models", "text")), "other.txt")
    assert "(None, 26, 26, 8)" in text


def test_latex_gets_tikz(site):
    app = built(site("models", "latex"))
    text = page(app, "models.tex")
    assert text.count("\\begin{tikzpicture}") == 6
    assert "\\usepackage{tikz}" in text


def test_text_and_manual_pages_get_tables(site):
    assert "Conv1D" in page(built(site("models", "text")), "index.txt")
    assert "Conv1D" in page(built(site("models", "man")), "models.1")


def test_epub_gets_files(site):
    app = built(site("models", "epub"))
    (book,) = app.outdir.glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if "keraslint-" in name]
        assert len(names) == 6
        for name in names:
            ET.fromstring(archive.read(name))
        text = archive.read("index.xhtml").decode()
    assert "<svg" not in text
    assert 'alt="Two convolutions over ten steps"' in text


def test_models_are_in_the_inventory(site):
    app = built(site("models"))
    names = [name for name, *_ in app.env.get_domain("keras").get_objects()]
    assert names == ["net", "nets.py:build", "nets.py:model", "nets:build"]


def test_a_model_drawn_on_two_pages_is_found_on_either(site):
    app = site("models", parallel=2)
    for name in ("aside", "index"):
        source = app.srcdir / f"{name}.rst"
        before = source.read_text() if source.exists() else ":orphan:\n\nAside\n=====\n"
        source.write_text(f"{before}\n.. keras:automodel:: nets.py:model\n")
    domain = built(app).env.get_domain("keras")
    assert ("nets.py:model", "aside") in pages(domain)
    domain.clear_doc("aside")
    assert ("nets.py:model", "index") in pages(domain)


def test_xml_has_the_picture_as_text(site):
    root = ET.fromstring(page(built(site("models", "xml")), "index.xml"))
    pictures = list(root.iter("keras_picture"))
    assert pictures
    assert not any("Picture(" in value for node in pictures for value in node.attrib.values())
    assert "Conv1D" in "".join(pictures[0].itertext())


HOSTILE = [
    "<script>alert(1)<script>",
    "\"'&amp;",
    "\\input{x}$_%#^~",
    "😀",
    "שלום",
    "n" * 200,
]


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "text", "man", "xml", "texinfo"])
def test_names_from_programs_do_no_harm(write, builder):
    layers = "".join(f"   net.add(keras.layers.Dense(3, name={name!r}))\n" for name in HOSTILE)
    text = f"   import keras\n   net = keras.Sequential()\n   net.add(keras.Input((3,)))\n{layers}"
    views = "".join(
        f".. keras:model::\n   :view: {view}\n   :params:\n   :show-code:\n\n{text}\n"
        for view in ("tensors", "graph", "table", "summary")
    )
    settings = {"epub_copyright": "none", "version": "1"}
    app = built(write({"index.rst": f"Page\n====\n\n{views}"}, builder, confoverrides=settings))
    written = "".join(
        path.read_text(encoding="utf-8")
        for path in app.outdir.rglob("*")
        if path.suffix in {".html", ".xhtml", ".tex", ".xml"}
    )
    assert "<script>alert" not in written
    if builder == "latex":
        verbatim = r"\\begin\{sphinxVerbatim\}.*?\\end\{sphinxVerbatim\}"
        shown = re.sub(verbatim, "", written, flags=re.DOTALL)
        assert "$_%#" not in shown
    for path in (
        path for path in app.outdir.rglob("*") if path.suffix in {".xhtml", ".xml", ".svg"}
    ):
        ET.fromstring(path.read_text(encoding="utf-8"))
