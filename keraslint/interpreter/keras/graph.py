"""The order in which Keras lists the operations of a functional model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from keraslint.interpreter.operations import Node
from keraslint.interpreter.values import Tensor, is_unknown


@dataclass(slots=True)
class Graph:
    """The part of a tensor graph between inputs and outputs.

    Attributes:
        nodes: by decreasing distance to the outputs.
        operations: likewise, each once; ties in depth-first order from the first output.
        complete: whether every tensor's origin is known.
        loose: a tensor that leads to an input the model does not have, if any.
        stand_ins: the inputs that Keras makes for tensors from the middle of another graph.
    """

    nodes: list[Node] = field(default_factory=list)
    operations: list[Any] = field(default_factory=list)
    complete: bool = True
    loose: Tensor | None = None
    stand_ins: dict[int, Tensor] = field(default_factory=dict)
    by_operation: dict[int, list[Node]] = field(default_factory=dict)

    def seen(self, tensor: Tensor) -> Tensor:
        """A tensor as this graph sees it: the input that stands in for it, if there is one."""
        return self.stand_ins.get(id(tensor), tensor)

    def nodes_of(self, operation: Any) -> list[Node]:
        """The applications of an operation in this graph."""
        return self.by_operation.get(id(operation), [])


def read_graph(inputs: list[Tensor], outputs: list[Tensor], stand_ins: dict[int, Tensor]) -> Graph:
    """Read the graph behind ``outputs``, back to ``inputs``."""
    graph = Graph(stand_ins=stand_ins)
    inputs = [graph.seen(tensor) for tensor in inputs]
    order, indices = _sorted_nodes(graph, inputs, outputs)
    node_depths, depths, operations = _depths(graph, order)
    for tensor in inputs:
        node = tensor.node
        if node is None:
            graph.complete = False
        elif id(node.operation) not in depths and node.is_input:
            depths[id(node.operation)] = 0
            indices[id(node.operation)] = -1
            operations[id(node.operation)] = node.operation
            node_depths[id(node)] = 0
            order = [node, *order]
    graph.nodes = sorted(order, key=lambda node: -node_depths[id(node)])
    ranked = sorted(operations, key=lambda key: (-depths[key], indices[key]))
    graph.operations = [operations[key] for key in ranked]
    for node in order:
        graph.by_operation.setdefault(id(node.operation), []).append(node)
    return graph


def _sorted_nodes(
    graph: Graph, inputs: list[Tensor], outputs: list[Tensor]
) -> tuple[list[Node], dict[int, int]]:
    """Nodes from the inputs to the outputs, and when each operation was first met."""
    order: list[Node] = []
    indices: dict[int, int] = {}
    finished: set[int] = set()
    declared = {id(tensor) for tensor in inputs}
    for output in outputs:
        _visit(graph, output, declared, finished, order, indices)
    return order, indices


def _visit(
    graph: Graph,
    tensor: Tensor,
    declared: set[int],
    finished: set[int],
    order: list[Node],
    indices: dict[int, int],
) -> None:
    """Depth first without recursion: models may be thousands of layers deep."""
    stack: list[tuple[Tensor, bool]] = [(tensor, False)]
    while stack:
        current, done = stack.pop()
        current = graph.seen(current)
        node = current.node
        if current.is_constant and id(current) not in declared:
            graph.complete = graph.complete and not _may_be_symbolic(current)
            continue
        if node is None:
            graph.complete = graph.complete and id(current) in declared
            continue
        if done:
            order.append(node)
            continue
        if id(node) in finished:
            continue
        finished.add(id(node))
        if not node.is_input and id(current) in declared:
            continue
        if node.is_input and id(current) not in declared and graph.loose is None:
            graph.loose = current
        indices.setdefault(id(node.operation), len(indices))
        stack.append((current, True))
        stack.extend((parent, False) for parent in reversed(node.parents))


def _may_be_symbolic(tensor: Tensor) -> bool:
    """Whether a tensor is computed from what nobody knows: that may be symbolic after all."""
    stack, seen = [tensor.node], set()
    while stack:
        node = stack.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node.arguments, tuple) and any(map(is_unknown, node.arguments)):
            return True
        stack.extend(parent.node for parent in node.parents)
    return False


def _depths(
    graph: Graph, order: list[Node]
) -> tuple[dict[int, int], dict[int, int], dict[int, Any]]:
    """The distance of nodes and operations to the outputs, shared operations at their greatest."""
    nodes: dict[int, int] = {}
    depths: dict[int, int] = {}
    operations: dict[int, Any] = {}
    members = {id(node) for node in order}
    for node in reversed(order):
        key = id(node.operation)
        depth = max(nodes.setdefault(id(node), 0), depths.get(key, 0))
        depths[key] = nodes[id(node)] = depth
        operations[key] = node.operation
        for parent in map(graph.seen, node.parents):
            if parent.node is not None and id(parent.node) in members:
                before = nodes.get(id(parent.node), 0)
                nodes[id(parent.node)] = max(depth + 1, before)
    return nodes, depths, operations
