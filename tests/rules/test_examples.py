"""The examples of the rules' pages, as keraslint sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from keraslint.defects import Shield
from keraslint.engine import analyse_file
from keraslint.findings import Finding, Severity
from keraslint.rules import Checker, Selection
from tests.rules.examples import BAD, GOOD

EVERYTHING = Selection(select=("ALL",))


def check(tmp_path: Path, code: str) -> list[Finding]:
    path = tmp_path / "example.py"
    path.write_text(code, encoding="utf-8")
    shield = Shield()
    checker = Checker(EVERYTHING, tmp_path, shield)
    findings = checker.check(analyse_file(str(path))) + checker.finish()
    assert shield.defects == []
    return findings


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.id)
def test_a_rule_reports_its_example(tmp_path, example):
    found = check(tmp_path, example.code)
    assert example.rule.code in {finding.code for finding in found}
    worse = {finding.code for finding in found if finding.severity is Severity.ERROR}
    assert worse <= {example.rule.code}


@pytest.mark.parametrize("example", GOOD, ids=lambda example: example.id)
def test_a_rule_is_silent_on_what_to_use_instead(tmp_path, example):
    found = check(tmp_path, example.code)
    assert example.rule.code not in {finding.code for finding in found}
    assert [finding for finding in found if finding.severity is not Severity.INFO] == []
