"""What is wrong is a warning where it stands, of a type that can be suppressed."""

from __future__ import annotations


def warnings(app):
    app.build()
    return app.warning.getvalue()


def test_findings_and_targets_are_told(site):
    text = warnings(site("trouble"))
    assert "index.rst:11: WARNING" in text
    assert "KL101" in text
    assert "[keraslint.input-rank]" in text
    assert "no file for 'missing.py'" in text
    assert "is no Python expression" in text
    assert "say what the layer is given" in text
    assert "KL999" in text


def test_the_picture_shows_it_all_the_same(site):
    app = site("trouble")
    app.build()
    assert "unknown from here on" in (app.outdir / "index.html").read_text(encoding="utf-8")


def test_types_can_be_suppressed(site):
    settings = {"suppress_warnings": ["keraslint.input-rank", "keraslint.target"]}
    assert warnings(site("trouble", confoverrides=settings)) == ""


def test_findings_can_be_left_out(site):
    text = warnings(site("trouble", confoverrides={"keraslint_findings": False}))
    assert "KL101" not in text
