import json
from dataclasses import replace
from pathlib import Path

import pytest

from keraslint.analysis import Analysis, Limit, Location, Problem
from keraslint.findings import Severity
from keraslint.rules import find
from tests.handmade import KEY_TEXT, Text, key_case, problem, tutorial


def test_a_clean_run_says_so_and_succeeds(engine, run):
    engine.answers = [tutorial()]
    result = run("check", "tutorial.py")
    assert (result.code, result.out, result.err) == (0, "No problems found.\n", "")


def test_the_key_case_in_words(engine, run):
    engine.answers = [key_case()]
    result = run("check", "model.py")
    assert result.code == 1
    assert result.out == (
        "model.py:5:37: KL101 [input-rank] Conv1D needs a 3-D input (batch, steps, channels), "
        "but input_shape=(256, 256, 3) makes it 4-D (batch, 256, 256, 3)\n"
        "  help: for images use Conv2D; for a sequence of 256 steps with 3 features "
        "use input_shape=(256, 3)\n"
        "Found 1 error in 1 file.\n"
    )
    assert result.err == ""


def test_the_key_case_as_data(engine, run):
    engine.answers = [key_case()]
    result = run("check", "--output-format", "json")
    (item,) = json.loads(result.out)
    assert item["code"] == "KL101"
    assert item["location"] == {"row": 5, "column": 37}
    assert item["end_location"] == {"row": 5, "column": 50}
    assert item["severity"] == "error"
    assert item["entry"] == "<module>"
    assert item["cell"] is None


def test_the_key_case_in_full(engine, run):
    Path("model.py").write_text(KEY_TEXT)
    engine.answers = [key_case()]
    lines = run("check", "--output-format", "full").out.splitlines()
    assert lines[0].startswith("error[KL101] input-rank: Conv1D needs")
    assert "--> model.py:5:37" in lines[1]
    marked = next(i for i, line in enumerate(lines) if line.rstrip().endswith("^"))
    start = lines[marked].index("^")
    assert lines[marked - 1][start:].startswith("(256, 256, 3)")
    assert lines[marked].count("^") == len("(256, 256, 3)")


@pytest.mark.parametrize(
    ("kind", "name"), [("syntax", "syntax-error"), ("unreadable", "unreadable-file")]
)
def test_what_cannot_be_read_is_a_finding_and_the_rest_is_checked(engine, run, kind, name):
    engine.answers = [problem(kind, "a.py"), key_case("b.py")]
    result = run("check", "--select", "KL2", "a.py", "b.py")
    assert result.code == 1
    assert f"[{name}] that does not work" in result.out
    assert "KL101" not in result.out


def test_findings_are_ordered_by_path_and_position(engine, run):
    engine.answers = [key_case("b.py"), key_case("a.py")]
    result = run("check", "--output-format", "json-lines")
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [(f["filename"], f["code"]) for f in found] == [("a.py", "KL101"), ("b.py", "KL101")]


def test_one_fault_on_two_ways_is_one_finding(engine, run):
    analysis = key_case()
    again = replace(analysis.faults[0], entry="build")
    engine.answers = [Analysis("model.py", sites=analysis.sites, faults=[*analysis.faults, again])]
    assert "Found 1 error" in run("check").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-level", "error"), 1),
        (("--ignore", "KL101"), 0),
        (("--ignore", "input-rank"), 0),
        (("--select", "KL101"), 1),
        (("--select", "KL2,KL4"), 0),
        (("--select", "KL2", "--extend-select", "KL101"), 1),
        (("--select", "KL101", "--ignore", "KL1"), 1),
        (("--ignore", "ALL"), 0),
    ],
)
def test_the_selection_decides_the_exit_code(engine, run, arguments, code):
    engine.answers = [key_case()]
    assert run("check", *arguments).code == code


def test_remarks_do_not_fail_unless_asked_to(engine, run):
    text = Text("model.py", "while True: pass")
    limited = Analysis("model.py", limits=[Limit("steps", text.place("while"), "<module>")])
    engine.answers = [limited]
    assert run("check").out == "No problems found.\n"
    shown = run("check", "--extend-select", "KL004")
    assert (shown.code, "KL004 [analysis-limit]" in shown.out) == (0, True)
    assert run("check", "--extend-select", "KL004", "--fail-level", "info").code == 1


def test_settings_of_the_project(engine, run):
    Path("pyproject.toml").write_text(
        "[tool.keraslint]\n"
        'severity = { KL101 = "warning" }\n'
        'fail-level = "error"\n'
        'extend-exclude = ["old"]\n'
        'src = ["lib"]\n'
    )
    engine.answers = [key_case()]
    result = run("check", "model.py")
    assert (result.code, "Found 1 warning in 1 file." in result.out) == (0, True)
    (paths, searched), (found, asked) = engine.asked
    assert paths == found == ["model.py"]
    assert "old" in searched["excludes"]
    assert ".venv" in searched["excludes"]
    assert asked["src"] == (str(Path("lib").resolve()),)


