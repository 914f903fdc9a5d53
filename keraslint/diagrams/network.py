"""A model as nodes: its layers, the inputs that have no layer, and what feeds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from keraslint.analysis import LayerRow, ModelRecord
from keraslint.diagrams.failures import Failure
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.shapes import Shape

INPUTS = ("InputLayer", "Input")


@dataclass(slots=True, eq=False)
class Node:
    """A layer in its model.

    Attributes:
        row: the layer.
        index: its position among the nodes.
        sources: the nodes before it that feed it, each once.
        again: nodes behind it, or itself, that feed it as well, because the layer is shared.
        uses: nodes that it feeds.
        failure: what goes wrong in it.
    """

    row: LayerRow
    index: int
    sources: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    uses: list[int] = field(default_factory=list)
    failure: Failure | None = None

    @property
    def is_input(self) -> bool:
        """Whether it is an input of the model."""
        return self.row.class_name in INPUTS

    @property
    def output(self) -> Shape:
        """The shape it gives; that of the first of several."""
        return self.row.outputs[0] if self.row.outputs else UNKNOWN


def network(
    rows: Sequence[LayerRow], inputs: tuple[Shape, ...] | None, failures: Sequence[Failure] = ()
) -> list[Node]:
    """The nodes of some rows, inputs without a row first."""
    rows = [*_missing_inputs(rows, inputs), *rows]
    nodes = [Node(row, i, failure=_failure(row, failures)) for i, row in enumerate(rows)]
    index: dict[str, int] = {}
    for node in nodes:
        index.setdefault(node.row.name, node.index)
    for node in nodes:
        for name in node.row.inbound:
            source = index.get(name)
            if source is None:
                continue
            if source >= node.index:
                node.again.append(source)
            else:
                node.sources.append(source)
                nodes[source].uses.append(node.index)
    return nodes


def of_model(model: ModelRecord, failures: Sequence[Failure] = ()) -> list[Node]:
    """The nodes of a model, without what only makes masks."""
    masks = _masks(model.layers)
    rows = [
        replace(row, inbound=tuple(name for name in row.inbound if name not in masks))
        for row in model.layers
        if row.name not in masks
    ]
    return network(rows, model.inputs, failures)


def _masks(rows: Sequence[LayerRow]) -> set[str]:
    """The names of operations that do nothing but tell layers which steps to leave out.

    What a layer is given besides its inputs is a mask.
    """
    uses: dict[str, list[LayerRow]] = {}
    for row in rows:
        for name in row.inbound:
            uses.setdefault(name, []).append(row)
    found: set[str] = set()
    for row in reversed(rows):
        used = uses.get(row.name, ())
        if (
            row.is_operation
            and used
            and all(
                use.name in found if use.is_operation else len(use.inputs) < len(set(use.inbound))
                for use in used
            )
        ):
            found.add(row.name)
    return found


def _missing_inputs(rows: Sequence[LayerRow], inputs: tuple[Shape, ...] | None) -> list[LayerRow]:
    known = {row.name for row in rows}
    missing: dict[str, Shape] = {}
    for row in rows:
        for i, name in enumerate(row.inbound):
            if name not in known and name not in missing:
                shapes = row.inputs if len(row.inputs) == len(row.inbound) else ()
                missing[name] = shapes[i] if shapes else UNKNOWN
    if rows and not rows[0].inbound and rows[0].class_name not in INPUTS and not missing:
        return []
    if len(missing) == 1 and inputs and len(inputs) == 1:
        missing = dict.fromkeys(missing, inputs[0])
    return [
        LayerRow(name, "Input", (), (shape,), (shape,), 0, 0, None)
        for name, shape in missing.items()
    ]


def _failure(row: LayerRow, failures: Sequence[Failure]) -> Failure | None:
    return next((failure for failure in failures if failure.concerns(row)), None)


def is_chain(nodes: Sequence[Node]) -> bool:
    """Whether each node feeds only the next one."""
    return all(
        node.sources == ([node.index - 1] if node.index else []) and not node.again
        for node in nodes
    )
