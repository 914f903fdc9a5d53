"""A verdict as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from keraslint.terminal import Canvas, printable
from keraslint.verify.comparing import AGREES, DIFFERS, NOT_RUN, UNKNOWN, Comparison, Verdict

SCHEMA = 1
COLOURS = {DIFFERS: "red", UNKNOWN: "yellow", NOT_RUN: "dim"}
STATUSES = (AGREES, UNKNOWN, DIFFERS, NOT_RUN)


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON has it."""
    return {
        "schema": SCHEMA,
        "filename": verdict.filename,
        "keras": verdict.keras,
        "error": verdict.error,
        "counts": {status: verdict.count(status) for status in STATUSES},
        "layers": [_comparison_data(one) for one in verdict.layers],
        "models": [_comparison_data(one) for one in verdict.models],
    }


def _comparison_data(one: Comparison) -> dict[str, Any]:
    data = asdict(one)
    return {"location": {"row": data.pop("row"), "column": data.pop("column")}, **data}


def as_text(verdict: Verdict, canvas: Canvas) -> Iterator[str]:
    """What is not in agreement, line by line, then how much there is of each kind."""
    if verdict.error is not None:
        error = verdict.error
        row = "" if error["row"] is None else f":{error['row']}"
        head = canvas.paint(f"the program raised {error['type']}", "red")
        yield f"{printable(verdict.filename)}{row}: {head}: {printable(error['message'])}"
    for one in (*verdict.layers, *verdict.models):
        if one.status != AGREES:
            yield _line(verdict, one, canvas)
    counts = ", ".join(f"{verdict.count(status)} {_words(status)}" for status in STATUSES)
    yield f"Keras {verdict.keras}: {counts}"


def _line(verdict: Verdict, one: Comparison, canvas: Canvas) -> str:
    where = f"{printable(verdict.filename)}:{one.row}:{one.column}"
    status = canvas.paint(_words(one.status), COLOURS[one.status])
    parts = [f"{where}: {printable(one.subject)}: {status}"]
    if one.static is not None:
        parts.append(f"keraslint {_shown(one.static)}")
    if one.real is not None:
        parts.append(f"Keras {_shown(one.real)}")
    return "; ".join(parts)


def _words(status: str) -> str:
    return {AGREES: "in agreement", DIFFERS: "different"}.get(status, status)


def _shown(side: Any) -> str:
    if not isinstance(side, dict):
        return printable(str(side))
    outputs = side.get("outputs")
    result = "?" if outputs is None else ", ".join(map(_shape, outputs)) or "nothing"
    params = side.get("params")
    count = "" if params is None else f" ({params:,} params)"
    if "inputs" in side:
        return f"{', '.join(map(_shape, side['inputs']))} -> {result}{count}"
    return f"{printable(side['name'])} ({printable(side['class'])}) {result}{count}"


def _shape(shape: list[Any] | None) -> str:
    if shape is None:
        return "?"
    inner = ", ".join(map(str, shape))
    return f"({inner},)" if len(shape) == 1 else f"({inner})"
