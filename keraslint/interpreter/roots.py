"""Running a program: its module code first, then every function and class not yet reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from keraslint.analysis import FaultRecord, Limit
from keraslint.interpreter.classes import instantiate, lookup
from keraslint.interpreter.functions import call_function, unknown_arguments
from keraslint.interpreter.keras.defaults import doubt
from keraslint.interpreter.machine import MAX_ROOT_STEPS, LimitReached, Machine
from keraslint.interpreter.programs import Program
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.statements import execute_block
from keraslint.interpreter.values import Arguments, Class, Function, Instance, Value
from keraslint.tensors.dims import UNKNOWN


def run(program: Program, wanted: str | None = None) -> Machine:
    """Interpret a program and return the machine with everything it noted.

    Args:
        program: the program.
        wanted: the name of a model. If the module's own code makes one that answers to it, what
            this code does not reach is left out.
    """
    machine = Machine(program)
    main = program.main
    frame = Frame(machine, main.scope, main)
    main.scope.names["__name__"] = "__main__"
    main.scope.names["__file__"] = main.path
    machine.heap.push()
    _guarded(machine, lambda: execute_block(frame, main.parsed.module.body))
    if any(wanted in model.qualnames for model in machine.recorder.models):
        return machine
    for function in _unreached_functions(machine):
        if not _reached(machine, function):
            _run_root(frame, function.qualname, partial(_call_root, frame, function), [function])
    for classes in list(program.classes.values()):
        _run_class(frame, classes[-1])
    return machine


def _guarded(machine: Machine, work: Callable[[], object]) -> None:
    machine.root_steps = 0
    depth = len(machine.heap.layers)
    try:
        work()
    except LimitReached as limit:
        machine.recorder.limits.append(Limit(limit.kind, machine.at, machine.entry))
    except RecursionError:
        machine.recorder.limits.append(Limit("depth", machine.at, machine.entry))
    while len(machine.heap.layers) > depth:
        machine.heap.pop()
    machine.catching = machine.replaying = machine.branching = 0


def _unreached_functions(machine: Machine) -> list[Function]:
    return [
        versions[-1]
        for versions in list(machine.program.functions.values())
        if versions[-1].owner is None and not _reached(machine, versions[-1])
    ]


def _reached(machine: Machine, function: Function) -> bool:
    return not machine.called.isdisjoint(machine.program.functions[function.node])


def _call_root(frame: Frame, function: Function) -> None:
    call_function(frame, function, unknown_arguments(frame, function), None)


def _run_root(
    frame: Frame, entry: str, work: Callable[[], None], functions: list[Function]
) -> None:
    """Run one root on its own.

    Faults and training that hold only for a default are dropped, unless the root can be called with
    nothing but its defaults and the default is a value of its own rather than ``None``.
    """
    machine = frame.machine
    recorder = machine.recorder
    mark = recorder.mark()
    training = len(recorder.training)
    saved = [(function, dict(function.defaults)) for function in functions if function.defaults]
    called = set(machine.called) if saved else set()
    _isolated(machine, entry, work)
    faults = recorder.faults[mark[1] :]
    if not saved or not (faults or recorder.training[training:]):
        return
    after, trained = recorder.mark(), len(recorder.training)
    for function, defaults in saved:
        keep = not unknown_arguments(frame, function).keywords
        function.defaults = {
            name: value if keep and value is not None else UNKNOWN
            for name, value in defaults.items()
        }
    reached, machine.called = machine.called, called
    _isolated(machine, entry, work)
    machine.called |= reached
    for function, defaults in saved:
        function.defaults = defaults
    again, certain = recorder.faults[after[1] :], recorder.training[trained:]
    recorder.rollback(after)
    kept = [fault for fault in faults if any(_same(fault, other) for other in again)]
    recorder.faults[mark[1] :] = kept
    recorder.training[training:] = certain


def _same(a: FaultRecord, b: FaultRecord) -> bool:
    return a.place == b.place and a.fault.kind is b.fault.kind


def _isolated(machine: Machine, entry: str, work: Callable[[], None]) -> None:
    outer, machine.entry = machine.entry, entry
    machine.allowance = MAX_ROOT_STEPS
    machine.heap.push()
    doubt(machine)
    _guarded(machine, work)
    machine.heap.pop()
    machine.entry = outer


def _run_class(frame: Frame, cls: Class) -> None:
    """Make an instance of a class that nobody made one of, and run what nobody ran."""
    methods = [value for value in cls.attributes.values() if isinstance(value, Function)]
    machine = frame.machine
    known = [method for method in methods if method.node in machine.program.functions]
    todo = [method for method in known if not _reached(machine, method)]
    if not todo and cls.reached:
        return
    if not cls.attributes:
        return
    init = lookup(cls, "__init__")
    functions = [*todo, init] if isinstance(init, Function) else todo
    _run_root(frame, cls.qualname, lambda: _instance_root(frame, cls, todo), functions)


def _instance_root(frame: Frame, cls: Class, todo: list[Function]) -> None:
    init = lookup(cls, "__init__")
    arguments = Arguments(open=True)
    if isinstance(init, Function):
        arguments = unknown_arguments(frame, init)
        arguments.keywords.pop(_first_parameter(frame, init), None)
    instance = instantiate(frame, cls, arguments, None)
    _fill_placeholders(frame.machine, instance, set())
    if isinstance(instance, Instance) and instance.keras is not None:
        instance.keras.run_as_root(frame)
    heap = frame.machine.heap
    _forget_compiling(frame.machine)
    for method in todo:
        if method not in frame.machine.called and not method.name.startswith("__"):
            given = unknown_arguments(frame, method)
            first = _first_parameter(frame, method)
            given.keywords[first] = instance
            heap.push()  # no method can count on another one having been called before
            call_function(frame, method, given, None)
            heap.pop()


def _fill_placeholders(machine: Machine, value: Value, seen: set[int]) -> None:
    """Some other method, or whoever made it, may set what is ``None`` at first."""
    if not isinstance(value, Instance) or id(value) in seen:
        return
    seen.add(id(value))
    machine.heap.touch(value)
    for name, part in value.attributes.items():
        if part is None:
            value.attributes[name] = UNKNOWN
        _fill_placeholders(machine, part, seen)


def _forget_compiling(machine: Machine) -> None:
    """Some other method may compile what is not compiled yet."""
    for model in machine.recorder.models:
        if model.compiled is None:
            machine.heap.touch(model)
            model.compiled = UNKNOWN


def _first_parameter(frame: Frame, function: Function) -> str:
    from keraslint.interpreter.functions import parameters_of

    names = parameters_of(frame, function).positional
    return names[0] if names else "self"
