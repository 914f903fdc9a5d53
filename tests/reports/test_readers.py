"""The formats as those who read them want them: by their schemas, or by their rules."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keraslint.analysis import Location
from keraslint.cli import main
from keraslint.findings import Edit, Finding, Fix, Related, Severity
from keraslint.reports import REPORTS, report
from keraslint.terminal import Canvas
from tests.schemas import validate, validate_sarif

TEXT = st.text(
    st.sampled_from("aé😀%:,;]\n\r\t\x1b\x00\u2028<>&'\"# =") | st.characters(), max_size=20
)
NAMES = TEXT.map(lambda name: f"f{name}".replace("\x00", "").replace("/", ""))


@st.composite
def locations(draw: st.DrawFn) -> Location:
    row, column = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    cell = draw(st.none() | st.integers(1, 3))
    end = draw(st.integers(column, column + 9))
    return Location(draw(NAMES), row, column, draw(st.integers(row, row + 2)), end, cell)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    location = draw(locations())
    fix = Fix(draw(TEXT), (Edit(draw(TEXT), location),))
    return Finding(
        draw(st.sampled_from(["KL101", "KL415", "KL004"])),
        "a-name",
        draw(st.sampled_from(Severity)),
        draw(TEXT),
        location,
        tuple(draw(st.lists(TEXT, max_size=2))),
        draw(TEXT),
        draw(st.none() | st.just(fix)),
        "https://example.org/rule",
        tuple(Related(draw(TEXT), at) for at in draw(st.lists(locations(), max_size=2))),
    )


ANY = st.lists(findings(), max_size=4)


def written(name: str, found: Iterable[Finding]) -> str:
    return "".join(report(name)(list(found), Canvas()))


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_sarif_follows_the_official_schema(found):
    data = json.loads(written("sarif", found))
    validate_sarif(data)
    (run,) = data["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"] == rule["name"].replace("-", " ")
        assert rule["fullDescription"]["text"]
        assert rule["helpUri"] in rule["help"]["text"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [f.code for f in found]


def test_the_official_schema_of_sarif_refuses_what_is_wrong():
    data = json.loads(written("sarif", []))
    data["runs"][0]["columnKind"] = "bytes"
    with pytest.raises(Exception, match="bytes"):
        validate_sarif(data)


JUNIT = {
    "testsuites": ({"name", "tests", "failures"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"testcase"}),
    "testcase": ({"name", "classname", "line"}, {"failure"}),
    "failure": ({"type", "message"}, set()),
}


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_junit_has_the_elements_and_attributes_of_its_schema(found):
    root = ET.fromstring(written("junit", found))
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) <= attributes
        assert attributes - {"line"} <= set(element.attrib)
        assert {child.tag for child in element} <= children
    cases = root.findall("./testsuite/testcase")
    assert int(root.attrib["tests"]) == len(cases) == max(len(found), 1)
    assert int(root.attrib["failures"]) == len(root.findall(".//failure")) == len(found)
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite)
        assert int(suite.attrib["failures"]) == len(suite.findall("./testcase/failure"))


GITHUB = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:\r\n]*,?)+)::([^\r\n]*)")


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_no_message_or_name_steers_github(found):
    lines = written("github", found).split("\n")[:-1]
    assert len(lines) == len(found)
    for line, finding in zip(lines, found, strict=True):
        match = GITHUB.fullmatch(line)
        assert match is not None
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        assert set(properties) <= {"title", "file", "line", "endLine", "col", "endColumn"}
        assert unescaped(properties["title"]) == f"{finding.code} {finding.name}"
        assert not re.search(r"%(?!25|3A|2C|0A|0D)", match[2] + match[3])
        assert unescaped(properties["file"]).startswith("f")


AZURE = re.compile(r"##vso\[task\.logissue ((?:\w+=[^;\]\r\n]*;)+)\]([^\r\n]*)")


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_no_message_or_name_steers_azure(found):
    lines = written("azure", found).split("\n")[:-1]
    assert len(lines) == len(found)
    for line in lines:
        match = AZURE.fullmatch(line)
        assert match is not None
        properties = dict(pair.split("=", 1) for pair in match[1].split(";")[:-1])
        assert list(properties) == ["type", "sourcepath", "linenumber", "columnnumber", "code"]
        assert not re.search(r"%(?!AZP25|3B|5D)", match[1] + match[2])


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_what_gitlab_wants(found):
    data = json.loads(written("gitlab", found))
    assert len({item["fingerprint"] for item in data}) == len(found)
    for item in data:
        assert item["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert all(isinstance(item[key], str) for key in ("description", "check_name"))
        assert not item["location"]["path"].startswith(("./", "/"))
        lines = item["location"]["lines"]
        assert 1 <= lines["begin"] <= lines["end"]


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_what_reviewdog_wants(found):
    data = json.loads(written("rdjson", found))
    assert set(data) == {"source", "diagnostics"}
    for diagnostic in data["diagnostics"]:
        assert set(diagnostic) <= {"message", "location", "severity", "code", "suggestions"}
        assert diagnostic["severity"] in {"ERROR", "WARNING", "INFO"}
        for part in (diagnostic["location"], *diagnostic.get("suggestions", ())):
            for end in part.get("range", {}).values():
                assert end["line"] >= 1
                assert end["column"] >= 1


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_what_readers_of_pylint_want(found):
    lines = written("pylint", found).split("\n")[:-1]
    assert len(lines) == len(found)
    for line in lines:
        assert re.fullmatch(r".*:\d+: \[KL\d{3}\(a-name\), .*\] .*", line)


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "rdjson", "azure"])
@pytest.mark.parametrize("given", ["./m/a.py", "m//a.py", "m/./a.py", "absolute"])
def test_paths_are_those_of_the_repository(name, given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = str(tmp_path / "m" / "a.py") if given == "absolute" else given
    place = Location(path, 1, 1, 1, 2)
    text = written(name, [Finding("KL101", "n", Severity.ERROR, "message", place)])
    found = re.search(r'(?:file=|sourcepath=|"path": "|"uri": ")([^",;]+)', text)
    assert found is not None
    assert found[1] == "m/a.py"


def test_a_path_outside_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = Location("/elsewhere/a.py", 1, 1, 1, 2)
    assert "file=/elsewhere/a.py" in written(
        "github", [Finding("KL1", "n", Severity.INFO, "m", place)]
    )


PROGRAM = """\
import keras

