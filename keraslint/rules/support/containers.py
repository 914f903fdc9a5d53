"""What a class keeps where Keras does not look for layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import libcst as cst

from keraslint.rules.support.outline import outline
from keraslint.rules.support.uses import dotted
from keraslint.syntax.walking import walk

ITEM = "sets an item of a list"
INNER = "changes a list that stands in another container"
DEFAULT = "calls setdefault of a dict"
PLAIN = "keeps it in an object that is no layer"
OTHER = "keeps it in a deque or an array"
SHARED = "keeps it in the class itself"

SPEAKS_FOR_ITSELF = {"setattr", "__dict__", "vars", "_layers", "_tracker", "__setattr__"}
GROWING = {"append", "insert", "extend"}

IsLayer = Callable[[cst.CSTNode], bool]
Call = tuple[str, cst.CSTNode]


@dataclass(slots=True)
class Attribute:
    """How the methods of a class fill one attribute of ``self``.

    Attributes:
        values: what is assigned to it.
        items: what is assigned to items of it.
        calls: the methods called on it, with their last argument.
        inner: the methods called on items of it, likewise.
    """

    values: list[cst.CSTNode] = field(default_factory=list)
    items: list[cst.CSTNode] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    inner: list[Call] = field(default_factory=list)


def untracked(
    owner: cst.ClassDef, module: cst.Module, is_layer: IsLayer
) -> Iterator[tuple[cst.CSTNode, str]]:
    """The layers of a class that Keras does not find as far as its text shows, and why."""
    if {node.value for node in walk(owner) if isinstance(node, cst.Name)} & SPEAKS_FOR_ITSELF:
        return
    attributes, read = _attributes(owner)
    for name, attribute in attributes.items():
        if len(attribute.values) == 1 and name not in read:
            for node, why in _kept(attribute, module):
                if is_layer(node):
                    yield node, why
    for name, value in _shared(owner):
        if is_layer(value) and name not in read | attributes.keys():
            yield value, SHARED


def _attributes(owner: cst.ClassDef) -> tuple[dict[str, Attribute], set[str]]:
    """The attributes that methods fill, and those that others are computed from."""
    found: defaultdict[str, Attribute] = defaultdict(Attribute)
    read: set[str] = set()
    for node in walk(owner.body):
        if isinstance(node, cst.Assign) and len(node.targets) == 1:
            target = node.targets[0].target
            item = isinstance(target, cst.Subscript)
            name = _of_self(target.value if isinstance(target, cst.Subscript) else target)
            if name and item:
                found[name].items.append(node.value)
            elif name:
                found[name].values.append(node.value)
                read.update(filter(None, map(_of_self, walk(node.value))))
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.args:
            owned = node.func.value
            called = (node.func.attr.value, node.args[-1].value)
            if name := _of_self(owned):
                found[name].calls.append(called)
            elif isinstance(owned, cst.Subscript) and (name := _of_self(owned.value)):
                found[name].inner.append(called)
    return found, read


def _kept(attribute: Attribute, module: cst.Module) -> Iterator[tuple[cst.CSTNode, str]]:
    """What an attribute holds without Keras noticing."""
    value = attribute.values[0]
    put = [argument for method, argument in attribute.calls if method in GROWING]
    if _is_list(value):
        yield from ((item, ITEM) for item in attribute.items)
    elif _is_dict(value):
        put = attribute.items
        known = (argument for method, argument in attribute.calls if method == "setdefault")
        yield from ((item, DEFAULT) for item in known)
    elif isinstance(value, cst.Call):
        name = (dotted(value.func) or ("",))[-1]
        if name in {"deque", "array"}:
            yield from ((item, OTHER) for item in (*walk(value), *put))
        held = _class(module, value.func)
        yield from ((item, PLAIN) for item in (_held(held) if held is not None else ()))
    if _is_empty(value) and put and all(map(_is_empty, put)):
        inner = (argument for method, argument in attribute.inner if method in GROWING)
        yield from ((item, INNER) for item in inner)


def _held(plain: cst.ClassDef) -> Iterator[cst.CSTNode]:
    for attribute in _attributes(plain)[0].values():
        yield from attribute.values


def _class(module: cst.Module, func: cst.CSTNode) -> cst.ClassDef | None:
    """The class without bases that a name stands for."""
    found = [c for c in outline(module).classes if dotted(func) == (c.name.value,)]
    return found[0] if len(found) == 1 and not (found[0].bases or found[0].keywords) else None


def _shared(owner: cst.ClassDef) -> Iterator[tuple[str, cst.CSTNode]]:
    """The attributes of the class itself."""
    for line in owner.body.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
                target = statement.targets[0].target
                if isinstance(target, cst.Name):
                    yield target.value, statement.value


def _of_self(node: cst.CSTNode) -> str | None:
    """The attribute of ``self`` that an expression is."""
    names = dotted(node) if isinstance(node, cst.Attribute) else None
    return names[1] if names is not None and len(names) == 2 and names[0] == "self" else None


def _is_list(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Multiply):
        node = node.left
    return isinstance(node, (cst.List, cst.ListComp))


def _is_dict(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Dict) or (
        isinstance(node, cst.Call) and dotted(node.func) == ("dict",)
    )


def _is_empty(node: cst.CSTNode) -> bool:
    """Whether an expression makes a new container with nothing in it."""
    if isinstance(node, (cst.List, cst.Dict)):
        return not node.elements
    if not isinstance(node, cst.Call) or node.args:
        return False
    return dotted(node.func) in {("list",), ("dict",)}
