"""``Input`` and functional models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.analysis import LayerRow, Place
from keraslint.interpreter.keras.calling import refuse_call
from keraslint.interpreter.keras.convert import tensors_in, to_knowledge, to_nest
from keraslint.interpreter.keras.graph import Graph, read_graph
from keraslint.interpreter.keras.layers import LayerObject
from keraslint.interpreter.keras.masks import taken
from keraslint.interpreter.keras.models import (
    ModelObject,
    flavour_of,
    fresh_tensors,
    leaves,
    make_row,
    map_tensors,
)
from keraslint.interpreter.keras.objects import KerasObject
from keraslint.interpreter.keras.policies import in_dtype
from keraslint.interpreter.keras.refusals import (
    FUNCTIONAL,
    gives_back_input,
    refuse_functional,
    refuse_graph,
)
from keraslint.interpreter.keras.reporting import call_place, given, note_fault, provenance_of
from keraslint.interpreter.operations import Node, Operation
from keraslint.interpreter.values import Arguments, Dict, List, Tensor, Value
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.core import input_spec
from keraslint.tensors.dims import UNKNOWN, Unknown, differ
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

INPUT_NAMES = (
    *(
        "shape",
        "batch_size",
        "dtype",
        "sparse",
        "ragged",
        "batch_shape",
        "name",
        "tensor",
        "optional",
    ),
)
LAYER_NAMES = (
    "shape",
    "batch_size",
    "dtype",
    "sparse",
    "ragged",
    "batch_shape",
    "input_tensor",
    "optional",
    "name",
)
RENAMED = {"input_tensor": "tensor", "input_shape": "shape", "batch_input_shape": "batch_shape"}


class InputObject(LayerObject):
    """An InputLayer."""

    is_input = True

    def __init__(self, name: Any, place: Place | None) -> None:
        super().__init__(name, "InputLayer", place, [])
        self.tensor: Tensor | None = None

    def weights(self) -> Any:
        """An input has none."""
        return ()

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """``output`` is its tensor."""
        if name in ("output", "input") and self.tensor is not None:
            return self.tensor
        return super().attribute(frame, name, node)


def make_input(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """``keras.Input(...)``: a symbolic tensor."""
    place = call_place(frame, node)
    site = frame.machine.recorder.site(place, "keras.layers.InputLayer")
    found = given(frame, arguments, INPUT_NAMES)
    site.arguments = site.arguments or found
    values = {key: to_knowledge(frame, value) for key, value in arguments.keywords.items()}
    values |= dict(
        zip(INPUT_NAMES, [to_knowledge(frame, v) for v in arguments.positional], strict=False)
    )
    source = values.get("tensor")
    if isinstance(arguments.keywords.get("tensor"), Tensor):
        source = arguments.keywords["tensor"]
        return new_input(frame, source.spec, values.get("name"), place)
    spec = TensorSpec(UNKNOWN, UNKNOWN)
    try:
        check_input_arguments(arguments)
        if not arguments.open:
            spec = input_spec({**dict.fromkeys(INPUT_NAMES), "sparse": False, **values})
        if values.get("dtype") is None:
            spec = in_dtype(spec, frame.machine.defaults.floatx)
    except Fault as fault:
        note_fault(frame, fault, "keras.Input", place, site=site, arguments=found)
    if "type_spec" in arguments.keywords:  # perhaps no tensor at all, but a structure of some
        return UNKNOWN
    tensor = new_input(frame, spec, values.get("name"), place)
    if not frame.machine.replaying and tensor.node is not None:
        from keraslint.interpreter.keras.layers import note_call

        operation = tensor.node.operation
        operation.site, operation.given = site, found
        note_call(frame, operation, site, Arguments(), tensor, place)
    return tensor


def make_input_layer(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """``InputLayer(...)``: as ``Input``, with other names, and the layer in place of the tensor."""
    keywords = dict(zip(LAYER_NAMES, arguments.positional, strict=False)) | arguments.keywords
    nodes = {
        LAYER_NAMES[key] if isinstance(key, int) else key: arg
        for key, arg in arguments.nodes.items()
        if not isinstance(key, int) or key < len(LAYER_NAMES)
    }
    renamed = Arguments(
        [],
        {RENAMED.get(key, key): value for key, value in keywords.items()},
        arguments.open,
        {RENAMED.get(str(key), key): arg for key, arg in nodes.items()},
    )
    tensor = make_input(frame, renamed, node)
    return tensor.node.operation if isinstance(tensor, Tensor) and tensor.node else UNKNOWN


def check_input_arguments(arguments: Arguments) -> None:
    """Refuse what ``Input`` does not take.

    Raises:
        Fault: an unknown argument, or too many.
    """
    for name in arguments.keywords:
        if name not in INPUT_NAMES:
            raise Fault(FaultKind.UNKNOWN_ARGUMENT, argument=name, expected=INPUT_NAMES)
    if len(arguments.positional) > len(INPUT_NAMES):
        raise Fault(FaultKind.EXTRA_POSITIONAL, found=len(arguments.positional))


def new_input(frame: Frame, spec: TensorSpec, name: Any, place: Place | None) -> Tensor:
    """An InputLayer and its tensor; ``name`` `None` for an automatic one."""
    if name is None:
        names = frame.machine.names
        two = frame.machine.keras2
        name = names.take("input", from_one=True) if two else names.take("input_layer")
    operation = InputObject(name if isinstance(name, str) else UNKNOWN, place)
    operation.provenance = provenance_of(frame)
    graph_node = Node(operation, (), place)
    tensor = Tensor(spec, "keras", node=graph_node, place=place, name=operation.name)
    graph_node.outputs = (tensor,)
    operation.tensor = tensor
    operation.outputs = [tensor]
    return tensor


class FunctionalObject(ModelObject):
    """``Model(inputs, outputs)``.

    Attributes:
        inputs, outputs: the nests it was made of.
        graph: its nodes and operations in Keras's order.
    """

    kind = "Functional"

    def __init__(
        self, frame: Frame, name: Any, place: Place, inputs: Value, outputs: Value
    ) -> None:
        super().__init__(frame, name, "Functional", place)
        self.inputs = inputs
        self.outputs = outputs
        stand_ins = {
            id(tensor): _stand_in(frame, tensor, place)
            for tensor in tensors_in(inputs)
            if tensor.node is not None and not tensor.node.is_input
        }
        self.graph: Graph = read_graph(tensors_in(inputs), tensors_in(outputs), stand_ins)
        known = isinstance(inputs, (Tensor, tuple, List)) or bool(tensors_in(inputs))
        given_back = (t for n in self.graph.nodes for t in n.outputs if gives_back_input(t))
        known = known and next(given_back, None) is None
        self.complete = self.graph.complete and known and bool(tensors_in(outputs))

    def layer_values(self) -> list[Value]:
        """Layers in Keras's order; operations are none."""
        return [
            getattr(operation, "instance", operation)
            for operation in self.graph.operations
            if isinstance(operation, KerasObject)
        ]

    def input_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it takes."""
        tensors = tensors_in(self.inputs)
        return tuple(tensor.spec for tensor in tensors) if tensors else None

    def output_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it gives."""
        tensors = tensors_in(self.outputs)
        return tuple(tensor.spec for tensor in tensors) if tensors else None

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """Its tensors and their shapes, then what all models have."""
        if name in self.attributes:
            return self.attributes[name]
        if name in ("input", "output"):
            return self.inputs if name == "input" else self.outputs
        if name in ("inputs", "outputs"):
            nest = self.inputs if name == "inputs" else self.outputs
            return List(list(tensors_in(nest)), open=not self.complete and not tensors_in(nest))
        if name in ("input_shape", "output_shape"):
            return _shape_value(self.inputs if name == "input_shape" else self.outputs)
        return super().attribute(frame, name, node)

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Apply the model to other tensors: its graph is run again on them."""
        place = call_place(frame, node)
        value = arguments.get(0, "inputs", UNKNOWN)
        fault = refuse_call(arguments, node) or self._refuse(value)
        if fault is not None:
            note_fault(frame, fault, "keras.Model", place, tensors=tuple(tensors_in(value)))
            return UNKNOWN
        specs = to_nest(self.replay(frame, value))
        graph_node = Node(self, tuple(tensors_in(value)), place, (value,), {})
        graph_node.masks = taken(arguments)
        return fresh_tensors(frame, specs, graph_node, place, flavour_of(arguments))

    def _refuse(self, value: Value) -> Fault | None:
        expected = tensors_in(self.inputs)
        found = leaves(value)
        if (
            not expected
            or isinstance(value, Dict)
            or any(not isinstance(leaf, TensorSpec) for leaf in found)
        ):
            return None
        if len(expected) != len(found):
            kind = FaultKind.INPUT_STRUCTURE
            return Fault(kind, input=0, expected=len(expected), found=len(found))
        for index, (tensor, leaf) in enumerate(zip(expected, found, strict=True)):
            axis = _contradiction(tensor.spec, leaf)
            if axis is not None:
                kind = FaultKind.INPUT_DIMENSION
                return Fault(
                    kind,
                    input=index,
                    expected=tensor.spec.shape,
                    found=leaf.shape,
                    axis=axis,
                    model=self.name,
                )
        return None

    def replay(self, frame: Frame, value: Value) -> Value:
        """The outputs for other inputs, nothing noted."""
        given_tensors = tensors_in(value)
        own = tensors_in(self.inputs)
        if not self.complete or len(given_tensors) != len(own):
            return unknown_like(self.outputs)
        if all(a.spec.shape == b.spec.shape for a, b in zip(given_tensors, own, strict=True)):
            return self.outputs
        machine = frame.machine
        machine.replaying += 1
        machine.catching += 1
        try:
            inputs = [Tensor(tensor.spec, "traced") for tensor in given_tensors]
            return self.rerun(frame, inputs, self.place)
        finally:
            machine.replaying -= 1
            machine.catching -= 1

    def rerun(self, frame: Frame, inputs: list[Tensor], _place: Place | None) -> Value:
        """The outputs for other inputs, with whatever the layers say to them."""
        own = tensors_in(self.inputs)
        mapping: dict[int, Value] = {id(a): b for a, b in zip(own, inputs, strict=True)}
        for graph_node in self.graph.nodes:
            self._replay_node(frame, graph_node, mapping)
        return map_tensors(self.outputs, mapping)

    def _replay_node(self, frame: Frame, graph_node: Node, mapping: dict[int, Value]) -> None:
        if graph_node.is_input:
            return
        operation = graph_node.operation
        positional = [map_tensors(value, mapping) for value in graph_node.arguments or ()]
        keywords = {k: map_tensors(v, mapping) for k, v in graph_node.keywords.items()}
        if isinstance(operation, Operation):
            result = operation.replay(positional, keywords)
        else:
            result = operation.call(frame, Arguments(positional, keywords), graph_node.place)
        outputs = tensors_in(result)
        for index, old in enumerate(graph_node.outputs):
            known = outputs[index] if index < len(outputs) else Tensor(TensorSpec(UNKNOWN, UNKNOWN))
            mapping[id(old)] = Tensor(known.spec, "traced")

    def rows(self) -> tuple[LayerRow, ...]:
        """One row per layer and operation, in Keras's order."""
        return tuple(self._row(operation) for operation in self.graph.operations)

    def _row(self, operation: Any) -> LayerRow:
        nodes = self.graph.nodes_of(operation)
        inbound = tuple(
            dict.fromkeys(
                str(tensor.node.operation.name)
                for graph_node in nodes
                for tensor in map(self.graph.seen, graph_node.parents)
                if tensor.node is not None
            )
        )
        inputs = tuple(tensor.spec.shape for n in nodes for tensor in n.inputs)
        result = tuple(nodes[0].outputs) if nodes else ()
        if isinstance(operation, KerasObject):
            return make_row(operation, inbound, inputs, result)
        shapes = tuple(tensor.spec.shape for tensor in result) or None
        return LayerRow(
            str(operation.name),
            operation.class_name,
            inbound,
            inputs,
            shapes,
            0,
            0,
            operation.place,
            operation.provenance,
            is_operation=True,
        )

    def last_layers(self) -> tuple[LayerRow | None, ...]:
        """The layer behind each output."""
        return tuple(
            self._row(tensor.node.operation) if tensor.node is not None else None
            for tensor in tensors_in(self.outputs)
        )


