"""Holding the static answer against what the real Keras did."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import Expr, Unknown
from keraslint.tensors.shapes import shape_to_json

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, CallRecord, LayerRow, Location, ModelRecord, Site
    from keraslint.tensors.dims import Dim
    from keraslint.tensors.shapes import Shape

AGREES, UNKNOWN, DIFFERS, NOT_RUN = "agrees", "unknown", "differs", "not run"


@dataclass(slots=True)
class Comparison:
    """One application of a layer, or one fact of a model.

    Attributes:
        row, column: where the layer or model is made.
        subject: the class, or the model and what of it.
        status: `AGREES`; `UNKNOWN` if the static answer leaves something open; `DIFFERS`; `NOT_RUN`
            if the program did not get there.
        static, real: what either says, as JSON has it; `None` if nothing.
    """

    row: int
    column: int
    subject: str
    status: str
    static: Any
    real: Any


@dataclass(slots=True)
class Verdict:
    """The whole comparison of a program.

    Attributes:
        error: what the program raised, `None` if it ran to its end.
        keras: the version of Keras.
    """

    filename: str
    error: dict[str, Any] | None
    keras: str
    layers: list[Comparison] = field(default_factory=list)
    models: list[Comparison] = field(default_factory=list)

    def count(self, status: str) -> int:
        """How many comparisons have this status."""
        return sum(one.status == status for one in (*self.layers, *self.models))

    @property
    def differs(self) -> bool:
        """Whether the static answer is wrong somewhere."""
        return self.count(DIFFERS) > 0


def compare(analysis: Analysis, observed: dict[str, Any]) -> Verdict:
    """Compare an analysis with what the recorder noted of the same program."""
    verdict = Verdict(analysis.filename, observed.get("error"), observed.get("keras", ""))
    verdict.layers = _in_order(_layers(analysis, observed["sites"]))
    verdict.models = _in_order(_models(analysis, observed["models"]))
    return verdict


def _in_order(found: Iterable[Comparison]) -> list[Comparison]:
    return sorted(found, key=lambda one: (one.row, one.column))


def _layers(analysis: Analysis, observed: list[dict[str, Any]]) -> Iterator[Comparison]:
    here = [one for one in observed if _same_file(one["filename"], analysis.filename)]
    for site in analysis.sites:
        location = site.place.location
        if not _same_file(location.filename, analysis.filename):
            continue
        real = next((one for one in here if _is_site(one, site, location)), None)
        if real is not None:
            here.remove(real)
        yield from _applications(site, location, real["calls"] if real else [])
    for real in here:
        for call in real["calls"] or [None]:
            yield Comparison(real["row"], real["column"] or 1, real["layer"], UNKNOWN, None, call)


def _is_site(real: dict[str, Any], site: Site, location: Location) -> bool:
    name = site.layer.rpartition(".")[2]
    known = find(name)
    if real["row"] != location.row or real["layer"] not in (name, known and known.hidden_name):
        return False
    return real["column"] is None or bool(real["column"] == location.column)


def _applications(
    site: Site, location: Location, real: list[dict[str, Any]]
) -> Iterator[Comparison]:
    """Each application by Keras beside the best that is known of it, then what Keras did not do."""
    left = list(site.calls)
    name = site.layer.rpartition(".")[2]
    missed = []
    for call in real:
        ranked = sorted(((_judge(one, call), one) for one in left), key=lambda pair: pair[0])
        if ranked and ranked[0][0] < 2:
            status, best = ranked[0]
            left = [one for one in left if one is not best and _judge(one, call) != 0]
            how = AGREES if status == 0 else UNKNOWN
            yield Comparison(location.row, location.column, name, how, _call_data(best), call)
        else:
            missed.append(call)
    others = [one for one in left if not any(_judge(one, call) < 2 for call in real)]
    for call in missed:
        known = _call_data(others.pop(0)) if others else None
        status_name = UNKNOWN if known is None else DIFFERS
        yield Comparison(location.row, location.column, name, status_name, known, call)
    for one in others:
        yield Comparison(location.row, location.column, name, NOT_RUN, _call_data(one), None)


def _judge(static: CallRecord, real: dict[str, Any]) -> int:
    """0 the same, 1 not contradicting, 2 different."""
    outputs = static.outputs
    return max(
        judge_shapes([tensor.shape for tensor in static.inputs], real["inputs"]),
        judge_shapes(None if outputs is None else [t.shape for t in outputs], real["outputs"]),
        judge_count(static.params, real["params"]),
    )


def judge_shapes(static: Iterable[Shape] | None, real: list[list[int | None]] | None) -> int:
    """0 the same, 1 not contradicting, 2 different."""
    if static is None or real is None:
        return 1
    shapes = list(static)
    if len(shapes) != len(real):
        return 1 if any(isinstance(shape, Unknown) for shape in shapes) else 2
    return max((judge_shape(s, r) for s, r in zip(shapes, real, strict=True)), default=0)


def judge_shape(static: Shape, real: list[int | None]) -> int:
    """0 the same, 1 not contradicting, 2 different. A run may fill a dynamic batch."""
    if isinstance(static, Unknown):
        return 1
    if len(static) != len(real):
        return 2
    dims = enumerate(zip(static, real, strict=True))
    return max((_judge_dim(a, b, batch=axis == 0) for axis, (a, b) in dims), default=0)


def _judge_dim(static: Dim, real: int | None, *, batch: bool) -> int:
    if isinstance(static, (Unknown, Expr)):
        return 1
    if static == real or (batch and static is None):
        return 0
    return 2


def judge_count(static: int | None, real: int | None) -> int:
    """0 the same, 1 not contradicting, 2 different."""
    if static is None or real is None:
        return 0 if static == real or (real is None and static == 0) else 1
    return 0 if static == real else 2


def _call_data(call: CallRecord) -> dict[str, Any]:
    outputs = call.outputs
    return {
        "inputs": [shape_to_json(tensor.shape) for tensor in call.inputs],
        "outputs": None if outputs is None else [shape_to_json(tensor.shape) for tensor in outputs],
        "params": call.params,
    }


def _models(analysis: Analysis, observed: list[dict[str, Any]]) -> Iterator[Comparison]:
    left = [one for one in observed if _same_file(one["filename"], analysis.filename)]
    for model in analysis.models:
        location = model.place.location
        if not _same_file(location.filename, analysis.filename):
            continue
        real = next((one for one in left if _is_model(one, model, location)), None)
        if real is None:
            yield Comparison(location.row, location.column, model.name, NOT_RUN, None, None)
        else:
            left.remove(real)
            yield from _facts(model, location, real)
    for real in left:
        yield Comparison(
            real["row"], real["column"] or 1, real["name"], UNKNOWN, None, real["kind"]
        )


def _is_model(real: dict[str, Any], model: ModelRecord, location: Location) -> bool:
    return bool(real["row"] == location.row and real["kind"] == model.kind) and (
        real["column"] in (None, location.column)
    )


def _facts(model: ModelRecord, location: Location, real: dict[str, Any]) -> Iterator[Comparison]:
    """The totals and every layer of one model."""

    def fact(what: str, status: int, static: Any, found: Any) -> Comparison:
        how = (AGREES, UNKNOWN, DIFFERS)[status]
        subject = f"{model.name}: {what}"
        return Comparison(location.row, location.column, subject, how, static, found)

    yield fact("name", _judge_name(model.keras_name, real["name"]), model.keras_name, real["name"])
    for what in ("total_params", "trainable_params"):
        known = getattr(model, what)
        yield fact(what, judge_count(known, real[what]), known, real[what])
    if len(model.layers) != len(real["layers"]):
        counts = len(model.layers), len(real["layers"])
        yield fact("number of layers", 2 if model.complete else 1, *counts)
        return
    for row, layer in zip(model.layers, real["layers"], strict=True):
        yield fact(f"layer {layer['name']}", _judge_row(row, layer), _row_data(row), layer)


def _judge_row(row: LayerRow, real: dict[str, Any]) -> int:
    outputs = 0 if real["outputs"] is None else judge_shapes(row.outputs, real["outputs"])
    names = max(_judge_name(row.name, real["name"]), 0 if row.class_name == real["class"] else 2)
    return max(names, outputs, judge_count(row.params, real["params"]))


def _judge_name(static: str, real: str) -> int:
    if "?" in static:
        return 1
    return 0 if static == real else 2


def _row_data(row: LayerRow) -> dict[str, Any]:
    outputs = None if row.outputs is None else [shape_to_json(shape) for shape in row.outputs]
    return {"name": row.name, "class": row.class_name, "outputs": outputs, "params": row.params}


def _same_file(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
