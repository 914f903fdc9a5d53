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
        """The location of a node.

        Finding one place takes as long as finding all: who asks twice may ask for many.
        """
        from keraslint.syntax.positions import positions
        from keraslint.syntax.walking import walk

        spans = self.parsed.spans
        if node not in spans:
            others = walk(self.parsed.module) if spans else ()
            spans.update(positions(self.parsed.module, [node, *others]))
        return Location.of(self.parsed.source, spans[node])
