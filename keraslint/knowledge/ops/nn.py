"""Functions for networks: encodings, losses, attention."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.ops.registry import op
from keraslint.knowledge.ops.values import (
    Dims,
    axis_in,
    dim_of,
    dtype_argument,
    exactly,
    integer,
    known,
    pair_fault,
    rank_fault,
    result_dtype,
    spec_of,
)
from keraslint.tensors.dims import (
    UNKNOWN,
    Dim,
    Unknown,
    differ,
)
from keraslint.tensors.shapes import certainly_different
from keraslint.tensors.specs import Nest, TensorSpec


@op("batch_normalization", tensors=("x",))
def batch_normalization(
    x: TensorSpec,
    *,
    mean: Any,
    variance: Any,
    axis: Any,
    offset: Any,
    scale: Any,
    lenient: bool = False,
) -> TensorSpec:
    """The same shape; the statistics are vectors as long as the axis."""
    if isinstance(x.shape, Unknown):
        return x
    if lenient:
        alone = any(certainly_different(spec_of(v).shape, x.shape[-1:]) for v in (mean, variance))
        return x.with_shape(UNKNOWN) if alone else x
    if isinstance(axis, (tuple, list)):
        raise Fault(FaultKind.ARGUMENT_TYPE, argument="axis", expected="an integer", found=axis)
    at = axis_in(axis, len(x.shape), shape=x.shape)
    if isinstance(at, Unknown):
        return x
    expected = x.shape[at : at + 1]
    given = {"mean": mean, "variance": variance, "offset": offset, "scale": scale}
    for name, value in given.items():
        found = spec_of(value).shape
        if value is not None and not exactly(found, expected):
            raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=expected, found=found)
    return x


@op("one_hot", tensors=("x",))
def one_hot(
    x: TensorSpec, num_classes: Any, axis: Any, dtype: Any, lenient: bool = False
) -> TensorSpec:
    """One more axis, of all classes."""
    result = dtype_argument(dtype, "float32")
    at = UNKNOWN if lenient and axis is None else integer(axis, "axis")
    if isinstance(x.shape, Unknown):
        return TensorSpec(UNKNOWN, result)
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * (len(x.shape) + 1), result)
    return TensorSpec(_with_classes(x.shape, dim_of(num_classes), at, lenient=lenient), result)


def _with_classes(shape: Dims, count: Dim, axis: int, *, lenient: bool) -> Dims:
    if axis == -1 or (lenient and axis == len(shape)):
        return (*shape, count)
    if not 0 <= axis < len(shape):
        raise Fault(
            FaultKind.AXIS_RANGE,
            argument="axis",
            input=0,
            expected=len(shape),
            found=axis,
            shape=shape,
        )
    return (*shape[:axis], count, *shape[axis:])


@op("multi_hot", ranked=("inputs",))
def multi_hot(
    inputs: TensorSpec, num_classes: Any, axis: Any, kwargs: Any, lenient: bool = False
) -> TensorSpec:
    """One axis of all classes in place of the last one."""
    if num_classes is None and isinstance(kwargs, dict):
        num_classes = kwargs.get("num_tokens")
    if num_classes is None:
        raise Fault(FaultKind.MISSING_ARGUMENT, argument="num_classes")
    at = integer(axis, "axis")
    shape = known(inputs.shape)
    if isinstance(at, Unknown):
        return TensorSpec((UNKNOWN,) * max(len(shape), 1), UNKNOWN)
    full = _with_classes(shape, dim_of(num_classes), at, lenient=lenient)
    dims = full[-1:] if len(full) == 2 else (full[0], *full[2:])
    return TensorSpec(dims, UNKNOWN)


@op("binary_crossentropy", tensors=("target", "output"))
def binary_crossentropy(target: TensorSpec, output: TensorSpec) -> TensorSpec:
    """One loss for each element; both shapes are equal."""
    _check_equal(target, output)
    return output


@op("categorical_crossentropy", tensors=("target", "output"))
def categorical_crossentropy(target: TensorSpec, output: TensorSpec) -> TensorSpec:
    """One loss for each distribution along the last axis; both shapes are equal."""
    _check_equal(target, output)
    if isinstance(output.shape, Unknown):
        return output
    if not output.shape:
        raise rank_fault(output.shape, 1, minimum=True)
    return output.with_shape(output.shape[:-1])


def _check_equal(target: TensorSpec, output: TensorSpec) -> None:
    if certainly_different(target.shape, output.shape):
        raise pair_fault((target.shape, output.shape))


@op("sparse_categorical_crossentropy", ranked=("target", "output"))
def sparse_categorical_crossentropy(
    target: TensorSpec, output: TensorSpec, axis: Any
) -> TensorSpec:
    """One loss for each class index; the target is the output without its classes."""
    shape, given = known(output.shape), known(target.shape)
    if not shape:
        raise rank_fault(shape, 1, minimum=True, input=1)
    at = axis_in(axis, len(shape), shape=shape)
    if len(given) == len(shape) and given[-1] == 1:
        given = given[:-1]
    elif len(given) == len(shape) and not isinstance(given[-1], int):
        return output.with_shape((UNKNOWN,) * (len(shape) - 1))
    if isinstance(at, Unknown):
        return output.with_shape((UNKNOWN,) * (len(shape) - 1))
    rest = (*shape[:at], *shape[at + 1 :])
    if certainly_different(given, rest):
        raise pair_fault((given, rest))
    return output.with_shape(rest)


@op("ctc_loss", ranked=("target", "output"), tensors=("target_length", "output_length"))
def ctc_loss(
    target: TensorSpec,
    output: TensorSpec,
    *,
    target_length: TensorSpec,
    output_length: TensorSpec,
    lenient: bool = False,
) -> TensorSpec:
    """One loss for each sequence."""
    for lengths in (target_length.shape, output_length.shape):
        both = (known(target.shape), lengths)
        if not isinstance(lengths, Unknown) and all(both):
            fits = exactly(both[0][:1], lengths[:1])
            if differ(both[0][0], lengths[0]) or not (fits or lenient):
                raise pair_fault(both, 0, 0)
    a, b = known(target.shape), known(output.shape)
    if not a or not b:
        return TensorSpec(UNKNOWN, UNKNOWN)
    if differ(a[0], b[0]):
        raise pair_fault((a, b), 0, 0)
    return TensorSpec(a[:1], UNKNOWN)


@op("ctc_decode", ranked=("inputs",), many=True)
def ctc_decode(inputs: TensorSpec, strategy: Any, top_paths: Any) -> Nest:
    """The best ways to read each sequence, and how good they are."""
    shape = known(inputs.shape)
    if len(shape) < 2:
        raise rank_fault(shape, 3)
    paths = 1 if strategy == "greedy" else dim_of(top_paths)
    if not isinstance(strategy, str):
        paths = UNKNOWN
    places = TensorSpec((paths, *shape[:2]), "int32")
    return places, TensorSpec((shape[0], paths), UNKNOWN)


@op("dot_product_attention", tensors=("query", "key", "value"))
def dot_product_attention(query: TensorSpec, key: TensorSpec, value: TensorSpec) -> TensorSpec:
    """The shape of the query."""
    return TensorSpec(query.shape, result_dtype(query, key, value))


@op("psnr", ranked=("x1", "x2"))
def psnr(x1: TensorSpec, x2: TensorSpec) -> TensorSpec:
    """One number for two tensors of one rank."""
    if len(known(x1.shape)) != len(known(x2.shape)):
        raise pair_fault((x1.shape, x2.shape))
    return TensorSpec((), "float32")
