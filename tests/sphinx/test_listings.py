"""Shape comments in blocks of code."""

from __future__ import annotations

import re
from html import unescape

import pytest

from keraslint.sphinx.listings import definition
from tests.sphinx.conftest import built, page

NETS = """\
import keras
from keras.layers import Conv1D
from blocks import STEPS

model = keras.Sequential()
model.add(keras.Input((STEPS, 32)))
model.add(Conv1D(64, 3))
model.add(Conv1D(32, 3))  # Output Shape: (None, 1, 1)
"""


def code(app):
    found = re.search(r'<div class="highlight">(.*?)</pre>', page(app), re.DOTALL)
    assert found is not None
    return unescape(re.sub("<[^>]*>", "", found[1]))


def included(options):
    return f"Page\n====\n\n.. literalinclude:: nets.py\n{options}"


@pytest.fixture
def nets(write):
    def make(options):
        files = {"nets.py": NETS, "blocks.py": "STEPS = 10\n", "index.rst": included(options)}
        return built(write(files))

    return make


def test_included_files_get_shapes_and_keep_their_lines(nets):
    text = code(nets("   :keras-shapes:\n"))
    assert len(text.rstrip().splitlines()) == len(NETS.splitlines())
    assert "Conv1D(64, 3))  # Output Shape: (None, 8, 64)" in text
    assert "Conv1D(32, 3))  # Output Shape: (None, 6, 32)" in text


def test_without_the_option_files_stay_as_they_are(nets):
    assert code(nets("")).rstrip() == NETS.rstrip()


def test_parts_of_a_file_are_read_as_parts_of_the_whole(nets):
    text = code(nets("   :keras-shapes:\n   :lines: 7\n   :lineno-match:\n   :caption:\n"))
    assert "model.add(Conv1D(64, 3))  # Output Shape: (None, 8, 64)" in text
    assert text.lstrip().startswith("7")


def test_the_page_is_read_again_when_an_imported_file_changes(write, nets):
    nets("   :keras-shapes:\n")
    app = write({"blocks.py": "STEPS = 20\n"})
    assert list(app.builder.read()) == ["index"]
    assert "(None, 18, 64)" in code(built(write()))


@pytest.mark.parametrize("name", ["code-block", "sourcecode"])
def test_blocks_get_shapes(write, name):
    lines = "".join(f"   {line}\n" for line in NETS.replace("STEPS", "10").splitlines()[:-1])
    lines = lines.replace("   from blocks import 10\n", "")
    text = f"Page\n====\n\n.. {name}:: python\n   :keras-shapes:\n   :emphasize-lines: 6\n\n{lines}"
    shown = code(built(write({"index.rst": text})))
    assert "model.add(Conv1D(64, 3))  # Output Shape: (None, 8, 64)" in shown


def test_what_is_no_program_stays_as_it_is(write):
    text = ".. code-block:: python\n   :keras-shapes:\n\n   keras = (\n"
    app = write({"index.rst": f"Page\n====\n\n{text}"})
    app.build()
    assert code(app).strip() == "keras = ("


def test_files_that_are_not_there_are_told(write):
    app = write({"index.rst": included("   :keras-shapes:\n")})
    app.build()
    text = app.warning.getvalue()
    assert "index.rst:4: WARNING: Include file" in text
    assert "keraslint.target" in app.types.seen


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("f", "def f():", "    return 1"), ("C.g", "@d", "    pass"), ("x", "x = 1", "    pass")],
)
def test_definitions(name, first, last):
    program = "x = 1\ndef f():\n    return 1\nclass C:\n    @d\n    def g(self):\n        pass\n"
    lines = definition(program, name).splitlines()
    assert lines[0] == first
    assert lines[-1].strip() == last.strip()
