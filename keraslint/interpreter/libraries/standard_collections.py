"""``collections``: kinds of dicts, deques and named tuples."""

from __future__ import annotations

import collections
import keyword

import libcst as cst

from keraslint.interpreter.builtins import TABLES
from keraslint.interpreter.classes import REQUIRED
from keraslint.interpreter.dict_methods import DICT, merge
from keraslint.interpreter.folding import fold
from keraslint.interpreter.joining import one_of
from keraslint.interpreter.libraries.modelling import modelled
from keraslint.interpreter.list_methods import LIST, extend_known
from keraslint.interpreter.methods import Methods, forget
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.sequences import Deque, is_key, loosen, ordered
from keraslint.interpreter.values import (
    Class,
    Dict,
    External,
    Value,
)
from keraslint.tensors.dims import UNKNOWN

NAMED_TUPLE = External("typing.NamedTuple")


class OrderedDict(Dict):
    """An ``OrderedDict``."""

    python_type = collections.OrderedDict


class Counter(Dict):
    """A ``Counter``."""

    python_type = collections.Counter


@modelled("collections.OrderedDict", spread=False)
def ordered_dict(frame: Frame, other: Value = (), /, **keywords: Value) -> Value:
    """``OrderedDict(other, **keywords)``."""
    return _filled(frame, OrderedDict(), other, keywords)


@modelled("collections.defaultdict", spread=False)
def defaultdict(frame: Frame, factory: Value = None, other: Value = (), /, **words: Value) -> Value:
    """``defaultdict(factory, other, **keywords)``."""
    result = _filled(frame, Dict(), other, words)
    result.factory = factory
    return result


def _filled(frame: Frame, result: Dict, other: Value, keywords: dict[str, Value]) -> Dict:
    merge(frame, result, other)
    result.items.update(keywords)
    return result


@modelled("collections.Counter", spread=False)
def counter(frame: Frame, values: Value = (), /, **keywords: Value) -> Value:
    """``Counter(values)``."""
    result = Counter(dict(keywords))
    _count(frame, result, values)
    return result


def _count(frame: Frame, target: Dict, values: Value) -> None:
    if isinstance(values, Dict) and not target.items:
        merge(frame, target, values)
        return
    items = None if isinstance(values, Dict) else ordered(frame, values)
    if items is None or not all(is_key(item) for item in items):
        forget(frame, target)
        return
    for item in items:
        target.items[item] = fold(lambda n: n + 1, target.items.get(item, 0))


COUNTER = Methods(DICT)


@COUNTER.changing
def update(frame: Frame, target: Dict, values: Value = (), /, **keywords: Value) -> None:
    """``counter.update(values)`` adds."""
    frame.machine.heap.touch(target)
    _count(frame, target, values)
    if keywords:
        forget(frame, target)


@COUNTER.changing
def subtract(frame: Frame, target: Dict, *_values: Value, **_keywords: Value) -> None:
    """``counter.subtract(values)``."""
    forget(frame, target)


@COUNTER.reading
def most_common(_frame: Frame, target: Dict, n: Value = None) -> Value:
    """``counter.most_common(n)``."""
    return fold(lambda counts, n: collections.Counter(counts).most_common(n), target, n)


DEQUE = Methods(LIST)


@modelled("collections.deque", spread=False)
def deque(frame: Frame, iterable: Value = (), maxlen: Value = None) -> Value:
    """``deque(iterable, maxlen)``."""
    result = Deque()
    result.maxlen = maxlen
    _extend(frame, result, ordered(frame, iterable), left=False)
    return result


def _extend(frame: Frame, target: Deque, items: list[Value] | None, *, left: bool) -> None:
    """Add items at one end; those too many fall out at the other."""
    if items is None or not (target.maxlen is None or isinstance(target.maxlen, int)):
        loosen(frame, target, UNKNOWN)
        return
    extend_known(frame, target, items)
    if target.open:
        return
    if left:
        old = len(target.items) - len(items)
        target.items = items[::-1] + target.items[:old]
    surplus = 0 if target.maxlen is None else max(0, len(target.items) - target.maxlen)
    if left:
        del target.items[len(target.items) - surplus :]
    else:
        del target.items[:surplus]


