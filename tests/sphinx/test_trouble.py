"""What is wrong is a warning where it stands, of a type that can be suppressed."""

from __future__ import annotations

import pytest
from sphinx.cmd.build import build_main
from sphinx.errors import ConfigError

from tests.sphinx.conftest import ROOTS


def warnings(app):
    app.build()
    return app.warning.getvalue()


def test_findings_and_targets_are_told(site):
    app = site("trouble")
    text = warnings(app)
    assert "index.rst:11: WARNING" in text
    assert "KL101" in text
    assert "keraslint.input-rank" in app.types.seen
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


def test_strict_builds_fail(tmp_path):
    source = str(ROOTS / "test-trouble")
    assert build_main(["-q", "-W", "-d", f"{tmp_path}/trees", source, f"{tmp_path}/html"]) != 0


def test_a_directive_can_show_a_mistake_on_purpose(write):
    wrong = "   import keras\n   from keras.layers import Conv2D, Input\n"
    wrong += "   net = keras.Sequential([Input((10, 32)), Conv2D(4, 3)])\n"
    app = write({"index.rst": f"Page\n====\n\n.. keras:model::\n   :no-findings:\n\n{wrong}"})
    assert warnings(app) == ""


def test_a_finding_is_told_once_on_a_page(write):
    wrong = "import keras\nfrom keras.layers import Conv2D, Input\n"
    wrong += "net = keras.Sequential([Input((10, 32)), Conv2D(4, 3)])\n"
    twice = "Page\n====\n\n" + 2 * ".. keras:automodel:: nets.py:net\n\n"
    assert warnings(write({"nets.py": wrong, "index.rst": twice})).count("nets.py:3") == 1


def test_settings_that_make_no_sense_are_refused(write):
    with pytest.raises(ConfigError, match="keraslint_collapse"):
        write({"index.rst": ""}, confoverrides={"keraslint_collapse": "much"})


def test_settings_of_the_wrong_type_are_told(write):
    app = write({"index.rst": "Page\n====\n"}, confoverrides={"keraslint_links": "x"})
    assert "keraslint_links" in warnings(app)


def test_settings_of_the_project_that_cannot_be_read_are_told(write):
    files = {
        "keraslint.toml": "ignore = 3\n",
        "nets.py": "import keras\nnet = keras.Sequential()\n",
        "index.rst": "Page\n====\n\n.. keras:automodel:: nets.py:net\n",
    }
    assert "expected a list of strings" in warnings(write(files))
