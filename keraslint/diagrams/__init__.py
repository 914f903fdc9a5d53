"""Pictures of models: tensors with kernel windows, graphs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from keraslint.diagrams.failures import Failure
from keraslint.diagrams.language import LANGUAGES, say, speaking
from keraslint.diagrams.options import Options

if TYPE_CHECKING:
    from keraslint.analysis import ModelRecord
    from keraslint.diagrams.display import Picture
    from keraslint.diagrams.network import Node

Format = Literal["svg", "tikz", "text", "mermaid", "dot"]
FORMATS: tuple[Format, ...] = ("svg", "tikz", "text", "mermaid", "dot")
SUFFIXES: dict[str, Format] = {
    ".svg": "svg",
    ".tex": "tikz",
    ".tikz": "tikz",
    ".txt": "text",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
}
MOST_TENSORS = 16
"""A longer chain is drawn as a graph unless asked otherwise."""


def picture(
    model: ModelRecord, options: Options | None = None, failures: Sequence[Failure] = ()
) -> Picture:
    """A picture of a model.

    Args:
        model: what to draw.
        options: how to draw it.
        failures: what Keras refuses in the program; those in the model are drawn where they are.
    """
    from keraslint.diagrams import graph_view, network, table_view, tensor_view

    options = options or Options()
    nodes = network.of_model(model, failures)
    draw = {"tensors": tensor_view.draw, "graph": graph_view.draw, "table": table_view.draw}
    with speaking(options.language):
        return draw[_view(nodes, options)](nodes, options.title or title(model), options)


def parts(
    model: ModelRecord, options: Options | None = None, failures: Sequence[Failure] = ()
) -> list[Picture]:
    """Pictures of what is inside the closed cards of a model's picture, if that is a graph."""
    from keraslint.diagrams import graph_view, network

    options = options or Options()
    nodes = network.of_model(model, failures)
    with speaking(options.language):
        return graph_view.closed_parts(nodes, options) if _view(nodes, options) == "graph" else []


def render(
    models: Sequence[ModelRecord],
    format: Format = "svg",
    options: Options | None = None,
    failures: Sequence[Failure] = (),
) -> str:
    """Models as the text of a file; the same models always give the same text."""
    options = options or Options()
    if format in {"svg", "tikz"}:
        from keraslint.diagrams import svg, tikz
        from keraslint.diagrams.display import stack

        whole = stack([picture(model, options, failures) for model in models])
        return svg.render(whole) if format == "svg" else tikz.render(whole)
    with speaking(options.language):
        return "\n".join(_source(model, format, options, failures) for model in models)


def _source(
    model: ModelRecord, format: Format, options: Options, failures: Sequence[Failure]
) -> str:
    from keraslint.diagrams import network, outline, sources
    from keraslint.terminal import Canvas

    nodes = network.of_model(model, failures)
    if format == "text":
        return outline.render(nodes, title(model), options, Canvas())
    write = sources.mermaid if format == "mermaid" else sources.dot
    return write(nodes, title(model), options)


def title(model: ModelRecord) -> str:
    """What a picture of a model is called."""
    from keraslint.diagrams import words

    operations = sum(row.is_operation for row in model.layers)
    layers = words.count(len(model.layers) - operations, "layer")
    if operations:
        layers = say("{} and {}", layers, words.count(operations, "operation"))
    parts = [model.kind, layers, words.params(model.total_params)]
    return f"{model.name} — {', '.join(parts)}"


def _view(nodes: Sequence[Node], options: Options) -> Literal["tensors", "graph", "table"]:
    from keraslint.diagrams.network import is_chain

    if options.view != "auto":
        return options.view
    return "tensors" if len(nodes) <= MOST_TENSORS and is_chain(nodes) else "graph"


__all__ = [
    "FORMATS",
    "LANGUAGES",
    "SUFFIXES",
    "Failure",
    "Format",
    "Options",
    "parts",
    "picture",
    "render",
    "title",
]
