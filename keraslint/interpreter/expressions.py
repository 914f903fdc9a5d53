"""The value of an expression, by a dispatch on the node's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import libcst as cst

from keraslint.interpreter import literals
from keraslint.interpreter.attributes import get_attribute
from keraslint.interpreter.calls import call
from keraslint.interpreter.guards import guarded
from keraslint.interpreter.items import get_item
from keraslint.interpreter.iteration import element_of, iterate
from keraslint.interpreter.joining import join, one_of
from keraslint.interpreter.narrowing import narrow
from keraslint.interpreter.operators import BINARY, COMPARISONS, binary, compare, truth, unary
from keraslint.interpreter.scopes import MISSING, Frame
from keraslint.interpreter.sequences import cover, is_key
from keraslint.interpreter.values import (
    Arguments,
    Dict,
    Function,
    Imported,
    Iterator_,
    List,
    OneOf,
    Opaque,
    Set,
    Tensor,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN

Handler: TypeAlias = Callable[[Frame, Any], Value]
FEW = 8


def evaluate(frame: Frame, node: cst.BaseExpression) -> Value:
    """The value of ``node``; unknown where it cannot be followed."""
    handler = HANDLERS.get(type(node))
    return UNKNOWN if handler is None else handler(frame, node)


def _name(frame: Frame, node: cst.Name) -> Value:
    value = frame.scope.find(node.value)
    if value is MISSING:
        return _built_in(frame, node.value)
    if type(value) is Imported:
        from keraslint.interpreter.imports import resolve

        return resolve(frame, value)
    return value


def _built_in(frame: Frame, name: str) -> Value:
    known = frame.machine.built_in
    if name not in known:
        from keraslint.interpreter.builtins import find_builtin

        known[name] = find_builtin(frame, name)
    return known[name]


def _attribute(frame: Frame, node: cst.Attribute) -> Value:
    return get_attribute(frame, evaluate(frame, node.value), node.attr.value, node)


def _constant(frame: Frame, node: Any) -> Value:
    constants = frame.machine.constants
    key = id(node)
    if key not in constants:
        constants[key] = literals.constant(node)
    return constants[key]


def _formatted(frame: Frame, node: cst.FormattedString) -> Value:
    parts: list[str] = []
    known = True
    for part in node.parts:
        if type(part) is cst.FormattedStringText:
            parts.append(part.value)
        elif type(part) is cst.FormattedStringExpression:
            text = _formatted_part(frame, part)
            known = known and text is not None
            parts.append(text or "")
    return "".join(parts) if known else UNKNOWN


def _formatted_part(frame: Frame, part: cst.FormattedStringExpression) -> str | None:
    value = evaluate(frame, part.expression)
    if not is_constant(value) or part.equal is not None:
        return None
    if part.conversion == "r":
        value = repr(value)
    elif part.conversion == "s":
        value = str(value)
    spec = "".join(
        item.value for item in part.format_spec or () if isinstance(item, cst.FormattedStringText)
    )
    if len(part.format_spec or ()) > 1 or len(spec) > 8:
        return None
    try:
        return format(value, spec)
    except (ValueError, TypeError):
        return None


def _concatenated(frame: Frame, node: cst.ConcatenatedString) -> Value:
    return binary(frame, "+", evaluate(frame, node.left), evaluate(frame, node.right))


def items_of(frame: Frame, elements: Any) -> tuple[list[Value], bool]:
    """The values of a display's elements, and whether there may be more."""
    items: list[Value] = []
    opened = False
    for element in elements:
        value = evaluate(frame, element.value)
        if type(element) is cst.StarredElement:
            more = iterate(frame, value)
            opened = opened or more is None
            items.extend(more or ())
        else:
            items.append(value)
    return items, opened


def _tuple(frame: Frame, node: cst.Tuple) -> Value:
    items, opened = items_of(frame, node.elements)
    return UNKNOWN if opened else tuple(items)


def _list(frame: Frame, node: cst.List) -> Value:
    items, opened = items_of(frame, node.elements)
    if opened:
        items = cover(items)
    return List(items, open=opened)


def _set(frame: Frame, node: cst.Set) -> Value:
    items, opened = items_of(frame, node.elements)
    return make_set(items, opened)


def make_set(items: list[Value], opened: bool = False) -> Set:
    """A set of the items, constants once each."""
    kept: list[Value] = []
    seen: set[Any] = set()
    for item in items:
        if is_constant(item) or isinstance(item, tuple):
            try:
                if item in seen:
                    continue
                seen.add(item)
            except TypeError:
                opened = True
        kept.append(item)
    return Set(kept, open=opened)


