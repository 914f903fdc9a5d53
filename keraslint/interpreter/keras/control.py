"""Functions of Keras that call functions of the program: conditions, loops, maps over tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.calling import call_perhaps, call_with
from keraslint.interpreter.joining import join
from keraslint.interpreter.keras.convert import from_nest, specs_in, tensors_in, to_nest
from keraslint.interpreter.keras.ops import class_name_of
from keraslint.interpreter.keras.reporting import call_place, note_fault
from keraslint.interpreter.libraries.registry import external
from keraslint.interpreter.operators import truth
from keraslint.interpreter.values import Arguments, Builtin, List, Tensor, Value, is_unknown
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.dtypes import is_float
from keraslint.tensors.shapes import certainly_different
from keraslint.tensors.specs import TensorSpec, map_nest

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


def _is_symbolic(*values: Value) -> bool:
    return any(tensor.flavour == "keras" for value in values for tensor in tensors_in(value))


def _traced(value: Value, change: Callable[[TensorSpec], TensorSpec] = lambda spec: spec) -> Value:
    """The tensors of a nest as a function of the program sees them."""

    def of(leaf: Any) -> Any:
        return change(leaf) if isinstance(leaf, TensorSpec) else leaf

    return from_nest(map_nest(of, to_nest(value)), lambda spec, index: Tensor(spec, "traced"))


def _changed(nest: Value, change: Callable[[TensorSpec], TensorSpec]) -> Any:
    """A function's result as a nest of specs, each of them changed; unknown if it is unknown."""
    if is_unknown(nest) or not tensors_in(nest):
        return UNKNOWN
    return map_nest(
        lambda leaf: change(leaf) if isinstance(leaf, TensorSpec) else UNKNOWN, to_nest(nest)
    )


def _operation(
    frame: Frame,
    path: str,
    operands: list[Value],
    node: Any,
    work: Callable[[list[Value]], Any],
    name: str | Unknown | None = None,
) -> Value:
    """Do what gives a nest of specs, as an operation of the graph if tensors are symbolic."""
    from keraslint.interpreter.tensors import apply_operation

    nest = work(operands)

    def again(positional: list[Value], keywords: dict[str, Value]) -> Value:
        return _tensors(work(positional))

    if _is_symbolic(*operands):
        class_name = class_name_of(path)
        return apply_operation(frame, class_name, operands, nest, again, node, name=name)
    return _tensors(nest)


def _tensors(nest: Any) -> Value:
    return from_nest(nest, lambda spec, index: Tensor(spec, "traced"))


def _length(value: Value, axis: int = 0) -> Dim:
    """The size of the first tensor of a nest along an axis."""
    tensors = tensors_in(value)
    shape = tensors[0].spec.shape if tensors else UNKNOWN
    return UNKNOWN if isinstance(shape, Unknown) or not shape else shape[axis]


def _row(spec: TensorSpec) -> TensorSpec:
    return spec.with_shape(UNKNOWN if isinstance(spec.shape, Unknown) else spec.shape[1:])


def _stacked(spec: TensorSpec, length: Dim) -> TensorSpec:
    return spec.with_shape(UNKNOWN if isinstance(spec.shape, Unknown) else (length, *spec.shape))


def _name_rows(frame: Frame, value: Value) -> None:
    """Keras looks at a first row, and each look is an operation."""
    for tensor in tensors_in(value):
        if tensor.flavour == "keras":
            frame.machine.names.take_for("GetItem")


