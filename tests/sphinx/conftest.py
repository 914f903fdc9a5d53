"""Sphinx's own test fixtures, on the sites beside this file and on pages written in tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

ROOTS = Path(__file__).parent / "data"


@pytest.fixture
def site(tmp_path):
    """Build one of the sites, in a folder of its own."""

    made: list[SphinxTestApp] = []

    def make(name, builder="html", **settings):
        folder = tmp_path / name
        if not folder.exists():
            shutil.copytree(ROOTS / f"test-{name}", folder)
        while made:
            made.pop().cleanup()
        made.append(SphinxTestApp(builder, srcdir=folder, **settings))
        return made[0]

    yield make
    while made:
        made.pop().cleanup()


@pytest.fixture
def write(tmp_path, site):
    """Write a site of the given files, and build it again whenever it is called again."""

    def make(files=None, builder="html", extensions=(), **settings):
        folder = tmp_path / "written"
        if not folder.exists():
            folder.mkdir()
            names = ["keraslint.sphinx", *extensions]
            (folder / "conf.py").write_text(f"extensions = {names!r}\nproject = 'written'\n")
        for name, text in (files or {}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return site("written", builder, **settings)

    return make


def built(app):
    """The site, built without a warning."""
    app.build()
    assert app.warning.getvalue() == ""
    return app


def page(app, name="index.html"):
    """What was written."""
    return (app.outdir / name).read_text(encoding="utf-8")
