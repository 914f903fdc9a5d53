"""Comments that state the output shapes of layers: where they stand, and what they should say."""

from keraslint.annotate.edits import missing, removals, updates
from keraslint.annotate.remarks import Remark, correction, remarks
from keraslint.annotate.spots import Spot

__all__ = [
    "Remark",
    "Spot",
    "correction",
    "missing",
    "remarks",
    "removals",
    "updates",
]
