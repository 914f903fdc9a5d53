"""Findings in the formats that people and other programs read; one module per format.

A report is a function from findings to the text to print, in pieces; it is imported when needed.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from keraslint.findings import Finding
    from keraslint.terminal import Canvas

    Report: TypeAlias = Callable[[Sequence[Finding], Canvas], Iterator[str]]

REPORTS = {
    "concise": "concise",
    "full": "full",
    "json": "json_array",
    "json-lines": "json_lines",
    "github": "github",
    "gitlab": "gitlab",
    "azure": "azure",
    "junit": "junit",
    "pylint": "pylint",
    "rdjson": "rdjson",
    "sarif": "sarif",
}
"""The formats, and the module of this package that writes each."""


def report(name: str) -> Report:
    """The report that writes a format."""
    module = import_module(f"keraslint.reports.{REPORTS[name]}")
    written: Report = module.report
    return written
