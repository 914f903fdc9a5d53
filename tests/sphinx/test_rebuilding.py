"""What is read again, and that every way of building gives the same."""

from __future__ import annotations

import pytest

from tests.sphinx.conftest import built, page

MODEL = """\
import keras
from blocks import body

model = keras.Sequential([keras.Input((10, 32)), *body()])
"""
FILES = {
    "sizes.py": "WIDTH = 4\n",
    "blocks.py": "import keras\nfrom sizes import WIDTH\n\n\ndef body():\n"
    "    return [keras.layers.Conv1D(WIDTH, 3)]\n",
    "first.py": MODEL,
    "second.py": MODEL,
    "third.py": "import keras\n"
    "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n",
    "index.rst": "Index\n=====\n\n.. toctree::\n   :glob:\n\n   page*\n",
    "page1.rst": "One\n===\n\n.. keras:automodel:: first.py:model\n",
    "page2.rst": "Two\n===\n\n.. keras:automodel:: second.py:model\n",
    "page3.rst": "Three\n=====\n\n.. keras:automodel:: third.py:model\n",
    "page4.rst": "Four\n====\n\nThe shape is :keras:shape:`second.py:model`.\n",
    "page5.rst": "Five\n====\n\nNo model.\n",
}


def read(app):
    return sorted(app.builder.read())


def test_what_has_not_changed_is_not_read(write):
    built(write(FILES))
    assert read(write()) == []


@pytest.mark.parametrize("parallel", [1, 2])
@pytest.mark.parametrize(
    ("changed", "pages"),
    [
        ("first.py", ["page1"]),
        ("second.py", ["page2", "page4"]),
        ("third.py", ["page3"]),
        ("blocks.py", ["page1", "page2", "page4"]),
        ("sizes.py", ["page1", "page2", "page4"]),
    ],
)
def test_what_has_changed_is_read_by_the_pages_that_show_it(write, parallel, changed, pages):
    built(write(FILES, parallel=parallel))
    text = FILES[changed].replace("WIDTH = 4", "WIDTH = 5") + "# touched\n"
    app = write({changed: text})
    assert read(app) == pages


def test_a_value_from_another_file_is_taken_anew(write):
    assert "(batch, 8, 4)" in page(built(write(FILES)), "page2.html")
    app = built(write({"sizes.py": "WIDTH = 5\n"}))
    assert "(batch, 8, 5)" in page(app, "page2.html")


def test_the_settings_of_the_project_count(write):
    wrong = "import keras\nfrom keras.layers import Conv1D\n\n"
    wrong += "model = keras.Sequential([keras.Input((8, 8, 3)), Conv1D(4, 3)])\n"
    app = write({**FILES, "third.py": wrong})
    app.build()
    assert "keraslint.input-rank" in app.types.seen
    built(write({"keraslint.toml": 'ignore = ["KL101"]\n'}, freshenv=True))
    assert read(write()) == []
    assert "page3" in read(write({"keraslint.toml": 'ignore = ["input-rank"]\n'}))


def test_a_page_without_its_model_is_read_until_there_is_one(write):
    files = {**FILES, "page3.rst": "Three\n=====\n\n.. keras:automodel:: missing.py:model\n"}
    write(files).build()
    assert read(write()) == ["page3"]
    built(write({"missing.py": FILES["third.py"]}))
    assert read(write()) == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "latex", "text", "xml"])
def test_serial_and_parallel_builds_are_the_same(site, builder):
    def bytes_of(app):
        left_out = (".doctrees", "environment.pickle", ".buildinfo")
        return {
            path.relative_to(app.outdir): path.read_bytes()
            for path in app.outdir.rglob("*")
            if path.is_file() and not any(part in left_out for part in path.parts)
        }

    serial = bytes_of(built(site("models", builder)))
    assert bytes_of(built(site("models", builder, freshenv=True))) == serial
    assert bytes_of(built(site("models", builder, parallel=2, freshenv=True))) == serial
