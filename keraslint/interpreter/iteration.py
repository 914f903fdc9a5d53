"""Going through a value."""

from __future__ import annotations

from keraslint.interpreter.joining import one_of
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import (
    Arguments,
    Class,
    Dict,
    Instance,
    Iterator_,
    OneOf,
    Opaque,
    Sequence_,
    Set,
    Tensor,
    Value,
)
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

MAX_ITEMS = 20_000


def iterate(frame: Frame, value: Value) -> list[Value] | None:
    """The items of a value in order, `None` if it is not known which there are."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Set):
        from keraslint.interpreter.sequences import ordered

        return ordered(frame, value)
    if isinstance(value, Sequence_):
        return None if value.open else list(value.items)
    if isinstance(value, Dict):
        return None if value.open else list(value.items)
    if isinstance(value, (range, str, bytes)):
        return _spelled_out(frame, value)
    if isinstance(value, Iterator_):
        return _drain(frame, value)
    if isinstance(value, Tensor):
        return _rows(value)
    if isinstance(value, Instance):
        return _iterate_instance(frame, value)
    if isinstance(value, Class):
        from keraslint.interpreter.classes import enum_members

        return enum_members(value)
    if isinstance(value, OneOf):
        several = [iterate(frame, item) for item in value.alternatives]
        if any(items is None for items in several):
            return None
        lists = [items for items in several if items is not None]
        if len({len(items) for items in lists}) == 1:
            return [one_of(list(column)) for column in zip(*lists, strict=True)]
    return None


def _spelled_out(frame: Frame, value: range | str | bytes) -> list[Value] | None:
    if not value[MAX_ITEMS:]:
        return list(value)
    frame.machine.note_limit("items", frame.call)
    return None


def _drain(frame: Frame, iterator: Iterator_) -> list[Value] | None:
    if iterator.open:
        return None
    frame.machine.heap.touch(iterator)
    rest = iterator.items[iterator.position :]
    iterator.position = len(iterator.items)
    return rest


def _rows(tensor: Tensor) -> list[Value] | None:
    shape = tensor.spec.shape
    if tensor.flavour == "keras" or isinstance(shape, Unknown) or not shape:
        return None
    n = shape[0]
    if not isinstance(n, int) or n > 256:
        return None
    return [_row(tensor)] * n


def _row(tensor: Tensor) -> Value:
    shape = tensor.spec.shape
    if isinstance(shape, Unknown) or not shape:
        return UNKNOWN
    return Tensor(TensorSpec(shape[1:], tensor.spec.dtype), tensor.flavour, place=tensor.place)


def _iterate_instance(frame: Frame, instance: Instance) -> list[Value] | None:
    from keraslint.interpreter.calls import call
    from keraslint.interpreter.classes import find_method, named_tuple_items

    items = named_tuple_items(instance)
    if items is not None:
        return items
    method = find_method(frame, instance, "__iter__")
    if method is None:
        return None if instance.content is None else iterate(frame, instance.content)
    result = call(frame, method, Arguments(), None)
    return None if isinstance(result, Instance) else iterate(frame, result)


def element_of(value: Value) -> Value:
    """What is known of any one item of a value whose items are not all known."""
    if isinstance(value, Sequence_) and value.items and not isinstance(value, Iterator_):
        return one_of(list(value.items))
    if isinstance(value, range):
        return UNKNOWN
    if isinstance(value, Tensor):
        return _row(value)
    if isinstance(value, Opaque):
        return value.attributes.get("element", UNKNOWN)
    if isinstance(value, Iterator_) and value.items:
        return one_of(list(value.items))
    return UNKNOWN