def _stand_in(frame: Frame, tensor: Tensor, place: Place) -> Tensor:
    """The input that Keras makes where a model starts in the middle of another graph.

    Its name comes from a count of all symbolic tensors and is not known.
    """
    return new_input(frame, tensor.spec, UNKNOWN, place)


def _contradiction(expected: TensorSpec, found: TensorSpec) -> int | None:
    """The axis on which a tensor cannot be an input, an axis of 1 at either end aside."""
    if isinstance(expected.shape, Unknown) or isinstance(found.shape, Unknown):
        return None
    wanted, given_shape = expected.shape, found.shape
    if any(not isinstance(dim, (int, type(None))) for dim in (*wanted[-1:], *given_shape[-1:])):
        return None
    wanted = wanted[:-1] if wanted[-1:] == (1,) else wanted
    given_shape = given_shape[:-1] if given_shape[-1:] == (1,) else given_shape
    for axis, (a, b) in enumerate(zip(wanted[1:], given_shape[1:], strict=False), start=1):
        if a is not None and b is not None and differ(a, b):
            return axis
    return None


def _shape_value(nest: Value) -> Value:
    shapes = [tensor.spec.shape for tensor in tensors_in(nest)]
    if not shapes:
        return UNKNOWN
    return shapes[0] if len(shapes) == 1 else List(list(shapes))


