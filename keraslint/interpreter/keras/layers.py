"""Keras's own layers: construction and application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import CallRecord, GivenArgument, Place, Site
from keraslint.interpreter.heap import State
from keraslint.interpreter.joining import join
from keraslint.interpreter.keras.calling import refuse_arguments
from keraslint.interpreter.keras.convert import (
    from_nest,
    known_arguments,
    specs_in,
    tensors_in,
    to_knowledge,
    to_nest,
    variants,
)
from keraslint.interpreter.keras.names import Counts
from keraslint.interpreter.keras.objects import KerasObject, frozen, keras_side
from keraslint.interpreter.keras.policies import default_dtype, in_dtype
from keraslint.interpreter.keras.protocol import protocol_method
from keraslint.interpreter.keras.reporting import (
    call_place,
    given,
    note_fault,
    provenance_of,
    stack_of,
)
from keraslint.interpreter.operations import Node
from keraslint.interpreter.values import Arguments, Builtin, Dict, OneOf, Tensor, Value, is_constant
from keraslint.knowledge.construct import construct, signature_of
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec, flatten, map_nest

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


GONE = frozenset(
    (
        *("get_input_at", "get_input_shape_at", "get_output_at", "get_output_shape_at"),
        *("inbound_nodes", "input_shape", "outbound_nodes", "output_shape"),
    )
)
"""What layers had in Keras 2; models still have the shapes."""


class LayerObject(KerasObject):
    """A layer of Keras's own.

    Attributes:
        layers: the configured layer; several if it is one of a few; none if Keras refused it or its
            class is not known.
        site: where it is constructed.
        given: the arguments of its construction.
        failed: whether Keras could not build it.
        assigned: whether the program has set ``trainable`` after the construction.
        computes: the dtype that it computes in if it is given none.
        names_of_masks: how often the last call has taken each name for the masks it computed.
        dotted: its canonical name.
    """

    def __init__(
        self, name: Any, class_name: str, place: Place | None, layers: list[Layer]
    ) -> None:
        super().__init__(name, class_name, place)
        self.layers = layers
        self.site: Site | None = None
        self.given: dict[str, GivenArgument] = {}
        self.dotted = f"keras.layers.{class_name}"
        self.names_at_build: tuple[str, ...] = ()
        self.inputs: list[Tensor] = []
        self.outputs: list[Value] = []
        self.failed = False
        self.assigned = False
        self.computes: Value = "float32"
        self.names_of_masks: Counts = {}
        if layers:
            self.trainable = layers[0].trainable
            self.names_at_build = layers[0].names_at_build

    @property
    def layer(self) -> Layer | None:
        """The configured layer, if there is exactly one."""
        return self.layers[0] if len(self.layers) == 1 else None

    @property
    def returns_input(self) -> bool:
        """Whether what it gives for a symbolic tensor is that tensor."""
        return any(layer.returns_input for layer in self.layers)

    def snapshot(self) -> State:
        """The layers' own state belongs to it."""
        state = super().snapshot()
        state["#"] = [(layer, dict(layer.__dict__)) for layer in self._all_layers()]
        return state

    def restore(self, state: State) -> None:
        """Put back the layers' own state too."""
        for layer, attributes in state["#"]:
            layer.__dict__.clear()
            layer.__dict__.update(attributes)
        super().restore({name: value for name, value in state.items() if name != "#"})

    def merge(self, states: list[State], join: Any) -> State:
        """Built in one branch only: built, its weights as in that branch."""
        merged = super().merge([{k: v for k, v in s.items() if k != "#"} for s in states], join)
        built = [s for s in states if s["#"] and s["#"][0][1].get("built")]
        merged["#"] = (built or states)[0]["#"]
        return merged

    def _all_layers(self) -> Iterator[Layer]:
        pending = list(self.layers)
        while pending:
            layer = pending.pop()
            yield layer
            pending.extend(layer.sublayers())

    def weights(self) -> tuple[tuple[int, Weight], ...] | None:
        """Weights of the layer; none before it is built, unknown if it is not one known layer."""
        layer = self.layer
        if self.failed:
            return None
        if layer is None:
            counts = {one.count_params() for one in self.layers}
            if len(counts) == 1 and None not in counts:
                layer = self.layers[0]
            else:
                return None
        freezes = self.assigned or layer.freezes_weights
        owned = frozen(layer.weights, self.trainable) if freezes else layer.weights
        return tuple((id(layer), weight) for weight in owned)

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Apply the layer, and note the call."""
        return apply(frame, self, arguments, node)

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """Attributes of a layer: what it was given, its tensors, its weights."""
        if name in self.attributes:
            return self.attributes[name]
        if name in GONE and isinstance(node, cst.Attribute) and self.layers:
            fault = Fault(FaultKind.REMOVED_METHOD, found=name, once=len(self.outputs) == 1)
            note_fault(frame, fault, self.dotted, frame.place(node))
        if name in ("output", "input") and len(self.outputs) == 1:
            return self.outputs[0] if name == "output" else _only(self.inputs)
        if name in ("cell", "layer", "forward_layer", "backward_layer"):
            return self.attributes.get(name, UNKNOWN)
        if name == "built":
            return self.layers[0].built if self.layers else UNKNOWN
        if name == "adapt":
            return Builtin(name, lambda frame, _: self.learn(frame, UNKNOWN))
        if name == "compute_mask":
            from keraslint.interpreter.keras.masks import computed_by

            return computed_by(self)
        if name == "set_vocabulary":
            return Builtin(name, self.set_vocabulary)
        method = protocol_method(self, name)
        if method is not None:
            return method
        layer = self.layer
        if layer is not None and name in layer.arguments and name != "dtype":
            value = layer.arguments[name]
            if is_constant(value) or (isinstance(value, tuple) and all(map(is_constant, value))):
                return value
        return super().attribute(frame, name, node)

    def set_vocabulary(self, frame: Frame, arguments: Arguments) -> Value:
        """Give a preprocessing layer its vocabulary."""
        given = (*arguments.positional, arguments.keywords.get("vocabulary", UNKNOWN))
        return self.learn(frame, to_knowledge(frame, given[0]))

    def learn(self, frame: Frame, vocabulary: Any) -> Value:
        """Let a preprocessing layer take in a vocabulary, an unknown one from data."""
        frame.machine.heap.touch(self)
        for layer in self.layers:
            try:
                layer.learn(vocabulary)
            except Fault:
                layer.learn()
        return None

    def parts(self) -> list[KerasObject]:
        """The program's own object inside a wrapper."""
        inner = keras_side(self.attributes.get("layer"))
        return [] if inner is None else [inner]

    def set_trainable(self, frame: Frame, value: Value) -> None:
        """Freeze the layer and those inside."""
        super().set_trainable(frame, value)
        self.assigned = True
        for layer in self._all_layers():
            layer.trainable = self.trainable


