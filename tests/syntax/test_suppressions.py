import libcst as cst
import pytest

from keraslint.sources import Edit, Place, Position, Source, Span, rewrite
from keraslint.syntax import Suppression, find_comments, suppressions


def read(text: str) -> list[Suppression]:
    return suppressions(cst.parse_module(text), text)


def rows(first: int, last: int | None = None) -> Span:
    return Span(Position(first, 5), Position(last or first, 9))


def allows(text: str, row: int, last: int | None = None, code="KL101", name="input-rank") -> bool:
    return any(found.covers(code, name, rows(row, last)) for found in read(text))


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "#noqa",
        "# NoQA",
        "# noqa: KL101",
        "# noqa:KL101",
        "# noqa : kl101",
        "# noqa: E501,KL101",
        "# noqa: E501 KL101",
        "# noqa: KL1",
        "# noqa: KL101 because it is so",
        "# because  # noqa: KL101",
        "# noqa # more",
        "# keraslint: ignore",
        "# keraslint:ignore[KL101]",
        "# keraslint: ignore[KL102, input-rank]",
        "# keraslint: ignore[KL1]  # noqa: E501",
    ],
)
def test_comments_that_allow(comment):
    text = f"x = 1\ny = f(2)  {comment}\nz = 3\n"
    assert allows(text, 2)
    assert not allows(text, 1)
    assert not allows(text, 3)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: E501",
        "# noqa: KL102",
        "# noqa: KL1010",
        "# noqa: input-rank",
        "# noqa:",
        "# noqas",
        "# see noqa",
        "# ruff: noqa",
        "# keraslint: ignore[]",
        "# keraslint: ignore[output-rank]",
        "# keraslint: ignored",
        "# keraslint: ignore-file",
        "'# noqa'",
        "'''\n# noqa'''",
    ],
)
def test_comments_that_do_not(comment):
    text = f"y = f(2)  {comment}\n".replace("  '", " + '")
    assert not allows(text, 1)


def test_a_finding_over_several_rows_is_allowed_at_its_ends():
    text = "y = f(  # noqa: KL101\n    1,\n    2,\n)  # noqa: KL102\n"
    assert allows(text, 1, 4)
    assert allows(text, 1, 4, code="KL102")
    assert not allows(text, 2, 3)


def test_a_comment_behind_a_long_string_speaks_for_all_of_it():
    text = 'x = 1\ny = f("""\na\nb\n""")  # noqa\nz = 1\n'
    assert [allows(text, row) for row in range(1, 7)] == [False, True, True, True, True, False]


def test_a_comment_behind_continued_rows_speaks_for_all_of_them():
    text = "x = 1\ny = 1 + \\\n  2 + \\\n  f'''{x}\n'''  # noqa\nz = 1\n"
    assert [allows(text, row) for row in range(1, 7)] == [False, True, True, True, True, False]


def test_a_backslash_in_a_comment_continues_nothing():
    text = "x = 1  # a \\\ny = f(2)  # noqa\n"
    assert [allows(text, row) for row in (1, 2)] == [False, True]


def test_a_comment_on_its_own_row_speaks_for_the_next():
    text = "x = 1\n# keraslint: ignore[KL101]\n# why\n\ny = f(2)\nz = 3\n"
    assert allows(text, 5)
    assert not allows(text, 1)
    assert not allows(text, 6)
    assert not allows(text.replace("keraslint: ignore[KL101]", "noqa"), 5)


@pytest.mark.parametrize(
    ("comment", "others"),
    [
        ("# keraslint: file-ignore", True),
        ("# keraslint: file-ignore[KL101]", False),
        ("# keraslint: file-ignore[input-rank]", False),
        ("# flake8: noqa", True),
        ("# flake8: noqa: KL101", False),
    ],
)
def test_comments_for_the_whole_file(comment, others):
    text = f"x = 1\n{comment}\ny = 2\n"
    assert allows(text, 1)
    assert allows(text, 3)
    assert allows(text, 3, code="KL301", name="data-shape") == others


def test_where_a_directive_stands():
    (found,) = read("é = 1  # why # noqa: KL101, KL102  # so\n")
    assert found.span == Span(Position(1, 14), Position(1, 34))
    assert found.rules == ("KL101", "KL102")


@pytest.mark.parametrize(
    ("comment", "shared"),
    [
        ("# noqa", True),
        ("# flake8: noqa", True),
        ("# noqa: KL101", False),
        ("# keraslint: ignore", False),
    ],
)
def test_what_other_tools_read_may_serve_them(comment, shared):
    (found,) = read(f"x = 1  {comment}\n")
    assert found.shared == shared


@pytest.mark.parametrize(
    ("line", "unused", "left"),
    [
        ("x = 1  # noqa: KL101\n", ["KL101"], "x = 1\n"),
        ("x = 1  # noqa: KL101, KL102\n", ["KL101"], "x = 1  # noqa: KL102\n"),
        ("x = 1  # noqa: E501 KL101\n", ["KL101"], "x = 1  # noqa: E501\n"),
        ("x = 1  # noqa: KL101 for now \n", ["KL101"], "x = 1  # for now\n"),
        ("x = 1  # noqa: KL101 # type: ignore\n", ["KL101"], "x = 1  # type: ignore\n"),
        ("x = 1  # why # noqa: KL101\n", ["KL101"], "x = 1  # why\n"),
        ("x = 1  # keraslint: ignore\n", [], "x = 1\n"),
        ("x = 1  # keraslint: ignore[a, b]\n", ["b"], "x = 1  # keraslint: ignore[a]\n"),
        ("# keraslint: ignore[KL101]\n", ["KL101"], ""),
        ("# keraslint: file-ignore[]\n", [], ""),
        ("  # noqa: KL101\r\n", ["KL101"], ""),
        ("x = 1  # noqa: KL101", ["KL101"], "x = 1"),
    ],
)
def test_taking_rules_out(line, unused, left):
    text = f"y = 2\n{line}"
    (found,) = read(text)
    (start, end), content = found.without(unused)
    edit = Edit(Place(None, *start), Place(None, *end), content)
    assert rewrite(Source("m.py", text, text), [edit]) == f"y = 2\n{left}"


def test_comments_come_in_order_with_their_places():
    text = "# 一\nif x:  # two\n    y = f(  # three\n        '# not', f'#{x}',\n    )\n# four"
    found = find_comments(cst.parse_module(text))
    assert [comment.text for comment in found.comments] == ["# 一", "# two", "# three", "# four"]
    assert [comment.span.start for comment in found.comments] == [(1, 1), (2, 8), (3, 13), (6, 1)]
    assert found.text == text
