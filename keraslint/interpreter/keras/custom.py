"""Layers and models that the program defines as classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.analysis import Place, Site
from keraslint.interpreter.heap import State
from keraslint.interpreter.keras.calling import refuse_weight
from keraslint.interpreter.keras.convert import from_nest, tensors_in, to_nest
from keraslint.interpreter.keras.declared import declared_tensors, shape_value, weight_shape
from keraslint.interpreter.keras.functional import make_functional
from keraslint.interpreter.keras.layers import construct_layer, note_call
from keraslint.interpreter.keras.masks import hand_on_own
from keraslint.interpreter.keras.models import ModelObject, flavour_of, fresh_tensors, make_row
from keraslint.interpreter.keras.objects import KerasObject, frozen, merged
from keraslint.interpreter.keras.policies import in_dtype
from keraslint.interpreter.keras.reporting import call_place, note_fault, provenance_of
from keraslint.interpreter.keras.sequential import SequentialObject, fill
from keraslint.interpreter.keras.variables import Variable, holdings
from keraslint.interpreter.operations import Node
from keraslint.interpreter.values import (
    Arguments,
    Builtin,
    Dict,
    External,
    Function,
    Instance,
    Tensor,
    Value,
)
from keraslint.knowledge.layers.base import Weight
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.analysis import LayerRow
    from keraslint.interpreter.scopes import Frame

MODELS = (
    "keras.Model",
    "keras.models.Model",
    "keras.Sequential",
    "keras.models.Sequential",
    "keras.Functional",
    "keras.models.Functional",
    "keras.training.Model",
)
PLAIN_LAYERS = (
    "keras.layers.Layer",
    "keras.Layer",
    "keras.engine.topology.Layer",
    "keras.layers.layer.Layer",
    "keras.engine.base_layer.Layer",
)


def keras_base(instance: Instance) -> External | None:
    """Keras's class among the bases of an instance, `None` if it is no layer or model."""
    for base in instance.cls.mro:
        if isinstance(base, External) and base.path.startswith("keras."):
            if base.path in MODELS or base.path in PLAIN_LAYERS:
                return base
            if base.path.startswith("keras.layers.") and find(base.name) is not None:
                return base
            if base.path.startswith("keras.layers.") or base.path.startswith("keras.src"):
                return base
    return None


def attach(frame: Frame, instance: Instance, node: Any) -> None:
    """Give an instance its Keras side if its class is a layer or model."""
    base = keras_base(instance)
    if base is None:
        return
    place = call_place(frame, node)
    frame.machine.keras2 |= base.root == "tf_keras"
    if base.path in MODELS:
        instance.keras = CustomModel(frame, instance, base, place)
    else:
        instance.keras = CustomLayer(frame, instance, base, place)


DECLARED = "declared"
"""Marks a tensor whose shape only a layer's ``compute_output_shape`` says.

Keras believes it while it makes a model, and runs no ``call`` with it.
"""


