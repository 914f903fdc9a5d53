"""Where nodes of an analysed file stand in the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keraslint.rules.allowances import in_file

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis, Location


class Places:
    """Says where nodes of an analysed file stand."""

    def __init__(self, analysis: Analysis) -> None:
        self.parsed = analysis.syntax

    def of(self, node: cst.CSTNode) -> Location:
        """The location of a node."""
        from keraslint.syntax import positions

        return in_file(self.parsed.source, positions(self.parsed.module, [node])[node])
