"""What Keras refuses when a model is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import tensors_in, to_knowledge
from keraslint.interpreter.keras.layers import LayerObject
from keraslint.interpreter.keras.models import leaves
from keraslint.interpreter.keras.objects import KerasObject
from keraslint.interpreter.values import Arguments, Dict, List, Tensor, Value
from keraslint.knowledge.arguments import base_arguments
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.values import ArrayValue, NumpyScalar
from keraslint.knowledge.values import KerasObject as Named
from keraslint.tensors.dims import UNKNOWN, Unknown

if TYPE_CHECKING:
    from keraslint.interpreter.keras.functional import FunctionalObject
    from keraslint.interpreter.scopes import Frame

TENSORS = "symbolic tensors"
FUNCTIONAL = ("inputs", "outputs", "name")
SEQUENTIAL = ("layers", "trainable", "name")
CYCLE = Fault(
    FaultKind.INPUT_STRUCTURE,
    argument="outputs",
    expected="no output that is its own input, as that of Equalization is",
)


def gives_back_input(tensor: Tensor) -> bool:
    """Whether a tensor certainly is the one that it was computed from, so that there is a cycle.

    It is another if Keras had to cast the input first.
    """
    node = tensor.node
    if node is None or not isinstance(node.operation, LayerObject) or not node.inputs:
        return False
    before = node.inputs[min(tensor.index, len(node.inputs) - 1)].spec.dtype
    return node.operation.returns_input and isinstance(before, str) and before == tensor.spec.dtype


def refuse_functional(frame: Frame, arguments: Arguments) -> Fault | None:
    """The refusal of a call that does not make a functional model, or not with this name."""
    for wrong in ("input", "output"):
        if wrong in arguments.keywords:
            expected = (*FUNCTIONAL, "trainable")
            return Fault(FaultKind.UNKNOWN_ARGUMENT, argument=wrong, expected=expected)
    if arguments.open or arguments.more:
        return None
    positional = len(arguments.positional)
    if positional > 2:  # only with two, or by keyword, Keras sees that it is functional
        return Fault(FaultKind.EXTRA_POSITIONAL, found=positional - 2)
    missing = [name for name in FUNCTIONAL[positional:2] if name not in arguments.keywords]
    if missing and len(missing) + positional == 2 and len(missing) < 2:
        return Fault(FaultKind.MISSING_ARGUMENT, argument=missing[0])
    try:
        base_arguments({"name": to_knowledge(frame, arguments.keywords.get("name"))})
    except Fault as fault:
        return fault
    return None


def refuse_sequential(frame: Frame, arguments: Arguments) -> None:
    """Refuse what ``Sequential`` does not take.

    Raises:
        Fault: an argument too many, one that it does not know, or of the wrong type.
    """
    if len(arguments.positional) > len(SEQUENTIAL):
        raise Fault(FaultKind.EXTRA_POSITIONAL, found=len(arguments.positional) - len(SEQUENTIAL))
    for name in arguments.keywords:
        if name not in SEQUENTIAL:
            raise Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=SEQUENTIAL)
    base_arguments(
        {
            "name": to_knowledge(frame, arguments.get(2, "name")),
            "trainable": to_knowledge(frame, arguments.get(1, "trainable", True)),
        }
    )
    layers = arguments.get(0, "layers")
    if isinstance(layers, LayerObject) or (isinstance(layers, (int, float)) and layers):
        found = Named(layers.dotted) if isinstance(layers, LayerObject) else layers
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="layers", expected="a list of layers", found=found
        )


def refuse_graph(inputs: Value, outputs: Value, model: FunctionalObject) -> Fault | None:
    """The refusal of what a functional model is to be made of."""
    fault = refuse_nest("inputs", inputs) or refuse_nest("outputs", outputs)
    if fault is not None:
        return fault
    if any(map(gives_back_input, tensors_in(outputs))):
        return CYCLE
    if not model.complete:
        return None
    if model.graph.loose is not None:
        return Fault(FaultKind.GRAPH_DISCONNECTED, argument="outputs", found=model.graph.loose)
    seen: set[str] = set()
    for operation in model.graph.operations:
        if isinstance(operation.name, str):
            if operation.name in seen:
                return Fault(FaultKind.DUPLICATE_NAME, found=operation.name)
            seen.add(operation.name)
    return None


def refuse_nest(argument: str, nest: Value) -> Fault | None:
    """The refusal of inputs or outputs that are not all symbolic tensors."""
    found: Any = UNKNOWN
    items = nest.items if isinstance(nest, (List, Dict)) else nest
    is_open = isinstance(nest, (List, Dict)) and nest.open
    if isinstance(items, (tuple, list, dict)) and not items and not is_open:
        found = []
    if any(tensor.flavour == "numpy" for tensor in tensors_in(nest)):
        found = ArrayValue(UNKNOWN)
    for leaf in leaves(nest):
        if isinstance(leaf, KerasObject):
            return Fault(FaultKind.LAYER_NOT_CALLED, argument=argument, found=leaf)
        if leaf is None or isinstance(leaf, (int, str, float, NumpyScalar)):
            found = leaf
    if isinstance(found, Unknown):
        return None
    return Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected=TENSORS, found=found)
