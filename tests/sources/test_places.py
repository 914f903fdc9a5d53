import re

from hypothesis import given
from hypothesis import strategies as st

from keraslint.sources import LineIndex, Position, line_break, split_lines

texts = st.text(alphabet="ab\n\r\x0c\u2028é😀", max_size=30)


@given(texts)
def test_every_offset_has_one_position(text):
    index = LineIndex(text)
    positions = [index.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(set(positions))
    assert [index.offset(*position) for position in positions] == list(range(len(text) + 1))


@given(texts)
def test_lines_end_where_they_end_for_python(text):
    lines = split_lines(text)
    assert "".join(lines) == text
    assert "" not in lines
    assert [re.sub(r"\r\n?|\n", "", line) for line in lines] == [
        line.rstrip("\r\n") for line in lines
    ]
    assert LineIndex(text).rows == len(re.findall(r"\r\n|\r|\n", text)) + 1


def test_columns_count_code_points():
    assert LineIndex("# 形状\n'😀' + 形").position(8) == Position(2, 4)


def test_positions_beyond_the_text_are_its_end():
    assert LineIndex("ab\n").offset(9, 9) == 3


def test_the_first_line_break_is_the_files():
    assert line_break("a\r\nb\n") == "\r\n"
    assert line_break("a") == "\n"
