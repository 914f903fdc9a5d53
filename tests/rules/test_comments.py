"""What comments and docstrings say."""

import pytest

from keraslint.engine import analyse_source
from keraslint.rules import find
from keraslint.sources import Source, read_source

RAISES = "Traceback (most recent call last):"
HEAD = "import keras\nfrom keras import layers\n\nx = keras.Input((4,))\n"


def found(code: str, rule: str, name: str = "a.py"):
    source = Source(name, code, code) if name.endswith(".py") else read_source(name, code.encode())
    return [
        (f.location.row, f.location.column, f.message)
        for f in find(rule)().check(analyse_source(source))
    ]


@pytest.mark.parametrize(
    "code",
    [
        "y = layers.Dense(3)(x)  # (batch, 3)\n",
        "y = layers.Dense(3)(x)  # (batch, units)\n",
        "y = layers.Dense(3)(x) + keras.ops.zeros((5, 1, 3))  # (5, batch, 3)\n",
        "y = keras.ops.reshape(layers.Dense(4)(x), (-1, 2, 2))  # (batch, 2, 2)\n",
        "y = layers.Dense(3)(x)\n# (batch, 5) comes next:\n",
        "y = layers.Dense(3)(x)\n# -> (batch, 5)\ny = layers.Dense(5)(y)\n",
        "for n in (3, 4):\n    y = layers.Dense(n)(x)  # (batch, 3)\n",
        "y = layers.Dense(int(input()))(x)  # (batch, 3)\n",
    ],
)
def test_comments_that_may_be_right(code):
    assert found(HEAD + code, "shape-comment") == []


@pytest.mark.parametrize(
    ("code", "row", "said", "right"),
    [
        ("y = layers.Dense(3)(x)  # (batch, 4)\n", 5, "(batch, 4)", "(batch, 3)"),
        ("y = layers.Dense(3)(x)\n# -> (None, 4)\n\nz = 1\n", 6, "(None, 4)", "(None, 3)"),
        (
            "dense = layers.Dense(3)\ny = dense(x)  # Output Shape: (None, 4)\n",
            6,
            "(None, 4)",
            "(None, 3)",
        ),
        (
            "for n in (3, 4):\n    y = layers.ReLU()(x)  # (batch, 3)\n",
            6,
            "(batch, 3)",
            "(batch, 4)",
        ),
    ],
)
def test_comments_that_are_wrong(code, row, said, right):
    ((at, _, message),) = found(HEAD + code, "shape-comment")
    assert at == row
    assert message == f"the comment says {said}, but the output shape is {right}"


def test_examples_in_docstrings_are_found_where_they_stand():
    code = '''\
class Block:
    """Makes blocks.

    ```python
    import keras
    layer = keras.layers.Dense(3, nonsense=1)
    ```
    """

    def build(self):
        r"""Builds.

        >>> import keras
        >>> model = keras.Sequential([keras.Input((8,)), keras.layers.LSTM(3)])
        """
'''
    ((one, column, first), (other, _, second)) = found(code, "docstring-example")
    assert (one, column, other) == (6, 35, 14)
    assert "'nonsense'" in first
    assert "LSTM needs a 3-D input" in second


@pytest.mark.parametrize(
    "body",
    [
        f">>> import keras\n    >>> keras.layers.Dense(3, x=1)\n    {RAISES}\n",
        ">>> import keras\n    >>> layer = make(3)(keras.Input((3, 4, 5)))\n",
        "keras.layers.Dense(3, nope=1)\n",
        ">>> import keras\n    >>> 'a\\\\tb', keras.layers.Dense(3, nope=1)\n",
    ],
)
def test_examples_that_nobody_can_blame(body):
    code = f'def f():\n    """Does it.\n\n    {body}    """\n'
    assert found(code, "docstring-example") == []


BUILDER = """\
import keras
from keras import layers


def build({parameters}):
    {quote}A model.

    Output shape: {said}
    {end}
    inputs = keras.Input((12, 64))
    return keras.Model(inputs, layers.Conv1D({filters}, 3)(inputs))


{more}
"""


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"said": "(None, 10, 64)"}, "(None, 10, 32)"),
        ({"said": "(batch, 10, 64)"}, "(batch, 10, 32)"),
        ({"said": "(None, 10, 64).", "quote": 'r"""'}, "(None, 10, 32)"),
        (
            {"said": "(None, 10, 64)", "parameters": "filters=32", "filters": "filters"},
            "(None, 10, 32)",
        ),
        ({"said": "(None, 10, 32)"}, None),
        ({"said": "(None, steps, 32)"}, None),
        ({"said": "(None, 10, 64) or so"}, None),
        ({"said": "a tensor"}, None),
        ({"said": "(None, 10, 64)", "parameters": "filters", "filters": "filters"}, None),
        (
            {
                "said": "(None, 10, 64)",
                "parameters": "filters=32",
                "filters": "filters",
                "more": "build(8)",
            },
            None,
        ),
        ({"said": "(None, 10, 64)", "more": "build()\nbuild()"}, "(None, 10, 32)"),
        (
            {
                "said": "(None, 10, 64)",
                "parameters": "filters=32",
                "filters": "filters",
                "more": "build(8)\nbuild(9)",
            },
            None,
        ),
    ],
)
def test_the_docstring_of_a_function_that_makes_a_model(changes, right):
    texts = {"parameters": "", "quote": '"""', "end": '"""', "filters": "32", "more": ""} | changes
    code = BUILDER.format(**texts)
    told = [*find("KL601")().check(analyse_source(Source("a.py", code, code)))]
    if right is None:
        assert told == []
        return
    (finding,) = told
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    row = code.split("\n")[edit.location.row - 1]
    mended = row[: edit.location.column - 1] + edit.content + row[edit.location.end_column - 1 :]
    assert mended.rstrip(".") == f"    Output shape: {right}"


@pytest.mark.parametrize(
    "line",
    [
        "y = layers.Dense(3)(x)  # (batch, 4)\r\n",
        "y = layers.Dense(3, name='#a')(x)  # (batch, 4)\n",
        "y = layers.Dense(3)(x)  ## (batch, 4)\n",
        f"y = layers.Dense(3, name='#{'a' * 600}')(x)  # (batch, 4)\n",
    ],
)
def test_comments_are_found_wherever_they_begin(line):
    ((row, _, message),) = found(HEAD + line, "shape-comment")
    assert row == 5
    assert "(batch, 4)" in message


def test_examples_in_docstrings_of_one_text_have_each_their_own_place():
    example = """'''Make it.

        >>> import keras
        >>> m = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv1D(4, 3)])
        '''"""
    code = "".join(f"def {name}():\n    {example}\n\n\n" for name in "fg")
    code += f"def h():\n    {example.replace('Make', 'Show')}\n"
    rows = [row for row, *_ in found(code, "docstring-example")]
    assert rows == [n for n, line in enumerate(code.splitlines(), 1) if "Conv1D" in line]
