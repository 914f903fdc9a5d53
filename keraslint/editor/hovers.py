"""What editors tell about the code under the pointer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lsprotocol import types

from keraslint.analysis import Analysis, CallRecord, LayerRow, Location, ModelRecord, Site
from keraslint.editor.columns import Layout, holds
from keraslint.editor.examining import Examined
from keraslint.sources import Place
from keraslint.tensors.shapes import show
from keraslint.tensors.specs import TensorSpec

MOST = 6
_RULE = re.compile(r"KL\d{3}\b|(?<=[\[\s,])[a-z0-9]+(?:-[a-z0-9]+)*(?=[\],\s])", re.IGNORECASE)
_DIRECTIVE = re.compile(r"#.*(?:noqa|keraslint:)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d]\w*")


def hover(examined: Examined, layout: Layout, uri: str, place: Place) -> types.Hover | None:
    """What is known of a place: of the rule named there, the layer, or the model."""
    line = layout.line(uri, place.row)
    rule = _rule(line, place.column)
    if rule is not None:
        return types.Hover(_markdown(rule))
    layers = [
        (location, _layer(site, calls, examined.analyses))
        for analysis in examined.analyses
        for location, site, calls in _applications(analysis)
        if examined.draft.is_at(location.filename) and holds(location, place)
    ]
    models = [
        (model.place.location, _model(model))
        for analysis in examined.analyses
        for model in analysis.models
        if examined.draft.is_at(model.place.location.filename)
        and holds(model.place.location, place)
    ]
    if found := max([*layers, *models], key=lambda pair: _start(pair[0]), default=None):
        location, text = found
        return types.Hover(_markdown(text), layout.range(location)[1])
    word = next((m.group() for m in _WORD.finditer(line) if _at(m, place.column)), "")
    named = [m for a in examined.analyses for m in a.models if word and word in m.qualnames]
    return types.Hover(_markdown(_model(named[-1]))) if named else None


def _rule(line: str, column: int) -> str | None:
    """The page of the rule that a comment names at a column."""
    comment = _DIRECTIVE.search(line)
    if comment is None or column - 1 < comment.start():
        return None
    from keraslint.rules import UnknownRuleError, find

    for match in _RULE.finditer(line, comment.start()):
        if _at(match, column):
            try:
                return find(
                    match.group().upper() if match.group()[:2] == "kl" else match.group()
                ).markdown()
            except UnknownRuleError:
                return None
    return None


def _at(match: re.Match[str], column: int) -> bool:
    return match.start() <= column - 1 <= match.end()


def _start(location: Location) -> tuple[int, int]:
    return location.row, location.column


def _applications(analysis: Analysis) -> Iterator[tuple[Location, Site, list[CallRecord]]]:
    """Where layers are made and where they are applied, each with what is applied there."""
    for site in analysis.sites:
        yield site.place.location, site, site.calls
        places = {call.place for call in site.calls if call.place != site.place}
        for place in places:
            yield place.location, site, [call for call in site.calls if call.place == place]


def _layer(site: Site, calls: Iterable[CallRecord], analyses: Iterable[Analysis]) -> str:
    """A layer in Markdown: shapes, weights, and what its kernel does."""
    from keraslint.diagrams import facts
    from keraslint.diagrams.kernels import explained
    from keraslint.diagrams.windows import window_of

    parts = [f"**{site.layer.rpartition('.')[2]}** (`{site.layer}`)"]
    lines = list(dict.fromkeys(_call(call) for call in calls))
    parts += lines[:MOST] or ["not applied"]
    if len(lines) > MOST:
        parts.append(f"and {len(lines) - MOST} more")
    row = next(
        (r for a in analyses for m in a.models for r in _rows(m.layers) if r.place == site.place),
        None,
    )
    if row is not None:
        if terms := facts.formula(row):
            parts.append(f"weights: {terms} = {'?' if row.params is None else f'{row.params:,}'}")
        if sentence := explained(row.operation, window_of(row)):
            parts.append(sentence)
    return "\n\n".join(parts)


def _rows(rows: Iterable[LayerRow]) -> Iterator[LayerRow]:
    for row in rows:
        yield row
        yield from _rows(row.rows)


def _call(call: CallRecord) -> str:
    params = (
        "" if call.params is None else f", {call.params:,} param{'s' if call.params != 1 else ''}"
    )
    outputs = "`?`" if call.outputs is None else _tensors(call.outputs)
    return f"{_tensors(call.inputs)} → {outputs}{params}" if call.inputs else f"{outputs}{params}"


def _tensors(tensors: Iterable[TensorSpec]) -> str:
    return ", ".join(f"`{show(tensor.shape)}`" for tensor in tensors)


def _model(model: ModelRecord) -> str:
    """A model's summary in Markdown."""
    from keraslint.summary import as_text
    from keraslint.terminal import Canvas

    text = "\n".join(as_text([model], Canvas()))
    return f"```text\n{text}\n```"


def _markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)
