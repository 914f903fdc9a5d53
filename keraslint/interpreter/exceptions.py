"""``raise``, ``try`` and ``with``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from keraslint.interpreter.branches import Outcome, attempt, go_on, run_branches, tried
from keraslint.interpreter.expressions import evaluate
from keraslint.interpreter.heap import Delta
from keraslint.interpreter.outcomes import NEXT, RAISE
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Value
from keraslint.tensors.dims import UNKNOWN

HARMLESS = {"ImportError", "ModuleNotFoundError", "KeyboardInterrupt", "SystemExit", "OSError"}
HARMLESS |= {
    "IOError",
    "FileNotFoundError",
    "KeyError",
    "StopIteration",
    "EOFError",
    "GeneratorExit",
}
IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError"}


def raise_(frame: Frame, node: cst.Raise) -> int:
    """``raise``: the path ends."""
    if node.exc is not None:
        evaluate(frame, node.exc)
    return RAISE


def try_(frame: Frame, node: cst.Try) -> int:
    """``try``: the body, or as much of it as went well and then a handler; ``finally`` the rest."""
    from keraslint.interpreter.statements import execute_block

    if node.finalbody is None:
        return _try(frame, node)
    last = node.finalbody.body.body

    def finish(way: int, delta: Delta) -> Callable[[], int]:
        def run() -> int:
            frame.machine.heap.apply(delta)
            end = execute_block(frame, last)
            return way if end == NEXT else end

        return run

    outcomes = tried(frame, lambda: _try(frame, node))
    if len(outcomes) == 1:
        return finish(*outcomes[0])()
    return run_branches(frame, [finish(*outcome) for outcome in outcomes])


def _try(frame: Frame, node: cst.Try) -> int:
    from keraslint.interpreter.statements import execute_block

    machine = frame.machine
    catches = any(_catches_keras(handler) for handler in node.handlers)

    def body() -> int:
        machine.catching += catches
        try:
            way = execute_block(frame, node.body.body)
        finally:
            machine.catching -= catches
        if way == NEXT and node.orelse is not None:
            way = execute_block(frame, node.orelse.body.body)
        return way

    def handle(handler: cst.ExceptHandler) -> Callable[[], int]:
        def run() -> int:
            machine.heap.merge(stopped)
            if handler.name is not None and isinstance(handler.name.name, cst.Name):
                frame.assign(handler.name.name.value, UNKNOWN)
            machine.catching += 1
            try:
                return execute_block(frame, handler.body.body)
            finally:
                machine.catching -= 1

        return run

    if not node.handlers or _imports_only(frame, node):
        return body()
    with machine.heap.watching() as seen:
        outcomes = attempt(frame, body)
    stopped = [*(delta for _, delta in outcomes), seen, {}]
    for handler in node.handlers:
        outcomes = [*outcomes, *attempt(frame, handle(handler))]
    return go_on(frame, outcomes)


def _names(handler: cst.ExceptHandler) -> list[str]:
    kind = handler.type
    if kind is None:
        return ["Exception"]
    kinds = [element.value for element in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
    return [
        kind.attr.value if isinstance(kind, cst.Attribute) else getattr(kind, "value", "Exception")
        for kind in kinds
    ]


def _catches_keras(handler: cst.ExceptHandler) -> bool:
    return any(name not in HARMLESS for name in _names(handler))


def _imports_only(frame: Frame, node: cst.Try) -> bool:
    """Whether this is ``try: import known library / except ImportError``: taken as installed."""
    if not all(name in IMPORT_ERRORS for handler in node.handlers for name in _names(handler)):
        return False
    return all(_known_import(frame, statement) for statement in node.body.body)


def _known_import(frame: Frame, statement: Any) -> bool:
    from keraslint.interpreter.imports import is_installed

    if not isinstance(statement, cst.SimpleStatementLine):
        return True
    for small in statement.body:
        if isinstance(small, cst.ImportFrom):
            if (
                not small.relative
                and small.module is not None
                and not is_installed(frame, small.module)
            ):
                return False
        elif isinstance(small, cst.Import) and not all(
            is_installed(frame, alias.name) for alias in small.names
        ):
            return False
    return True


def with_(frame: Frame, node: cst.With) -> int:
    """``with``: the body; silent about errors if the context expects them."""
    from keraslint.interpreter.assignment import assign
    from keraslint.interpreter.statements import execute_block

    machine = frame.machine
    expecting = 0
    for item in node.items:
        context = evaluate(frame, item.item)
        expecting += _expects_errors(item.item)
        if item.asname is not None:
            assign(frame, item.asname.name, _entered(frame, context))
    if not expecting:
        return execute_block(frame, node.body.body)
    machine.catching += expecting
    try:
        with machine.heap.watching() as seen:
            outcomes = attempt(frame, lambda: execute_block(frame, node.body.body))
    finally:
        machine.catching -= expecting
    stopped: list[Outcome] = [(NEXT, seen), (NEXT, {})]  # it may have stopped anywhere
    return go_on(frame, [*((NEXT if way == RAISE else way, d) for way, d in outcomes), *stopped])


def _expects_errors(item: cst.BaseExpression) -> int:
    if not isinstance(item, cst.Call):
        return 0
    function = item.func
    name = (
        function.attr.value
        if isinstance(function, cst.Attribute)
        else getattr(function, "value", "")
    )
    return int(name in ("suppress", "raises", "assertRaises", "assertRaisesRegex", "assertWarns"))


def _entered(frame: Frame, context: Value) -> Value:
    """What ``with context as x`` binds."""
    from keraslint.interpreter.calls import call
    from keraslint.interpreter.classes import find_method
    from keraslint.interpreter.values import Arguments, Instance, Iterator_

    if isinstance(context, Instance):
        method = find_method(frame, context, "__enter__")
        return UNKNOWN if method is None else call(frame, method, Arguments(), None)
    if isinstance(context, Iterator_) and context.items and not context.open:
        return context.items[0]
    return UNKNOWN
