"""What to do about a tensor of the wrong rank: which layer would take it, or what to put before."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.layers.base import Layer
from keraslint.knowledge.layers.registry import find
from keraslint.rules import words
from keraslint.rules.faults import Case

DATA = {3: "sequences", 4: "images", 5: "volumes"}
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional")
FLAT = ("Flatten", "Dense", "GlobalMaxPooling", "GlobalAveragePooling")


def layer_class(name: str) -> type[Layer] | None:
    """What is known of the layer that Keras calls ``name``."""
    return find(name)


def axis_names(name: str) -> tuple[str, ...]:
    """The axes behind the batch that a layer's input has; empty if it takes several ranks."""
    cls = layer_class(name)
    return cls.axes if cls else ()


def sibling(name: str, rank: int) -> str | None:
    """The layer that does for tensors of ``rank`` what ``name`` does for those of its own."""
    for digit in "123":
        if f"{digit}D" in name:
            other = name.replace(f"{digit}D", f"{rank - 2}D")
            return other if other != name and layer_class(other) else None
    return None


def for_rank(case: Case) -> list[str]:
    """How to come by a tensor of the rank that the layer takes."""
    expected, found = case.fault.expected, case.found
    if not isinstance(expected, int) or not found:
        return []
    lines = []
    other = sibling(case.layer, len(found)) if not case.fact("wrapped") else None
    names = axis_names(case.layer)
    if other:
        lines.append(f"for {DATA.get(len(found), 'such data')} use {other}")
    if case.own_shape and len(found) > expected and names:
        lines.append(_narrower(case, names))
    elif len(found) > expected:
        lines += _too_many(case, expected)
    else:
        lines += _too_few(case, expected, found)
    return ["; ".join(lines)] if len(lines) > 1 and case.own_shape else lines


def _narrower(case: Case, names: tuple[str, ...]) -> str:
    """The shape with as many axes as the layer takes, said in its own terms."""
    kept = case.found[-len(names) :]
    counts = [f"{dim} {name}" for dim, name in zip(kept, names, strict=True)]
    if names[0] == "steps":
        what = f"a sequence of {counts[0]} with {kept[1]} features"
    else:
        what = f"data of {words.listed(counts, 'and')}"
    return f"for {what} use input_shape={words.value(kept)}"


def _too_many(case: Case, expected: int) -> list[str]:
    if case.layer == "RepeatVector" and case.source in RECURRENT:
        return [
            f"leave return_sequences out of {case.source}, so that it gives its last output only"
        ]
    if case.layer in RECURRENT or axis_names(case.layer)[-1:] == ("features",):
        return ["put TimeDistributed(Flatten()) before it, or Reshape to choose the steps"]
    if expected == 2:
        return ["put Flatten or a global pooling before it"]
    return []


def _too_few(case: Case, expected: int, found: tuple[Any, ...]) -> list[str]:
    if case.source.startswith(FLAT) and len(found) == 2 and expected > 2:
        target = words.axes(axis_names(case.layer))
        names = target.replace("(batch, ", "(") if axis_names(case.layer) else "(…)"
        return [f"leave out the {case.source} before it, or put Reshape({names}) between"]
    if expected - len(found) == 1 and axis_names(case.layer):
        return ["add the missing axis with keras.layers.Reshape, or keras.ops.expand_dims"]
    if len(found) == 1:
        return ["Keras puts the batch before the shape: give the shape of one sample"]
    return []
