"""Binding a value to a target."""

from __future__ import annotations

from typing import Any

import libcst as cst

from keraslint.interpreter.attributes import set_attribute
from keraslint.interpreter.expressions import evaluate, subscript_key
from keraslint.interpreter.items import set_item
from keraslint.interpreter.iteration import element_of, iterate
from keraslint.interpreter.keras.objects import keras_side
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Instance, List, OneOf, Value
from keraslint.tensors.dims import UNKNOWN


def assign(frame: Frame, target: Any, value: Value) -> None:
    """``target = value`` for a name, attribute, item or a nest of targets."""
    kind = type(target)
    if kind is cst.Name:
        frame.assign(target.value, value)
        note_name(frame, target.value, value)
    elif kind is cst.Tuple or kind is cst.List:
        _unpack(frame, target, value)
    elif kind is cst.Attribute:
        set_attribute(frame, evaluate(frame, target.value), target.attr.value, value, target)
    elif kind is cst.Subscript:
        set_item(frame, evaluate(frame, target.value), subscript_key(frame, target), value)


def note_name(frame: Frame, name: str, value: Value) -> None:
    """Let a model know which variable it is kept in first."""
    side = keras_side(value)
    if side is not None:
        side.note_variable(name, frame)


def _unpack(frame: Frame, target: cst.Tuple | cst.List, value: Value) -> None:
    elements = target.elements
    items = None if isinstance(value, OneOf) and _ragged(frame, value) else iterate(frame, value)
    starred = [i for i, element in enumerate(elements) if type(element) is cst.StarredElement]
    if items is None or (len(items) != len(elements) and not starred):
        element = element_of(value)
        for target_element in elements:
            assign(frame, target_element.value, UNKNOWN if items is not None else element)
        return
    if not starred:
        for element, item in zip(elements, items, strict=True):
            assign(frame, element.value, item)
        return
    at = starred[0]
    after = len(elements) - at - 1
    if len(items) < at + after:
        items = items + [UNKNOWN] * (at + after - len(items))
    for element, item in zip(elements[:at], items, strict=False):
        assign(frame, element.value, item)
    assign(frame, elements[at].value, List(items[at : len(items) - after]))
    for element, item in zip(elements[at + 1 :], items[len(items) - after :], strict=True):
        assign(frame, element.value, item)


def _ragged(frame: Frame, value: OneOf) -> bool:
    return any(not isinstance(item, (tuple, List)) for item in value.alternatives)


def delete(frame: Frame, target: cst.BaseExpression) -> None:
    """``del target``."""
    if isinstance(target, cst.Name):
        if target.value in frame.scope.names:
            frame.machine.heap.touch(frame.scope)
            del frame.scope.names[target.value]
    elif isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            delete(frame, element.value)
    elif isinstance(target, cst.Attribute):
        owner = evaluate(frame, target.value)
        if isinstance(owner, Instance):
            frame.machine.heap.touch(owner)
            owner.attributes.pop(target.attr.value, None)
    elif isinstance(target, cst.Subscript):
        from keraslint.interpreter.items import delete_item

        delete_item(frame, evaluate(frame, target.value), subscript_key(frame, target))
