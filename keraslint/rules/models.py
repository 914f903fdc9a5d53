"""What rules about whole models share: a model's rows, and how they follow each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from keraslint.findings import Finding
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, LayerRow, ModelRecord

ACTIVATION_LAYERS = {"ReLU": "relu", "Softmax": "softmax", "ELU": "elu", "LeakyReLU": "leaky_relu"}


class Graph:
    """A model's rows by name, and who takes whose output."""

    def __init__(self, model: ModelRecord, analysis: Analysis) -> None:
        self.model = model
        self.analysis = analysis
        self.rows = {row.name: row for row in model.layers}

    @cached_property
    def is_whole(self) -> bool:
        """Whether all layers are known, and for each of them whose outputs it takes."""
        rows = self.model.layers
        linked = all(row.inbound or row.class_name == "InputLayer" for row in rows)
        return self.model.complete and linked and self.consumers.keys() <= self.rows.keys()

    @property
    def is_compiled(self) -> bool:
        """Whether the program compiles the model, and so means to train it."""
        models = (record.model for record in self.analysis.training if record.model)
        return any(model.place == self.model.place for model in models)

    @cached_property
    def consumers(self) -> Counter[str]:
        """How many rows take each row's output."""
        return Counter(name for row in self.model.layers for name in row.inbound)

    def before(self, row: LayerRow) -> LayerRow | None:
        """The one row whose output a row takes, `None` if there are several or none known."""
        return self.rows.get(row.inbound[0]) if len(row.inbound) == 1 else None

    def pairs(self) -> Iterator[tuple[LayerRow, LayerRow]]:
        """Every row that takes one output, behind the row that gives it to no other."""
        for row in self.model.layers:
            before = self.before(row)
            if before is not None and self.consumers[before.name] == 1:
                yield before, row


class ModelRule(Rule):
    """A rule that looks at one model after the other."""

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in the models of an analysis."""
        for model in analysis.models:
            yield from self.check_model(Graph(model, analysis))

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """What this rule finds in a model."""
        raise NotImplementedError

    def at(self, row: LayerRow, graph: Graph, message: str, *help: str) -> Iterator[Finding]:
        """A finding about a layer, if the program makes it."""
        if row.place is not None:
            entry = graph.model.entry
            yield self.finding(row.place.location, message, help=help, entry=entry)


def activation(row: LayerRow) -> Any:
    """The activation that a row ends with: its name, `None` for none, anything else if unknown."""
    if row.class_name in ACTIVATION_LAYERS:
        return ACTIVATION_LAYERS[row.class_name]
    return row.arguments.get("activation")


def is_linear(row: LayerRow) -> bool:
    """Whether a row certainly has no activation, and none was asked for by name."""
    return "activation" in row.arguments and row.arguments["activation"] is None


def spatial(row: LayerRow, shape: object) -> tuple[Any, ...]:
    """The dims between the batch and the channels; empty if not known."""
    if not isinstance(shape, tuple) or len(shape) < 3:
        return ()
    last = row.arguments.get("data_format") in (None, "channels_last")
    return shape[1:-1] if last else shape[2:]
