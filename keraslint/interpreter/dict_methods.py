"""Methods of dicts.

What an open dict holds is what is there if the key is there at all.
"""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.expressions import put
from keraslint.interpreter.joining import join, one_of
from keraslint.interpreter.methods import Methods, forget
from keraslint.interpreter.operators import MAX_ITEMS
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import View, is_key, ordered
from keraslint.interpreter.values import Dict, Value
from keraslint.tensors.dims import UNKNOWN

DICT = Methods()
_MISSING: Any = object()


@DICT.reading
def get(_frame: Frame, target: Dict, key: Value, default: Value = None) -> Value:
    """``target.get(key, default)``."""
    return _found(target, key, default)


def _found(target: Dict, key: Value, default: Value) -> Value:
    """The value at a key, ``default`` if it is not there."""
    if not is_key(key):
        return UNKNOWN if target.open else one_of([*target.items.values(), default])
    if key not in target.items:
        return UNKNOWN if target.open else default
    value = target.items[key]
    return join(value, default) if target.open else value


@DICT.changing
def pop(frame: Frame, target: Dict, key: Value, default: Value = _MISSING) -> Value:
    """``target.pop(key, default)``."""
    frame.machine.heap.touch(target)
    fallback = [] if default is _MISSING else [default]
    if not is_key(key):
        values = [*target.items.values(), *fallback]
        found = one_of(values) if values and not target.open else UNKNOWN
        target.open = target.open or bool(target.items)
        return found
    if key not in target.items:
        return UNKNOWN if target.open or not fallback else default
    value = target.items.pop(key)
    return one_of([value, *fallback]) if target.open else value


@DICT.changing
def popitem(frame: Frame, target: Dict) -> Value:
    """``target.popitem()``."""
    if target.open or not target.items:
        return (UNKNOWN, UNKNOWN)
    frame.machine.heap.touch(target)
    return target.items.popitem()


@DICT.changing
def setdefault(frame: Frame, target: Dict, key: Value, default: Value = None) -> Value:
    """``target.setdefault(key, default)``."""
    found = _found(target, key, default)
    frame.machine.heap.touch(target)
    if is_key(key):
        target.items[key] = found
    else:
        target.open = True
    return found


@DICT.changing
def update(frame: Frame, target: Dict, other: Value = (), /, **keywords: Value) -> None:
    """``target.update(other, **keywords)``."""
    frame.machine.heap.touch(target)
    merge(frame, target, other)
    target.items.update(keywords)


def merge(frame: Frame, target: Dict, other: Value) -> None:
    """Put all that ``other`` holds, a mapping or pairs, into a dict that was touched or is new."""
    if isinstance(other, Dict):
        _merge_dict(frame, target, other)
        return
    pairs = ordered(frame, other)
    if pairs is None or len(pairs) > MAX_ITEMS:
        forget(frame, target)
        return
    for pair in pairs:
        parts = ordered(frame, pair)
        if parts is None or len(parts) != 2:
            forget(frame, target)
        else:
            put_value(frame, target, parts[0], parts[1])


def put_value(frame: Frame, target: Dict, key: Value, value: Value) -> None:
    """``target[key] = value`` for a dict that was touched or is new."""
    if is_key(key):
        put(target, key, value)
    else:
        forget(frame, target)


def _merge_dict(frame: Frame, target: Dict, other: Dict) -> None:
    if not other.open:
        target.items.update(other.items)
        return
    before = target.items
    forget(frame, target)
    for key, value in other.items.items():
        target.items[key] = join(before[key], value) if key in before else value


@DICT.changing
def clear(frame: Frame, target: Dict) -> None:
    """``target.clear()``."""
    frame.machine.heap.touch(target)
    target.items = {}
    target.open = False


@DICT.reading
def copy(_frame: Frame, target: Dict) -> Value:
    """``target.copy()``."""
    result = type(target)(dict(target.items), open=target.open)
    result.factory = target.factory
    return result


@DICT.reading
def keys(_frame: Frame, target: Dict) -> Value:
    """``target.keys()``."""
    return _view(target, list(target.items))


@DICT.reading
def values(_frame: Frame, target: Dict) -> Value:
    """``target.values()``."""
    return _view(target, list(target.items.values()))


@DICT.reading
def items(_frame: Frame, target: Dict) -> Value:
    """``target.items()``."""
    return _view(target, list(target.items.items()))


def _view(target: Dict, found: list[Value]) -> View:
    return View([], open=True) if target.open else View(found)


@DICT.changing
def move_to_end(frame: Frame, target: Dict, key: Value, last: Value = True) -> None:
    """``target.move_to_end(key)`` of an ``OrderedDict``."""
    frame.machine.heap.touch(target)
    if not is_key(key) or not isinstance(last, bool):
        target.open = True
    elif key in target.items:
        moved = {key: target.items.pop(key)}
        target.items = {**target.items, **moved} if last else {**moved, **target.items}


def from_keys(frame: Frame, keys: Value, value: Value = None) -> Value:
    """``dict.fromkeys(keys, value)``."""
    result = Dict()
    found = ordered(frame, keys)
    if found is None:
        forget(frame, result)
    for key in found or ():
        put_value(frame, result, key, value)
    return result
