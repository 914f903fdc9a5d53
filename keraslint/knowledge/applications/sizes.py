"""What the MobileNets make of the size of their images."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.widths import Factor
from keraslint.knowledge.arguments import as_dim
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown

Sizes = tuple[int, ...]


def rows_and_cols(shape: Any) -> tuple[Dim, Dim]:
    """The first two dims of an ``input_shape``.

    Raises:
        Fault: it has none.
    """
    if isinstance(shape, (tuple, list)) and len(shape) >= 2:
        return as_dim(shape[0]), as_dim(shape[1])
    if isinstance(shape, (int, float, str, tuple, list)):
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="input_shape", expected="three integers", found=shape
        )
    return UNKNOWN, UNKNOWN


def square(rows: Dim, cols: Dim, sizes: Sizes) -> Dim:
    """The size that weights were trained with, 224 if these are other rows and columns."""
    if isinstance(rows, int) and isinstance(cols, int):
        return rows if rows == cols and rows in sizes else 224
    return 224 if rows is None or cols is None else UNKNOWN


def model_name(family: str, options: Options, alpha: Factor, shape: Any, sizes: Sizes) -> Any:
    """The name of a model that is given none; it tells the width and the rows."""
    rows, cols = rows_and_cols(shape)
    trained = square(rows, cols, sizes)
    if isinstance(options.pretrained, Unknown):
        rows = rows if rows == trained else UNKNOWN
    elif options.pretrained:
        rows = trained
    if isinstance(alpha, Unknown) or not (rows is None or isinstance(rows, int)):
        return UNKNOWN
    return f"{family}_{alpha:0.2f}_{rows}"
