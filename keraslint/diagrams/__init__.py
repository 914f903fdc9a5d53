"""Pictures of models: tensors with kernel windows, graphs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keraslint.diagrams.options import Options

if TYPE_CHECKING:
    from keraslint.analysis import ModelRecord
    from keraslint.diagrams.display import Picture
    from keraslint.diagrams.failures import Failure


def picture(
    model: ModelRecord, options: Options | None = None, failures: Sequence[Failure] = ()
) -> Picture:
    """A picture of a model."""
    from keraslint.diagrams import network, tensor_view

    nodes = network.of_model(model, failures)
    return tensor_view.draw(nodes, title(model), options or Options())


def title(model: ModelRecord) -> str:
    """What a picture of a model is called."""
    from keraslint.diagrams import words

    layers = sum(not row.is_operation for row in model.layers)
    parts = [model.kind, words.count(layers, "layer"), words.params(model.total_params)]
    return f"{model.name} — {', '.join(parts)}"