def _only(tensors: list[Tensor]) -> Value:
    from keraslint.interpreter.values import List

    return tensors[0] if len(tensors) == 1 else List(list(tensors))


def construct_layer(
    frame: Frame, cls: type[Layer], arguments: Arguments, node: Any, *, as_site: bool = True
) -> LayerObject:
    """``keras.layers.X(*arguments)``, noted as a site; a fault if Keras refuses."""
    machine = frame.machine
    class_name = cls.hidden_name or cls.names[0]
    place = call_place(frame, node)
    site = machine.recorder.site(place, f"keras.layers.{cls.names[0]}") if as_site else None
    names = signature_of(cls).names
    known = known_arguments(frame, arguments)
    found = given(frame, arguments, names, known)
    if "data_format" in names and machine.defaults.data_format != "channels_last":
        arguments = with_default(arguments, names, machine.defaults.data_format)
        known = known_arguments(frame, arguments)
    if site is not None and not site.arguments:
        site.arguments = found
    layers, fault = _configure(frame, cls, arguments, known)
    machine.masks |= any(layer.makes_mask for layer in layers)
    name = _name_of(frame, class_name, arguments, layers)
    made = LayerObject(name, class_name, place, layers)
    made.dotted = f"keras.layers.{cls.names[0]}"
    made.site = site
    made.given = found
    made.provenance = provenance_of(frame)
    if arguments.keywords.get("dtype") is None:
        made.computes = default_dtype(machine)
    inner = arguments.get(0, "layer")
    if keras_side(inner) is not None:
        made.attributes["layer"] = inner
    if fault is not None:
        note_fault(frame, fault, made.dotted, place, site=site, arguments=found)
    return made


def with_default(arguments: Arguments, names: tuple[str, ...], data_format: Value) -> Arguments:
    """A call that leaves ``data_format`` out, with the program's default put in."""
    given_values = [*arguments.keywords.items(), *zip(names, arguments.positional, strict=False)]
    if dict(given_values).get("data_format") is not None:
        return arguments
    keywords = {**arguments.keywords, "data_format": data_format}
    return Arguments(arguments.positional, keywords, arguments.open, arguments.nodes)


