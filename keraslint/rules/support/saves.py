"""Where a program saves models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from keraslint.rules.support.outline import outline
from keraslint.rules.support.uses import dotted, uses

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, ModelRecord

SAVERS = {f"keras.{module}.save_model" for module in ("models", "saving")}
ENDINGS = (".keras", ".h5", ".hdf5")


def saved_models(analysis: Analysis) -> Iterator[tuple[ModelRecord, cst.Call]]:
    """The models that a program saves whole, each with a call that does so."""
    if "save" not in analysis.syntax.source.text:
        return
    by_name: dict[str, list[ModelRecord]] = {}
    for model in analysis.models:
        for name in {model.name, *model.qualnames}:
            by_name.setdefault(name, []).append(model)
    module = analysis.syntax.module
    for call, spot in outline(module).calls:
        models = by_name.get(_saved(call, module) or "", [])
        if len(models) == 1 and (spot.function is None) == (models[0].entry == "<module>"):
            yield models[0], call


def _saved(call: cst.Call, module: cst.Module) -> str | None:
    """The name of what a call saves to a file of Keras."""
    if uses(module).path_of(call.func) in SAVERS:
        return ".".join(dotted(call.args[0].value) or ()) if call.args else None
    *owner, method = dotted(call.func) or ("",)
    if method != "save" or not call.args:
        return None
    path = getattr(call.args[0].value, "evaluated_value", None)
    fits = isinstance(path, str) and path.endswith(ENDINGS)
    return ".".join(owner) if fits else None
