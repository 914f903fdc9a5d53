"""What every layer has: arguments, an input contract, weights, outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.values import ArrayValue, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, differ
from keraslint.tensors.shapes import Shape, certainly_different, show, size
from keraslint.tensors.specs import Nest, TensorSpec, flatten

BASE_ARGUMENTS = frozenset(
    ("name", "dtype", "trainable", "activity_regularizer", "autocast", "input_shape", "input_dim")
)


@dataclass(frozen=True, slots=True)
class Weight:
    """One variable of a layer."""

    shape: Shape
    trainable: bool | Unknown = True
    name: str = "kernel"


@dataclass(slots=True)
class Call:
    """How a layer is called: nests of `TensorSpec` (or `UNKNOWN`), positional and by keyword.

    ``keywords`` has only what the code gave. A tensor-valued keyword is a `TensorSpec`. ``open``:
    there may be more arguments than these.
    """

    positional: tuple[Nest, ...]
    keywords: Mapping[str, Any]
    open: bool = False

    @property
    def first(self) -> Nest:
        """The nest that Keras checks and builds with; `UNKNOWN` if the call gives none."""
        if self.positional:
            return self.positional[0]
        return next(iter(self.keywords.values()), UNKNOWN)

    def keyword(self, name: str, default: Any) -> Any:
        """The call argument called ``name``, which is given by name."""
        return self.keywords.get(name, UNKNOWN if self.open else default)

    def argument(self, index: int, name: str, default: Any = None) -> Any:
        """The call argument called ``name`` that may also stand at position ``index``."""
        if index < len(self.positional):
            return self.positional[index]
        return self.keyword(name, default)


class Layer:
    """A configured layer. Subclass once per Keras class; families share a base.

    Subclasses define `configure`, `build` and `output`, in the order in which Keras meets them,
    each raising `Fault` where Keras raises and treating everything unknown as fine.

    Attributes:
        names: Keras's class name, first, then its names in older versions that mean the same.
        hidden_name: the name of Keras's class where it is not public under it.
        axes: names of the input's axes behind the batch for the exact-rank layers, else empty.
        call_arguments: the names of ``call``'s parameters, in order.
        required_inputs: how many of them must be given.
        extra_arguments: keywords beyond the signature that this constructor takes.
        base_arguments: what its ``**kwargs`` takes, if it has them.
        masking: what becomes of masks: they are ``made``, stay the ``same``, are ``merged``,
            ``joined`` or ``lost``; only the ``first`` counts, or the ``steps`` that a recurrent
            layer gives (in ``both`` directions); empty if masks are not supported.
        makes_mask: whether what it gives may carry a mask that it made.
        takes_data: whether it can be called on plain data: lists, strings, numbers.
        states_output: whether an argument states its output, which a call on arrays heeds not.
        ignores_unknown_arguments: whether its ``**kwargs`` swallow whatever they are given.
        returns_input: whether a symbolic call gives back the very tensor that it was given.
        freezes_weights: whether ``trainable=False`` makes its weights so; not those inside.
        arguments: constructor arguments by name, defaults filled in (see `knowledge.values`).
        ndim, min_ndim: the rank that the first input must have (batch included).
        fixed_axes: sizes of axes that the first input must have, as in Keras's ``InputSpec``.
        names_at_construction, names_at_build: the automatic names that layers hidden inside take
            up when this one is constructed or built, in order, without their numbers.
    """

    names: ClassVar[tuple[str, ...]] = ()
    hidden_name: ClassVar[str] = ""
    axes: ClassVar[tuple[str, ...]] = ()
    call_arguments: ClassVar[tuple[str, ...]] = ("inputs",)
    required_inputs: ClassVar[int] = 1
    extra_arguments: ClassVar[frozenset[str]] = frozenset()
    base_arguments: ClassVar[frozenset[str]] = BASE_ARGUMENTS
    ignores_unknown_arguments: ClassVar[bool] = False
    masking: ClassVar[str] = ""
    makes_mask: bool = False
    takes_data: ClassVar[bool] = False
    states_output: ClassVar[bool] = False
    returns_input: ClassVar[bool] = False
    freezes_weights: ClassVar[bool] = True
    names_at_construction: tuple[str, ...] = ()
    names_at_build: tuple[str, ...] = ()

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        """Configure the layer as Keras's constructor does.

        Raises:
            Fault: Keras refuses these arguments.
        """
        self.arguments = arguments
        self.ndim: int | None = None
        self.min_ndim: int | None = None
        self.fixed_axes: dict[int, Dim] = {}
        self.built = False
        self.weights: tuple[Weight, ...] = ()
        self.trainable: bool | Unknown = True
        self.check_base_arguments()
        self.configure()

    @property
    def has_weights(self) -> bool:
        """Whether the layer may have weights once it is built."""
        return type(self).build is not Layer.build

    @property
    def name(self) -> str:
        """Keras's class name."""
        return self.names[0]

    def check_base_arguments(self) -> None:
        """Check what every layer takes: trainable, name, dtype."""
        from keraslint.knowledge.arguments import base_arguments

        self.trainable = base_arguments(self.arguments)

    def configure(self) -> None:
        """Check and normalise constructor arguments. Raises `Fault`."""

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Create the weights for the first call; also sets `fixed_axes`. Raises `Fault`."""
        return ()

    def output(self, call: Call) -> Nest:
        """The output of one call, a nest of `TensorSpec`. Raises `Fault`."""
        return call.first

    def __call__(self, call: Call) -> Nest:
        """Apply the layer, building it first if need be, in Keras's order of checks.

        Returns:
            A nest of `TensorSpec`; `UNKNOWN` where not even the structure is known.

        Raises:
            Fault: Keras raises on every input that ``call`` allows.
        """
        self.check_input(call.first)
        if not self.built:
            self.build_once(call)
            self.check_input(call.first)
        return self.output(call)

    def build_once(self, call: Call) -> None:
        """Build the layer unless it is built, without a look at its input contract.

        This is how a wrapper builds the layer inside.

        Raises:
            Fault: Keras cannot create the weights.
        """
        if not self.built:
            weights = self.build(call)
            check_weights(weights)
            check_given_weights(self.arguments, weights)
            self.weights = weights
            self.built = True

    def check_input(self, first: Nest) -> None:
        """Check the first input's rank and fixed axes, as Keras's ``input_spec`` does."""
        if self.ndim is None and self.min_ndim is None and not self.fixed_axes:
            return
        leaves = [first] if isinstance(first, (TensorSpec, Unknown)) else list(flatten(first))
        if len(leaves) != 1:
            raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected=1, found=len(leaves))
        if isinstance(leaves[0], TensorSpec):
            self.check_shape(leaves[0].shape)

    def check_shape(self, shape: Shape) -> None:
        """Check one input's rank and fixed axes."""
        if isinstance(shape, Unknown):
            return
        n = len(shape)
        if self.ndim is not None and n != self.ndim:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=self.ndim, found=shape)
        if self.min_ndim is not None and n < self.min_ndim:
            raise Fault(
                FaultKind.INPUT_RANK, input=0, expected=self.min_ndim, found=shape, minimum=True
            )
        for axis, wanted in self.fixed_axes.items():
            if -n <= axis < n and differ(shape[axis], wanted):
                raise Fault(
                    FaultKind.INPUT_DIMENSION, input=0, expected=wanted, found=shape, axis=axis
                )

    def learn(self, vocabulary: Any = UNKNOWN) -> None:
        """Take in a vocabulary, an unknown one from data; only layers that look words up care.

        Raises:
            Fault: Keras refuses the vocabulary.
        """

    def count_params(self) -> int | None:
        """The number of weights; `None` if unknown or not built."""
        return count(self.weights) if self.built else None

    def sublayers(self) -> Iterator[Layer]:
        """The layers inside (wrappers)."""
        return iter(())