class CustomSide(KerasObject):
    """What layers and models of the program share.

    Attributes:
        instance: the program's object.
        base: the class of Keras it derives from.
        own: weights added by ``add_weight``.
        inner: what the base class does where it is more than Layer or Model.
        built: whether ``build`` was run.
        building: whether it is being run.
        dtype: what it computes in, as far as the program's defaults say.
        unsettled: whether it depends on something unknown which weights were added.
    """

    instance: Instance
    base: External
    own: list[Weight]
    inner: KerasObject | None
    built: bool
    building: bool
    named: bool
    dtype: Value
    unsettled: bool

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """Weights that were added in one of several branches are there, or are not."""
        state = super().merge(states, join)
        state["unsettled"] = any(
            other["unsettled"] or other["own"] != states[0]["own"] for other in states
        )
        return state

    def setup(self, frame: Frame, instance: Instance, base: External) -> None:
        """Set what both kinds have."""
        self.instance = instance
        self.base = base
        self.own = []
        self.inner = None
        self.built = self.building = False
        self.named = False
        self.dtype = (
            frame.machine.defaults.floatx if frame.machine.defaults.policy is None else UNKNOWN
        )
        self.unsettled = False
        self.results: list[Value] = []
        self.provenance = provenance_of(frame)

    def initialise(self, frame: Frame, arguments: Arguments, node: Any = None) -> Value:
        """``super().__init__(…)``: the name, and what the base class makes of its arguments."""
        frame.machine.heap.touch(self)
        name = arguments.keywords.get("name")
        if isinstance(name, str):
            self.name, self.named = name, True
        elif not self.named:
            self.named = True
            unknown = name is not None or (arguments.open and name is not None)
            self.name = UNKNOWN if unknown else frame.machine.names.take_for(self.class_name)
        trainable = arguments.keywords.get("trainable", True)
        self.trainable = trainable if isinstance(trainable, bool) else UNKNOWN
        self.make_inner(frame, arguments, node)
        return None

    def make_inner(self, frame: Frame, arguments: Arguments, node: Any) -> None:
        """Let the base class have its arguments."""

    def note_attribute(self, frame: Frame, name: str, value: Value) -> None:
        """``self.name = value`` was run on the instance."""
        if name == "trainable":
            self.set_trainable(frame, value)
        if name == "built":
            self.built = value is True

    def base_attribute(self, frame: Frame, name: str) -> Value:
        """What the base class has under ``name``."""
        method = {
            "__init__": self.initialise,
            "build": self._base_build,
            "__call__": lambda frame, arguments: self.call(
                frame, arguments, frame.machine.current_call
            ),
            "call": self.base_call,
            "add_weight": self.add_weight,
            "add_variable": self.add_weight,
            "get_config": lambda frame, arguments: Dict(open=True),
            "add_loss": lambda frame, arguments: None,
        }.get(name)
        if method is not None:
            return Builtin(name, method)
        constants: dict[str, Value] = {
            "name": self.name,
            "trainable": self.trainable,
            "dtype": self.dtype,
            "compute_dtype": self.dtype,
            "variable_dtype": self.dtype,
            "built": self.built,
        }
        if name in constants:
            return constants[name]
        return self.inner.attribute(frame, name, None) if self.inner is not None else UNKNOWN

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """As through the instance."""
        from keraslint.interpreter.attributes import get_attribute

        return get_attribute(frame, self.instance, name, node)

    def bind_build(self, method: Value) -> Builtin:
        """The program's own ``build``, which leaves the layer built."""

        def build(frame: Frame, arguments: Arguments) -> Value:
            frame.machine.heap.touch(self)
            return self._run_build(frame, method, arguments, frame.machine.current_call)

        return Builtin("build", build)

    def _run_build(self, frame: Frame, method: Value, arguments: Arguments, node: Any) -> Value:
        """Run the program's own ``build``; only then is it built."""
        from keraslint.interpreter.calls import call

        self.building = True
        try:
            result = call(frame, method, arguments, node)
        finally:
            self.building = False
        self.built = True
        return result

    def _base_build(self, frame: Frame, arguments: Arguments) -> Value:
        frame.machine.heap.touch(self)
        self.built = True
        return None

    def add_weight(self, frame: Frame, arguments: Arguments) -> Value:
        """``self.add_weight(shape, …)``: in Keras 2 a name may come first."""
        fault = refuse_weight(frame, arguments)
        if fault is not None:
            place = call_place(frame, frame.machine.current_call)
            note_fault(frame, fault, "keras.Layer.add_weight", place)
        positional = list(arguments.positional)
        if positional and isinstance(positional[0], str):
            positional = positional[1:]
        shape = arguments.keywords.get("shape", positional[0] if positional else ())
        made = Variable(weight_shape(shape), self.dtype, arguments.keywords.get("trainable", True))
        frame.machine.heap.touch(self)
        self.own.append(made.weight)
        return made

    def base_call(self, frame: Frame, arguments: Arguments) -> Value:
        """``super().call(…)``."""
        return self.inner.call(frame, arguments, None) if self.inner is not None else UNKNOWN

    def parts(self) -> list[KerasObject]:
        """The layers and models among the instance's attributes, lists and dicts included."""
        found = holdings(self.instance).parts
        if self.inner is not None:
            found.append(self.inner)
        return [part for part in found if part is not self]

    def weights(self) -> tuple[tuple[int, Weight], ...] | None:
        """Its own weights and those of what it holds."""
        held = holdings(self.instance)
        inner = merged(self.parts())
        if inner is None or held.open or self.unsettled:
            return None
        own = tuple({id(weight): weight for weight in (*self.own, *held.weights)}.items())
        seen = frozen(tuple(weight for _, weight in own), self.trainable)
        return (*((owner, weight) for (owner, _), weight in zip(own, seen, strict=True)), *inner)

    def run_call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Build if need be, then run the program's ``call`` on the inputs."""
        from keraslint.interpreter.calls import call
        from keraslint.interpreter.classes import bind_attribute, lookup

        value = arguments.get(0, "inputs", UNKNOWN)
        if not arguments.positional and arguments.keywords:
            value = next(iter(arguments.keywords.values()))
        if not self.built and not self.building:
            self._build_for(frame, value)
        method = lookup(self.instance.cls, "call")
        if method is None:
            return self.base_call(frame, arguments)
        inner = Arguments(
            [_traced(item) for item in arguments.positional],
            {name: _traced(item) for name, item in arguments.keywords.items()},
            arguments.open,
        )
        _free_flags(frame, method, inner)
        bound = bind_attribute(frame, self.instance, self.instance.cls, method)
        return call(frame, bound, inner, node if not isinstance(node, Place) else node.node)

    def _build_for(self, frame: Frame, value: Value) -> None:
        from keraslint.interpreter.classes import bind_attribute, lookup

        frame.machine.heap.touch(self)
        frame.machine.masks |= isinstance(lookup(self.instance.cls, "compute_mask"), Function)
        method = lookup(self.instance.cls, "build")
        if isinstance(method, Function):
            bound = bind_attribute(frame, self.instance, self.instance.cls, method)
            self._run_build(frame, bound, Arguments([shape_value(value)]), None)
        self.built = True

    def declared_output(self, frame: Frame, value: Value) -> Value:
        """What the class's own ``compute_output_shape`` says, `UNKNOWN` if it has none."""
        from keraslint.interpreter.calls import call
        from keraslint.interpreter.classes import bind_attribute, lookup

        method = lookup(self.instance.cls, "compute_output_shape")
        if not isinstance(method, Function):
            return UNKNOWN
        bound = bind_attribute(frame, self.instance, self.instance.cls, method)
        return declared_tensors(call(frame, bound, Arguments([shape_value(value)]), None))

    def finish(self, frame: Frame, arguments: Arguments, result: Value, place: Place) -> Value:
        """The outputs as tensors of this operation."""
        tensors = tuple(
            tensor
            for item in (*arguments.positional, *arguments.keywords.values())
            for tensor in tensors_in(item)
        )
        graph_node = Node(self, tensors, place, tuple(arguments.positional), arguments.keywords)
        if isinstance(result, Unknown):
            result = Tensor(TensorSpec(UNKNOWN, UNKNOWN))
        if not tensors_in(result):
            return result
        nest = in_dtype(to_nest(result), self.dtype)
        made = fresh_tensors(frame, nest, graph_node, place, flavour_of(arguments))
        if flavour_of(arguments) == "keras" and not frame.machine.replaying:
            hand_on_own(frame, self.instance, arguments, graph_node, made)
        frame.machine.heap.touch(self)
        self.results = [*self.results, made]
        return made

    def run_as_root(self, frame: Frame) -> None:
        """Call it on tensors of which nothing is known, or what may hold several if it asks."""
        from keraslint.interpreter.classes import lookup
        from keraslint.interpreter.functions import parameters_of
        from keraslint.interpreter.guards import asks_for_kind

        method = lookup(self.instance.cls, "call")
        if not isinstance(method, Function) or method in frame.machine.called:
            return
        parameters = parameters_of(frame, method)
        required = [
            name
            for name in parameters.positional[1:]
            if name not in method.defaults and name != "training"
        ]
        unknown = [
            UNKNOWN if asks_for_kind(method, name) else Tensor(TensorSpec(UNKNOWN, UNKNOWN))
            for name in required[:1]
        ]
        self.call(frame, Arguments([*unknown, *[UNKNOWN] * len(required[1:])]), None)


