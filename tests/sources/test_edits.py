import pytest

from keraslint.sources import Edit, Place, Source, rewrite


def edit(row: int, column: int, end_row: int, end_column: int, content: str) -> Edit:
    return Edit(Place(None, row, column), Place(None, end_row, end_column), content)


def source(text: str) -> Source:
    return Source("m.py", text, text)


def test_edits_in_any_order():
    edits = [edit(2, 5, 2, 6, "20"), edit(1, 1, 1, 2, "x"), edit(2, 6, 2, 6, "0")]
    assert rewrite(source("a = 1\nb = 2"), edits) == "x = 1\nb = 200"


def test_the_files_own_line_breaks():
    assert rewrite(source("a\r\nb\r\n"), [edit(1, 2, 1, 2, "\nc")]) == "a\r\nc\r\nb\r\n"


def test_a_whole_row_goes():
    assert rewrite(source("a\nb\nc"), [edit(2, 1, 3, 1, "")]) == "a\nc"
    assert rewrite(source("a\nb"), [edit(2, 1, 3, 1, "")]) == "a\n"


def test_overlaps_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        rewrite(source("abc"), [edit(1, 1, 1, 3, ""), edit(1, 2, 1, 3, "x")])