def unknown_like(nest: Value) -> Value:
    """Tensors of unknown shape in the place of others."""
    return map_tensors(
        nest, {id(t): Tensor(TensorSpec(UNKNOWN, UNKNOWN)) for t in tensors_in(nest)}
    )


def make_functional(frame: Frame, arguments: Arguments, node: Any) -> Value:
    """``Model(inputs, outputs, name)``; refuses what is no symbolic tensor or not connected."""
    place = call_place(frame, node)
    found = given(frame, arguments, FUNCTIONAL)
    wrong = refuse_functional(frame, arguments)
    if wrong is not None:
        note_fault(frame, wrong, "keras.Model", place, arguments=found)
        return UNKNOWN
    inputs = arguments.get(0, "inputs", UNKNOWN)
    outputs = arguments.get(1, "outputs", UNKNOWN)
    name = arguments.get(2, "name")
    if name is None:
        name = frame.machine.names.take("model" if frame.machine.keras2 else "functional")
    model = FunctionalObject(
        frame, name if isinstance(name, str) else UNKNOWN, place, inputs, outputs
    )
    model.freeze(arguments.keywords.get("trainable", not arguments.open or UNKNOWN))
    fault = refuse_graph(inputs, outputs, model)
    if fault is not None:
        note_fault(frame, fault, "keras.Model", place, arguments=found)
    return model
