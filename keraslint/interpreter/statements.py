"""What statements do. A statement answers with the ways it can end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import libcst as cst

from keraslint.interpreter import exceptions, imports, matching
from keraslint.interpreter.assignment import assign, delete, note_name
from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.heap import Delta
from keraslint.interpreter.iteration import element_of, iterate
from keraslint.interpreter.joining import same, widen
from keraslint.interpreter.keras.models import ModelObject
from keraslint.interpreter.narrowing import narrow
from keraslint.interpreter.operators import BINARY, binary, truth
from keraslint.interpreter.outcomes import BREAK, CONTINUE, NEXT, RAISE, RETURN
from keraslint.interpreter.scopes import Frame, Scope
from keraslint.interpreter.sequences import loosen
from keraslint.interpreter.values import (
    Arguments,
    Dict,
    Instance,
    Iterator_,
    List,
    OneOf,
    Opaque,
    Sequence_,
    Set,
    Value,
    is_constant,
)
from keraslint.tensors.dims import UNKNOWN

Handler: TypeAlias = Callable[[Frame, Any], int]
MAX_ITERATIONS = 4_096
MAX_PASSES = 4


def execute_block(frame: Frame, body: Sequence[Any]) -> int:
    """Run statements one after the other.

    Returns:
        The ways in which the block can end, as a union of `outcomes`.
    """
    ended = 0
    for index, statement in enumerate(body):
        if type(statement) is cst.If:
            flags, rest_done = execute_if(frame, statement, body[index + 1 :])
            if rest_done:
                return ended | flags
        else:
            flags = execute(frame, statement)
        ended |= flags & ~NEXT
        if not flags & NEXT:
            return ended
    return ended | NEXT


def execute(frame: Frame, node: cst.CSTNode) -> int:
    """Run one statement."""
    handler = HANDLERS.get(type(node))
    if handler is None:
        return NEXT
    if type(node) is not cst.SimpleStatementLine:
        frame.machine.step(frame, node)
    return handler(frame, node)


def execute_if(frame: Frame, node: cst.If, rest: Sequence[Any]) -> tuple[int, bool]:
    """Run an ``if``, and what follows it where just one of its branches goes on.

    Returns:
        The ways it can end, and whether ``rest`` was run too.
    """
    verdict = truth(evaluate(frame, node.test))
    if verdict is True:
        return execute_block(frame, node.body.body), False
    orelse = node.orelse
    if verdict is False:
        if isinstance(orelse, cst.If):
            return execute_if(frame, orelse, rest)
        return (NEXT if orelse is None else execute_block(frame, orelse.body.body)), False

    def taken() -> int:
        narrow(frame, node.test, True)
        return execute_block(frame, node.body.body)

    def skipped() -> int:
        narrow(frame, node.test, False)
        if isinstance(orelse, cst.If):
            return execute_block(frame, [orelse])
        return NEXT if orelse is None else execute_block(frame, orelse.body.body)

    return run_branches(frame, [taken, skipped], rest)


def run_branches(
    frame: Frame, branches: list[Callable[[], int]], rest: Sequence[Any] = ()
) -> tuple[int, bool]:
    """Run branches of which one is taken, and join what they did.

    If some of them end here and others go on, ``rest`` is run right behind those that go on, so
    that what an early ``return`` left does not blur what comes after it.
    """
    machine = frame.machine
    outcomes = machine.alternatives(branches)
    going = [(flags, delta) for flags, delta in outcomes if flags & NEXT]
    ended = [(flags, delta) for flags, delta in outcomes if not flags & NEXT and flags & ~RAISE]
    union = 0
    for flags, _ in outcomes:
        union |= flags
    if not going:
        machine.heap.merge([delta for _, delta in ended])
        return union, False
    if len(going) == len(outcomes) or not rest:
        _merge(frame, going, ended)
        return union, False

    def go_on() -> int:
        machine.heap.merge([delta for _, delta in going])
        return execute_block(frame, rest)

    [(flags, delta)] = machine.alternatives([go_on])
    union = (union & ~NEXT) | flags
    if flags & NEXT:
        _merge(frame, [(flags, delta)], ended)
    else:
        tail = [(flags, delta)] if flags & ~RAISE else []
        machine.heap.merge([delta for _, delta in [*ended, *tail]])
    return union, True


def _merge(frame: Frame, going: list[tuple[int, Delta]], ended: list[tuple[int, Delta]]) -> None:
    """Go on from the joined state; what an ended branch changed outside this scope is felt too."""
    heap = frame.machine.heap
    here = [delta for flags, delta in [*going, *ended] if flags & (NEXT | BREAK | CONTINUE)]
    own = [
        {key: change for key, change in delta.items() if change[0] is frame.scope} for delta in here
    ]
    heap.merge([delta for _, delta in [*going, *ended]], skip=[frame.scope])
    heap.merge(own)


def _simple(frame: Frame, node: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> int:
    for small in node.body:
        frame.machine.step(frame, small)
        handler = HANDLERS.get(type(small))
        flags = NEXT if handler is None else handler(frame, small)
        if not flags & NEXT:
            return flags
    return NEXT


def _expression(frame: Frame, node: cst.Expr) -> int:
    evaluate(frame, node.value)
    return NEXT


def _assign(frame: Frame, node: cst.Assign) -> int:
    value = evaluate(frame, node.value)
    for target in node.targets:
        assign(frame, target.target, value)
    return NEXT


def _annotated(frame: Frame, node: cst.AnnAssign) -> int:
    if node.value is not None:
        assign(frame, node.target, evaluate(frame, node.value))
    if frame.scope.kind == "class" and isinstance(node.target, cst.Name):
        from keraslint.interpreter.classes import note_field

        note_field(frame, node)
    return NEXT


def _augmented(frame: Frame, node: cst.AugAssign) -> int:
    target = node.target
    old = evaluate(frame, target)
    value = evaluate(frame, node.value)
    operator = BINARY.get(type(node.operator))
    method = _IN_PLACE.get((type(old), operator))
    if method is not None:
        from keraslint.interpreter.builtins import method_of
        from keraslint.interpreter.calls import call

        call(frame, method_of(frame, old, method), Arguments([value]), node)
        return NEXT
    if isinstance(old, OneOf) and all(isinstance(item, Sequence_) for item in old.alternatives):
        for item in old.alternatives:  # each of them may be the one that grows
            loosen(frame, item, *(iterate(frame, value) or [UNKNOWN]))
        return NEXT
    result: Value = UNKNOWN if operator is None else binary(frame, operator, old, value, node)
    assign(frame, target, result)
    return NEXT


_IN_PLACE: dict[tuple[type, str | None], str] = {
    (List, "+"): "extend",
    (Dict, "|"): "update",
    (Set, "|"): "update",
    (Set, "&"): "intersection_update",
    (Set, "-"): "difference_update",
}


def _return(frame: Frame, node: cst.Return) -> int:
    value = None if node.value is None else evaluate(frame, node.value)
    note_name(frame, "", value)
    frame.returned.append(value)
    return RETURN


def _delete(frame: Frame, node: cst.Del) -> int:
    delete(frame, node.target)
    return NEXT


def _global(frame: Frame, node: cst.Global) -> int:
    for item in node.names:
        frame.scope.declared[item.name.value] = frame.scope.module
    return NEXT


def _nonlocal(frame: Frame, node: cst.Nonlocal) -> int:
    for item in node.names:
        scope = frame.scope.parent
        while scope is not None and item.name.value not in scope.names:
            scope = scope.parent
        if scope is not None:
            frame.scope.declared[item.name.value] = scope
    return NEXT


def _assert(frame: Frame, node: cst.Assert) -> int:
    verdict = truth(evaluate(frame, node.test))
    narrow(frame, node.test, True)
    return RAISE if verdict is False else NEXT


def _for(frame: Frame, node: cst.For) -> int:
    source = evaluate(frame, node.iter)
    items = iterate(frame, source)
    if items is not None and len(items) <= MAX_ITERATIONS:
        flags = _known_loop(frame, node, items, source)
        if flags is not None:
            return flags
    element = element_of(source) if items is None or not items else UNKNOWN
    return _unknown_loop(frame, node, lambda: assign(frame, node.target, element))


def _known_loop(frame: Frame, node: cst.For, items: list[Value], source: Value) -> int | None:
    """Run the body once per item.

    `None`, and nothing done, if it may break at an unknown point or changes what it goes through.
    """
    machine = frame.machine
    mark = machine.recorder.mark()
    returned, yielded = len(frame.returned), len(frame.yielded)
    outer = frame.iteration
    machine.heap.push()
    ended = 0
    try:
        for number, item in enumerate(items):
            frame.iteration = (*outer, number)
            assign(frame, node.target, item)
            flags = execute_block(frame, node.body.body)
            ended |= flags & RETURN
            goes_on = flags & (NEXT | CONTINUE)
            moved = isinstance(source, List) and (source.open or len(source.items) != len(items))
            if goes_on and (flags & BREAK or moved):
                machine.heap.pop()
                machine.recorder.rollback(mark)
                del frame.returned[returned:], frame.yielded[yielded:]
                return None
            if not goes_on:
                machine.heap.commit()
                return ended | (NEXT if flags & BREAK else flags)
    except BaseException:
        machine.heap.commit()
        raise
    finally:
        frame.iteration = outer
    machine.heap.commit()
    return ended | _orelse(frame, node.orelse)


def _orelse(frame: Frame, orelse: cst.Else | None) -> int:
    return NEXT if orelse is None else execute_block(frame, orelse.body.body)


def _while(frame: Frame, node: cst.While) -> int:
    machine = frame.machine
    for _ in range(MAX_ITERATIONS):
        verdict = truth(evaluate(frame, node.test))
        if verdict is False:
            return _orelse(frame, node.orelse)
        if verdict is None or _endless(node):
            break
        flags = execute_block(frame, node.body.body)
        goes_on = flags & (NEXT | CONTINUE)
        if not goes_on:
            return (flags & RETURN) | NEXT if flags & BREAK else flags
        if flags & (BREAK | RETURN):
            break
        machine.step(frame, node)

    def assume() -> None:
        evaluate(frame, node.test)
        narrow(frame, node.test, True)

    return _unknown_loop(frame, node, assume)


def _endless(node: cst.While) -> bool:
    return isinstance(node.test, (cst.Name, cst.Integer)) and node.test.value in ("True", "1")


def _unknown_loop(frame: Frame, node: cst.For | cst.While, bind: Callable[[], None]) -> int:
    """Run a body that is run an unknown number of times.

    A first pass only shows what the body changes; that is widened, and the last pass, with what
    holds in every iteration, is the one that counts. The second is the last, unless values move
    from name to name.
    """
    machine = frame.machine
    heap = machine.heap

    def body() -> int:
        bind()
        return execute_block(frame, node.body.body)

    mark = machine.recorder.mark()
    returned, yielded = len(frame.returned), len(frame.yielded)
    flags: int
    [(flags, delta)] = machine.alternatives([body])
    again = _carried(frame, delta)
    for _ in range(MAX_PASSES):
        if not again:
            break
        machine.recorder.rollback(mark)
        del frame.returned[returned:], frame.yielded[yielded:]
        heap.merge([delta, {}], join=widen)
        [(flags, delta)] = machine.alternatives([body])
        again = _moves_constants(frame, delta)
    heap.merge([delta, {}], join=widen)
    frame.yields_open = frame.yields_open or len(frame.yielded) > yielded
    return flags & RETURN | _orelse_after(frame, node.orelse, flags)


def _orelse_after(frame: Frame, orelse: cst.Else | None, flags: int) -> int:
    """What follows a loop whose body ended in these ways: skipped if it was left early."""
    if orelse is None or not flags & BREAK:
        return _orelse(frame, orelse)
    return run_branches(frame, [lambda: _orelse(frame, orelse), lambda: NEXT])[0]


def _carried(frame: Frame, delta: Delta) -> bool:
    """Whether an iteration may see what an earlier one changed."""
    for thing, state in delta.values():
        if thing is frame.scope:
            known = frame.scope.names
            if any(
                name in known and known[name] is not value for name, value in state["names"].items()
            ):
                return True
        elif isinstance(thing, _CARRIERS):
            return True
    return False


def _moves_constants(frame: Frame, delta: Delta) -> bool:
    known = frame.scope.names
    return any(
        is_constant(known.get(name, UNKNOWN)) and not same(known[name], value)
        for thing, state in delta.values()
        if thing is frame.scope
        for name, value in state["names"].items()
    )


_CARRIERS = (Scope, Sequence_, Dict, Iterator_, Instance, Opaque, ModelObject)


def _function(frame: Frame, node: cst.FunctionDef) -> int:
    from keraslint.interpreter.functions import define

    frame.assign(node.name.value, define(frame, node))
    return NEXT


def _class(frame: Frame, node: cst.ClassDef) -> int:
    from keraslint.interpreter.classes import define_class

    frame.assign(node.name.value, define_class(frame, node))
    return NEXT


HANDLERS: dict[type, Handler] = {
    cst.SimpleStatementLine: _simple,
    cst.SimpleStatementSuite: _simple,
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: exceptions.raise_,
    cst.Break: lambda frame, node: BREAK,
    cst.Continue: lambda frame, node: CONTINUE,
    cst.Del: _delete,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.Assert: _assert,
    cst.Import: imports.import_,
    cst.ImportFrom: imports.import_from,
    cst.For: _for,
    cst.While: _while,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Try: exceptions.try_,
    cst.With: exceptions.with_,
    cst.Match: matching.match,
    cst.If: lambda frame, node: execute_if(frame, node, ())[0],
}
