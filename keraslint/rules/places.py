"""Where nodes of an analysed file stand in the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keraslint.analysis import Location

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis


class Places:
    """Says where nodes of an analysed file stand."""

    def __init__(self, analysis: Analysis) -> None:
        self.parsed = analysis.syntax

    def of(self, node: cst.CSTNode) -> Location:
        """The location of a node."""
        from keraslint.syntax import positions

        return Location.of(self.parsed.source, positions(self.parsed.module, [node])[node])
