import json

import pytest

from keraslint.sources import Edit, Place, Position, UnreadableError, read_source, rewrite


def notebook(*cells, indent=1, **metadata) -> bytes:
    def cell(source):
        kind = "code"
        if isinstance(source, tuple):
            kind, source = source
        return {"cell_type": kind, "metadata": {}, "outputs": [], "source": source}

    content = {"cells": list(map(cell, cells)), "metadata": metadata, "nbformat": 4}
    return (json.dumps(content, indent=indent, ensure_ascii=False) + "\n").encode()


def test_code_cells_are_one_program():
    source = read_source("n.ipynb", notebook(["a = 1\n", "b = 2"], ("markdown", "# é"), "c = 3\n"))
    assert source.text == "a = 1\nb = 2\nc = 3\n"
    assert source.place(Position(2, 5)) == Place(1, 2, 5)
    assert source.place(Position(3, 1)) == Place(2, 1, 1)


def test_cells_count_even_where_they_hold_nothing():
    source = read_source("n.ipynb", notebook("", "%%bash\nls\n", "a = 1"))
    assert source.text == "\n\na = 1\n"
    assert source.place(Position(3, 1)) == Place(3, 1, 1)


def test_an_indented_cell_reads_as_if_it_were_not():
    source = read_source("n.ipynb", notebook("  a = 1\n  b = 2"))
    assert source.text == "a = 1\nb = 2\n"
    assert source.place(Position(2, 1)) == Place(1, 2, 3)


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"language": "R", "name": "ir"}},
        {"language_info": {"name": "julia"}},
    ],
)
def test_other_languages_are_left_alone(metadata):
    assert read_source("n.ipynb", notebook("x <- 1", **metadata)).text == ""


@pytest.mark.parametrize(
    "metadata", [{}, {"kernelspec": {"language": "python"}}, {"language_info": {"name": "python"}}]
)
def test_python_is_understood(metadata):
    assert read_source("n.ipynb", notebook("x = 1", **metadata)).text == "x = 1\n"


def test_the_format_before_version_4():
    cells = [{"cell_type": "code", "input": ["x = 1\n", "y = 2"], "language": "python"}]
    data = json.dumps({"worksheets": [{"cells": cells}], "metadata": {}, "nbformat": 3}).encode()
    source = read_source("n.ipynb", data)
    assert source.text == "x = 1\ny = 2\n"
    changed = rewrite(source, [Edit(Place(1, 2, 5), Place(1, 2, 6), "3")])
    assert json.loads(changed)["worksheets"][0]["cells"][0]["input"] == ["x = 1\n", "y = 3"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x = 1",
        b"[]",
        b"{}",
        b'{"cells": 3}',
        b'{"cells": null}',
        b'{"worksheets": [1]}',
        b"\xff",
        b"[" * 100_000,
        b'{"cells": [',
    ],
)
def test_not_a_notebook(data):
    with pytest.raises(UnreadableError) as caught:
        read_source("n.ipynb", data)
    assert caught.value.message.startswith("not ")


def test_the_place_of_broken_json():
    with pytest.raises(UnreadableError) as caught:
        read_source("n.ipynb", b'{\n "cells": oops\n}')
    assert (caught.value.row, caught.value.column) == (2, 11)


@pytest.mark.parametrize("strange", [None, 3, [1, "x = 1"], {}])
def test_strange_cells_are_no_obstacle(strange):
    data = json.dumps(
        {"cells": [strange, {"cell_type": "code", "source": strange}, {"cell_type": "code"}]}
    ).encode()
    assert read_source("n.ipynb", data).text in {"", "x = 1\n"}


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_edits_change_only_their_cell(indent):
    data = notebook(["a = '形'\n", "!ls\n"], ["b = 2\n", "c = 3"], "d = 4\n", indent=indent)
    source = read_source("n.ipynb", data)
    same = [Edit(Place(2, 1, 1), Place(2, 1, 2), "b")]
    assert rewrite(source, same) == source.original
    edits = [
        Edit(Place(3, 1, 5), Place(3, 1, 6), "5"),
        Edit(Place(2, 2, 1), Place(2, 2, 2), "x\ny"),
        Edit(Place(1, 1, 1), Place(1, 1, 2), "e"),
    ]
    expected = notebook(
        ["e = '形'\n", "!ls\n"], ["b = 2\n", "x\n", "y = 3"], "d = 5\n", indent=indent
    )
    assert source.encode(rewrite(source, edits)) == expected


def test_escapes_stay_escapes():
    data = json.dumps(
        {"cells": [{"cell_type": "code", "source": "a = '形'"}], "metadata": {"x": 1.50}}
    )
    source = read_source("n.ipynb", data.encode())
    changed = rewrite(source, [Edit(Place(1, 1, 1), Place(1, 1, 2), "b")])
    assert changed == data.replace("a = ", "b = ")
