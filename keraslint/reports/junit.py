"""Test results as JUnit writes them: a suite for each file, a failure for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from keraslint.findings import Finding
from keraslint.reports.concise import position
from keraslint.reports.plain import one_line
from keraslint.terminal import Canvas, printable


def report(findings: Sequence[Finding], _canvas: Canvas) -> Iterator[str]:
    """The whole document."""
    count = str(len(findings))
    root = ET.Element("testsuites", name="keraslint", tests=count, failures=count)
    if not findings:  # some readers take a file without a single test for a mistake
        root.set("tests", "1")
        suite = ET.SubElement(
            root, "testsuite", name="keraslint", tests="1", failures="0", errors="0"
        )
        ET.SubElement(suite, "testcase", name="no findings", classname="keraslint")
    for filename, group in groupby(findings, key=lambda finding: finding.location.filename):
        own = list(group)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=printable(filename),
            tests=str(len(own)),
            failures=str(len(own)),
            errors="0",
        )
        for finding in own:
            case = ET.SubElement(
                suite,
                "testcase",
                name=f"{finding.code} {finding.name}",
                classname=printable(filename),
                line=str(finding.location.row),
            )
            message = one_line(finding)
            failure = ET.SubElement(case, "failure", type=finding.severity.value, message=message)
            failure.text = f"{position(finding.location)}: {message}"
    ET.indent(root)
    yield f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, "unicode")}\n'
