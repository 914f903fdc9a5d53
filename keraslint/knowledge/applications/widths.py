"""How the numbers of filters follow from a width multiplier."""

from __future__ import annotations

import math

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.arguments import number
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown

Factor = float | Unknown


def alpha_of(options: Options) -> Factor:
    """The width multiplier.

    Raises:
        Fault: it is no number.
    """
    alpha = number(options.arguments, "alpha")
    if isinstance(alpha, float) and not math.isfinite(alpha):
        raise Fault(
            FaultKind.INVALID_VALUE, argument="alpha", expected="a finite number", found=alpha
        )
    return alpha


def check_alpha(options: Options, alpha: Factor, choices: tuple[float, ...]) -> None:
    """Check that there are weights of ImageNet for that width.

    Raises:
        Fault: there are none.
    """
    if options.pretrained is True and not isinstance(alpha, Unknown) and alpha not in choices:
        raise Fault(FaultKind.INVALID_VALUE, argument="alpha", expected=choices, found=alpha)


def truncated(filters: int, alpha: Factor) -> Dim:
    """The filters scaled, rounded towards zero."""
    return UNKNOWN if isinstance(alpha, Unknown) else int(filters * alpha)


def rounded(filters: Dim, factor: Factor, *, generous: bool = True) -> Dim:
    """The filters scaled to the nearest multiple of 8, at least 8.

    Args:
        filters: how many before scaling.
        factor: by what.
        generous: never lose more than a tenth, but take 8 more.
    """
    if isinstance(factor, Unknown) or not isinstance(filters, int):
        return UNKNOWN
    exact = filters * factor
    near = max(8, int(exact + 4) // 8 * 8)
    return near + 8 if generous and near < 0.9 * exact else near
