"""Analyses made by hand, for the tests of what shows them."""

from __future__ import annotations

from typing import Any

from keraslint.analysis import (
    Analysis,
    CallRecord,
    FaultRecord,
    GivenArgument,
    LayerRow,
    Location,
    ModelRecord,
    Place,
    Problem,
    Site,
)
from keraslint.knowledge.faults import Fault
from keraslint.tensors.specs import TensorSpec


class Text:
    """A file; its nodes are stretches of its text."""

    def __init__(self, filename: str, text: str = "", cell: int | None = None) -> None:
        self.filename = filename
        self.text = text
        self.cell = cell

    def locate(self, node: Any) -> Location:
        start, end = node
        row, column = self._position(start)
        return Location(self.filename, row, column, *self._position(end), self.cell)

    def _position(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def place(self, part: str, nth: int = 0) -> Place:
        """The nth occurrence of a part of the text."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(part, start + 1)
        return Place(self, (start, start + len(part)))

    def argument(self, whole: str, known: Any = None) -> GivenArgument:
        """An argument, ``name=value`` in the text."""
        name, _, value = whole.partition("=")
        start = self.text.index(whole)
        end = start + len(whole)
        return GivenArgument(
            name, Place(self, (end - len(value), end)), Place(self, (start, end)), True, known
        )


def spec(*shape: Any) -> TensorSpec:
    return TensorSpec(shape)


KEY_TEXT = """\
from keras.layers import Conv1D
from keras.models import Sequential

model = Sequential()
model.add(Conv1D(64, 3, input_shape=(256, 256, 3)))
"""


def key_case(filename: str = "model.py") -> Analysis:
    """The case that everything began with: images into Conv1D."""
    from keraslint.knowledge.faults import FaultKind

    text = Text(filename, KEY_TEXT)
    layer = "Conv1D(64, 3, input_shape=(256, 256, 3))"
    given = text.argument("input_shape=(256, 256, 3)", (256, 256, 3))
    site = Site("keras.layers.Conv1D", text.place(layer), [], {"input_shape": given})
    shape = (None, 256, 256, 3)
    record = FaultRecord(
        Fault(FaultKind.INPUT_RANK, input=0, expected=3, found=shape),
        "keras.layers.Conv1D",
        text.place(layer),
        text.place(f"model.add({layer})"),
        "<module>",
        (TensorSpec(shape),),
        (None,),
        site,
    )
    return Analysis(filename, sites=[site], faults=[record])


def tutorial(filename: str = "tutorial.py") -> Analysis:
    """A model of two layers, in order."""
    text = Text(filename, "model = Sequential([\n    Conv1D(64, 3),\n    Conv1D(32, 3),\n])\n")
    places = [text.place("Conv1D(64, 3)"), text.place("Conv1D(32, 3)")]
    shapes: list[Any] = [(None, 10, 32), (None, 8, 64), (None, 6, 32)]
    counts = [6208, 6176]
    sites = [
        Site(
            "keras.layers.Conv1D",
            place,
            [
                CallRecord(
                    "<module>", (TensorSpec(shapes[i]),), (TensorSpec(shapes[i + 1]),), count, place
                )
            ],
        )
        for i, (place, count) in enumerate(zip(places, counts, strict=True))
    ]
    rows = tuple(
        LayerRow(
            name, "Conv1D", (before,), (shapes[i],), (shapes[i + 1],), counts[i], counts[i], place
        )
        for i, (name, before, place) in enumerate(
            zip(("conv1d", "conv1d_1"), ("input_layer", "conv1d"), places, strict=True)
        )
    )
    whole = text.place(text.text.removeprefix("model = ").strip())
    model = ModelRecord(
        "model",
        "sequential",
        ("model",),
        "Sequential",
        "<module>",
        whole,
        (shapes[0],),
        (shapes[2],),
        rows,
        12384,
        12384,
        0,
    )
    return Analysis(filename, sites=sites, models=[model])


def problem(kind: str, filename: str, message: str = "that does not work") -> Analysis:
    """A file with nothing but a problem."""
    return Analysis(filename, problems=[Problem(kind, message, Location(filename, 1, 1, 1, 2))])