@external("keras.ops.map")
def map_(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A function of each row."""
    function, xs = arguments.get(0, "f", UNKNOWN), arguments.get(1, "xs", UNKNOWN)
    return _mapped(frame, "keras.ops.map", function, xs, node)


@external("keras.ops.vectorized_map")
def vectorized_map(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A function of each row."""
    function, xs = arguments.get(0, "function", UNKNOWN), arguments.get(1, "elements", UNKNOWN)
    return _mapped(frame, "keras.ops.vectorized_map", function, xs, node)


def _mapped(frame: Frame, path: str, function: Value, xs: Value, node: Any) -> Value:
    if not tensors_in(xs):
        return UNKNOWN
    _name_rows(frame, xs)

    def work(operands: list[Value]) -> Any:
        result = call_perhaps(frame, function, _traced(operands[0], _row))
        return _changed(result, lambda spec: _stacked(spec, _length(operands[0])))

    return _operation(frame, path, [xs], node, work)


@external("keras.ops.scan")
def scan(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A value carried from row to row, and what each step gives."""
    function, init = arguments.get(0, "f", UNKNOWN), arguments.get(1, "init", UNKNOWN)
    xs, length = arguments.get(2, "xs"), arguments.get(3, "length")
    if not tensors_in(init) and not tensors_in(xs):
        return UNKNOWN
    _name_rows(frame, xs)

    def work(operands: list[Value]) -> Any:
        row = None if operands[1] is None else _traced(operands[1], _row)
        result = call_perhaps(frame, function, _traced(operands[0]), row)
        count = _length(operands[1]) if length is None else length
        if not isinstance(result, tuple) or len(result) != 2:
            return UNKNOWN
        size = count if isinstance(count, int) or count is None else UNKNOWN
        steps = _changed(result[1], lambda spec: _stacked(spec, size))
        return (_changed(result[0], lambda spec: spec), steps)

    return _operation(frame, "keras.ops.scan", [init, xs], node, work)


@external("keras.ops.associative_scan")
def associative_scan(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """All partial combinations along an axis: the shapes stay."""
    function, elements = arguments.get(0, "f", UNKNOWN), arguments.get(1, "elems", UNKNOWN)
    axis = arguments.get(3, "axis", 0)
    tensors = tensors_in(elements)
    if not tensors:
        return UNKNOWN
    _name_rows(frame, elements)

    rank = [len(t.spec.shape) for t in tensors if not isinstance(t.spec.shape, Unknown)]
    if rank and isinstance(axis, int) and not -rank[0] <= axis < rank[0]:
        fault = Fault(FaultKind.AXIS_RANGE, argument="axis", input=0, expected=rank[0], found=axis)
        note_fault(frame, fault, "keras.ops.associative_scan", call_place(frame, node))
        return UNKNOWN

    def part(spec: TensorSpec) -> TensorSpec:
        if isinstance(spec.shape, Unknown) or not isinstance(axis, int):
            return spec.with_shape(UNKNOWN)
        return spec.with_shape(
            tuple(1 if i == axis % len(spec.shape) else d for i, d in enumerate(spec.shape))
        )

    def work(operands: list[Value]) -> Any:
        parts = _traced(operands[0], part)
        shape = tensors_in(operands[0])[0].spec.shape
        result = call_perhaps(frame, function, parts, parts)
        return _changed(result, lambda spec: spec.with_shape(shape))

    return _operation(frame, "keras.ops.associative_scan", [elements], node, work)


@external("keras.ops.while_loop")
def while_loop(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The variables of a loop keep their shapes."""
    body, start = arguments.get(1, "body", UNKNOWN), arguments.get(2, "loop_vars", UNKNOWN)
    symbolic = _is_symbolic(start)

    def work(operands: list[Value]) -> Any:
        variables = _traced(operands[0])
        items = variables if isinstance(variables, tuple) else [variables]
        items = items.items if isinstance(items, List) else list(items)
        if not symbolic:
            call_perhaps(frame, body, *items)
        return to_nest(variables)

    return (
        _operation(frame, "keras.ops.while_loop", [start], node, work)
        if tensors_in(start)
        else UNKNOWN
    )


@external("keras.ops.fori_loop")
def fori_loop(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """The value of a loop keeps its shape."""
    body, start = arguments.get(2, "body_fun", UNKNOWN), arguments.get(3, "init_val", UNKNOWN)
    if not isinstance(start, Tensor):
        return UNKNOWN
    symbolic = _is_symbolic(start)

    def work(operands: list[Value]) -> Any:
        if not symbolic:
            call_perhaps(
                frame, body, Tensor(TensorSpec((), "int32"), "traced"), _traced(operands[0])
            )
        return to_nest(operands[0])

    return _operation(frame, "keras.ops.fori_loop", [start], node, work)


@external("keras.ops.switch")
def switch(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """One of several functions; symbolic tensors are given to the first."""
    branches = arguments.get(1, "branches", UNKNOWN)
    functions = branches.items if isinstance(branches, List) and not branches.open else branches
    if not isinstance(functions, (list, tuple)) or not functions or arguments.open:
        return UNKNOWN
    operands = arguments.positional[2:]
    symbolic = _is_symbolic(*operands)

    def work(given: list[Value]) -> Any:
        values = [_traced(value) for value in given]
        result = call_perhaps(frame, functions[0], *values)
        for function in () if symbolic else functions[1:]:
            result = join(result, call_perhaps(frame, function, *values))
        return _changed(result, lambda spec: spec)

    return _operation(frame, "keras.ops.switch", operands, node, work)


@external("keras.ops.cond")
def cond(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """What one of two functions gives; if the condition is symbolic, both give the same kind."""
    condition = arguments.get(0, "pred", UNKNOWN)
    functions = [arguments.get(1, "true_fn", UNKNOWN), arguments.get(2, "false_fn", UNKNOWN)]
    name = frame.machine.names.take_for("Cond")
    symbolic = _is_symbolic(condition)
    verdict = None if symbolic else truth(condition)
    if verdict is not None:
        return call_with(frame, functions[0] if verdict else functions[1])
    results = [call_perhaps(frame, function) for function in functions]
    if not symbolic:
        return join(*results)
    _check_alike(frame, results, node)
    nest = _changed(results[0], lambda spec: spec)
    return _operation(frame, "keras.ops.cond", [condition], node, lambda operands: nest, name)


def _check_alike(frame: Frame, results: list[Value], node: Any) -> None:
    first, second = results
    if not isinstance(first, Tensor) or not isinstance(second, Tensor):
        return
    a, b = first.spec.shape, second.spec.shape
    if certainly_different(a, b):
        fault = Fault(FaultKind.INVALID_VALUE, argument="false_fn", expected=a, found=b)
        note_fault(frame, fault, "keras.ops.cond", call_place(frame, node))


@external("keras.ops.jvp", "keras.ops.linalg.jvp")
def jvp(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """What a function gives, and its change in a direction, which is alike unless of integers."""
    function, primals = arguments.get(0, "fun", UNKNOWN), arguments.get(1, "primals", UNKNOWN)
    tangents, more = arguments.get(2, "tangents", UNKNOWN), arguments.get(3, "has_aux", False)
    given = primals.items if isinstance(primals, List) and not primals.open else primals
    if not isinstance(given, (list, tuple)) or more is not False:
        return UNKNOWN

    def work(operands: list[Value]) -> Any:
        values = operands[0].items if isinstance(operands[0], List) else operands[0]
        result = call_perhaps(frame, function, *(_traced(value) for value in values))
        same = _changed(result, lambda spec: spec)
        return (same, same if all(is_float(spec.dtype) for spec in specs_in(same)) else UNKNOWN)

    return _operation(frame, "keras.ops.jvp", [primals, tangents], node, work)


@external("keras.ops.custom_gradient")
def custom_gradient(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A function that gives what ``f`` gives, without the gradient beside it."""
    function = arguments.get(0, "f", UNKNOWN)

    def run(inner: Frame, given: Arguments) -> Value:
        from keraslint.interpreter.calls import call

        result = call(inner, function, given, None)
        return result[0] if isinstance(result, tuple) and len(result) == 2 else UNKNOWN

    return Builtin("custom_gradient", run)


@external("keras.ops.vectorize", "keras.ops.numpy.vectorize")
def vectorize(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """A function of each row; what it gives is left open."""
    return Builtin("vectorize", lambda inner, given: UNKNOWN)
