"""Statements that are nested too deeply to be followed: what they may touch becomes unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import libcst as cst

from keraslint.interpreter.keras.objects import keras_side
from keraslint.interpreter.outcomes import NEXT, RETURN
from keraslint.interpreter.scopes import MISSING, Frame
from keraslint.interpreter.values import Dict, Instance, OneOf, Opaque, Sequence_, Value
from keraslint.syntax.walking import walk
from keraslint.tensors.dims import UNKNOWN

MAX_BLURRED = 200
COST = 500  # steps: what is too deep is deep in many places where calls double


def give_up(frame: Frame, node: cst.CSTNode) -> int:
    """Leave unknown what a statement assigns, changes or returns; how it ends."""
    frame.machine.note_limit("depth", frame.place(node))
    frame.machine.step(frame, node, COST)
    names = {name.value for name in _nodes(node, cst.Name)}
    blur(frame, [frame.scope.find(name) for name in names])
    for name in _targets(node):
        frame.assign(name, UNKNOWN)
    if not _has(node, cst.Return):
        return NEXT
    frame.returned.append(UNKNOWN)
    return RETURN if isinstance(node, cst.SimpleStatementLine) else NEXT


def blur(frame: Frame, values: list[Value]) -> None:
    """Forget what is known of objects that something unknown may have changed."""
    heap = frame.machine.heap
    pending, seen = list(values), set[int]()
    while pending and len(seen) < MAX_BLURRED:
        value = pending.pop()
        if id(value) in seen or value is MISSING:
            continue
        seen.add(id(value))
        side = keras_side(value)
        add = getattr(side, "add", None)
        if add is not None:
            add(frame, UNKNOWN, frame.call, rebuild=False)
        if isinstance(value, (Sequence_, Dict)):
            heap.touch(value)
            pending.extend(value.items.values() if isinstance(value, Dict) else value.items)
            value.items, value.open = type(value.items)(), True
        elif isinstance(value, (Instance, Opaque)):
            heap.touch(value)
            pending.extend(value.attributes.values())
            value.attributes = dict.fromkeys(value.attributes, UNKNOWN)
        elif isinstance(value, tuple):
            pending.extend(value)
        elif isinstance(value, OneOf):
            pending.extend(value.alternatives)


def _targets(node: cst.CSTNode) -> set[str]:
    """The names that a statement binds."""
    found = {definition.name.value for definition in _nodes(node, cst.FunctionDef, cst.ClassDef)}
    bound: list[Any] = [
        *(part.target for part in _nodes(node, cst.AssignTarget, cst.AnnAssign, cst.AugAssign)),
        *(part.target for part in _nodes(node, cst.For, cst.NamedExpr)),
        *(part.name for part in _nodes(node, cst.AsName)),
    ]
    for target in bound:
        if isinstance(target, (cst.Name, cst.Tuple, cst.List)):
            found |= {name.value for name in _nodes(target, cst.Name)}
    return found


def _has(node: cst.CSTNode, kind: type) -> bool:
    return next(_nodes(node, kind), None) is not None


def _nodes(node: cst.CSTNode, *kinds: type) -> Iterator[Any]:
    """The nodes of some types, without recursion."""
    return (inner for inner in walk(node) if type(inner) in kinds)