def when(condition: bool | Unknown, *weights: Weight) -> tuple[Weight, ...]:
    """Weights that exist only if ``condition`` holds; of unknown size if that is unknown."""
    if isinstance(condition, Unknown):
        return tuple(Weight(UNKNOWN, weight.trainable, weight.name) for weight in weights)
    return weights if condition else ()


def count(weights: tuple[Weight, ...]) -> int | None:
    """The number of numbers in ``weights``, `None` if unknown."""
    total = 0
    for weight in weights:
        n = size(weight.shape)
        if not isinstance(n, int):
            return None
        total += n
    return total


def owned(layer: Layer) -> tuple[Weight, ...]:
    """The weights of a built layer as what is around it counts them.

    They are frozen with the layer that made them; one between does not matter.
    """
    if layer.trainable is False and layer.freezes_weights:
        return tuple(Weight(weight.shape, False, weight.name) for weight in layer.weights)
    return layer.weights


def check_weights(weights: tuple[Weight, ...]) -> None:
    """Refuse weights with a dynamic dim, as Keras does."""
    for weight in weights:
        if not isinstance(weight.shape, Unknown) and None in weight.shape:
            raise Fault(
                FaultKind.UNDEFINED_DIMENSION, input=0, found=weight.shape, weight=weight.name
            )


def check_given_weights(arguments: Mapping[str, Any], weights: tuple[Weight, ...]) -> None:
    """Refuse an array given for an initializer that has not the shape of the weight."""
    for weight in weights:
        names = {f"{weight.name}_initializer", f"{weight.name.removesuffix('_kernel')}_initializer"}
        for name in names & arguments.keys():
            value = arguments[name]
            if weight.name == "bias" and arguments.get("unit_forget_bias", False) is not False:
                continue  # it gives a part of the bias
            given = () if isinstance(value, NumpyScalar) else getattr(value, "shape", UNKNOWN)
            if isinstance(value, (ArrayValue, NumpyScalar)) and certainly_different(
                given, weight.shape
            ):
                expected = f"an array of shape {show(weight.shape)}"
                raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=expected, found=value)


def tensor(nest: Nest) -> TensorSpec:
    """The single tensor of a nest; one of unknown shape if it is not known to be a single one."""
    if isinstance(nest, TensorSpec):
        return nest
    if isinstance(nest, (list, tuple)) and len(nest) == 1:
        return tensor(nest[0])
    return TensorSpec(UNKNOWN, UNKNOWN)


def single(nest: Nest) -> TensorSpec:
    """The one tensor that a layer takes; it refuses even a list of one.

    Raises:
        Fault: the nest is a list, tuple or dict.
    """
    if isinstance(nest, (list, tuple, dict)):
        leaves = list(flatten(nest))
        raise Fault(FaultKind.INPUT_STRUCTURE, input=0, expected="one tensor", found=len(leaves))
    return tensor(nest)
