from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keraslint.annotate import removals, updates
from keraslint.engine import analyse_source
from keraslint.findings import Edit, Fix
from keraslint.fixing import apply
from keraslint.sources import Source, read_source

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.py"))
UP_TO_DATE = ("tutorial", "tutorial_zh")
STYLES = ("auto", "below", "behind")


def source(text: str) -> Source:
    return Source("model.py", text, text)


def made(source: Source, edits: list[Edit]) -> Source:
    after = apply(source, [Fix("", tuple(edits))])
    assert after is not None
    return after


def annotated(source: Source, style: str = "auto") -> Source:
    return made(source, updates(analyse_source(source), style))


def cleared(source: Source) -> Source:
    return made(source, removals(analyse_source(source)))


@pytest.mark.parametrize("name", UP_TO_DATE)
def test_the_tutorial_is_up_to_date(name):
    (path,) = [path for path in EXAMPLES if path.stem == name]
    text = path.read_text(encoding="utf-8")
    assert updates(analyse_source(Source(str(path), text, text))) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_annotating_is_idempotent_and_removing_undoes_it(path, style):
    text = path.read_text(encoding="utf-8")
    program = Source(str(path), text, text)
    after = annotated(program, style)
    assert annotated(after, style).text == after.text
    if path.stem not in UP_TO_DATE:
        assert cleared(after).text == text


HEAD = "import keras\nfrom keras import layers\n\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "x = layers.Dense(3)(keras.Input((4,)))  # kept\n",
            "x = layers.Dense(3)(keras.Input((4,)))  # kept\n# Output Shape: (None, 3)\n",
        ),
        (
            "x = layers.Dense(3)(keras.Input((4,)))",
            "x = layers.Dense(3)(keras.Input((4,)))\n# Output Shape: (None, 3)",
        ),
        (
            "m = keras.Sequential([\n    keras.Input((4,)),\n    layers.Dense(3), # a\n])\n",
            """\
m = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(3), # a  # Output Shape: (None, 3)
])
""",
        ),
        (
            "x, h, c = layers.LSTM(3, return_state=True)(keras.Input((4, 2)))\n",
            """\
x, h, c = layers.LSTM(3, return_state=True)(keras.Input((4, 2)))
# Output Shape: [(None, 3), (None, 3), (None, 3)]
""",
        ),
        (
            "def f(n):\n\tx = layers.Dense(n)(keras.Input((4,)))\n\treturn layers.ReLU()(x)",
            """\
def f(n):
\tx = layers.Dense(n)(keras.Input((4,)))
\t# Output Shape: (None, n)
\treturn layers.ReLU()(x)
\t# Output Shape: (None, n)""",
        ),
    ],
)
def test_where_comments_go(before, after):
    assert annotated(source(HEAD + before)).text == HEAD + after


@pytest.mark.parametrize(
    "code",
    [
        "x = layers.Dense(3)(keras.Input((4,))); y = 1\n",
        "m = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(4)])\n",
        "y = layers.Dense(3)(keras.Input((4,))) + 1\n",
        "for n in (1, 2):\n    x = layers.Dense(n)(keras.Input((4,)))\n",
        "layer = layers.Dense(3)\n",
        "x = keras.Input((4,))\n",
        "if True: x = layers.Dense(3)(keras.Input((4,)))\n",
        "x = layers.Dense(3)(keras.Input((4,)))  # (batch, 3)\n",
    ],
)
def test_where_no_comments_go(code):
    assert annotated(source(HEAD + code)).text == HEAD + code


@pytest.mark.parametrize(
    ("comment", "right"),
    [
        ("# Output Shape: (None, 4)", "# Output Shape: (None, 3)"),
        ("# 输出形状: (None, 4) 好", "# 输出形状: (None, 3) 好"),
        ("# -> (batch, 5)", "# -> (batch, 3)"),
        ("# (None, 3, 1)", "# (None, 3)"),
    ],
)
@pytest.mark.parametrize("between", ["  ", "\n"])
def test_wrong_comments_are_corrected(comment, right, between):
    code = f"{HEAD}x = layers.Dense(3)(keras.Input((4,))){between}%s\n\ny = 1\n"
    assert annotated(source(code % comment)).text == code % right


def test_comments_above_the_next_layer_are_not_taken_for_wrong():
    code = (
        f"{HEAD}inputs = keras.Input((4,))\n"
        "# -> (None, 3)\nx = layers.Dense(3)(inputs)\n# -> (None, 5)\nx = layers.Dense(5)(x)\n"
    )
    found = updates(analyse_source(source(code)))
    assert not any("3" in edit.content for edit in found if "Output" not in edit.content)


def test_in_notebooks_a_comment_stays_in_its_cell():
    cell = '{"cell_type": "code", "metadata": {}, "outputs": [], "source": %s}'
    first = '["import keras\\n", "x = keras.layers.Dense(3)(keras.Input((4,)))"]'
    second = '"# -> (None, 7)\\ny = keras.layers.Dense(5)(x)"'
    text = f'{{"cells": [{cell % first}, {cell % second}], "metadata": {{}}, "nbformat": 4}}'
    program = read_source("n.ipynb", text.encode())
    after = annotated(program).original
    assert '(keras.Input((4,)))\\n", "# Output Shape: (None, 3)"]' in after
    assert '"# -> (None, 7)\\ny = keras.layers.Dense(5)(x)\\n# Output Shape: (None, 5)"' in after
    assert cleared(read_source("n.ipynb", after.encode())).original == text


lines = st.sampled_from(
    [
        "x = layers.Dense({n})(x)",
        "x = layers.Dense({n})(x)  # a remark",
        "# Output Shape: (None, {n})",
        "# -> (None, {n})",
        "# a remark",
        "",
        "model.add(layers.Dense({n}))",
        "model.add(\n    layers.Dense(\n        {n},\n    )\n)",
        "m = keras.Sequential([\n    keras.Input((3,)),\n    layers.Dense({n}),\n])",
        "if x is not None:\n    x = layers.Dense({n})(x)\nelse:\n    x = layers.ReLU()(x)",
    ]
)
programs = st.lists(st.tuples(lines, st.integers(1, 3)), max_size=8).map(
    lambda drawn: (
        f"{HEAD}x = keras.Input((2,))\nmodel = keras.Sequential()\nmodel.add(keras.Input((2,)))\n"
        + "\n".join(line.format(n=n) for line, n in drawn)
    )
)


@settings(max_examples=100)
@given(programs, st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_annotating_twice_is_annotating_once(program, style, newline):
    before = read_source("model.py", program.replace("\n", newline).encode())
    after = annotated(before, style)
    assert annotated(after, style).text == after.text
    assert "\n" not in after.text.replace("\r\n", "") or newline == "\n"
    code = [line.partition("#")[0].rstrip() for line in program.split("\n")]
    kept = [line.partition("#")[0].rstrip() for line in after.text.split("\n")]
    assert [line for line in kept if line] == [line for line in code if line]
