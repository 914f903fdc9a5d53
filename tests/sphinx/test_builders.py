"""Pages with pictures, by every builder."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

import pytest


def built(app):
    app.build()
    assert app.warning.getvalue() == ""
    return app


def page(app, name="index.html"):
    return (app.outdir / name).read_text(encoding="utf-8")


def pages(domain):
    return [(name, docname) for name, _, _, docname, *_ in domain.get_objects()]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "latex", "text", "man"])
def test_every_builder_is_content(site, builder):
    built(site("models", builder))


def test_html_has_the_picture_inline_with_a_table_below(site):
    text = page(built(site("models")))
    assert len(re.findall(r'<svg [^>]*class="keraslint"', text)) == 3
    assert "3 × 32" in text
    assert "<summary>2 layers</summary>" in text
    assert ">Two convolutions over ten steps</desc>" in text
    assert "var(--kl-" in text
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
    assert "--kl-" not in page(built(site("models")), "search.html")


def test_captions_are_numbered_and_names_lead_to_pictures(site):
    app = built(site("models"))
    text = page(app)
    assert "Fig. 1" in text
    assert 'href="#fig-conv"' in text
    assert 'href="index.html#index-keras-model-0"' in page(app, "other.html")
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
    assert text.count("\\begin{tikzpicture}") == 5
    assert "\\usepackage{tikz}" in text


def test_text_and_manual_pages_get_tables(site):
    assert "Conv1D" in page(built(site("models", "text")), "index.txt")
    assert "Conv1D" in page(built(site("models", "man")), "models.1")


def test_epub_gets_files(site):
    app = site("models", "epub", confoverrides={"exclude_patterns": [".doctrees"]})
    app.build()
    (book,) = app.outdir.glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if "keraslint-" in name]
        assert len(names) == 5
        for name in names:
            ET.fromstring(archive.read(name))
        text = archive.read("index.xhtml").decode()
    assert "<svg" not in text
    assert 'alt="Two convolutions over ten steps"' in text


def test_models_are_in_the_inventory(site):
    app = built(site("models"))
    names = [name for name, *_ in app.env.get_domain("keras").get_objects()]
    assert names == ["net", "nets.py:build", "nets.py:model", "nets:build"]


def test_serial_and_parallel_builds_are_the_same(site, tmp_path):
    serial = built(site("models"))
    first = {p.name: p.read_bytes() for p in serial.outdir.glob("*.html")}
    parallel = built(site("models", parallel=2, freshenv=True))
    assert {p.name: p.read_bytes() for p in parallel.outdir.glob("*.html")} == first


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


def test_a_page_is_read_again_when_its_model_changes(site):
    built(site("models"))
    again = site("models")
    again.builder.read()
    assert list(again.env.get_outdated_files(False)[1]) == []
    nets = again.srcdir / "nets.py"
    nets.write_text(nets.read_text().replace("STEPS = 10", "STEPS = 12"))
    touched = site("models")
    updated = touched.builder.read()
    assert list(updated) == ["index"]
