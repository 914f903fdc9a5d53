"""Layers that need more than shapes: those that run the program's own functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.layers import LayerObject, construct_layer
from keraslint.interpreter.keras.reporting import call_place
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Dict,
    External,
    Function,
    List,
    Partial,
    Tensor,
    Value,
)
from keraslint.knowledge.layers.base import Layer
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


FUNCTIONS = (Function, Partial, BoundMethod, External)


def is_array(value: Value) -> bool:
    """Whether a value is an array of NumPy."""
    return isinstance(value, Tensor) and value.flavour == "numpy"


class LambdaObject(LayerObject):
    """A ``Lambda`` layer: its function is followed."""

    function: Value = UNKNOWN
    extra: Value = None
    declared: Value = None

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Run the function on the inputs, unless the layer declares its output shape."""
        from keraslint.interpreter.calls import call
        from keraslint.interpreter.keras.convert import tensors_in, to_nest
        from keraslint.interpreter.keras.custom import _traced
        from keraslint.interpreter.keras.declared import weight_shape
        from keraslint.interpreter.keras.layers import note_call
        from keraslint.interpreter.keras.masks import taken_by
        from keraslint.interpreter.keras.models import flavour_of, fresh_tensors
        from keraslint.interpreter.operations import Node

        if isinstance(self.declared, (int, float, List, NumpyScalar)) or is_array(self.declared):
            return super().call(frame, arguments, node)  # no shape for Keras
        place = call_place(frame, node)
        value = arguments.get(0, "inputs", UNKNOWN)
        declared = weight_shape(self.declared) if isinstance(self.declared, tuple) else UNKNOWN
        if not isinstance(declared, Unknown):
            shape = next((tensor.spec.shape for tensor in tensors_in(value)), UNKNOWN)
            batch = (UNKNOWN,) if isinstance(shape, Unknown) else shape[:1]
            result: Value = Tensor(TensorSpec((*batch, *declared), UNKNOWN))
        elif isinstance(self.function, FUNCTIONS) and self.declared is None:
            extra = dict(self.extra.items) if isinstance(self.extra, Dict) else {}
            result = call(frame, self.function, Arguments([_traced(value)], extra), node_of(node))
        else:
            result = UNKNOWN
        if not tensors_in(result):
            result = Tensor(TensorSpec(UNKNOWN, UNKNOWN))
        tensors = tuple(tensors_in(value))
        graph_node = Node(self, tensors, place, (value,), {})
        graph_node.masks = taken_by(self, arguments)
        made = fresh_tensors(frame, to_nest(result), graph_node, place, flavour_of(arguments))
        frame.machine.heap.touch(self)
        if not frame.machine.replaying:
            self.inputs, self.outputs = list(tensors), [*self.outputs, made]
        note_call(frame, self, self.site, arguments, made, place)
        return made


def node_of(node: Any) -> Any:
    """The syntax of a call that may be given as a place."""
    return getattr(node, "node", node) if type(node).__name__ == "Place" else node


def special_layer(frame: Frame, cls: type[Layer], arguments: Arguments, node: Any) -> Value | None:
    """A layer object of its own kind, `None` for ordinary layers."""
    if cls.names[0] != "Lambda":
        return None
    plain = construct_layer(frame, cls, arguments, node)
    made = LambdaObject.__new__(LambdaObject)
    made.__dict__.update(plain.__dict__)
    made.function = arguments.get(0, "function", UNKNOWN)
    made.declared = arguments.get(1, "output_shape")
    made.extra = arguments.get(3, "arguments")
    for layer in made.layers:
        layer.built = True
    return made
