"""What an analysis tells of a program that imports Keras, in short."""

from __future__ import annotations

from typing import Any

from keraslint.analysis import Analysis, ModelRecord
from keraslint.engine import analyse_source
from keraslint.sources import Source

PRELUDE = "import os\nimport keras\nfrom keras import layers, ops\nflag = os.environ.get('FLAG')\n"


def analyse(code: str) -> Analysis:
    """The analysis of a program behind the common imports; nothing may go wrong inside."""
    text = PRELUDE + code
    analysis = analyse_source(Source("program.py", text, text))
    assert not analysis.problems
    return analysis


def outputs(code: str, layer: str = "Dense") -> list[Any]:
    """The output shapes of every call of a layer, one each, in the order of their sites."""
    sites = [site for site in analyse(code).sites if site.layer == f"keras.layers.{layer}"]
    return [_shape(call.outputs) for site in sites for call in site.calls]


def _shape(specs: Any) -> Any:
    [spec] = specs
    return spec.shape


def model(code: str) -> ModelRecord:
    """The last model of a program without faults."""
    analysis = analyse(code)
    assert not analysis.faults
    return analysis.models[-1]


def faults(code: str) -> list[str]:
    """The kinds of the faults of a program."""
    return [record.fault.kind.name for record in analyse(code).faults]


def rows(record: ModelRecord) -> dict[str, tuple[str, ...]]:
    """The names of a model's layers in order, and what each takes its tensors from."""
    return {row.name: row.inbound for row in record.layers}