def _dict(frame: Frame, node: cst.Dict) -> Value:
    result = Dict()
    for element in node.elements:
        value = evaluate(frame, element.value)
        if type(element) is cst.DictElement:
            put(result, evaluate(frame, element.key), value)
        else:
            from keraslint.interpreter.dict_methods import merge

            merge(frame, result, value)
    return result


def put(target: Dict, key: Value, value: Value) -> None:
    """``target[key] = value`` for a dict that was touched or is new."""
    if is_key(key):
        target.items[key] = value
    else:
        target.open = True
        target.items = dict.fromkeys(target.items, UNKNOWN)


def _binary(frame: Frame, node: cst.BinaryOperation) -> Value:
    chain = _left_side(node, cst.BinaryOperation)
    value = evaluate(frame, chain[-1].left)
    for part in reversed(chain):
        right = evaluate(frame, part.right)
        value = binary(frame, BINARY[type(part.operator)], value, right, part)
    return value


def _left_side(node: Any, kind: type) -> list[Any]:
    """An operation and those that stand one in the left side of the other."""
    chain = [node]
    while isinstance(chain[-1].left, kind):
        chain.append(chain[-1].left)
    return chain


def _unary(frame: Frame, node: cst.UnaryOperation) -> Value:
    return unary(frame, node, evaluate(frame, node.expression))


def _boolean(frame: Frame, node: cst.BooleanOperation) -> Value:
    chain = _left_side(node, cst.BooleanOperation)
    value = evaluate(frame, chain[-1].left)
    for part in reversed(chain):
        value = _and_or(frame, part, value)
    return value


def _and_or(frame: Frame, node: cst.BooleanOperation, left: Value) -> Value:
    wanted = type(node.operator) is cst.And
    verdict = truth(left)
    if verdict is not None:
        return evaluate(frame, node.right) if verdict == wanted else left

    def right() -> Value:
        narrow(frame, node.left, wanted)
        return evaluate(frame, node.right)

    if not wanted and isinstance(left, OneOf):
        left = one_of([item for item in left.alternatives if truth(item) is not False])
    return frame.machine.either([lambda: left, right])


def _comparison(frame: Frame, node: cst.Comparison) -> Value:
    left = evaluate(frame, node.left)
    result: Value = True
    for target in node.comparisons:
        right = evaluate(frame, target.comparator)
        verdict = compare(frame, COMPARISONS[type(target.operator)], left, right, node)
        if verdict is False:
            return False
        result = verdict if result is True else UNKNOWN
        left = right
    return result


def _if_expression(frame: Frame, node: cst.IfExp) -> Value:
    verdict = truth(evaluate(frame, node.test))
    if verdict is not None:
        return evaluate(frame, node.body if verdict else node.orelse)

    def side(branch: cst.BaseExpression, outcome: bool) -> Callable[[], Value]:
        def run() -> Value:
            narrow(frame, node.test, outcome)
            return evaluate(frame, branch)

        return run

    with guarded(frame, node.test):
        return frame.machine.either([side(node.body, True), side(node.orelse, False)])


def _call(frame: Frame, node: cst.Call) -> Value:
    machine = frame.machine
    machine.step(frame, node)
    callee = evaluate(frame, node.func)
    if type(node.func) is cst.Name and node.func.value == "super" and not node.args:
        from keraslint.interpreter.classes import implicit_super

        return implicit_super(frame)
    arguments = call_arguments(frame, node.args)
    machine.current_call = node
    result = call(frame, callee, arguments, node)
    note_origin(frame, result, node)
    return result


def note_origin(frame: Frame, value: Value, node: cst.CSTNode) -> None:
    """Remember where data were made, if nothing has said so yet."""
    if isinstance(value, tuple) and len(value) <= FEW:
        for item in value:
            note_origin(frame, item, node)
    elif isinstance(value, (Tensor, Opaque)) and value.place is None:
        value.place = frame.place(node)


def call_arguments(frame: Frame, args: Any) -> Arguments:
    """Evaluate the arguments of a call."""
    result = Arguments()
    for arg in args:
        value = evaluate(frame, arg.value)
        if not arg.star:
            if arg.keyword is not None:
                result.keywords[arg.keyword.value] = value
                result.nodes[arg.keyword.value] = arg
            else:
                result.nodes[len(result.positional)] = arg
                result.positional.append(value)
        elif arg.star == "*":
            more = iterate(frame, value)
            if more is None:
                result.open = True
            else:
                result.positional.extend(more)
        elif isinstance(value, Dict):
            result.open = result.open or value.open
            for key, item in value.items.items():
                if isinstance(key, str) and key not in value.optional:
                    result.keywords[key] = item
                    result.nodes[key] = arg
        else:
            result.open = True
    return result


