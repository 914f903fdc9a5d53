"""A chain of layers as tensors with steps between them, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keraslint.diagrams import fields, words
from keraslint.diagrams.axes import axes_of
from keraslint.diagrams.boxes import Box
from keraslint.diagrams.failures import wanted
from keraslint.diagrams.language import say
from keraslint.diagrams.network import Node
from keraslint.diagrams.windows import Window, channels_first, window_of
from keraslint.knowledge.layers.embedding import Embedding
from keraslint.tensors.shapes import Shape, rank


@dataclass(frozen=True, slots=True)
class Stop:
    """A tensor on the way.

    Attributes:
        shape: its shape.
        box: how it is drawn.
        caption: which layer gives it, and how much of the input it sees.
        wrong: whether it is unknown because of an error.
    """

    shape: Shape
    box: Box
    caption: str
    wrong: bool = False


@dataclass(slots=True)
class Step:
    """What happens between two tensors: at most one layer with a window, and others."""

    nodes: list[Node] = field(default_factory=list)
    window: Window | None = None

    @property
    def failed(self) -> bool:
        """Whether one of the layers is refused."""
        return any(node.failure is not None for node in self.nodes)


@dataclass(slots=True)
class Chain:
    """Tensors with the steps between them: one step fewer than there are tensors."""

    stops: list[Stop]
    steps: list[Step]


def chain_of(
    nodes: Sequence[Node],
    seen: Mapping[int, fields.Field | None],
    renamed: Mapping[str, str],
) -> Chain:
    """The tensors and steps of nodes that follow each other.

    Args:
        nodes: the first gives the first tensor, unless it takes one of its own.
        seen: the receptive field behind each node, by its index.
        renamed: what the user calls axes.
    """
    steps = _steps([node for node in nodes if not node.is_input])
    first = nodes[0]
    given = first.output if first.is_input else _given(first)
    caption = _name(first) if first.is_input else ""
    firsts = [channels_first(node.row) for node in nodes]
    layout = any(firsts)
    stops = [_stop(given, caption, steps[0] if steps else None, layout, renamed)]
    for i, step in enumerate(steps):
        last = step.nodes[-1]
        following = steps[i + 1] if i + 1 < len(steps) else None
        text = _caption(step, following, _field(seen.get(last.index)))
        shape = wanted(last.row) if step.failed else last.output
        stops.append(_stop(shape, text, following, layout, renamed, wrong=step.failed))
    return Chain(stops, steps)


def _caption(step: Step, following: Step | None, field_text: str) -> str:
    """What stands below the tensor between two steps."""
    if step.failed:
        return say("unknown from here on")
    name = step.nodes[-1].row.name
    failure = following.nodes[0].failure if following is not None else None
    if failure is not None and failure.of_rank:
        n = rank(step.nodes[-1].output)
        return name if n is None else say("{} · rank {}", name, n)
    return f"{name} · {field_text}" if field_text else name


def receptive_fields(nodes: Sequence[Node]) -> dict[int, fields.Field | None]:
    """The receptive field behind each node."""
    seen: dict[int, fields.Field | None] = {}
    for node in nodes:
        if not node.sources:
            seen[node.index] = fields.start(rank(node.output)) if node.is_input else None
            continue
        seen[node.index] = fields.after(node.row, [seen[source] for source in node.sources])
    return seen


def _name(first: Node) -> str:
    return say("input") if first.row.name == "input" else first.row.name


def _given(node: Node) -> Shape:
    from keraslint.tensors.dims import UNKNOWN

    return node.row.inputs[0] if node.row.inputs else UNKNOWN


def _field(field_: fields.Field | None) -> str:
    return "" if field_ is None else field_.text()


def _steps(nodes: list[Node]) -> list[Step]:
    """Layers that change nothing that is drawn go into one step with the one before them."""
    steps: list[Step] = []
    for node in nodes:
        window = window_of(node.row)
        keeps = window is None and node.row.inputs[:1] == (node.row.outputs or ())[:1]
        if steps and keeps and not steps[-1].failed and node.failure is None:
            steps[-1].nodes.append(node)
        else:
            steps.append(Step([node], window))
    return steps


def _stop(
    shape: Shape,
    caption: str,
    step: Step | None,
    layout: bool,
    renamed: Mapping[str, str],
    *,
    wrong: bool = False,
) -> Stop:
    if wrong:
        return Stop(shape, Box((), None, wrong), caption, wrong)
    indices = step is not None and isinstance(step.nodes[0].row.operation, Embedding)
    axes = axes_of(shape, channels_first=layout, steps=indices, renamed=renamed)
    return Stop(shape, Box(axes, rank(shape)), caption)


def sentence(chain: Chain) -> str:
    """The shapes of a chain in a sentence."""
    parts = [say("A tensor {}", words.shape(chain.stops[0].shape))]
    for step, stop in zip(chain.steps, chain.stops[1:], strict=True):
        layers = ", ".join(node.row.class_name for node in step.nodes)
        failed = next((node.failure for node in step.nodes if node.failure), None)
        if failed is not None:
            parts.append(say("{} refuses it ({}: {})", layers, failed.code, failed.message))
        else:
            parts.append(say("{} makes it {}", layers, words.shape(stop.shape)))
    return "; ".join(parts) + "."
