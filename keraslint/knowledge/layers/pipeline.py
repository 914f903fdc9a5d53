"""Pipeline: layers one after the other, most often augmentations."""

from __future__ import annotations

from collections.abc import Iterator

from keraslint.knowledge.arguments import is_known
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, owned
from keraslint.knowledge.layers.image import Sized
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec


class Pipeline(Layer):
    """``(…)`` → what the last layer gives; the weights of all.

    Keras traces the layers on data; so what they refuse when called is left to data here too,
    except what they cannot be built for.
    """

    names = ("Pipeline",)
    call_arguments = ("inputs", "training", "mask")
    freezes_weights = False
    takes_data = True

    def sublayers(self) -> Iterator[Layer]:
        """The layers that were given."""
        given = self.arguments["layers"]
        if isinstance(given, (list, tuple)):
            yield from (layer for layer in given if isinstance(layer, Layer))

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The layers' weights.

        Raises:
            Fault: there are no layers, or something else stands among them.
        """
        given = self.arguments["layers"]
        if isinstance(given, (Layer, int, float, str)) or given is None:
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="layers", expected="a list of layers", found=given
            )
        if not isinstance(given, (list, tuple)):
            return (Weight(UNKNOWN),)
        if not given or any(is_known(item) for item in given):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="layers", expected="a list of layers", found=given
            )
        self.output(call)
        if not all(isinstance(item, Layer) and item.built for item in given):
            return (Weight(UNKNOWN),)
        return tuple(weight for layer in self.sublayers() for weight in owned(layer))

    def output(self, call: Call) -> Nest:
        """The layers' outputs passed on; unknown where a layer is, or refuses."""
        given = self.arguments["layers"]
        nest = call.first
        if not isinstance(given, (list, tuple)):
            return UNKNOWN
        for layer in given:
            if not isinstance(layer, Layer):
                return UNKNOWN
            step = Call((nest,), {})
            if not layer.takes_data:
                layer.check_input(nest)
                layer.build_once(step)
            try:
                result = layer(step)
            except Fault:
                return UNKNOWN
            nest = UNKNOWN if isinstance(layer, Sized) and not has_size(nest) else result
        return nest


def has_size(nest: Nest) -> bool:
    """Whether every dim but the batch is known; if not, data decides what cropping gives."""
    if not isinstance(nest, TensorSpec) or isinstance(nest.shape, Unknown):
        return False
    return all(isinstance(dim, int) for dim in nest.shape[1:])
