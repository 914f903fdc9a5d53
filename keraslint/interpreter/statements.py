"""What statements do. A statement answers with the ways it can end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import libcst as cst

from keraslint.interpreter import exceptions, imports, matching
from keraslint.interpreter.assignment import assign, delete, note_name
from keraslint.interpreter.branches import (
    Outcome,
    attempt,
    go_on,
    has_forks,
    run_branches,
    tried,
    ways,
)
from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.guards import guarded
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
MAX_ITERATIONS = 16_384
MAX_ENDLESS = 64
MAX_PASSES = 4


def execute_block(frame: Frame, body: Sequence[Any]) -> int:
    """Run statements one after the other.

    Returns:
        How the block ends, one of `outcomes`; other ways it may end are set aside in the frame.
    """
    for statement in body:
        way = execute(frame, statement)
        if way != NEXT:
            return way
    return NEXT


def execute(frame: Frame, node: cst.CSTNode) -> int:
    """Run one statement."""
    handler = HANDLERS.get(type(node))
    if handler is None:
        return NEXT
    if type(node) is not cst.SimpleStatementLine:
        frame.machine.step(frame, node)
    try:
        return handler(frame, node)
    except RecursionError:
        from keraslint.interpreter.giving_up import give_up

        return give_up(frame, node)


def _if(frame: Frame, node: cst.If) -> int:
    verdict = truth(evaluate(frame, node.test))
    orelse: Any = node.orelse

    def otherwise() -> int:
        if type(orelse) is cst.If:
            return execute(frame, orelse)
        return _orelse(frame, orelse)

    if verdict is not None:
        return execute_block(frame, node.body.body) if verdict else otherwise()

    def taken() -> int:
        narrow(frame, node.test, True)
        return execute_block(frame, node.body.body)

    def skipped() -> int:
        narrow(frame, node.test, False)
        return otherwise()

    with guarded(frame, node.test):
        return run_branches(frame, [taken, skipped])


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
    if frame.scope.kind == "class" and type(node.target) is cst.Name:
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
    outer = frame.iteration

    def run(number: int) -> int | None:
        frame.iteration = (*outer, number)
        assign(frame, node.target, items[number])
        way = execute_block(frame, node.body.body)
        moved = isinstance(source, List) and (source.open or len(source.items) != len(items))
        return None if moved and way in (NEXT, CONTINUE) else way

    try:
        return _iterations(frame, node, len(items), run)
    finally:
        frame.iteration = outer


def _iterations(
    frame: Frame, node: cst.For | cst.While, limit: int, run: Callable[[int], int | None]
) -> int | None:
    """Run the iterations of a loop one by one, until the body breaks or there are no more.

    ``run`` runs an iteration; it answers `None` if what it did must not be relied on. Then, or if
    it is not known whether the body breaks, the answer is `None`, and nothing is done.
    """
    machine = frame.machine
    mark = machine.recorder.mark()
    returned, yielded = len(frame.returned), len(frame.yielded)
    depth = len(machine.heap.layers) + 1
    lost = False

    def loop() -> int:
        nonlocal lost
        for number in range(limit):
            way = run(number)
            lost = way is None
            if way == NEXT and not has_forks(frame, depth):
                continue
            outcomes = [
                (NEXT if kind == CONTINUE else kind, delta)
                for kind, delta in ways(frame, depth, way or NEXT)
            ]
            kinds = {kind for kind, _ in outcomes}
            lost = lost or {NEXT, BREAK} <= kinds
            if lost:
                return NEXT
            way = go_on(frame, outcomes)
            if way != NEXT:
                return NEXT if way == BREAK else way
        return _orelse(frame, node.orelse)

    outcomes = tried(frame, loop)
    if lost:
        machine.recorder.rollback(mark)
        del frame.returned[returned:], frame.yielded[yielded:]
        return None
    return go_on(frame, outcomes)


def _orelse(frame: Frame, orelse: cst.Else | None) -> int:
    return NEXT if orelse is None else execute_block(frame, orelse.body.body)


def _while(frame: Frame, node: cst.While) -> int:
    limit = MAX_ENDLESS if _endless(node) else MAX_ITERATIONS
    over = False

    def run(number: int) -> int | None:
        nonlocal over
        frame.machine.step(frame, node)
        verdict = truth(evaluate(frame, node.test))
        over = verdict is False
        if over:
            return BREAK
        return (
            None if verdict is None or number == limit - 1 else execute_block(frame, node.body.body)
        )

    way = _iterations(frame, node, limit, run)
    if way is not None:
        return _orelse(frame, node.orelse) if over and way == NEXT else way

    def assume() -> None:
        evaluate(frame, node.test)
        narrow(frame, node.test, True)

    return _unknown_loop(frame, node, assume)


def _endless(node: cst.For | cst.While) -> bool:
    return (
        isinstance(node, cst.While)
        and isinstance(node.test, (cst.Name, cst.Integer))
        and node.test.value in ("True", "1")
    )


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
    outcomes = attempt(frame, body)
    again = any(_carried(frame, delta) for delta in _staying(outcomes))
    for _ in range(MAX_PASSES):
        if not again:
            break
        machine.recorder.rollback(mark)
        del frame.returned[returned:], frame.yielded[yielded:]
        heap.merge([*_staying(outcomes), {}], join=widen)
        outcomes = attempt(frame, body)
        again = any(_moves_constants(frame, delta) for delta in _staying(outcomes))
    frame.yields_open = frame.yields_open or len(frame.yielded) > yielded
    broken = any(way == BREAK for way, _ in outcomes)
    left = [outcome for outcome in outcomes if outcome[0] == RETURN]
    if not _endless(node) or broken:
        left += [(NEXT, delta) for delta in (*_staying(outcomes), {})]
    way = go_on(frame, left, join=widen)
    return _orelse_after(frame, node.orelse, broken) if way == NEXT else way


def _staying(outcomes: list[Outcome]) -> list[Delta]:
    """What the ways that stay in the loop, or leave it for what comes behind it, have changed."""
    return [delta for way, delta in outcomes if way not in (RETURN, RAISE)]


def _orelse_after(frame: Frame, orelse: cst.Else | None, broken: bool) -> int:
    """What follows a loop: may be skipped if the loop may have been left early."""
    if orelse is None or not broken:
        return _orelse(frame, orelse)
    return run_branches(frame, [lambda: _orelse(frame, orelse), lambda: NEXT])


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
    cst.If: _if,
}
