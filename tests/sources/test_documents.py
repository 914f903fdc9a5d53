import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keraslint.sources import Edit, Place, Position, holds_still, read_programs, rewrite

MARKDOWN = """\
# Title

```python
import keras
x = 1
```

```bash
x = 2
```

- item

  ~~~{.python .annotate}
  y = (
      3
  )
  ~~~

```{code-block} python
:linenos:

z = 4
```

```pycon
>>> a = 1
>>> if a:
...     b = 2
2
```

````python
s = '''
```
'''
````

:::{code-block} python3
---
linenos:
---
colons = 5
:::

````{note}
Look:

```python
noted = 6
```
````

```python
def unfinished(
```

```
```{code-block}
no = 7
```
"""

RST = """\
Title
=====

.. code-block:: python
   :linenos:

   import keras

   x = 1

Text::

   no = 1

In Python::

   so = 1

Thus::

   import keras

::

   no = 1.5

.. code-block:: console

   no = 2

>>> a = 1
>>> a
1

>>> b = a

Other words.

>>> c = 3

    .. testcode::

        b = 2

.. code::

   no = 3

.. highlight:: python

Text::

   d = 4

.. code::

   e = 5

.. highlight:: c

Python::

   no = 6
"""

CELLS = """\
```{code-cell} ipython3
:tags: [hide]
x = 1
```

```python
y = 2
```

```{code-cell}
z = x
```
"""


def programs(path: str, text: str) -> list[str]:
    return [source.text for source in read_programs(path, text.encode())]


def test_markdown():
    assert programs("a.md", MARKDOWN) == [
        "import keras\nx = 1\n",
        "y = (\n    3\n)\n",
        "z = 4\n",
        "a = 1\nif a:\n    b = 2\n",
        "s = '''\n```\n'''\n",
        "colons = 5\n",
        "noted = 6\n",
    ]


def test_rst():
    assert programs("a.rst", RST) == [
        "import keras\n\nx = 1\n",
        "so = 1\n",
        "import keras\n",
        "a = 1\na\nb = a\n",
        "c = 3\n",
        "b = 2\n",
        "d = 4\n",
        "e = 5\n",
    ]


QUOTED = """\
> Look:
>
> ```python
> import keras
>
> if keras:
>     x = 1
> ```
> > ~~~python
> > y = 2
> > ~~~

> >>> z = 3
> # words

- > no code
- ```{code-block} python
  a = 4
  ```
1. 2) ```python
      b = 5
      ```
* item

  ```{python}
  c = 6
  ```

```{python, echo=FALSE}
d = c
```
"""


def test_quotes_and_items_of_lists():
    assert programs("a.md", QUOTED) == [
        "import keras\n\nif keras:\n    x = 1\n",
        "y = 2\n",
        "z = 3\n",
        "a = 4\n",
        "b = 5\n",
        "c = 6\nd = c\n",
    ]


def test_a_quote_stays_one_where_lines_are_added():
    (source,) = read_programs("a.md", b"> ```python\n> x = 1\n> ```\n")
    edit = Edit(Place(None, 2, 3), Place(None, 2, 3), "import keras\n\n")
    assert rewrite(source, [edit]) == "> ```python\n> import keras\n>\n> x = 1\n> ```\n"


def test_quotes_in_quotes_without_end():
    text = "".join(f"{'>' * depth} a\n" for depth in range(1, 3) for _ in range(3))
    deep = "".join(f"{'> ' * depth}a\n" for depth in range(1, 900))
    assert programs("a.md", text + deep) == []


def test_the_cells_of_a_notebook_are_one_program():
    assert programs("a.md", CELLS) == ["y = 2\n", "x = 1\nz = x\n"]


def test_a_cell_that_does_not_parse_is_one_all_the_same():
    assert programs("a.md", "```{code-cell}\nx = (\n```\n") == ["x = (\n"]


@pytest.mark.parametrize(
    ("path", "text"), [("a.md", MARKDOWN), ("a.rst", RST), ("b.md", CELLS), ("c.md", QUOTED)]
)
def test_every_character_is_where_it_is_said_to_be(path, text):
    original = text.splitlines()
    for source in read_programs(path, text.encode()):
        for row, line in enumerate(source.text.splitlines(), 1):
            for column, character in enumerate(line, 1):
                place = source.place(Position(row, column))
                assert place.cell is None
                assert original[place.row - 1][place.column - 1] == character
                assert source.holds(place.row)


def test_the_place_of_the_first_line():
    first, second, *_ = read_programs("a.md", MARKDOWN.encode())
    assert first.place(Position(1, 1)) == Place(None, 4, 1)
    assert second.place(Position(2, 5)) == Place(None, 16, 7)