def test_per_file_ignores(engine, run):
    Path("keraslint.toml").write_text('[per-file-ignores]\n"broken_*.py" = ["KL101"]\n')
    engine.answers = [key_case("broken_model.py"), key_case("model.py")]
    result = run("check")
    assert "broken_model.py" not in result.out
    assert "model.py:5:37: KL101" in result.out


def test_the_nearest_settings_win(engine, run):
    Path("keraslint.toml").write_text('ignore = ["KL1"]\n')
    inner = Path("sub")
    inner.mkdir()
    (inner / "keraslint.toml").write_text("")
    engine.answers = [key_case("sub/model.py")]
    assert run("check", "sub").code == 1
    assert run("check", ".").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "KL9"), "unknown rule 'KL9'"),
        (("--ignore", "input-rnak"), "unknown rule 'input-rnak'; did you mean input-rank?"),
        (("--config", "nowhere.toml"), "nowhere.toml: no such file or directory"),
    ],
)
def test_wrong_use_is_one_line_on_stderr(engine, run, arguments, message):
    result = run("check", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"keraslint: {message}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.keraslint", "pyproject.toml: "),
        ("[tool.keraslint]\nslect = []", "unknown key 'slect'; did you mean 'select'?"),
        ("[tool.keraslint]\nselect = 'KL1'", "select: expected a list of strings"),
        ("[tool.keraslint]\nfail-level = 'bad'", "fail-level: expected one of 'info', 'warning'"),
        ("[tool.keraslint]\nignore = ['KL9']", "/pyproject.toml: unknown rule 'KL9'\n"),
        (
            "[tool.keraslint]\nper-file-ignores = {'*' = ['input-rnak']}",
            "/pyproject.toml: unknown rule 'input-rnak'; did you mean input-rank?\n",
        ),
        ("[tool]\nkeraslint = 3", "tool.keraslint: expected a table"),
    ],
)
def test_a_broken_configuration_is_one_line_on_stderr(engine, run, text, message):
    Path("pyproject.toml").write_text(text)
    result = run("check")
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_an_unknown_rule_is_told_with_the_file_that_names_it(engine, run):
    Path("keraslint.toml").write_text("severity = { KL9 = 'info' }\n")
    Path("other.toml").write_text("select = ['KL8']\n")
    here = run("check", "--ignore", "KL1")
    assert (here.code, here.err) == (
        2,
        f"keraslint: {Path.cwd()}/keraslint.toml: unknown rule 'KL9'\n",
    )
    other = run("check", "--config", "other.toml")
    assert (other.code, other.err) == (2, "keraslint: other.toml: unknown rule 'KL8'\n")
    Path("keraslint.toml").write_text("")
    given = run("check", "--ignore", "KL9")
    assert (given.code, given.err) == (2, "keraslint: unknown rule 'KL9'\n")


def test_no_files_is_a_warning(engine, run):
    result = run("check", "empty")
    assert (result.code, result.err) == (0, "keraslint: warning: no files found\n")
    assert run("check", "empty", "-q").err == ""


def test_a_defect_does_not_stop_the_other_files(engine, run, monkeypatch):
    broken = Analysis("a.py")
    broken.faults = [None]  # type: ignore[list-item]
    engine.answers = [broken, key_case("b.py")]
    result = run("check")
    assert result.code == 2
    assert "b.py:5:37: KL101" in result.out
    assert "internal error while checking a.py for" in result.err
    assert "please report this" in result.err


def test_a_defect_that_the_engine_met(engine, run):
    place = Location("a.py", 7, 1, 7, 2)
    engine.answers = [
        Analysis("a.py", problems=[Problem("defect", "KeyError: 'x'; please report this", place)])
    ]
    result = run("check")
    assert result.code == 2
    assert "a.py:7: KeyError: 'x'; please report this" in result.err


def test_a_defect_of_the_engine_itself(engine, run):
    engine.answers, engine.trouble = [key_case()], ValueError("no\nway")
    result = run("check")
    assert result.code == 2
    assert "KL101" in result.out
    assert "ValueError: no way" in result.err
    assert result.err.count("\n") == 1


def test_interruption_is_quiet(engine, run):
    engine.trouble = KeyboardInterrupt()
    result = run("check")
    assert (result.code, result.out, result.err) == (130, "", "")


def test_names_cannot_steer_the_terminal(engine, run):
    engine.answers = [key_case("evil\x1b[31m\u202e.py")]
    out = run("check").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "evil\\x1b[31m\\u202e.py:5:37" in out


def test_colour_when_it_is_forced(engine, run, monkeypatch):
    engine.answers = [key_case()]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31;1mKL101" in run("check").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check").out


def test_the_default_severities_are_those_of_the_rules():
    assert find("KL101").severity is Severity.ERROR
    assert find("analysis-limit").severity is Severity.INFO
