"""The receptive field: how much of the model's input one position of a tensor comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from keraslint.analysis import LayerRow
from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.diagrams.windows import WHOLE, Window, effective, window_of
from keraslint.knowledge.layers.embedding import Embedding
from keraslint.knowledge.layers.recurrent import RNN
from keraslint.knowledge.layers.reshaping import Flatten
from keraslint.knowledge.layers.wrappers import Bidirectional
from keraslint.tensors.dims import Unknown
from keraslint.tensors.shapes import rank


@dataclass(frozen=True, slots=True)
class Field:
    """A receptive field.

    Attributes:
        size: positions of the input seen along each spatial axis; `None` for all of them.
        jump: how far apart in the input two neighbours are.
    """

    size: tuple[Fraction, ...] | None
    jump: tuple[Fraction, ...]

    def text(self) -> str:
        """It in words, empty for a single position."""
        if self.size is None:
            return say("sees everything")
        sizes = [-(-size.numerator // size.denominator) for size in self.size]
        if not sizes or all(size == 1 for size in sizes):
            return ""
        if len(sizes) == 1:
            return say("sees {}", words.count(sizes[0], "step"))
        return say("sees {}", words.product(sizes, words.TIMES))


def start(n: int | None) -> Field | None:
    """The field of an input of rank ``n``: one position, of the axes between batch and channels."""
    if n is None or n < 3:
        return None
    return Field((Fraction(1),) * (n - 2), (Fraction(1),) * (n - 2))


def after(row: LayerRow, fields: Sequence[Field | None]) -> Field | None:
    """The field behind a layer, given those of its inputs; `None` if it is not known."""
    if isinstance(row.operation, Embedding) and row.outputs:
        return start(rank(row.outputs[0]))
    known = [field for field in fields if field is not None]
    if not known or len(known) != len(fields):
        return None
    field = _merged(known)
    if field is None or field.size is None:
        return field
    layer, window = row.operation, window_of(row)
    if isinstance(layer, (RNN, Bidirectional, Flatten)):
        return Field(None, field.jump)
    if window is None:
        return field if _elementwise(row) else None
    if not window.source.spatial and not window.target.spatial:
        return None
    return _through(window, field)


def _merged(fields: list[Field]) -> Field | None:
    """The largest of several fields; they must be over the same axes."""
    first = fields[0]
    if any(len(field.jump) != len(first.jump) for field in fields):
        return None
    if any(field.size is None for field in fields):
        return Field(None, first.jump)
    sizes = [field.size for field in fields if field.size is not None]
    return Field(tuple(map(max, zip(*sizes, strict=True))), first.jump)


def _through(window: Window, field: Field) -> Field | None:
    assert field.size is not None
    if len(window.source.spatial) != len(field.size) or window.frame:
        return field if window.frame else None
    if WHOLE in window.source.spatial:
        return Field(None, field.jump)
    if not window.strides:
        return field
    if window.on_target:
        return _spread(window, field)
    size, jump = [], []
    for axis, kernel in enumerate(window.source.spatial):
        assert kernel is not None
        extent = effective(kernel, window.dilation[axis])
        size.append(field.size[axis] + (extent - 1) * field.jump[axis])
        jump.append(field.jump[axis] * window.strides[axis])
    return Field(tuple(size), tuple(jump))


def _spread(window: Window, field: Field) -> Field:
    """Behind a transposed convolution: as many inputs as overlap in one output."""
    assert field.size is not None
    size, jump = [], []
    for axis, kernel in enumerate(window.target.spatial):
        assert kernel is not None
        extent, stride = effective(kernel, window.dilation[axis]), window.strides[axis]
        overlap = -(-extent // stride)
        size.append(field.size[axis] + (overlap - 1) * field.jump[axis])
        jump.append(field.jump[axis] / stride)
    return Field(tuple(size), tuple(jump))


def _elementwise(row: LayerRow) -> bool:
    """Whether the positions stay what they are: same rank, same dims but for the last axis."""
    if not row.outputs or not row.inputs:
        return False
    before, behind = row.inputs[0], row.outputs[0]
    if isinstance(before, Unknown) or isinstance(behind, Unknown):
        return False
    kept = row.class_name in KEEPING or row.is_operation
    return kept and len(before) == len(behind)


KEEPING = {
    "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "Dropout", "SpatialDropout1D",
    "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "GaussianNoise", "AlphaDropout",
    "BatchNormalization", "LayerNormalization", "GroupNormalization", "UnitNormalization",
    "RMSNormalization", "Rescaling", "Normalization", "Identity", "Masking", "Add", "Subtract",
    "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "ActivityRegularization",
}  # fmt: skip
"""Layers that take each position by itself."""
