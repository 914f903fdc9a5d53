"""What is to say about the labels of one output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from keraslint.findings import Fix, Severity
from keraslint.knowledge.losses import (
    Fit,
    LabelFit,
    Labels,
    Loss,
    Misfit,
    Predictions,
    check_labels,
    fits_dtype,
)
from keraslint.rules import repair, words
from keraslint.rules.training import Target, loss_argument
from keraslint.tensors.dims import Unknown
from keraslint.tensors.shapes import Shape, rank, size
from keraslint.tensors.specs import flatten

RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional")
NEVER = 1e-12
"""A chance that is none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with the labels of an output.

    Attributes:
        target: the output and its labels.
        severity: an error where Keras raises.
        message, help, fix: what to tell.
        about_units: whether the number of classes is all that is wrong.
    """

    target: Target
    severity: Severity
    message: str
    help: tuple[str, ...] = ()
    fix: Fix | None = None
    about_units: bool = False


def judge_shape(target: Target) -> Verdict | None:
    """Whether the shape of labels goes with the output and the loss."""
    if fits_dtype(target.labels.spec.dtype) is Fit.RAISES:
        message = "the labels are text, which no loss takes"
        advice = "number the classes first, with keras.layers.StringLookup or a label encoder"
        return Verdict(target, Severity.ERROR, message, (advice,))
    loss = target.chosen.loss
    if loss is None:
        return None
    labels, guessed = _assumed(target)
    found = check_labels(loss, labels, target.output, target.batch)
    if found.fit not in (Fit.RAISES, Fit.SILENT):
        return None
    certain = found.fit is Fit.RAISES and not guessed
    verdict = Verdict(target, Severity.ERROR if certain else Severity.WARNING, "")
    if _is_about_units(target, found):
        return _units_message(verdict, labels)
    if found.fit is Fit.SILENT:
        return _silent(verdict, loss, found)
    return _refused(verdict, loss, found)


def _assumed(target: Target) -> tuple[Shape, bool]:
    """The labels, one-hot labels of unknown width taken for such of several classes."""
    shape = target.labels.spec.shape
    output = target.output
    if isinstance(shape, Unknown) or isinstance(output, Unknown) or not shape or not output:
        return shape, False
    if isinstance(shape[-1], int) or "one_hot" not in target.labels.facts:
        return shape, False
    units = output[-1]
    return (*shape[:-1], units if isinstance(units, int) and units > 1 else 2), True


def _is_about_units(target: Target, found: LabelFit) -> bool:
    output = target.output
    last = isinstance(output, tuple) and found.axis == len(output) - 1
    return last and found.misfit is Misfit.DIMENSION and "one_hot" in target.labels.facts


def _units_message(verdict: Verdict, labels: Shape) -> Verdict:
    target = verdict.target
    assert isinstance(labels, tuple)
    assert isinstance(target.output, tuple)
    shown = words.shape(target.labels.spec.shape)
    width = target.labels.spec.shape[-1] if isinstance(target.labels.spec.shape, tuple) else None
    count = f"{width} classes" if isinstance(width, int) else "several classes"
    last = target.output[-1]
    units = words.plural(last, "unit") if _is_int(last) else "?"
    message = (
        f"the labels {shown} are one-hot for {count}, but the output "
        f"{words.shape(target.output)} has {units}"
    )
    advice = f"give the last layer {width} units" if isinstance(width, int) else _binary_advice()
    return replace(verdict, message=message, help=(advice,), about_units=True)


def _binary_advice() -> str:
    return "give the last layer one unit per class, or use labels of 0 and 1"


def _silent(verdict: Verdict, loss: Loss, found: LabelFit) -> Verdict:
    target = verdict.target
    message = (
        f"{loss.name} broadcasts the labels {words.shape(target.labels.spec.shape)} against the "
        f"output {words.shape(target.output)}: it does not compare them one by one"
    )
    advice = f"labels of shape {words.shape(found.expected)} would fit"
    return replace(verdict, message=message, help=(advice,))


def _refused(verdict: Verdict, loss: Loss, found: LabelFit) -> Verdict:
    target = verdict.target
    labels, output = words.shape(target.labels.spec.shape), words.shape(target.output)
    expected = words.shape(found.expected)
    if found.misfit is Misfit.INDICES:
        message = f"{loss.name} takes one-hot labels {expected}, but gets class indices {labels}"
        other = "sparse_categorical_crossentropy"
        classes = target.output[-1] if isinstance(target.output, tuple) else None
        advice = (f"use {other}, or keras.utils.to_categorical(labels, {classes})",)
        usual = loss.function == "categorical_crossentropy"
        fix = _other_loss(target, other) if usual else None
        return replace(verdict, message=message, help=advice, fix=fix)
    if found.misfit is Misfit.ONE_HOT:
        message = f"{loss.name} takes one class index per output {expected}, but gets {labels}"
        if not _same_width(target):
            return replace(verdict, message=message)
        other = "categorical_crossentropy"
        advice = (f"for one-hot labels use {other}, or take labels.argmax(axis=-1)",)
        return replace(verdict, message=message, help=advice, fix=_other_loss(target, other))
    message = f"{loss.name} takes labels {expected} for the output {output}, but gets {labels}"
    return replace(verdict, message=message, help=tuple(_shape_advice(target, loss)))


def _other_loss(target: Target, name: str) -> Fix | None:
    given = loss_argument(target.record)
    if given is None or not repair.is_literal_string(given):
        return None
    return repair.replacing(f"Use {name}", given, f'"{name}"', "unsafe")


def _same_width(target: Target) -> bool:
    labels, _ = _assumed(target)
    output = target.output
    return isinstance(labels, tuple) and isinstance(output, tuple) and labels[-1] == output[-1]


def _shape_advice(target: Target, loss: Loss) -> list[str]:
    labels, output = target.labels.spec.shape, target.output
    if not isinstance(labels, tuple) or not isinstance(output, tuple):
        return []
    if len(output) > len(labels) and len(output) >= 3:
        return [_fewer_axes(target, output)]
    one_label = len(labels) == 1 or labels[-1] == 1
    if one_label and loss.predictions is Predictions.PROBABILITIES:
        one = "for labels of 0 and 1 give the last layer one unit"
        more = f"for {output[-1]} classes use softmax and sparse_categorical_crossentropy"
        return [f"{one}; {more}"]
    if len(labels) == len(output) and _is_int(labels[-1]):
        return [f"give the last layer {words.plural(labels[-1], 'unit')}"]
    return []


def _fewer_axes(target: Target, output: tuple[Any, ...]) -> str:
    model = target.record.model
    rows = model.layers if model is not None else ()
    for row in reversed(rows):
        if row.class_name in RECURRENT and row.outputs and rank(row.outputs[0]) == 3:
            return f"leave return_sequences=True out of the last {row.class_name}"
    if len(output) >= 4:
        return "put Flatten or a global pooling before the last Dense layer"
    return "put Flatten or a global pooling before the last layer"


def judge_units(target: Target) -> Verdict | None:
    """Whether class indices go with the number of units; the shapes are in order."""
    loss, output = target.chosen.loss, target.output
    if loss is None or not isinstance(output, tuple) or not _is_int(output[-1]):
        return None
    ignores = (target.chosen.options or {}).get("ignore_class") is not None
    most, every = highest_label(target)
    if most is None or ignores:
        return None
    units = output[-1]
    classes, span = most + 1, f"0 to {most}"
    if loss.labels is Labels.CLASS_INDICES and classes > units:
        advice = f"give the last layer {classes} units"
        if target.labels.facts.get("low") == 1 and most == units:
            advice += ", or subtract 1 from the labels, which start at 1"
        message = (
            f"the labels have class indices up to {most}, but the output {words.shape(output)} "
            f"has {words.plural(units, 'unit')} and takes 0 to {units - 1}"
        )
        return Verdict(target, Severity.ERROR, message, (advice,), about_units=True)
    if loss.labels is Labels.CLASS_INDICES and classes < units and every:
        message = (
            f"the labels have {classes} classes, {span}, but the output {words.shape(output)} "
            f"has {units} units"
        )
        advice = f"give the last layer {classes} units"
        return Verdict(target, Severity.WARNING, message, (advice,), about_units=True)
    if loss.predictions is Predictions.PROBABILITIES and units == 1 and classes > 2:
        message = (
            f"the labels have {classes} classes, {span}, but {loss.name} with one unit only "
            "tells two apart"
        )
        advice = f"use {classes} units, softmax and sparse_categorical_crossentropy"
        return Verdict(target, Severity.WARNING, message, (advice,), about_units=True)
    return None


def highest_label(target: Target) -> tuple[int | None, bool]:
    """The highest class index that certainly occurs, and whether all below it do."""
    facts, shape = target.labels.facts, target.labels.spec.shape
    low, high = facts.get("low"), facts.get("high")
    if "values" in facts:
        numbers = list(flatten(facts["values"]))
        whole = numbers and all(_is_int(number) and number >= 0 for number in numbers)
        return (max(numbers) if whole else None), False
    if not _is_int(low) or not _is_int(high) or low < 0:
        return None, False
    if facts.get("classes") == high - low + 1:
        return high, low == 0
    count = size(shape)
    if facts.get("uniform") and _is_int(count) and high > low:
        return _drawn(target, low, high, count)
    return None, False


def _drawn(target: Target, low: int, high: int, count: int) -> tuple[int | None, bool]:
    """What random labels hold as good as certainly: one that is out of range, or the highest."""
    total = high - low + 1
    if (1 - 1 / total) ** count < NEVER:
        return high, False
    units = target.output[-1] if isinstance(target.output, tuple) else None
    if _is_int(units) and low < units <= high and ((units - low) / total) ** count < NEVER:
        return high, False
    return None, False


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
