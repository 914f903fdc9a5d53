"""Input, Identity, Masking, Lambda and other layers without weights of their own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from keraslint.knowledge.arguments import base_arguments, is_known, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import BASE_ARGUMENTS, Call, Layer, single
from keraslint.knowledge.layers.same_shape import SameShape, cast
from keraslint.knowledge.values import ArrayValue, Callable_, ClassObject, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown
from keraslint.tensors.dtypes import standard
from keraslint.tensors.shapes import Shape, certainly_different
from keraslint.tensors.specs import Nest, TensorSpec, flatten, map_nest


def input_spec(arguments: Mapping[str, Any]) -> TensorSpec:
    """The tensor that ``keras.Input`` makes of its arguments, defaults filled in.

    Raises:
        Fault: Keras refuses them.
    """
    base_arguments({"name": arguments["name"]})
    tensor = arguments["tensor"] if "tensor" in arguments else arguments["input_tensor"]
    if tensor is not None:
        return _given_tensor(tensor, arguments)
    shape, batch_shape = arguments["shape"], arguments["batch_shape"]
    for name in ("shape", "batch_size"):
        if _is_given(arguments[name]) and _is_given(batch_shape):
            raise Fault(FaultKind.INVALID_VALUE, argument="batch_shape", expected=None, other=name)
    if shape is None and batch_shape is None:
        raise Fault(FaultKind.MISSING_ARGUMENT, argument="shape")
    dtype = _dtype(arguments["dtype"])
    if arguments["sparse"] is True and arguments["ragged"] is True:
        raise Fault(FaultKind.INVALID_VALUE, argument="ragged", expected=False, found=True)
    return TensorSpec(_batched(arguments), dtype)


def _batched(arguments: Mapping[str, Any]) -> Shape:
    shape, batch_shape = arguments["shape"], arguments["batch_shape"]
    if _is_given(batch_shape):
        return shape_of(batch_shape, "batch_shape")
    if not _is_given(shape):
        return UNKNOWN
    rest = shape_of(shape, "shape")
    (batch,) = _dims((arguments["batch_size"],), "batch_size")
    if isinstance(rest, Unknown) or batch_shape is not None:
        return UNKNOWN
    return (batch, *rest)


def _is_given(value: Any) -> bool:
    return value is not None and not isinstance(value, Unknown)


def _given_tensor(tensor: Any, arguments: Mapping[str, Any]) -> TensorSpec:
    if isinstance(tensor, Unknown):
        return TensorSpec(UNKNOWN, UNKNOWN)
    if not isinstance(tensor, TensorSpec):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="tensor", expected="a tensor", found=tensor)
    given = {"batch_shape": arguments["batch_shape"], "shape": arguments["shape"]}
    for name, value in given.items():
        if isinstance(value, tuple) and not isinstance(tensor.shape, Unknown):
            own = tensor.shape if name == "batch_shape" else tensor.shape[1:]
            if certainly_different(value, own):
                raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=own, found=value)
    return tensor


def shape_of(value: Any, argument: str) -> Shape:
    """A shape argument: an iterable of integers that are not negative, or ``None``.

    Raises:
        Fault: not an iterable, or one with other things.
    """
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, (tuple, list, str, dict)):
        return _dims(tuple(value), argument)
    if isinstance(value, (Expr, TensorSpec)) or is_known(value):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument=argument, expected="a shape", found=value)
    if isinstance(value, ArrayValue) and isinstance(value.shape, tuple) and len(value.shape) == 1:
        n = value.shape[0]
        return (UNKNOWN,) * n if isinstance(n, int) else UNKNOWN
    return UNKNOWN


def _dims(items: tuple[Any, ...], argument: str) -> tuple[Dim, ...]:
    dims: list[Dim] = []
    for item in items:
        found = _truncated(item)
        if isinstance(found, (str, float, tuple, list, dict)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument=argument, expected="integers", found=items
            )
        if isinstance(found, int) and found < 0:
            raise Fault(FaultKind.INVALID_VALUE, argument=argument, expected=">= 0", found=items)
        known = isinstance(found, (int, Expr)) or found is None
        dims.append((int(found) if isinstance(found, bool) else found) if known else UNKNOWN)
    return tuple(dims)


def _truncated(item: Any) -> Any:
    """A number of NumPy as an integer; Python's own floats, which NumPy's float64 are, stay."""
    if isinstance(item, NumpyScalar) and item.dtype != "float64" and math.isfinite(item.value):
        return int(item.value)
    return plain(item)


def _dtype(value: Any) -> str | Unknown:
    if value is None:
        return "float32"
    if isinstance(value, (int, float, tuple, list, dict)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="dtype", expected="a dtype", found=value)
    if not isinstance(value, str):
        return UNKNOWN
    dtype = standard(value)
    if dtype is None:
        raise Fault(FaultKind.INVALID_VALUE, argument="dtype", expected="a dtype", found=value)
    return dtype


class InputLayer(Layer):
    """The origin of a tensor; it is not called on one.

    Attributes:
        spec: the tensor it makes.
    """

    names = ("InputLayer",)
    extra_arguments = frozenset(("input_shape", "batch_input_shape"))
    ignores_unknown_arguments = True

    def check_base_arguments(self) -> None:
        """Nothing: only the name means something here, and `input_spec` checks it."""

    def configure(self) -> None:
        """Work out the tensor, from arguments by their older names too."""
        arguments = dict(self.arguments)
        if "input_shape" in arguments:
            arguments["shape"] = arguments["input_shape"]
        if "batch_input_shape" in arguments:
            arguments["batch_shape"] = arguments["batch_input_shape"]
        self.spec = input_spec(arguments)


class Identity(Layer):
    """``(…)`` → the same, in its own dtype."""

    names = ("Identity",)
    masking = "same"

    def output(self, call: Call) -> Nest:
        """Every tensor as it is."""
        return map_nest(
            lambda leaf: cast(self, leaf) if isinstance(leaf, TensorSpec) else leaf, call.first
        )


class Masking(SameShape):
    """``(batch, steps, …)`` → the same."""

    names = ("Masking",)
    masking = "made"
    makes_mask = True

    def output(self, call: Call) -> Nest:
        """The one tensor; a nest has no last axis to look along."""
        return super().output(Call((single(call.first),), {}))


class Rescaling(SameShape):
    """``(…)`` → the same."""

    names = ("Rescaling",)
    masking = "same"


class ActivityRegularization(SameShape):
    """``(…)`` → the same."""

    names = ("ActivityRegularization",)
    masking = "same"
    base_arguments = BASE_ARGUMENTS - {"activity_regularizer"}

    def configure(self) -> None:
        """Check that both penalties are finite and not negative."""
        for name in ("l1", "l2"):
            value = self.arguments[name]
            if isinstance(value, NumpyScalar) and isinstance(value.value, float):
                value = value.value if value.dtype == "float64" else value
            if value is None or isinstance(value, (Unknown, Expr)):
                continue
            if not isinstance(value, (int, float)):
                raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="a float", found=value)
            if not math.isfinite(value) or value < 0:
                raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=">= 0", found=value)


class Lambda(Layer):
    """Whatever its function makes of the input, or the given output shape behind the batch."""

    names = ("Lambda",)
    call_arguments = ("inputs", "mask", "training")
    takes_data = True

    def configure(self) -> None:
        """Check that there is a function."""
        function = self.arguments["function"]
        if is_known(function) and not isinstance(function, (Callable_, ClassObject)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="function", expected="a function", found=function
            )

    def output(self, call: Call) -> Nest:
        """The tensor of the given output shape; unknown if there is none."""
        shape = self.arguments["output_shape"]
        is_sequence = isinstance(shape, (tuple, list))
        number = isinstance(shape, (int, float, NumpyScalar, ArrayValue))
        if not number and not (is_sequence and all(map(_is_dim, shape))):
            return UNKNOWN
        if not isinstance(shape, tuple):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="output_shape", expected="a tuple", found=shape
            )
        first = next(flatten(call.first), UNKNOWN)
        batch: Dim = UNKNOWN
        if isinstance(first, TensorSpec) and isinstance(first.shape, tuple) and first.shape:
            batch = first.shape[0]
        return TensorSpec((batch, *shape), UNKNOWN)


def _is_dim(value: Any) -> bool:
    return value is None or isinstance(value, (int, Expr, Unknown))