class CustomLayer(CustomSide):
    """A layer of the program."""

    def __init__(self, frame: Frame, instance: Instance, base: External, place: Place) -> None:
        super().__init__(UNKNOWN, instance.cls.name, place)
        self.setup(frame, instance, base)
        self.site: Site = frame.machine.recorder.site(place, instance.cls.dotted)

    def make_inner(self, frame: Frame, arguments: Arguments, node: Any) -> None:
        """A subclass of one of Keras's own layers has that layer inside."""
        if self.base.path in PLAIN_LAYERS:
            return
        cls = find(self.base.name)
        if cls is not None:
            before = dict(frame.machine.names.counts)
            self.inner = construct_layer(frame, cls, arguments, node, as_site=False)
            frame.machine.names.counts = before

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Apply it, and note the call."""
        place = call_place(frame, node)
        result = self.run_call(frame, arguments, node)
        declared = self.declared_output(frame, arguments.get(0, "inputs", UNKNOWN))
        computed = result
        if not isinstance(declared, Unknown):
            result = declared
        made = self.finish(frame, arguments, result, place)
        if result is declared and _shapes(computed) != _shapes(made):
            for tensor in tensors_in(made):
                tensor.facts[DECLARED] = True
        note_call(frame, self, self.site, arguments, made, place)
        return made

    def run_call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Run the program's ``call``; what it does with shapes that may be wrong is no fault."""
        values = (*arguments.positional, *arguments.keywords.values())
        doubtful = any(DECLARED in tensor.facts for value in values for tensor in tensors_in(value))
        frame.machine.catching += doubtful
        try:
            return super().run_call(frame, arguments, node)
        finally:
            frame.machine.catching -= doubtful


