"""``keras.ops``, activations and other functions on tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import tensors_in, to_knowledge, to_nest
from keraslint.interpreter.keras.layers import with_default
from keraslint.interpreter.keras.reporting import call_place, given, note_fault
from keraslint.interpreter.values import (
    Arguments,
    Dict,
    Iterator_,
    OneOf,
    Sequence_,
    Tensor,
    Value,
)
from keraslint.knowledge.api import Api
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import Op, find_op
from keraslint.tensors.dims import UNKNOWN
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

# These make an operation, and take a name for it, even of tensors that are not symbolic.
NAMED_ANYWAY = ("pad", "diff", "cond")
# These make a tensor of a shape.
MAKING = (
    *("empty", "full", "ones", "zeros", "random.normal", "random.uniform", "random.beta"),
    *("random.truncated_normal", "random.gamma", "random.randint", "random.binomial"),
)
# Operations that are not called what the function is called.
CLASS_NAMES = {
    "keras.activations.exponential": "Exp",
    "keras.activations.relu": "ReLU",
    "keras.ops.abs": "Absolute",
    "keras.ops.allclose": "AllClose",
    "keras.ops.batch_normalization": "BatchNorm",
    "keras.ops.cdist": "CDist",
    "keras.ops.conj": "Conjugate",
    "keras.ops.ctc_decode": "CTCDecode",
    "keras.ops.ctc_loss": "CTCLoss",
    "keras.ops.fft": "FFT",
    "keras.ops.fft2": "FFT2",
    "keras.ops.ifft2": "IFFT2",
    "keras.ops.irfft": "IRFFT",
    "keras.ops.isin": "IsIn",
    "keras.ops.istft": "ISTFT",
    "keras.ops.jvp": "JVP",
    "keras.ops.layer_normalization": "LayerNorm",
    "keras.ops.psnr": "PSNR",
    "keras.ops.rfft": "RFFT",
    "keras.ops.rms_normalization": "RMSNorm",
    "keras.ops.searchsorted": "SearchSorted",
    "keras.ops.stft": "STFT",
    "keras.ops.svd": "SVD",
}


def call_op(frame: Frame, path: str, arguments: Arguments, node: Any) -> Value:
    """Call a function of Keras on tensors."""
    name = path.removeprefix("keras.ops.").removeprefix("keras.")
    symbolic = any(
        tensor.flavour == "keras"
        for value in (*arguments.positional, *arguments.keywords.values())
        for tensor in tensors_in(value)
    )
    op = find_op(name)
    if op is None:
        return _unknown_result(frame, path, arguments, node) if symbolic else UNKNOWN
    if not symbolic and name in NAMED_ANYWAY:
        frame.machine.names.take_for(class_name_of(path))
    symbol = Api.load("keras3").resolve(path)
    signature = symbol.signature if symbol is not None else None
    names = signature.names if signature is not None else ()
    if "data_format" in names and frame.machine.defaults.data_format != "channels_last":
        arguments = with_default(arguments, names, frame.machine.defaults.data_format)
    try:
        if not symbolic and name in MAKING:
            check_made(frame, name, arguments)
        nest = run_op(frame, op, arguments, lenient=not symbolic)
    except Fault as fault:
        tensors = tuple(t for value in arguments.positional for t in tensors_in(value))
        found = given(frame, arguments, names)
        note_fault(frame, fault, path, call_place(frame, node), arguments=found, tensors=tensors)
        nest = TensorSpec(UNKNOWN, UNKNOWN)
    return finish_op(frame, op, path, arguments, nest, symbolic, node)


def check_made(frame: Frame, name: str, arguments: Arguments) -> None:
    """Check that a tensor made outside of any layer has a shape of numbers.

    Raises:
        Fault: it has not.
    """
    shape = arguments.get(0, "shape", UNKNOWN)
    if isinstance(shape, tuple) and None in shape and not _sees_data(frame):
        found = to_knowledge(frame, shape)
        raise Fault(FaultKind.UNDEFINED_DIMENSION, argument="shape", found=found)


def _sees_data(frame: Frame) -> bool:
    """Whether the code may run with tensors whose dynamic dims are numbers."""
    current: Frame | None = frame
    while current is not None and current.function is not None:
        given = [t.flavour for value in current.scope.names.values() for t in tensors_in(value)]
        if current.owner is not None or "traced" in given:
            return True
        current = current.parent
    return False


def finish_op(
    frame: Frame, op: Op, path: str, arguments: Arguments, nest: Any, symbolic: bool, node: Any
) -> Value:
    """The result as tensors; an operation of the graph if the inputs are symbolic."""
    from keraslint.interpreter.keras.convert import from_nest
    from keraslint.interpreter.tensors import apply_operation

    if not symbolic:
        place = call_place(frame, node)
        return from_nest(nest, lambda spec, index: Tensor(spec, "traced", place=place))

    def again(positional: list[Value], keywords: dict[str, Value]) -> Value:
        try:
            fresh = run_op(
                frame, op, Arguments(positional, keywords, arguments.open), lenient=False
            )
        except Fault:
            fresh = TensorSpec(UNKNOWN, UNKNOWN)
        return from_nest(fresh, lambda spec, index: Tensor(spec, "traced"))

    return apply_operation(
        frame, class_name_of(path), arguments.positional, nest, again, node, arguments.keywords
    )


def run_op(frame: Frame, op: Op, arguments: Arguments, *, lenient: bool) -> Any:
    """The shapes an op gives.

    Raises:
        Fault: Keras refuses the arguments.
    """
    positional = [op_value(frame, value) for value in arguments.positional]
    keywords = {name: op_value(frame, value) for name, value in arguments.keywords.items()}
    return op.call(positional, keywords, lenient=lenient, open_call=arguments.open)


def op_value(frame: Frame, value: Value) -> Any:
    """An argument of an op: nests of specs where there are tensors, plain values elsewhere."""
    if isinstance(value, Tensor):
        return value.spec
    if isinstance(value, OneOf):
        return UNKNOWN
    if isinstance(value, (tuple, Sequence_, Dict, Iterator_)) and tensors_in(value):
        return to_nest(value)
    return to_knowledge(frame, value)


def class_name_of(path: str) -> str:
    """The class of the operation behind a function: ``keras.ops.expand_dims`` → ``ExpandDims``."""
    if path in CLASS_NAMES:
        return CLASS_NAMES[path]
    return "".join(part.capitalize() for part in path.rpartition(".")[2].split("_"))


def _unknown_result(frame: Frame, path: str, arguments: Arguments, node: Any) -> Value:
    from keraslint.interpreter.tensors import apply_operation

    def again(positional: list[Value], keywords: dict[str, Value]) -> Value:
        return UNKNOWN

    spec = TensorSpec(UNKNOWN, UNKNOWN)
    operands = arguments.positional
    return apply_operation(
        frame, class_name_of(path), operands, spec, again, node, arguments.keywords
    )