def _subscript(frame: Frame, node: cst.Subscript) -> Value:
    item = get_item(frame, evaluate(frame, node.value), subscript_key(frame, node), node)
    note_origin(frame, item, node)
    return item


def subscript_key(frame: Frame, node: cst.Subscript) -> Value:
    """The key between the brackets: one value, or a tuple."""
    keys = [_index(frame, element.slice) for element in node.slice]
    if len(keys) == 1 and type(node.slice[0].comma) is not cst.Comma:
        return keys[0]
    return tuple(keys)


def _index(frame: Frame, node: cst.BaseSlice) -> Value:
    if type(node) is cst.Slice:
        parts = [part and evaluate(frame, part) for part in (node.lower, node.upper, node.step)]
        return slice(*parts)
    return evaluate(frame, node.value) if type(node) is cst.Index else UNKNOWN


def _lambda(frame: Frame, node: cst.Lambda) -> Value:
    from keraslint.interpreter.functions import parameter_defaults

    return Function(node, frame.scope, parameter_defaults(frame, node.params), "<lambda>")


def _named(frame: Frame, node: cst.NamedExpr) -> Value:
    value = evaluate(frame, node.value)
    if isinstance(node.target, cst.Name):
        outer = frame
        while outer.scope.kind == "comprehension" and outer.scope.parent is not None:
            outer.scope.parent.names[node.target.value] = value
            break
        frame.assign(node.target.value, value)
    return value


def _comprehension(frame: Frame, node: cst.BaseSimpleComp) -> Value:
    items, opened = comprehension_items(frame, node)
    if isinstance(node, cst.SetComp):
        return make_set(items, opened)
    if opened:
        items = cover(items)
    if isinstance(node, cst.GeneratorExp):
        return Iterator_(items, open=opened)
    return List(items, open=opened)


def comprehension_items(frame: Frame, node: cst.BaseComp) -> tuple[list[Value], bool]:
    """The elements of a comprehension in order, and whether there may be others."""
    inner = frame.child("comprehension")
    items: list[Value] = []

    def produce() -> None:
        if isinstance(node, cst.DictComp):
            items.append((evaluate(inner, node.key), evaluate(inner, node.value)))
        elif isinstance(node, cst.BaseSimpleComp):
            items.append(evaluate(inner, node.elt))

    opened = _run_for(inner, node.for_in, produce)
    return items, opened


def _run_for(frame: Frame, clause: cst.CompFor, produce: Callable[[], None]) -> bool:
    from keraslint.interpreter.assignment import assign

    source = evaluate(frame, clause.iter)
    items = iterate(frame, source)
    opened = items is None
    outer = frame.iteration
    for number, item in enumerate([element_of(source)] if items is None else items):
        frame.machine.step(frame, clause)
        frame.iteration = (*outer, number)
        assign(frame, clause.target, item)
        verdicts = [truth(evaluate(frame, test.test)) for test in clause.ifs]
        if False in verdicts:
            continue
        opened = opened or None in verdicts
        if clause.inner_for_in is not None:
            opened = _run_for(frame, clause.inner_for_in, produce) or opened
        else:
            produce()
    frame.iteration = outer
    return opened


def _dict_comprehension(frame: Frame, node: cst.DictComp) -> Value:
    pairs, opened = comprehension_items(frame, node)
    result = Dict(open=opened)
    for key, value in pairs:
        put(result, key, value)
    return result


def _await(frame: Frame, node: cst.Await) -> Value:
    evaluate(frame, node.expression)
    return UNKNOWN


def _yield(frame: Frame, node: cst.Yield) -> Value:
    value: Value = None
    if isinstance(node.value, cst.From):
        source = evaluate(frame, node.value.item)
        items = iterate(frame, source)
        frame.yields_open = frame.yields_open or items is None
        frame.yielded.extend([element_of(source)] if items is None else items)
    else:
        if node.value is not None:
            value = evaluate(frame, node.value)
        frame.yielded.append(value)
    return UNKNOWN


HANDLERS: dict[type, Handler] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.SimpleString: _constant,
    cst.Integer: _constant,
    cst.Float: _constant,
    cst.Imaginary: _constant,
    cst.Ellipsis: lambda frame, node: ...,
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: _formatted,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: _if_expression,
    cst.Subscript: _subscript,
    cst.Lambda: _lambda,
    cst.NamedExpr: _named,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _dict_comprehension,
    cst.Await: _await,
    cst.Yield: _yield,
}

__all__ = ["call_arguments", "evaluate", "items_of", "join", "make_set", "put", "subscript_key"]