def _name_of(frame: Frame, class_name: str, arguments: Arguments, layers: list[Layer]) -> Any:
    name = arguments.keywords.get("name")
    if name is None and not arguments.open:
        taken = frame.machine.names.take_for(class_name)
        for hidden in layers[0].names_at_construction if layers else ():
            frame.machine.names.take(hidden)
        return taken
    for hidden in layers[0].names_at_construction if layers else ():
        frame.machine.names.take(hidden)
    return name if isinstance(name, str) else UNKNOWN


def _configure(
    frame: Frame, cls: type[Layer], arguments: Arguments, known: dict[str | int, Any]
) -> tuple[list[Layer], Fault | None]:
    """Every layer the arguments may make, and the fault if Keras refuses all of them."""
    layers: list[Layer] = []
    fault: Fault | None = None
    for combination in variants(frame, arguments, known):
        positional = [combination[i] for i in range(len(arguments.positional))]
        keywords = {key: item for key, item in combination.items() if isinstance(key, str)}
        try:
            layers.append(construct(cls, positional, keywords, open_call=arguments.open))
        except Fault as refused:
            fault = refused
    return layers, None if layers else fault


def apply(frame: Frame, made: LayerObject, arguments: Arguments, node: Any) -> Value:
    """Call a layer: check, build, infer, note."""
    machine = frame.machine
    place = call_place(frame, node)
    tensors = tuple(_call_tensors(arguments))
    takes_data = any(layer.takes_data for layer in made.layers)
    if takes_data:
        arguments = as_data(arguments)
    refused = misplaced(arguments, made.layers[0].call_arguments) if made.layers else None
    # Not what a subclass hands on, nor a variable whose layer an unknown condition may exclude.
    direct = isinstance(node, cst.Call) and made.place is not None and made.place.node is node.func
    if made.layers and isinstance(node, cst.Call) and (direct or not machine.branching):
        refused = refuse_arguments(arguments, made.layers[0].call_arguments) or refused
    if refused is not None:
        note_fault(
            frame,
            refused,
            made.dotted,
            place,
            site=made.site,
            arguments=given(frame, arguments, made.layers[0].call_arguments),
            tensors=tensors,
        )
        return UNKNOWN
    machine.heap.touch(made)
    was_built = bool(made.layers) and made.layers[0].built
    flavour = "keras" if any(t.flavour == "keras" for t in tensors) else "traced"
    nests, fault = _run_variants(made, arguments)
    if fault is not None and flavour != "keras" and _is_lenient(made.layers[0], fault):
        fault = None
    if fault is not None:
        made.failed = not was_built
        note_fault(
            frame,
            fault,
            made.dotted,
            _blame(made, place, node),
            site=made.site,
            arguments=made.given,
            tensors=tensors,
        )
    if not was_built:
        for hidden in made.names_at_build:
            machine.names.take(hidden)
    graph_node = Node(made, tensors, place, _nest_arguments(arguments), arguments.keywords)
    nests = [in_dtype(nest, made.computes) for nest in nests]
    if flavour != "keras" and any(layer.states_output for layer in made.layers):
        nests = [map_nest(_as_computed, nest) for nest in nests]
    result = wrap_outputs(nests, flavour, graph_node, place)
    if flavour == "keras" and not machine.replaying:
        if not machine.keras2:
            pass_masks(frame, made, arguments, result, graph_node)
        made.inputs, made.outputs = list(tensors), [*made.outputs, result]
    note_call(frame, made, made.site, arguments, result, place, known=fault is None)
    return result


def pass_masks(
    frame: Frame, made: LayerObject, arguments: Arguments, result: Value, node: Node
) -> None:
    """Let a layer take the masks of its inputs, and give its outputs theirs."""
    from keraslint.interpreter.keras.masks import hand_on, taken_by

    node.masks = taken_by(made, arguments)
    if frame.machine.masks and node.place is not None:
        hand_on(frame, made, arguments, result, node.place)


def _as_computed(spec: Any) -> Any:
    """A stated shape where the layer just computes: what is left open may be known."""
    if not isinstance(spec, TensorSpec) or isinstance(spec.shape, Unknown):
        return spec
    batch, rest = spec.shape[:1], spec.shape[1:]
    return TensorSpec((*batch, *(UNKNOWN if dim is None else dim for dim in rest)), spec.dtype)


