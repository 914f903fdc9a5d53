"""Fixing with a check that is a few lines itself: words that should not be there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.analysis import Location
from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.fixing import Fixer, apply, diff
from keraslint.fixing.edits import compatible
from keraslint.sources import Source, read_source

PATH = "program.py"
WORDS = {"teh": "the", "recieve": "receive", "loop": "a loop", "bad": "worse", "odd": "od€d"}


def source(text: str, encoding: str = "utf-8") -> Source:
    return Source(PATH, text, text, encoding)


def found(row: int, column: int, word: str, new: str, applicability="safe", code="KL201"):
    location = Location(PATH, row, column, row, column + len(word))
    fix = Fix(f"write {new}", (Edit(new, location),), applicability)
    return Finding(code, "word", Severity.ERROR, f"{word} is wrong", location, fix=fix)


def applied(program: Source, findings: list[Finding]) -> str:
    after = apply(program, [finding.fix for finding in findings if finding.fix])
    assert after is not None
    return after.text


def check(program: Source) -> list[Finding]:
    return [
        found(row, match.start() + 1, match[0], WORDS[match[0]])
        for row, line in enumerate(program.text.splitlines(), 1)
        for match in re.finditer(rf"\b({'|'.join(WORDS)})\b", line)
    ]


def fix(text: str, unsafe: bool = False, check=check):
    program = source(text)
    return Fixer(check, unsafe).fix(program, check(program))


def test_all_that_can_be_fixed_is_fixed():
    done = fix("teh first  # teh comment\nrecieve\n")
    assert done.source.text == "the first  # the comment\nreceive\n"
    assert (len(done.fixed), done.findings, done.refused) == (3, (), ())


def test_a_program_without_findings_stays_what_it_is():
    program = source("all is well\n")
    assert Fixer(check).fix(program, []).source is program


def test_a_fix_that_never_ends_is_bounded():
    assert fix("loop\n").source.text.count("a ") > 10


def test_unsafe_fixes_are_made_on_request():
    def check(program: Source) -> list[Finding]:
        return [found(1, 1, "x", "y", "unsafe")] if program.text.startswith("x") else []

    assert fix("x\n", check=check).source.text == "x\n"
    assert fix("x\n", unsafe=True, check=check).source.text == "y\n"


@pytest.mark.parametrize("applicability", ["safe", "unsafe"])
def test_a_fix_that_breaks_the_program_is_taken_back_and_the_others_are_made(applicability):
    def check_with_syntax(program: Source) -> list[Finding]:
        broken = "worse" in program.text
        location = Location(PATH, 1, 1, 1, 1)
        error = Finding("KL001", "syntax-error", Severity.ERROR, "no", location)
        return check(program) + [error] * broken

    done = fix("teh\nbad\nrecieve\n", check=check_with_syntax)
    assert done.source.text == "the\nbad\nreceive\n"
    assert [finding.message for finding in done.refused] == ["bad is wrong"]
    assert [finding.message for finding in done.findings] == ["bad is wrong"]


@pytest.mark.parametrize(
    ("severity", "applicability", "made"),
    [
        (Severity.ERROR, "safe", True),
        (Severity.ERROR, "unsafe", False),
        (Severity.WARNING, "safe", False),
    ],
)
def test_only_a_safe_fix_of_an_error_may_bring_others_to_light(severity, applicability, made):
    def check(program: Source) -> list[Finding]:
        location = Location(PATH, 1, 1, 1, 2)
        if program.text == "b\n":
            return [Finding("KL101", "input-rank", Severity.ERROR, "new", location)]
        fix = Fix("b", (Edit("b", location),), applicability)
        return [Finding("KL201", "word", severity, "old", location, fix=fix)]

    done = fix("a\n", unsafe=True, check=check)
    assert (done.source.text == "b\n") is made
    assert (not done.refused) is made


@pytest.mark.parametrize(("end", "made"), [("e", True), ("d", False)])
def test_fixes_that_follow_from_an_unsafe_one_are_made_with_it_or_not_at_all(end, made):
    def check(program: Source) -> list[Finding]:
        letter = program.text[0]
        if letter in "xe":
            return []
        location = Location(PATH, 1, 1, 1, 2)
        fix = Fix("", (Edit(chr(ord(letter) + 1), location),), "unsafe") if letter < end else None
        return [Finding("KL107", "word", Severity.ERROR, f"{letter} is wrong", location, fix=fix)]

    done = fix("a\n", unsafe=True, check=check)
    assert done.source.text == ("e\n" if made else "a\n")
    assert [f.message[0] for f in done.fixed] == (["a", "b", "c", "d"] if made else [])
    assert [f.message[0] for f in done.refused] == ([] if made else ["a"])


def test_a_check_that_fails_lets_nothing_pass():
    program = source("teh\n")
    done = Fixer(lambda _: None).fix(program, check(program))
    assert (done.source, done.fixed) == (program, ())


def test_what_the_encoding_cannot_write_is_not_written():
    program = source("# coding: latin-1\nodd teh\n", "latin-1")
    done = Fixer(check).fix(program, check(program))
    assert done.source.text == "# coding: latin-1\nodd the\n"
    assert [finding.message for finding in done.refused] == ["odd is wrong"]


def test_a_program_whose_places_are_not_certain_is_left_alone():
    assert apply(source("a = 1\n\x0cteh = 2\n"), [Fix("", ())]) is None
    assert fix("a = 1\n\x0cteh = 2\n").source.text == "a = 1\n\x0cteh = 2\n"


def test_edits_of_other_files_are_left_alone():
    elsewhere = Location("other.py", 1, 1, 1, 4)
    there = Finding(
        "KL201", "word", Severity.ERROR, "m", elsewhere, fix=Fix("", (Edit("x", elsewhere),))
    )
    assert Fixer(lambda _: []).fix(source("teh\n"), [there]).source.text == "teh\n"


def test_fixes_that_overlap_take_turns():
    def check(program: Source) -> list[Finding]:
        if program.text == "abc\n":
            return [found(1, 1, "ab", "x"), found(1, 2, "bc", "y")]
        return [found(1, 2, "c", "z")] if program.text == "xc\n" else []

    assert fix("abc\n", check=check).source.text == "xz\n"


def test_fixes_share_an_edit_that_both_need():
    start = Location(PATH, 1, 1, 1, 1)
    shared = Edit("import os\n", start)
    both = [
        Finding("K", "n", Severity.ERROR, "m", start, fix=Fix("", (shared, Edit(new, place))))
        for new, place in (("A", Location(PATH, 2, 1, 2, 2)), ("B", Location(PATH, 2, 3, 2, 4)))
    ]
    assert compatible(both) == both
    after = applied(source("import sys\na b\n"), both)
    assert after == "import os\nimport sys\nA B\n"


places = st.tuples(st.integers(0, 30), st.integers(0, 6)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], 30))
)


@given(st.lists(st.tuples(places, st.text("XY\n", max_size=3)), max_size=8))
def test_compatible_fixes_can_be_made_in_any_order(drawn):
    text = "abcdefghijklmnopqrstuvwxyz0123\n"
    findings = []
    for (start, end), content in drawn:
        location = Location(PATH, 1, start + 1, 1, end + 1)
        fix = Fix("", (Edit(content, location),))
        findings.append(Finding("K", "n", Severity.ERROR, content, location, fix=fix))
    chosen = compatible(findings)
    after = applied(source(text), chosen)
    # Each edit by itself, the last one in the text first.
    expected = text
    edits = {edit for finding in chosen if finding.fix for edit in finding.fix.edits}
    for edit in sorted(edits, key=lambda edit: edit.location, reverse=True):
        start, end = edit.location.column - 1, edit.location.end_column - 1
        expected = expected[:start] + edit.content + expected[end:]
    assert after == expected
    assert bool(chosen) == bool(findings)


def test_a_diff_is_unified_and_marks_a_missing_newline():
    before, after = source("one\ntwo"), source("one\nthree")
    assert "".join(diff(before, after)) == (
        "--- program.py\n+++ program.py\n@@ -1,2 +1,2 @@\n one\n"
        "-two\n\\ No newline at end of file\n+three\n\\ No newline at end of file\n"
    )


def test_the_diff_of_a_notebook_speaks_of_cells():
    cells = '{"cells": [%s], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    cell = '{"cell_type": "code", "source": ["x = %d\\n", "y"], "outputs": [], "metadata": {}}'

    def notebook(*values: int) -> Source:
        text = cells % ", ".join(cell % value for value in values)
        return read_source("n.ipynb", text.encode())

    assert "".join(diff(notebook(1, 2), notebook(1, 3))) == (
        "--- n.ipynb:cell 2\n+++ n.ipynb:cell 2\n@@ -1,2 +1,2 @@\n-x = 2\n+x = 3\n y\n"
        "\\ No newline at end of file\n"
    )


@pytest.mark.parametrize("end", ["   \n\t", "\n\n  ", "\t", "\n\\\n"])
def test_blanks_at_the_end_are_no_obstacle(end):
    program = source(f"teh\n{end}")
    assert applied(program, check(program)) == f"the\n{end}"
