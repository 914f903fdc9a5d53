import ast
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keraslint.sources.magics import plain_python


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("x = 1\n", "x = 1\n"),
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install keras\n", "pass\n"),
        ("if x:\n    !ls\n", "if x:\n    pass\n"),
        ("files = !ls *.py\n", "files = get_ipython()\n"),
        ("a, b = %who_ls int\n", "a, b = get_ipython()\n"),
        ("?model.fit\n??model\nmodel?\nkeras.layers.Dense??\n", "pass\npass\npass\npass\n"),
        ("%time model = build()\n", "pass ; model = build()\n".replace(" ;", ";")),
        ("%timeit -n 10 f(x)\n", "pass" + " " * 8 + "; f(x)\n"),
        ("%time for i in x: pass\n", "pass\n"),
        ("%time f(\n", "pass\n"),
        ("!pip install \\\n  keras \\\n  numpy\nx = 1\n", "pass\n\n\nx = 1\n"),
        ("%%time\nx = 1\n", "\nx = 1\n"),
        ("%%bash\nls\ncd ..\n", "\n\n\n"),
        ("\n%%writefile a.py\nimport keras\n", "\n\n\n"),
        ("%%capture out\n!ls\nx = 1\n", "\npass\nx = 1\n"),
        ("%cd it's here\nx = 1\n", "pass\nx = 1\n"),
        ("%load_ext a\r\nx = 1\r\n", "pass\r\nx = 1\r\n"),
        ("", ""),
        ("%", "pass"),
    ],
)
def test_ipython_becomes_python(cell, plain):
    assert plain_python(cell) == plain


@pytest.mark.parametrize(
    "cell",
    [
        "x = (a\n% b)\n",
        "x = a \\\n% b\n",
        "'''\n!not a shell line\n%nor a magic\nwhat?\n'''\n",
        's = """a\n%s\n""" % x\n',
        "s = 'it\\'s (' # (\nx = [\n%s\n]\n".replace("%s", "a % b"),
        "y = x % 2\nz = x != 3\n",
        "# why?\n",
        "print('done!') # %\n",
        "x = f'{a!r}'\n",
    ],
)
def test_python_stays(cell):
    assert plain_python(cell) == cell


def test_columns_stay():
    cell = "%time model = keras.Sequential([Dense(2)])\n"
    plain = plain_python(cell)
    assert plain.index("Dense") == cell.index("Dense")
    ast.parse(plain)


@given(st.text(alphabet="a=%!?'\"()#\\ \n\r;1", max_size=40))
@example("?\\\r1\n")
@example("%%bash\r1\n")
def test_rows_stay_whatever_a_cell_holds(cell):
    def breaks(text: str) -> list[str]:
        return re.findall("\r\n|\r|\n", text)

    assert breaks(plain_python(cell)) == breaks(cell)
