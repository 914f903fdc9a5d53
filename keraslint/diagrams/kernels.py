"""What the kernel of a convolution does, in words."""

from __future__ import annotations

from typing import Any

from keraslint.diagrams.language import say
from keraslint.diagrams.windows import Window
from keraslint.knowledge.layers.conv import Conv, DepthwiseConv, SeparableConv


def explained(layer: Any, window: Window | None) -> str:
    """What the kernel of a layer covers, and along what it slides; empty if it is none of these."""
    if not isinstance(layer, (Conv, DepthwiseConv, SeparableConv)):
        return ""
    rank = layer.spatial_rank
    along = {1: "one axis (steps)", 2: "two axes (rows, cols)", 3: "three axes"}[rank]
    channels = "feature" if rank == 1 else "channel"
    covers = f"covers every {channels}"
    if isinstance(layer, (DepthwiseConv, SeparableConv)):
        covers = f"covers one {channels} at a time"
    elif window is not None and window.source.channels is not None:
        covers = f"covers the {channels}s of its group"
    return say("{}: the kernel {} and slides along {}", layer.name, say(covers), say(along))
