"""The door for flake8, which finds it through its entry point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from keraslint import __version__

if TYPE_CHECKING:
    import ast

    from keraslint.findings import Finding

Report = tuple[int, int, str, type["Plugin"]]


class Plugin:
    """What flake8 makes for every file. The project's settings hold; flake8's select from those."""

    name: ClassVar[str] = "keraslint"
    version: ClassVar[str] = __version__

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:
        """Take what flake8 gives by these names.

        Args:
            tree: asked for because this is how flake8 knows a plugin for whole files.
            filename: the file's path, or ``stdin``.
            lines: its lines with their ends.
        """
        self._path = filename
        self._text = "".join(lines)

    def run(self) -> Iterator[Report]:
        """Row, column (from 0), text and origin of each finding in the file."""
        if "keras" not in self._text:
            return
        for finding in self._findings():
            location = finding.location
            text = f"{finding.code} [{finding.name}] {finding.message}"
            yield location.row, location.column - 1, text, type(self)

    def _findings(self) -> list[Finding]:
        from keraslint.defects import Shield
        from keraslint.engine import analyse_source
        from keraslint.project import selection, source_folders
        from keraslint.rules import Checker, merge
        from keraslint.settings import settings_for
        from keraslint.sources import Source

        settings = settings_for(self._path)
        source = Source(self._path, self._text, self._text)
        analysis = analyse_source(source, src=source_folders(settings))
        findings = merge(Checker(selection(settings), settings.root, Shield()).check(analysis))
        return [found for found in findings if found.location.filename == self._path]