def _is_lenient(layer: Layer, fault: Fault) -> bool:
    """Whether a layer may take on data what it refuses on symbolic tensors."""
    makes_one = fault.kind is FaultKind.INPUT_STRUCTURE and not layer.has_weights
    return layer.takes_data or makes_one


def _blame(made: LayerObject, place: Place, node: Any) -> Place:
    """The constructor call if it is part of this call or in the same statement, else this call."""
    func = getattr(node, "func", None)
    if made.place is not None and (func is None or made.place.node is func):
        return made.place
    return place


def _nest_arguments(arguments: Arguments) -> tuple[Value, ...]:
    return tuple(arguments.positional)


def _call_tensors(arguments: Arguments) -> Iterator[Tensor]:
    for value in arguments.positional:
        yield from tensors_in(value)
    for name, value in arguments.keywords.items():
        if "mask" not in name:
            yield from tensors_in(value)


def misplaced(arguments: Arguments, names: tuple[str, ...] = ("inputs",)) -> Fault | None:
    """The refusal of a positional argument that is no tensor: a layer, a class, a number."""
    for index, value in enumerate(arguments.positional):
        for leaf in flatten(to_nest(value)):
            if keras_side(leaf) is not None and not isinstance(leaf, Tensor):
                return Fault(FaultKind.LAYER_NOT_CALLED, input=index, found=keras_side(leaf))
            if isinstance(leaf, (bool, int, float, str)):
                name = names[index] if index < len(names) else names[0]
                kind = FaultKind.ARGUMENT_TYPE
                return Fault(kind, argument=name, expected="tensors", found=leaf)
    return None


def as_data(arguments: Arguments) -> Arguments:
    """A call on plain data (lists, strings, numbers) as one on unknown tensors."""
    positional = [
        value
        if tensors_in(value) or isinstance(value, (Unknown, Dict))
        else Tensor(TensorSpec(UNKNOWN, UNKNOWN))
        for value in arguments.positional
    ]
    return Arguments(positional, arguments.keywords, arguments.open, arguments.nodes)


def _run_variants(made: LayerObject, arguments: Arguments) -> tuple[list[Any], Fault | None]:
    """The outputs of every variant, and the fault if all of them refuse."""
    if any(isinstance(value, OneOf) for value in arguments.positional):
        return [UNKNOWN], None
    call = Call(
        tuple(to_nest(value) for value in arguments.positional),
        {name: to_nest(value) for name, value in arguments.keywords.items()},
        arguments.open,
    )
    nests: list[Any] = []
    fault: Fault | None = None
    for layer in made.layers:
        try:
            nests.append(layer(call))
        except Fault as refused:
            fault = refused
    return nests or [UNKNOWN], None if nests else fault


def wrap_outputs(nests: list[Any], flavour: str, node: Node, place: Place) -> Value:
    """Output specs as tensors that remember their node; several possibilities joined."""

    def make(spec: TensorSpec, index: int) -> Tensor:
        return Tensor(spec, flavour, node=node, index=index, place=place)

    results = [from_nest(_or_tensor(nest), make) for nest in nests]
    result = results[0]
    for other in results[1:]:
        result = join(result, other)
    outputs = tuple(tensors_in(result))
    if len(results) > 1:
        for index, tensor in enumerate(outputs):
            tensor.node, tensor.index, tensor.flavour = node, index, flavour
    node.outputs = outputs
    return result


def _or_tensor(nest: Any) -> Any:
    return TensorSpec(UNKNOWN, UNKNOWN) if isinstance(nest, Unknown) else nest


def note_call(
    frame: Frame,
    made: KerasObject,
    site: Site | None,
    arguments: Arguments,
    result: Value,
    place: Place,
    *,
    known: bool = True,
) -> None:
    """Note one application at the layer's construction site."""
    machine = frame.machine
    if site is None or machine.replaying:
        return
    inputs = tuple(
        spec
        for nest in (
            *map(to_nest, arguments.positional),
            *(to_nest(v) for k, v in arguments.keywords.items() if _is_input(k, v)),
        )
        for spec in specs_in(nest)
    )
    outputs = tuple(tensor.spec for tensor in tensors_in(result))
    params = made.params() if known else None
    record = CallRecord(machine.entry, inputs, outputs or None, params, place, stack_of(frame))
    machine.recorder.calls.append((site, record))


def _is_input(name: str, value: Value) -> bool:
    return "mask" not in name and name != "training" and bool(tensors_in(value))
