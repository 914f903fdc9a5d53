import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from keraslint.analysis import Location
from keraslint.cli.parser import CHECK_FORMATS
from keraslint.findings import Edit, Finding, Fix, Related, Severity
from keraslint.reports import REPORTS, report
from keraslint.terminal import Canvas
from tests.schemas import validate

SOURCE = "é = 1\nnämé = Dense(10, activaton='relu')\n"


def at(filename: str, column: int, end: int, cell: int | None = None) -> Location:
    return Location(filename, 2, column, 2, end, cell)


@pytest.fixture
def findings(tmp_path, monkeypatch) -> list[Finding]:
    """One of each severity: with a fix, in a notebook, and with awkward characters."""
    monkeypatch.chdir(tmp_path)
    Path("a b.py").write_text(SOURCE, encoding="utf-8")
    keyword = at("a b.py", 18, 27)
    return [
        Finding(
            "KL201",
            "unknown-argument",
            Severity.ERROR,
            "Dense has no argument 'activaton'",
            at("a b.py", 18, 34),
            ("did you mean 'activation'?",),
            fix=Fix("Rename to activation", (Edit("activation", keyword),)),
            url="https://example.org/KL201",
            related=(Related("made here", at("a b.py", 1, 5)),),
        ),
        Finding("KL415", "linear-stack", Severity.WARNING, "two", at("n.ipynb", 1, 2, cell=3)),
        Finding(
            "KL004", "analysis-limit", Severity.INFO, "50%: a;b]c,\nd\x1b", at("x:y,z.py", 1, 2)
        ),
    ]


def written(name: str, findings: list[Finding]) -> str:
    return "".join(report(name)(findings, Canvas()))


def test_the_command_offers_every_format():
    assert set(CHECK_FORMATS) == set(REPORTS)


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_takes_none_and_any(name, findings):
    assert "KL201" in written(name, findings)
    written(name, [])


@pytest.mark.parametrize("name", REPORTS)
def test_no_format_writes_control_characters(name, findings):
    assert "\x1b" not in written(name, findings)


def test_concise(findings):
    assert written("concise", findings).splitlines() == [
        "a b.py:2:18: KL201 [unknown-argument] Dense has no argument 'activaton'",
        "  note: made here (a b.py:2:1)",
        "  help: did you mean 'activation'?",
        "n.ipynb:cell 3:2:1: KL415 [linear-stack] two",
        "x:y,z.py:2:1: KL004 [analysis-limit] 50%: a;b]c,\\nd\\x1b",
        "Found 1 error, 1 warning, 1 remark in 3 files.",
    ]


def test_full_shows_the_source(findings):
    lines = written("full", findings[:1]).splitlines()
    assert lines[:6] == [
        "error[KL201] unknown-argument: Dense has no argument 'activaton'",
        "  --> a b.py:2:18",
        "  |",
        "1 | é = 1",
        "2 | nämé = Dense(10, activaton='relu')",
        "  |                  ^^^^^^^^^^^^^^^^",
    ]


def test_full_aligns_wide_characters_and_tabs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("w.py").write_text("x\n\t模型 = f(1)\n", encoding="utf-8")
    place = Location("w.py", 2, 7, 2, 11)
    lines = written("full", [Finding("KL1", "n", Severity.ERROR, "m", place)]).splitlines()
    assert lines[4] == "2 |     模型 = f(1)"
    assert lines[5] == "  |            ^^^^"


def test_json_follows_its_schema(findings):
    data = json.loads(written("json", findings))
    validate(data, "check")
    assert data == [json.loads(line) for line in written("json-lines", findings).splitlines()]
    assert data[0]["fix"]["edits"][0]["content"] == "activation"


def test_github(findings):
    assert written("github", findings).replace("::", "\n").splitlines()[1:] == [
        "error title=KL201 unknown-argument,file=a b.py,line=2,endLine=2,col=18,endColumn=34",
        "Dense has no argument 'activaton'; did you mean 'activation'?",
        "",
        "warning title=KL415 linear-stack,file=n.ipynb",
        "cell 3, line 2: two",
        "",
        "notice title=KL004 analysis-limit,file=x%3Ay%2Cz.py,line=2,endLine=2,col=1,endColumn=2",
        "50%25: a;b]c,\\nd\\x1b",
    ]


def test_azure(findings):
    lines = written("azure", findings).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(
        "##vso[task.logissue type=error;sourcepath=a b.py;linenumber=2;columnnumber=18;code=KL201;]"
    )
    assert lines[2].endswith("]50%AZP25: a;b]c,\\nd\\x1b")


def test_gitlab(findings):
    data = json.loads(written("gitlab", [*findings, findings[0]]))
    assert {item["severity"] for item in data} == {"major", "minor", "info"}
    assert len({item["fingerprint"] for item in data}) == 4
    assert data[0]["location"] == {"path": "a b.py", "lines": {"begin": 2, "end": 2}}
    for item in data:
        assert set(item) == {"description", "check_name", "fingerprint", "severity", "location"}


def test_gitlab_knows_a_finding_again_on_another_line(findings):
    from dataclasses import replace

    moved = replace(findings[0], location=Location("a b.py", 9, 1, 9, 2))
    one, other = (json.loads(written("gitlab", [f]))[0] for f in (findings[0], moved))
    assert one["fingerprint"] == other["fingerprint"]


def test_pylint(findings):
    pattern = re.compile(r"^(.+?):(\d+): \[(KL\d+)\(([a-z-]+)\), ([^\]]+)\] (.+)$")
    lines = written("pylint", findings).splitlines()
    assert len(lines) == 3
    assert all(pattern.match(line) for line in lines)


def test_junit(findings):
    root = ET.fromstring(written("junit", findings))
    assert root.tag == "testsuites"
    assert root.get("tests") == "3"
    assert [suite.get("failures") for suite in root] == ["1", "1", "1"]
    failure = root.find("./testsuite/testcase/failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.text.startswith("a b.py:2:18: Dense has no argument")


def test_rdjson_counts_bytes(findings):
    data = json.loads(written("rdjson", findings))
    first = data["diagnostics"][0]
    assert first["severity"] == "ERROR"
    assert first["location"]["range"]["start"] == {"line": 2, "column": 20}
    assert first["suggestions"][0]["text"] == "activation"
    assert data["diagnostics"][1]["location"] == {"path": "n.ipynb"}


def test_sarif(findings):
    data = json.loads(written("sarif", findings))
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "a b.py"
    assert place["region"]["startColumn"] == 18
    (replacement,) = first["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "activation"}
    assert len(first["relatedLocations"]) == 1