class CustomModel(CustomSide, ModelObject):
    """A model of the program."""

    def __init__(self, frame: Frame, instance: Instance, base: External, place: Place) -> None:
        ModelObject.__init__(self, frame, UNKNOWN, instance.cls.name, place)
        self.setup(frame, instance, base)
        self.kind = instance.cls.name
        self.builders.append(instance.cls.qualname)
        self.called_with: tuple[TensorSpec, ...] | None = None
        self.gave: tuple[TensorSpec, ...] | None = None

    def make_inner(self, frame: Frame, arguments: Arguments, node: Any) -> None:
        """``super().__init__(inputs, outputs)`` makes it functional; a stack stays one."""
        assert self.place is not None
        models = frame.machine.recorder.models
        if self.base.path.endswith("Sequential"):
            self.inner = SequentialObject(frame, self.name, self.place)
            fill(frame, self.inner, arguments.get(0, "layers"), self.place)
        elif len(arguments.positional) >= 2 or "outputs" in arguments.keywords:
            counts = dict(frame.machine.names.counts)
            inner = make_functional(frame, arguments, node)
            frame.machine.names.counts = counts
            self.inner = inner if isinstance(inner, ModelObject) else None
        if isinstance(self.inner, ModelObject):
            self.inner.subclass = self.instance.cls
        if self.inner is not None and self.inner in models:
            models.remove(self.inner)

    def base_attribute(self, frame: Frame, name: str) -> Value:
        """What Model has: training methods, layers, ``build``."""
        if name == "build":
            return Builtin(name, self._build_model)
        found = super().base_attribute(frame, name)
        if not isinstance(found, Unknown):
            return found
        return ModelObject.attribute(self, frame, name, None)

    def _build_model(self, frame: Frame, arguments: Arguments) -> Value:
        shape = weight_shape(arguments.get(0, "input_shape"))
        frame.machine.heap.touch(self)
        self.built = self.built or isinstance(shape, Unknown)
        return None

    def layer_values(self) -> list[Value]:
        """The layers it holds."""
        return [getattr(part, "instance", part) for part in self.parts()]

    def weights(self) -> tuple[tuple[int, Weight], ...] | None:
        """Its own weights and those of what it holds."""
        return CustomSide.weights(self)

    def parts(self) -> list[KerasObject]:
        """The layers and models it holds; those of the graph if it is functional."""
        if isinstance(self.inner, ModelObject):
            held = CustomSide.parts(self)
            return [*self.inner.parts(), *(part for part in held if part is not self.inner)]
        return CustomSide.parts(self)

    def input_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it was called with, or its graph takes."""
        if isinstance(self.inner, ModelObject):
            return self.inner.input_specs()
        return self.called_with

    def output_specs(self) -> tuple[TensorSpec, ...] | None:
        """What it gave, or its graph gives."""
        return self.inner.output_specs() if isinstance(self.inner, ModelObject) else self.gave

    def rows(self) -> tuple[LayerRow, ...]:
        """The layers it holds, in the order they were set."""
        if isinstance(self.inner, ModelObject):
            return self.inner.rows()
        rows = []
        for part in self.parts():
            noted = (getattr(part, name, None) for name in ("outputs", "results"))
            gave = next((value for value in noted if isinstance(value, list) and value), [None])
            rows.append(make_row(part, (), (), gave[0]))
        return tuple(rows)

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Apply it to tensors."""
        from keraslint.interpreter.classes import lookup

        place = call_place(frame, node)
        if isinstance(self.inner, ModelObject) and lookup(self.instance.cls, "call") is None:
            return self.inner.call(frame, arguments, node)
        result = self.run_call(frame, arguments, node)
        made = self.finish(frame, arguments, result, place)
        if self.called_with is None:
            given_tensors = [t for v in arguments.positional for t in tensors_in(v)]
            self.called_with = tuple(tensor.spec for tensor in given_tensors) or None
            self.gave = tuple(tensor.spec for tensor in tensors_in(made)) or None
        return made


