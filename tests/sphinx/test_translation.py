"""Captions are translated, what pictures are drawn from is not."""

from __future__ import annotations

import pytest

from tests.sphinx.conftest import built, page

TEXT = """\
Page
====

.. keras:model:: net
   :caption: A small net
   :show-code:
   :params:

   import keras
   net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])

.. keras:compare::
   :input: (10, 32)
   :caption: Two layers

   Conv1D(4, 1)
   Conv1D(4, 3)
"""
CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
CATALOG += 'msgid "A small net"\nmsgstr "Ein kleines Netz"\n'


def test_catalogs_hold_captions_and_no_sources(write):
    everything = ["literal-block", "index", "image"]
    settings = {"gettext_additional_targets": everything}
    app = built(write({"index.rst": TEXT}, "gettext", confoverrides=settings))
    text = page(app, "index.pot")
    assert 'msgid "A small net"' in text
    assert 'msgid "Two layers"' in text
    for source in ("Sequential", "Dense", "Conv1D", "batch", "Params"):
        assert source not in text


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_captions_are_translated(write, builder):
    files = {"index.rst": TEXT, "locale/de/LC_MESSAGES/index.po": CATALOG}
    settings = {"language": "de", "locale_dirs": ["locale"]}
    app = built(write(files, builder, confoverrides=settings))
    text = page(app, "index.html" if builder == "html" else "written.tex")
    assert "Ein kleines Netz" in text
    assert "A small net" not in text