x = keras.Input((28, 28))
y = keras.layers.Conv2D(3, 3)(x)
z = keras.layers.Conv2D(3, 3)(x)
keras.layers.Dense(3, bogus=1)
keras.optimizers.Adam(lr=0.1)
"""


def fingerprints(capsys: Any, text: str) -> list[str]:
    Path("model.py").write_text(text, encoding="utf-8")
    main(["check", "--output-format", "gitlab", "."])
    return [item["fingerprint"] for item in json.loads(capsys.readouterr().out)]


def test_fingerprints_stay_when_lines_move(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    before = fingerprints(capsys, PROGRAM)
    assert len(set(before)) == len(before) >= 4
    assert fingerprints(capsys, f"# more\n\n{PROGRAM}") == before
    assert fingerprints(capsys, PROGRAM.replace("\ny =", "\n\n\ny =")) == before


def test_columns_are_what_each_reader_counts(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    line = "s = '😀é', keras.layers.Dense(3, bogus=1)"
    Path("a.py").write_text(f"import keras\n{line}\n", encoding="utf-8")
    column = line.index("bogus") + 1
    in_bytes = len(line[: column - 1].encode()) + 1

    def output(name: str) -> Any:
        main(["check", "--output-format", name, "a.py"])
        return capsys.readouterr().out

    assert f"a.py:2:{column}:" in output("concise")
    assert json.loads(output("json"))[0]["location"]["column"] == column
    assert f"col={column}," in output("github")
    assert f"columnnumber={column};" in output("azure")
    (sarif,) = json.loads(output("sarif"))["runs"][0]["results"]
    assert sarif["locations"][0]["physicalLocation"]["region"]["startColumn"] == column
    (reviewdog,) = json.loads(output("rdjson"))["diagnostics"]
    assert reviewdog["location"]["range"]["start"] == {"line": 2, "column": in_bytes}


def test_statistics_and_baselines_follow_their_schemas(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("model.py").write_text(PROGRAM, encoding="utf-8")
    main(["check", "--statistics", "--output-format", "json", "."])
    statistics = json.loads(capsys.readouterr().out)
    validate(statistics, "statistics")
    assert {row["code"] for row in statistics} >= {"KL103", "KL201", "KL502"}
    main(["check", "--write-baseline", "baseline.json", "."])
    baseline = json.loads(Path("baseline.json").read_text(encoding="utf-8"))
    validate(baseline, "baseline")
    assert len(baseline["findings"]) >= 3


@pytest.mark.parametrize("name", REPORTS)
def test_a_file_whose_name_is_no_text(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = os.fsdecode(b"\xff.py")
    finding = Finding("KL101", "n", Severity.ERROR, "m", Location(path, 1, 1, 1, 2))
    written(name, [finding]).encode("utf-8", "backslashreplace")
    written(name, [replace(finding, severity=Severity.INFO)])
