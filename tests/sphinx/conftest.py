"""Sphinx's own test fixtures, on the sites beside this file and on pages written in tests."""

from __future__ import annotations

import logging
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sphinx
from sphinx.testing.util import SphinxTestApp

OLD = sphinx.version_info < (7, 2)
as_path = import_module("sphinx.testing.path").path if OLD else Path
"""Paths as Sphinx's test fixtures take them."""


class Types(logging.Handler):
    """The types of all warnings, which Sphinx before 7.3 does not show."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.seen = []

    def emit(self, record):
        kind, sub = getattr(record, "type", None), getattr(record, "subtype", None)
        self.seen.append(f"{kind}.{sub}")


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
        app: Any = SphinxTestApp(builder, srcdir=as_path(folder), **settings)
        made.append(app)
        app.srcdir, app.outdir = Path(app.srcdir), Path(app.outdir)
        if not hasattr(app, "warning"):  # older than Sphinx 7.3
            app.warning = app._warning
        app.types = Types()
        logging.getLogger("sphinx").addHandler(app.types)
        return app

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
