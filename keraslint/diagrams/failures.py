"""What goes wrong in a model, as a red card says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.conv import Convolution
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.analysis import FaultRecord, LayerRow
    from keraslint.findings import Finding


@dataclass(frozen=True, slots=True)
class Failure:
    """A refusal of Keras and the finding that tells it.

    Attributes:
        record: the refusal.
        code, name, url: of the rule that tells it.
        message: what the rule says.
        where: the file and line.
    """

    record: FaultRecord
    code: str
    name: str
    url: str
    message: str
    where: str

    @staticmethod
    def of(record: FaultRecord, finding: Finding) -> Failure:
        """A refusal with what a rule says about it."""
        location = finding.location
        cell = f"cell {location.cell}:" if location.cell is not None else ""
        file = location.filename.replace("\\", "/").rpartition("/")[2]
        where = f"{file}:{cell}{location.row}"
        return Failure(record, finding.code, finding.name, finding.url, finding.message, where)

    def concerns(self, row: LayerRow) -> bool:
        """Whether it is this layer that is refused."""
        site = self.record.site
        place = site.place if site is not None else self.record.call
        if row.place is None or row.place not in (place, self.record.call):
            return False
        given = tuple(spec.shape for spec in self.record.inputs)
        return not given or not row.inputs or given == row.inputs

    @property
    def expected(self) -> str:
        """What Keras takes, in a few words."""
        return _expected(self.record.fault)

    @property
    def found(self) -> str:
        """What it gets."""
        shapes = [spec.shape for spec in self.record.inputs if isinstance(spec, TensorSpec)]
        if len(shapes) > 1:
            return " and ".join(map(words.shape, shapes))
        found = self.record.fault.found
        if isinstance(found, tuple):
            return words.shape(found)
        if self.record.fault.argument is not None:
            return words.plain(found)
        return words.shape(shapes[0]) if shapes else words.plain(found)

    @property
    def of_rank(self) -> bool:
        """Whether the input has the wrong rank."""
        return self.record.fault.kind is FaultKind.INPUT_RANK


def wanted(row: LayerRow) -> Shape:
    """What a layer that is refused would give for an input of its kind, as far as that is known."""
    layer = row.operation
    first = getattr(layer, "data_format", None) == "channels_first"
    if not isinstance(layer, Convolution) or not isinstance(layer.filters, int) or first:
        return UNKNOWN
    return (None, *(UNKNOWN,) * layer.spatial_rank, layer.filters)


def _expected(fault: Fault) -> str:
    expected = fault.expected
    if fault.kind is FaultKind.INPUT_RANK:
        text = "needs at least rank {}" if fault.facts.get("minimum") else "needs rank {}"
        return say(text, words.plain(expected))
    if fault.kind is FaultKind.INPUT_DIMENSION:
        return say("needs {} on axis {}", words.plain(expected), fault.axis)
    if fault.kind is FaultKind.MERGE_SHAPE:
        return say("needs equal shapes")
    if fault.kind is FaultKind.EMPTY_OUTPUT:
        return say("the window does not fit")
    if fault.kind is FaultKind.RESHAPE_SIZE:
        return say("needs as many elements")
    if fault.argument is not None and expected is not None:
        return say("{}: needs {}", fault.argument, words.plain(expected))
    return str(fault.kind.value).replace("-", " ")
