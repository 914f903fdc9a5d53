import inspect
import json

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.sources import Place, Position, Source, read_source
from keraslint.syntax import ParsedModule, SyntaxProblem, parse


def program(text: str) -> ParsedModule:
    return parse(Source("m.py", text, text))


@pytest.mark.parametrize("text", ["", "x = 1", "x = f(\n 1)\r\n", "\x0c# 形状\n"])
def test_a_program_parses(text):
    parsed = program(text)
    assert parsed.module.code == text
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("x = 1\ny = (\nz = 2\n", (2, 5)),
        ("é = f(é é)\n", (1, 7)),
        ("if x:\npass\n", (2, 1)),
        ("print 'a'\n", (1, 1)),
        ("x = '''\n", None),
        ("x = 1\n  y = 2\n", (2, None)),
        ("x = \\\n", None),
        ("x = 1\0\n", None),
        ("x = '\ud800'\n", (1, 6)),
        ("def f(x):\n\treturn 1\n        return 2\n", (3, None)),
    ],
)
def test_an_error_has_a_place_and_a_message(text, position):
    parsed = program(text)
    (problem,) = parsed.problems
    assert not parsed.module.body
    assert problem.invalid
    assert problem.message
    assert 1 <= problem.position.row <= text.count("\n") + 1
    assert problem.position.column >= 1
    if position is not None:
        row, column = position
        assert problem.position.row == row
        assert column in {None, problem.position.column}


def test_what_python_accepts_is_no_error(monkeypatch):
    def refuse(text):
        raise cst.ParserSyntaxError("?", lines=[text], raw_line=1, raw_column=4)

    monkeypatch.setattr(cst, "parse_module", refuse)
    (problem,) = program("x = 1\n").problems
    assert problem == SyntaxProblem(
        Position(1, 5), "syntax that keraslint cannot read yet", invalid=False
    )


def notebook(*cells: str) -> Source:
    content = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    return read_source("n.ipynb", json.dumps(content).encode())


def test_a_broken_cell_leaves_the_others():
    source = notebook("x = 1", "y = (\n", "z = 3\nw = )", "if x:\n  v = 4")
    parsed = parse(source)
    assert [source.place(problem.position) for problem in parsed.problems] == [
        Place(2, 1, 5),
        Place(3, 2, 5),
    ]
    assert parsed.module.code == "x = 1\n\n\n\nif x:\n  v = 4\n"


def test_a_notebook_in_a_document_with_a_broken_cell():
    text = "```{code-cell}\nx = 1\n```\n\n```{code-cell}\ny = ?\n```\n"
    parsed = parse(read_source("a.md", text.encode()))
    (problem,) = parsed.problems
    assert parsed.source.place(problem.position).row == 6
    assert parsed.module.code == "x = 1\n\n"


@given(st.text(alphabet="abif:=()[]{}'\"\\#@ \n\t\r1.,é\0", max_size=40))
def test_no_text_makes_it_fail(text):
    parsed = program(text)
    # libcst drops a final lone CR
    assert bool(parsed.problems) or parsed.module.code.rstrip("\r") == text.rstrip("\r")


@pytest.mark.parametrize("text", ["x = f(1, *a)\n", "x = (\n"])
def test_nodes_made_by_others_are_validated_whatever_was_parsed(text):
    program(text)
    with pytest.raises(cst.CSTValidationError):
        cst.Name("")
    with pytest.raises(cst.CSTValidationError):
        cst.Name("x").with_changes(lpar=[cst.LeftParen()])


def test_a_tree_is_the_one_that_libcst_makes_with_validation(monkeypatch):
    text = inspect.getsource(json)
    asked = []
    validate = cst.Name._validate

    def ask(node):
        asked.append(node)
        validate(node)

    monkeypatch.setattr(cst.Name, "_validate", ask)
    expected = cst.parse_module(text)
    assert asked
    asked.clear()
    assert program(text).module.deep_equals(expected)
    assert not asked
