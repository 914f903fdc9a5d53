"""Sphinx's own test fixtures, on the sites beside this file."""

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
