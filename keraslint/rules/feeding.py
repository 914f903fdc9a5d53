"""What is to say about data that a model refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keraslint.findings import Related
from keraslint.knowledge.faults import FaultKind
from keraslint.rules import words
from keraslint.rules.faults import Case, owner
from keraslint.rules.training import arrays, origin
from keraslint.tensors.dims import product
from keraslint.tensors.shapes import Shape

if TYPE_CHECKING:
    from keraslint.analysis import (
        Analysis,
        Data,
        FaultRecord,
        Feed,
        Location,
        Place,
        TrainingRecord,
    )


@dataclass(frozen=True)
class Refusal:
    """Data that a model does not take, and why."""

    record: TrainingRecord
    feed: Feed
    fault: FaultRecord
    analysis: Analysis

    @property
    def at_input(self) -> bool:
        """Whether the model refuses them before any layer has seen them."""
        return self.fault.site is None and self.fault.call == self.record.place

    @property
    def is_structure(self) -> bool:
        """Whether the arrays are not the right ones, whatever their shapes."""
        return self.at_input and self.fault.fault.kind is FaultKind.INPUT_STRUCTURE

    @property
    def data(self) -> Data | None:
        """The array to blame."""
        found = arrays(self.feed.x)
        index = self.fault.fault.input or 0
        return found[index] if index < len(found) else None

    @property
    def expected(self) -> Shape | None:
        """The shape of the input that is to blame, if the model knows it."""
        model = self.record.model
        index = self.fault.fault.input or 0
        known = model is not None and model.inputs is not None and self.record.built
        if not known or not (self.at_input or len(arrays(self.feed.x)) == 1):
            return None
        assert model is not None
        assert model.inputs is not None
        return model.inputs[index] if index < len(model.inputs) else None

    def message(self, name: str) -> str:
        """What does not fit; ``name`` is what the code calls the data."""
        if self.is_structure:
            return self._structure(name)
        shape = words.shape(self.data.spec.shape) if self.data else "?"
        if self.feed.source is not None:
            shape = f"batches {shape}"
        if self.at_input:
            return f"the model takes {words.shape(self.expected)}, but {name} has {shape}"
        case = Case(self.analysis, self.fault)
        rule = owner(case)
        reason = rule().message(case) if rule is not None else "a layer refuses them"
        if self.expected is not None:
            return f"the model takes {words.shape(self.expected)}, but {name} has {shape}: {reason}"
        return f"{name} with {shape} does not fit the model: {reason}"

    def _structure(self, name: str) -> str:
        fault = self.fault.fault
        missing = fault.facts.get("missing")
        if isinstance(missing, str):
            return f"{name} has nothing for the model's input {missing!r}"
        wanted, found = fault.expected, fault.found
        takes = words.plural(wanted, "input") if isinstance(wanted, int) else "other inputs"
        gets = words.plural(found, "array") if isinstance(found, int) else "something else"
        return f"the model takes {takes}, but {name} is {gets}"

    def advice(self) -> list[str]:
        """How to make them fit."""
        if self.is_structure:
            return []
        expected = self.expected
        shape = self.data.spec.shape if self.data else None
        if isinstance(expected, tuple) and isinstance(shape, tuple):
            return _between(shape, expected)
        if self.fault.fault.kind is FaultKind.INPUT_RANK and isinstance(shape, tuple):
            wanted = self.fault.fault.expected
            if isinstance(wanted, int) and wanted == len(shape) + 1:
                return ["add the missing axis: data[..., None] for the channels or features"]
        return []

    def related(self, known: Location) -> list[Related]:
        """Where the data come from, and what takes them."""
        model, data = self.record.model, self.data
        found: list[Related] = []
        if self.feed.source is not None:
            found += origin("these batches come", self.feed.source.place, known)
        elif data is not None and not self.is_structure:
            found += origin(f"{words.shape(data.spec.shape)} comes", data.place, known)
        if self.is_structure and model is not None:
            return [*found, Related("the model is made here", model.place.location)]
        place = self._input_place()
        if place is not None and self.expected is not None:
            takes = f"the model takes {words.shape(self.expected)} because of this"
            found.append(Related(takes, place.location))
        if not self.at_input:
            found.append(Related("this layer refuses it", self.fault.place.location))
        return found

    def _input_place(self) -> Place | None:
        """What states the input: its `Input`, or else the first layer."""
        model = self.record.model
        if model is None:
            return None
        index = self.fault.fault.input or 0 if self.at_input else 0
        inputs = [row.place for row in model.layers if row.class_name == "InputLayer"]
        if index < len(inputs):
            return inputs[index]
        return model.layers[0].place if model.layers else model.place


def _between(shape: tuple[Any, ...], expected: tuple[Any, ...]) -> list[str]:
    """How to come from one shape to the other."""
    sample, wanted = shape[1:], expected[1:]
    inner = ", ".join("-1" if dim is None else str(dim) for dim in wanted)
    if len(shape) == len(wanted) > 1 and _fits(shape[:-1], wanted[:-1]):
        return ["a single sample needs the axis of the samples, too: data[None, ...]"]
    if len(shape) == len(wanted) == 1 and _fits(shape, wanted):
        return ["a single sample needs the axis of the samples, too: data[None, :]"]
    count, target = product(sample), product(wanted)
    if isinstance(count, int) and count == target and len(sample) != len(wanted):
        flat = ", or let the model start with that shape and Flatten" if len(wanted) == 1 else ""
        return [f"reshape it with data.reshape(-1, {inner}){flat}"]
    if len(sample) == len(wanted) >= 3 and _fits((*sample[1:], sample[0]), wanted):
        return ["the channels stand first: move them with np.moveaxis(data, 1, -1)"]
    if len(sample) == len(wanted) > 0 and sample[:-1] == wanted[:-1]:
        return [f"the last axis must have {wanted[-1]} values; or give the model that size"]
    if len(sample) == len(wanted) == 3 and sample[-1] == wanted[-1]:
        return [
            f"load the images with size ({wanted[0]}, {wanted[1]}), or change the model's input"
        ]
    return [f"give the model an input of shape {words.value(sample)}, or reshape the data"]


def _fits(shape: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    pairs = zip(shape, wanted, strict=True)
    return len(shape) == len(wanted) and all(b is None or a == b for a, b in pairs)