def _shapes(value: Value) -> list[Any]:
    return [tensor.spec.shape for tensor in tensors_in(value)]


def _traced(value: Value) -> Value:
    """A call argument as the program's ``call`` sees it: tensors without history."""

    def make(spec: TensorSpec, index: int) -> Tensor:
        return Tensor(spec, "traced")

    if isinstance(value, Tensor):
        return Tensor(value.spec, "traced", place=value.place)
    return from_nest(to_nest(value), make) if tensors_in(value) else value


def _free_flags(frame: Frame, method: Value, arguments: Arguments) -> None:
    """``training`` and ``mask`` are Keras's to set: unknown unless given, or no mask can be."""
    from keraslint.interpreter.functions import parameters_of

    if isinstance(method, Function):
        names = parameters_of(frame, method).names
        taken = names[1 : 1 + len(arguments.positional)]
        flags = ["training"]
        if "mask" not in method.defaults or _may_be_masked(frame, arguments):
            flags.append("mask")
        for flag in flags:
            if flag in names and flag not in taken:
                arguments.keywords.setdefault(flag, UNKNOWN)


def _may_be_masked(frame: Frame, arguments: Arguments) -> bool:
    """Whether a tensor may carry a mask: something makes masks, or its origin is unknown."""
    tensors = [tensor for value in arguments.positional for tensor in tensors_in(value)]
    unknown = any(isinstance(tensor.spec.shape, Unknown) for tensor in tensors)
    return frame.machine.masks or unknown or not tensors