@pytest.mark.parametrize(
    "text",
    [
        "```python",
        "```python\n",
        ">>>",
        ".. code-block:: python",
        "",
        "```python\n```",
        "::",
        "```{note}",
        "```{code-block} python\n---\n",
    ],
)
def test_unfinished_blocks(text):
    assert "".join(programs("a.md", text)).strip() == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("f(1, ...)", "f(1, *__)"),
        ("f(...)", "f(*__)"),
        ("x = (...)", "x = (___)"),
        ("f(a=...)", "f(a=___)"),
        ("[f(), ..., g()]", "[f(), *__, g()]"),
        ("[f(),\n  ...  # and so on\n]", "[f(),\n  *__  # and so on\n]"),
        ("x = ...", "x = ___"),
        ("x[..., 0]", "x[..., 0]"),
        ("f()[..., f(2, ...)]", "f()[..., f(2, *__)]"),
        ("def f(): ...", "def f(): ..."),
        ("class A:\n    ...", "class A:\n    ..."),
        ("'(1, ...)'", "'(1, ...)'"),
        ("print('...', \"(...)\")  # (1, ...)", "print('...', \"(...)\")  # (1, ...)"),
        ("{'a': ...}", "{'a': ___}"),
        ("for x in [1, ...]: ...", "for x in [1, *__]: ..."),
    ],
)
def test_what_is_left_out_is_unknown(written, read):
    assert programs("a.md", f"```python\n{written}\n```\n") == [f"{read}\n"]


LINES = st.lists(
    st.sampled_from(
        ["x = f(1,\n      2)\n", "y = 'é𝔸'\n", "\n", "if x:\n    z = 3\n", "# words\n"]
    ),
    min_size=1,
    max_size=4,
).map("".join)
WRAPPINGS = ("fence", "tildes", "item", "directive", "prompts", "myst", "quote", "listed")


def wrapped(code: str, wrapping: str) -> str:
    if wrapping == "prompts":
        shown = "".join(
            ("... " if line.startswith(" ") else ">>> ") + line for line in code.splitlines(True)
        )
        return f"{shown}output\n"
    if wrapping == "directive":
        return f".. code-block:: python\n\n{textwrap.indent(code, '   ')}\n"
    opening, closing = {
        "fence": ("```python", "```"),
        "tildes": ("~~~~ py", "~~~~"),
        "quote": ("> ```python", "> ```"),
        "listed": ("- ```python", "  ```"),
        "item": ("- item\n\n  ```python", "  ```"),
        "myst": ("```{code-block} python", "```"),
    }[wrapping]
    lead = {"item": "  ", "listed": "  ", "quote": "> "}.get(wrapping, "")
    inside = "".join(f"{lead}{line}" for line in code.splitlines(keepends=True))
    return f"{opening}\n{inside}{closing}\n"


@st.composite
def documents(draw):
    blocks = draw(st.lists(st.tuples(LINES, st.sampled_from(WRAPPINGS)), min_size=1, max_size=4))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = "Words.\n\n" + "\nMore words, and `code`.\n\n".join(wrapped(*block) for block in blocks)
    return [code for code, _ in blocks], text.replace("\n", newline)


@settings(max_examples=200, deadline=None)
@given(documents())
def test_every_block_is_found_where_it_stands(drawn):
    codes, text = drawn
    found = read_programs("a.rst", text.encode())
    lines = text.splitlines()
    assert [p.text.split() for p in found if p.text.strip()] == [
        code.split() for code in codes if code.strip()
    ]
    for source in found:
        for row, line in enumerate(source.text.splitlines(), 1):
            if line:
                start, end = (source.place(Position(row, c)) for c in (1, len(line) + 1))
                assert lines[start.row - 1][start.column - 1 : end.column - 1] == line


@settings(max_examples=200, deadline=None)
@given(documents(), st.data())
def test_an_edit_changes_its_block_and_nothing_else(drawn, data):
    _, text = drawn
    found = [p for p in read_programs("a.rst", text.encode()) if p.text.strip()]
    if not found:
        return
    source = data.draw(st.sampled_from(found))
    rows = [row for row, line in enumerate(source.text.splitlines(), 1) if line.startswith("y =")]
    if not rows:
        return
    row = data.draw(st.sampled_from(rows))
    whole = data.draw(st.booleans())
    start = source.place(Position(row, 1))
    end = start if whole else source.place(Position(row, 2))
    content = "import k\nz = g(1,\n      2)\n" if whole else "q = (\n    1,\n)\nv"
    edit = Edit(start, end, content)
    changed = rewrite(source, [edit])
    after = read_programs("a.rst", changed.encode())
    assert holds_still(source, [edit], after[source.index])
    others = [p.text for p in after if p.index != source.index]
    assert others == [
        p.text for p in read_programs("a.rst", text.encode()) if p.index != source.index
    ]
    if "\r\n" in text:
        assert "\n" not in changed.replace("\r\n", "")


def test_an_edit_that_takes_a_line_away():
    text = "- item\n\n  ```python\n  import keras\n  x = 1\n  ```\n"
    (source,) = read_programs("a.md", text.encode())
    first = Edit(Place(None, 4, 3), Place(None, 5, 3), "")
    last = Edit(Place(None, 5, 3), Place(None, 6, 3), "")
    assert rewrite(source, [first]) == "- item\n\n  ```python\n  x = 1\n  ```\n"
    assert rewrite(source, [last]) == "- item\n\n  ```python\n  import keras\n  ```\n"


def test_an_edit_writes_what_is_left_out_as_it_was():
    (source,) = read_programs("a.md", b"```python\nf(1, ...)\n```\n")
    edit = Edit(Place(None, 2, 1), Place(None, 2, 10), "g(*__)")
    assert rewrite(source, [edit]) == "```python\ng(...)\n```\n"
