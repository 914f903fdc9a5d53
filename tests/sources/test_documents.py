import textwrap

import pytest

from keraslint.sources import Place, Position, read_source

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

.. code-block:: console

   no = 2

>>> a = 1
>>> a
1

    .. testcode::

        b = 2
"""


def program(path: str, text: str) -> str:
    return read_source(path, text.encode()).text


def test_markdown():
    assert program("a.md", MARKDOWN) == textwrap.dedent("""\
        import keras
        x = 1
        y = (
            3
        )
        z = 4
        a = 1
        if a:
            b = 2
        s = '''
        ```
        '''
        """)


def test_rst():
    assert program("a.rst", RST) == "import keras\n\nx = 1\na = 1\na\nb = 2\n"


@pytest.mark.parametrize(("path", "text"), [("a.md", MARKDOWN), ("a.rst", RST)])
def test_every_character_is_where_it_is_said_to_be(path, text):
    source = read_source(path, text.encode())
    original = text.splitlines()
    for row, line in enumerate(source.text.splitlines(), 1):
        for column, character in enumerate(line, 1):
            place = source.place(Position(row, column))
            assert place.cell is None
            assert original[place.row - 1][place.column - 1] == character


def test_the_place_of_the_first_line():
    source = read_source("a.md", MARKDOWN.encode())
    assert source.place(Position(1, 1)) == Place(None, 4, 1)
    assert source.place(Position(4, 5)) == Place(None, 16, 7)


@pytest.mark.parametrize(
    "text", ["```python", "```python\n", ">>>", ".. code-block:: python", "", "```python\n```"]
)
def test_unfinished_blocks(text):
    assert program("a.md", text).strip() == ""