@DEQUE.changing
def append(frame: Frame, target: Deque, value: Value) -> None:
    """``deque.append(value)``."""
    _extend(frame, target, [value], left=False)


@DEQUE.changing
def appendleft(frame: Frame, target: Deque, value: Value) -> None:
    """``deque.appendleft(value)``."""
    _extend(frame, target, [value], left=True)


@DEQUE.changing
def extend(frame: Frame, target: Deque, values: Value) -> None:
    """``deque.extend(values)``."""
    _extend(frame, target, ordered(frame, values), left=False)


@DEQUE.changing
def extendleft(frame: Frame, target: Deque, values: Value) -> None:
    """``deque.extendleft(values)``."""
    _extend(frame, target, ordered(frame, values), left=True)


@DEQUE.changing
def popleft(frame: Frame, target: Deque) -> Value:
    """``deque.popleft()``."""
    items = target.items
    if target.open:
        return one_of(items) if items else UNKNOWN
    frame.machine.heap.touch(target)
    return items.pop(0) if items else UNKNOWN


@DEQUE.changing
def rotate(frame: Frame, target: Deque, n: Value = 1) -> None:
    """``deque.rotate(n)``."""
    if target.open or not isinstance(n, int):
        loosen(frame, target)
        return
    frame.machine.heap.touch(target)
    if target.items:
        at = -n % len(target.items)
        target.items = target.items[at:] + target.items[:at]


@DEQUE.reading
def copy(_frame: Frame, target: Deque) -> Value:
    """``deque.copy()``."""
    result = Deque(list(target.items), open=target.open)
    result.maxlen = target.maxlen
    return result


TABLES[Deque] = DEQUE
TABLES[Counter] = COUNTER


@modelled("collections.namedtuple", spread=False)
def namedtuple(
    frame: Frame, typename: Value, field_names: Value, *, defaults: Value = (), **_more: Value
) -> Value:
    """``namedtuple(typename, field_names, defaults=defaults)``."""
    if isinstance(field_names, str):
        names: list[Value] | None = list(field_names.replace(",", " ").split())
    else:
        names = ordered(frame, field_names)
    given = ordered(frame, () if defaults is None else defaults)
    if names is None or given is None or len(given) > len(names):
        return UNKNOWN
    required = [REQUIRED] * (len(names) - len(given))
    return named_tuple(frame, typename, list(zip(names, required + given, strict=True)))


@modelled("typing.NamedTuple", spread=False)
def typed_named_tuple(frame: Frame, typename: Value, fields: Value = ()) -> Value:
    """``NamedTuple(typename, [(name, type), …])``."""
    pairs = [ordered(frame, pair) for pair in ordered(frame, fields) or ()]
    if not pairs or not all(pair is not None and len(pair) == 2 for pair in pairs):
        return UNKNOWN
    return named_tuple(frame, typename, [(pair[0], REQUIRED) for pair in pairs if pair])


def named_tuple(frame: Frame, name: Value, fields: list[tuple[Value, Value]]) -> Value:
    """A class like the one that ``class name(NamedTuple)`` with these fields defines."""
    names = [field for field, _ in fields]
    if not all(isinstance(text, str) and _is_name(text) for text in (name, *names)):
        return UNKNOWN
    node = cst.ClassDef(cst.Name(name), cst.IndentedBlock([]))
    cls = Class(node, name, (NAMED_TUPLE,), f"{frame.module.name}.{name}".lstrip("."))
    cls.mro = (cls, NAMED_TUPLE)
    cls.__dict__["annotated"] = fields
    cls.attributes["_fields"] = tuple(names)
    return cls


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)
