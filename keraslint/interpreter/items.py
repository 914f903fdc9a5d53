"""``value[key]``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.containers import plain
from keraslint.interpreter.iteration import iterate
from keraslint.interpreter.joining import join, one_of
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Arguments,
    Class,
    Dict,
    External,
    Instance,
    Iterator_,
    List,
    OneOf,
    Opaque,
    Sequence_,
    Tensor,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN


def get_item(frame: Frame, value: Value, key: Value, node: Any = None) -> Value:
    """The item at ``key``, unknown if nobody knows it."""
    if isinstance(value, OneOf):
        return one_of(
            [get_item(frame, item, key, node) for item in value.alternatives if item is not None]
        )
    if isinstance(key, OneOf) and not isinstance(value, Tensor):
        return one_of([get_item(frame, value, item, node) for item in key.alternatives])
    if isinstance(value, Tensor):
        from keraslint.interpreter.tensors import tensor_item

        return tensor_item(frame, value, key, node)
    if isinstance(value, Dict):
        return _dict_item(frame, value, key)
    if isinstance(value, Sequence_):
        return _sequence_item(value, key)
    if isinstance(value, (tuple, str, bytes, range)):
        return _python_item(value, key)
    if isinstance(value, Instance):
        return _instance_item(frame, value, key, node)
    if isinstance(value, Class):
        from keraslint.interpreter.classes import enum_member, is_enum

        if is_enum(value) and isinstance(key, str) and key in value.attributes:
            return enum_member(value, key)
        return value
    if isinstance(value, Opaque):
        getter = value.attributes.get("__getitem__")
        if getter is not None:
            from keraslint.interpreter.calls import call

            return call(frame, getter, Arguments([key]), node)
    if isinstance(value, External):
        from keraslint.interpreter.libraries.registry import call_external

        return call_external(frame, value.member("__getitem__"), Arguments([key]), node)
    return UNKNOWN


def _dict_item(frame: Frame, value: Dict, key: Value) -> Value:
    from keraslint.interpreter.sequences import is_key

    if not is_key(key):
        return one_of(list(value.items.values())) if value.items and not value.open else UNKNOWN
    if key in value.items:
        return value.items[key]
    if value.factory is not None and not value.open:
        from keraslint.interpreter.calls import call

        made = call(frame, value.factory, Arguments(), None)
        frame.machine.heap.touch(value)
        value.items[key] = made
        return made
    return UNKNOWN


def _sequence_item(value: Sequence_, key: Value) -> Value:
    if isinstance(key, slice):
        bounds = slice_bounds(key)
        if bounds is None or value.open:
            from keraslint.interpreter.sequences import cover

            return List(cover(value.items), open=True)
        return List(value.items[bounds])
    if isinstance(key, int):
        if value.open:
            return one_of(list(value.items)) if value.items else UNKNOWN
        return value.items[key] if -len(value.items) <= key < len(value.items) else UNKNOWN
    if not value.open and value.items:
        return one_of(list(value.items))
    return UNKNOWN


def slice_bounds(key: slice) -> slice | None:
    """A slice of plain numbers, `None` if its bounds are not known."""
    parts = (key.start, key.stop, key.step)
    if all(part is None or isinstance(part, int) for part in parts) and key.step != 0:
        return key
    return None


def _python_item(value: Any, key: Value) -> Value:
    if isinstance(key, slice):
        bounds = slice_bounds(key)
        return UNKNOWN if bounds is None else value[bounds]
    if isinstance(key, int):
        try:
            return value[key]
        except IndexError:
            return UNKNOWN
    if isinstance(value, tuple) and value and not isinstance(key, (str, tuple)):
        return one_of(list(value))
    return UNKNOWN


def _instance_item(frame: Frame, value: Instance, key: Value, node: Any) -> Value:
    from keraslint.interpreter.calls import call
    from keraslint.interpreter.classes import find_method, named_tuple_items

    items = named_tuple_items(value)
    if items is not None:
        return _python_item(tuple(items), key)
    method = find_method(frame, value, "__getitem__")
    return UNKNOWN if method is None else call(frame, method, Arguments([key]), node)


def set_item(frame: Frame, target: Value, key: Value, value: Value) -> None:
    """``target[key] = value``."""
    heap = frame.machine.heap
    if isinstance(target, Dict):
        from keraslint.interpreter.expressions import put

        heap.touch(target)
        put(target, key, value)
    elif isinstance(target, Sequence_):
        heap.touch(target)
        _set_place(frame, target, key, value)
    elif isinstance(target, Tensor):
        from keraslint.interpreter.arrays import set_array_item

        set_array_item(target)
    elif isinstance(target, OneOf):
        for item in target.alternatives:
            set_item_maybe(frame, item, key, value)
    elif isinstance(target, Instance):
        from keraslint.interpreter.calls import call
        from keraslint.interpreter.classes import find_method

        method = find_method(frame, target, "__setitem__")
        if method is not None:
            call(frame, method, Arguments([key, value]), None)
    elif isinstance(target, Opaque):
        setter = target.attributes.get("__setitem__")
        if setter is not None:
            from keraslint.interpreter.calls import call

            call(frame, setter, Arguments([key, value]), None)


def _set_place(frame: Frame, target: Sequence_, key: Value, value: Value) -> None:
    from keraslint.interpreter.sequences import loosen

    if isinstance(key, int) and -len(target.items) <= key < len(target.items) and not target.open:
        target.items[key] = value
    elif isinstance(key, slice):
        items = iterate(frame, value)
        if not _set_slice(target, key, items):
            loosen(frame, target, *(items or [UNKNOWN]))
    else:
        target.items = [join(item, value) for item in target.items]


def _set_slice(target: Sequence_, key: slice, items: list[Value] | None) -> bool:
    """``target[key] = items``; whether it is known what that does."""
    bounds = slice_bounds(key)
    if bounds is None or items is None or target.open:
        return False
    changed = list(target.items)
    try:
        changed[bounds] = items
    except ValueError:
        return False
    target.items = changed
    return True


def set_item_maybe(frame: Frame, target: Value, key: Value, value: Value) -> None:
    """``target[key] = value`` that may also not happen."""
    machine = frame.machine
    outcomes = machine.alternatives([lambda: set_item(frame, target, key, value), lambda: None])
    machine.heap.merge([delta for _, delta in outcomes])


def delete_item(frame: Frame, target: Value, key: Value) -> None:
    """``del target[key]``."""
    from keraslint.interpreter.sequences import loosen

    target = plain(target)
    if isinstance(target, Dict):
        frame.machine.heap.touch(target)
        if is_constant(key) and not target.open:
            target.items.pop(key, None)
        else:
            target.open = True
    elif isinstance(target, Sequence_) and not isinstance(target, Iterator_):
        frame.machine.heap.touch(target)
        if (
            isinstance(key, int)
            and not target.open
            and -len(target.items) <= key < len(target.items)
        ) or (isinstance(key, slice) and slice_bounds(key) is not None and not target.open):
            del target.items[key]
        else:
            loosen(frame, target)
    elif isinstance(target, OneOf):
        for item in target.alternatives:
            if isinstance(item, Sequence_):
                loosen(frame, item)
            elif isinstance(item, Dict):
                frame.machine.heap.touch(item)
                item.open = True
