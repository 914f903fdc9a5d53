"""What can be chosen about a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

View = Literal["auto", "tensors", "graph", "table"]
Direction = Literal["auto", "down", "right"]
MARGIN = 16
WIDEST = 680


@dataclass(frozen=True, slots=True)
class Options:
    """How to draw.

    Attributes:
        view: tensors with their windows, the graph of layers, or a table; ``auto`` for what suits
            the model.
        collapse: ``auto``, ``none``, or how many levels of helper functions to open.
        direction: of the flow; ``auto`` goes down for graphs and more than three tensors.
        axes: the user's names of axes, by Keras's names.
        links: the project's own pages, by class.
        width: the room there is from left to right; graphs take more if they need it.
        title: what to call the picture, if not empty.
        language: of the words in it, such as ``zh``.
    """

    view: View = "auto"
    collapse: int | Literal["auto", "none"] = "auto"
    direction: Direction = "auto"
    axes: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    width: int = WIDEST
    title: str = ""
    language: str = "en"
