import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.tables import Column, draw
from keraslint.terminal import Canvas, canvas_of, display_width, printable


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Narrow(io.StringIO):
    encoding = "ascii"


@pytest.mark.parametrize(
    ("stream", "environ", "colour"),
    [
        (io.StringIO, {}, False),
        (Screen, {}, True),
        (Screen, {"TERM": "dumb"}, False),
        (Screen, {"NO_COLOR": "1"}, False),
        (Screen, {"NO_COLOR": ""}, True),
        (io.StringIO, {"FORCE_COLOR": "1"}, True),
        (io.StringIO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_who_decides_about_colour(stream, environ, colour):
    assert canvas_of(stream(), environ).colour is colour


def test_a_file_has_all_the_width_it_takes():
    assert canvas_of(io.StringIO(), {}).width is None
    assert canvas_of(Screen(), {}).width


def test_what_cannot_be_encoded_is_not_used():
    assert not canvas_of(Narrow(), {}).unicode


@given(st.text())
def test_printable_text_is_one_harmless_line(text):
    shown = printable(text)
    assert shown.isprintable()
    assert printable(shown) == shown
    assert shown == text or not text.isprintable()


def test_width_counts_columns():
    assert display_width("模型") == 4
    assert display_width("é") == display_width("e\u0301") == 1


CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=30)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4),
    st.one_of(st.none(), st.integers(30, 100)),
    st.booleans(),
)
def test_tables_are_rectangles_that_lose_nothing(rows, width, unicode):
    columns = [Column("Layer"), Column("Shape"), Column("Param #", right=True)]
    lines = list(draw(columns, rows, Canvas(width=width, unicode=unicode)))
    assert len({display_width(line) for line in lines}) == 1
    if width is not None:
        assert display_width(lines[0]) <= max(width, 3 * 12 + 10)
    shown = "".join(lines)
    for char in "".join("".join(row) for row in rows):
        assert char in shown


def test_narrow_tables_wrap_at_blanks():
    rows = [["batch_normalization_12 (BatchNormalization)", "(None, 8)"]]
    lines = list(draw([Column("Layer"), Column("Shape")], rows, Canvas(width=42)))
    assert lines[3:5] == [
        "│ batch_normalization_12     │ (None, 8) │",
        "│ (BatchNormalization)       │           │",
    ]


def test_tables_in_ascii():
    lines = list(draw([Column("A")], [["b"]], Canvas(unicode=False)))
    assert lines == ["+---+", "| A |", "+===+", "| b |", "+---+"]
