"""The functions of ``keras.applications.imagenet_utils``, on values that may be unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from keraslint.knowledge.arguments import identifier, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.values import ArrayValue, Callable_
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, differ, modulo, subtract
from keraslint.tensors.specs import TensorSpec

MODES = ("caffe", "tf", "torch")
"""How ``preprocess_input`` may scale."""

FORMATS = ("channels_first", "channels_last")

UNCHANGED = ("convnext", "efficientnet", "efficientnet_v2", "mobilenet_v3")
"""The modules whose ``preprocess_input`` gives back what it gets, whatever that is."""

SOFTMAX = ("softmax", "linear")


def obtain_input_shape(
    input_shape: Any,
    default_size: Any,
    min_size: Any,
    *,
    data_format: Any,
    require_flatten: Any,
    weights: Any = None,
) -> Any:
    """The shape of a model's input, without the batch.

    Args:
        input_shape: what the caller of the model gave.
        default_size: rows and columns if they gave nothing.
        min_size: the fewest rows and columns the model works with.
        data_format: ``channels_last`` or ``channels_first``.
        require_flatten: whether the model has its classifier.
        weights: ``"imagenet"`` makes demands.

    Returns:
        A tuple, or the shape as given; unknown if an argument that matters is.

    Raises:
        Fault: Keras refuses the shape.
    """
    if any(isinstance(value, Unknown) for value in (data_format, require_flatten, weights)):
        return UNKNOWN
    pretrained = isinstance(weights, str) and weights == "imagenet"
    last = data_format != "channels_first"
    given = _items(input_shape)
    channels = 3 if pretrained or given is None or len(given) != 3 else given[-1 if last else 0]
    size = (default_size, default_size)
    default = (*size, channels) if last else (channels, *size)
    if pretrained and require_flatten:
        if input_shape is not None and _unequal(input_shape, default):
            raise _wrong(input_shape, default)
        return default
    if isinstance(input_shape, (Unknown, ArrayValue)):
        return UNKNOWN
    if not input_shape:
        return default if require_flatten else ((None, None, 3) if last else (3, None, None))
    _check_shape(input_shape, given, min_size, last, pretrained)
    if require_flatten and given is not None and any(dim is None for dim in given):
        raise Fault(FaultKind.UNDEFINED_DIMENSION, argument="input_shape", found=input_shape)
    return input_shape


def _items(shape: Any) -> tuple[Any, ...] | None:
    return tuple(plain(item) for item in shape) if isinstance(shape, (tuple, list)) else None


def _check_shape(
    input_shape: Any, given: tuple[Any, ...] | None, least: Any, last: bool, pretrained: bool
) -> None:
    if given is None:
        raise Fault(
            FaultKind.ARGUMENT_TYPE, argument="input_shape", expected="a tuple", found=input_shape
        )
    if len(given) != 3:
        raise _wrong(input_shape, "three integers")
    if pretrained and _is_not(given[-1 if last else 0], 3):
        raise _wrong(input_shape, "3 channels")
    for dim in given[:2] if last else given[1:]:
        if isinstance(dim, (str, tuple, list, dict)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="input_shape",
                expected="integers",
                found=input_shape,
            )
        if isinstance(dim, (int, float)) and isinstance(least, int) and dim < least:
            raise _wrong(input_shape, f"at least {least}x{least}")


def _wrong(found: Any, expected: Any) -> Fault:
    return Fault(FaultKind.INVALID_VALUE, argument="input_shape", expected=expected, found=found)


def _unequal(found: Any, expected: tuple[Any, ...]) -> bool:
    """Whether a value is certainly another than a tuple of dims."""
    if isinstance(found, (Unknown, ArrayValue)):
        return False
    if not isinstance(found, tuple) or len(found) != len(expected):
        return True
    return any(_is_not(plain(a), b) for a, b in zip(found, expected, strict=True))


def _is_not(found: Any, expected: Any) -> bool:
    """Whether a value is certainly another than a number."""
    if isinstance(found, (int, Expr)) and isinstance(expected, (int, Expr)):
        return differ(found, expected)
    if isinstance(found, Unknown) or isinstance(expected, Unknown) or expected is None:
        return False
    return found is None or isinstance(found, (str, tuple, list, dict)) or found != expected


def validate_activation(classifier_activation: Any, weights: Any) -> None:
    """Check that a classifier with pretrained weights has the activation it was trained with.

    Raises:
        Fault: it has another, or one that Keras does not know.
    """
    if weights is None or isinstance(weights, Unknown):
        return
    name = identifier(
        {"classifier_activation": classifier_activation}, "classifier_activation", "activations"
    )
    if isinstance(classifier_activation, Callable_):
        module, _, function = classifier_activation.name.rpartition(".")
        name = function if module == "keras.activations" else UNKNOWN
    if isinstance(name, str) and name not in SOFTMAX:
        raise Fault(
            FaultKind.INVALID_VALUE,
            argument="classifier_activation",
            expected=("softmax", None),
            found=classifier_activation,
        )


def correct_pad(inputs: Any, kernel_size: Any) -> Any:
    """The padding of rows and columns before a convolution with stride 2.

    Args:
        inputs: a `TensorSpec` of images, channels last.
        kernel_size: an integer, or two of them.

    Returns:
        Two pairs of dims, or unknown.

    Raises:
        Fault: rows are known and columns are dynamic.
    """
    if not isinstance(inputs, TensorSpec) or isinstance(inputs.shape, Unknown):
        return UNKNOWN
    kernel = kernel_size if isinstance(kernel_size, (tuple, list)) else (kernel_size, kernel_size)
    if len(inputs.shape) < 3 or len(kernel) < 2 or not all(isinstance(k, int) for k in kernel[:2]):
        return UNKNOWN
    return padding(inputs.shape[1], inputs.shape[2], (kernel[0], kernel[1]))


def padding(rows: Dim, cols: Dim, kernel: tuple[int, int]) -> tuple[tuple[Dim, Dim], ...]:
    """What `correct_pad` gives for images of that size.

    Raises:
        Fault: likewise.
    """
    if rows is None:
        adjust: tuple[Dim, Dim] = (1, 1)
    elif cols is None:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=(None, rows, cols), axis=2)
    else:
        adjust = (subtract(1, modulo(rows, 2)), subtract(1, modulo(cols, 2)))
        if isinstance(rows, Unknown):
            adjust = (UNKNOWN, UNKNOWN)
    half = (kernel[0] // 2, kernel[1] // 2)
    return tuple((subtract(k, a), k) for k, a in zip(half, adjust, strict=True))


def preprocess_input(x: Any, data_format: Any = None, mode: Any = "caffe") -> Any:
    """Images in the range that a model expects.

    Args:
        x: an `ArrayValue` or a `TensorSpec` of one image or more.
        data_format: ``channels_last``, which is the default, or ``channels_first``.
        mode: how to scale; all but ``tf`` need three channels.

    Returns:
        Floats of the same shape; unknown if ``x`` is.

    Raises:
        Fault: there is no such mode or data format, or the channels do not fit.
    """
    if isinstance(mode, Unknown) or isinstance(data_format, Unknown):
        return UNKNOWN
    if mode not in MODES:
        raise Fault(FaultKind.INVALID_VALUE, argument="mode", expected=MODES, found=mode)
    if data_format not in (None, *FORMATS):
        raise Fault(
            FaultKind.INVALID_VALUE, argument="data_format", expected=FORMATS, found=data_format
        )
    if not isinstance(x, (TensorSpec, ArrayValue)):
        return UNKNOWN
    whole = isinstance(x.dtype, str) and "float" not in x.dtype
    if whole and (mode != "caffe" or isinstance(x, ArrayValue)):
        x = replace(x, dtype="float32")
    if mode == "tf":
        return x
    if not isinstance(x.shape, tuple) or len(x.shape) not in (3, 4):
        return replace(x, shape=UNKNOWN)
    axis = len(x.shape) - (3 if data_format == "channels_first" else 1)
    channels = x.shape[axis]
    if isinstance(channels, int) and _misfit(channels, mode, isinstance(x, TensorSpec)):
        raise Fault(FaultKind.INPUT_DIMENSION, input=0, expected=3, found=x.shape, axis=axis)
    if isinstance(x, ArrayValue):
        return x
    return replace(x, shape=(*x.shape[:axis], 3, *x.shape[axis + 1 :]))


def _misfit(channels: int, mode: str, tensor: bool) -> bool:
    """Whether three means cannot be taken from so many channels."""
    if tensor and mode == "torch":
        return channels not in (1, 3)
    return channels < 3


def decode_predictions(preds: Any) -> Any:
    """The names of the likeliest classes.

    Raises:
        Fault: these are not the scores of the 1000 classes of ImageNet.
    """
    shape = preds.shape if isinstance(preds, (TensorSpec, ArrayValue)) else UNKNOWN
    if isinstance(shape, tuple):
        if len(shape) != 2:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=2, found=shape)
        if _is_not(shape[1], 1000):
            raise Fault(FaultKind.INPUT_DIMENSION, input=0, expected=1000, found=shape, axis=1)
    return UNKNOWN
