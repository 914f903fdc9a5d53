"""The arithmetic of windows that slide along an axis (convolution, pooling)."""

from __future__ import annotations

from keraslint.tensors.dims import Dim, add, floor_divide, multiply, subtract


def effective(kernel: Dim, dilation: Dim) -> Dim:
    """The extent of a dilated kernel: ``(k - 1)·d + 1``."""
    return add(multiply(subtract(kernel, 1), dilation), 1)


def valid(length: Dim, kernel: Dim, stride: Dim, dilation: Dim = 1) -> Dim:
    """Positions of a window that stays inside: ``⌊(n - k')/s⌋ + 1``; not positive if none fits."""
    return add(floor_divide(subtract(length, effective(kernel, dilation)), stride), 1)


def same(length: Dim, stride: Dim) -> Dim:
    """Positions of a window over a padded axis: ``⌊(n - 1)/s⌋ + 1``."""
    return add(floor_divide(subtract(length, 1), stride), 1)
