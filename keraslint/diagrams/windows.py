"""What a layer looks at to make one position of its output, as numbers; drawn elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from keraslint.analysis import LayerRow
from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.knowledge.layers.conv import (
    Conv,
    Convolution,
    ConvTranspose,
    DepthwiseConv,
    SeparableConv,
)
from keraslint.knowledge.layers.conv_recurrent import ConvLSTM
from keraslint.knowledge.layers.dense import Dense
from keraslint.knowledge.layers.einsum_dense import EinsumDense
from keraslint.knowledge.layers.embedding import Embedding
from keraslint.knowledge.layers.pooling import AdaptivePooling, GlobalPooling, Pooling
from keraslint.knowledge.layers.recurrent import RNN
from keraslint.knowledge.layers.reshaping import Flatten, Permute, RepeatVector, Reshape
from keraslint.knowledge.layers.resizing import Bordered, Cropping, UpSampling, ZeroPadding
from keraslint.knowledge.layers.spatial import Spatial
from keraslint.knowledge.layers.wrappers import Bidirectional, TimeDistributed
from keraslint.tensors.dims import Dim, Unknown, floor_divide
from keraslint.tensors.shapes import Shape

Pairs = tuple[tuple[int, int], ...]
WHOLE = None


@dataclass(frozen=True, slots=True)
class Patch:
    """A part of a tensor: positions along each spatial axis, and channels; `WHOLE` for all."""

    spatial: tuple[int | None, ...]
    channels: int | None = WHOLE


@dataclass(frozen=True, slots=True)
class Window:
    """How one part of the output comes from one part of the input.

    Attributes:
        source, target: the part of the input, and what it becomes.
        strides, dilation: by spatial axis.
        padding: zeros before and after each spatial axis of the input.
        label: the size of the window, as people write it.
        result: what one position of the output holds.
        on_target: whether the window is the target's: one position is spread over many.
        slides: the spatial axes along which it moves; -1 for backwards.
        frame: what is cut off or added before and after each spatial axis.
        framed: the tensor that has the frame.
        noun: what the window is called.
        zeros: the name of the padding.
    """

    source: Patch
    target: Patch
    label: str = ""
    result: str = ""
    strides: tuple[int, ...] = ()
    dilation: tuple[int, ...] = ()
    padding: Pairs = ()
    on_target: bool = False
    slides: tuple[int, ...] = ()
    frame: Pairs = ()
    framed: Literal["source", "target", ""] = ""
    noun: str = "one window"
    zeros: str = ""


def window_of(row: LayerRow) -> Window | None:
    """The window of a layer; `None` if it has none, or its size is not known."""
    layer = row.operation
    if len(row.inputs) != 1 or not row.outputs:
        return None
    for cls, make in MAKERS:
        if isinstance(layer, cls):
            return make(layer, row.inputs[0])
    return None


def channels_first(row: LayerRow) -> bool:
    """Whether the layer's tensors have their channels before the spatial axes."""
    return getattr(row.operation, "data_format", None) == "channels_first"


def _convolution(layer: Convolution, shape: Shape) -> Window | None:
    kernel, channels = _ints(layer.kernel_size), _channels(layer, shape)
    if kernel is None:
        return None
    window = Window(
        Patch(kernel),
        Patch((1,) * len(kernel)),
        _label(kernel, channels),
        say("1 value per filter"),
        _ints(layer.strides) or (1,) * len(kernel),
        _ints(layer.dilation) or (1,) * len(kernel),
        slides=tuple(range(len(kernel))),
    )
    window = _padded(window, layer.padding, _spatial(layer, shape))
    window = replace(window, noun="one kernel window")
    if isinstance(layer, (DepthwiseConv, SeparableConv)):
        return _by_channel(layer, window, kernel)
    if isinstance(layer, Conv):
        return _in_groups(layer, window, kernel, channels)
    return window


def _by_channel(layer: Convolution, window: Window, kernel: tuple[int, ...]) -> Window:
    """One channel at a time; a separable convolution mixes the results afterwards."""
    multiplier = getattr(layer, "multiplier", 1)
    of_channel = multiplier if isinstance(multiplier, int) else 1
    mixed = isinstance(layer, SeparableConv)
    return replace(
        window,
        source=Patch(kernel, 1),
        target=Patch(window.target.spatial, WHOLE if mixed else of_channel),
        label=_label(kernel, 1),
        result=(
            say("1 value per filter")
            if mixed
            else say("{} per channel", words.count(of_channel, "value"))
        ),
    )


def _in_groups(layer: Conv, window: Window, kernel: tuple[int, ...], channels: Dim) -> Window:
    if not isinstance(layer.groups, int) or layer.groups <= 1:
        return window
    part = floor_divide(channels, layer.groups)
    filters = floor_divide(layer.filters, layer.groups)
    return replace(
        window,
        source=Patch(kernel, part if isinstance(part, int) else WHOLE),
        target=Patch(window.target.spatial, filters if isinstance(filters, int) else WHOLE),
        label=_label(kernel, part),
        result=say("1 value per filter of the group"),
    )


def _transposed(layer: ConvTranspose, shape: Shape) -> Window | None:
    kernel = _ints(layer.kernel_size)
    if kernel is None:
        return None
    return Window(
        Patch((1,) * len(kernel)),
        Patch(kernel),
        _label(kernel, layer.filters),
        say("spread by the kernel"),
        _ints(layer.strides) or (1,) * len(kernel),
        _ints(layer.dilation) or (1,) * len(kernel),
        on_target=True,
        slides=tuple(range(len(kernel))),
    )


def _pooling(layer: Pooling, shape: Shape) -> Window | None:
    size = _ints(layer.pool_size)
    if size is None:
        return None
    word = "max" if layer.name.startswith("Max") else "mean"
    window = Window(
        Patch(size, 1),
        Patch((1,) * len(size), 1),
        _label(size, 1),
        say(f"the {word}, channel by channel"),
        _ints(layer.strides) or (1,) * len(size),
        (1,) * len(size),
        slides=tuple(range(len(size))),
    )
    window = replace(window, noun="one pooling window")
    return _padded(window, layer.arguments.get("padding"), _spatial(layer, shape))


def _global(layer: Any, shape: Shape) -> Window:
    word = "max" if "Max" in layer.name else "mean"
    return Window(
        Patch((WHOLE,) * layer.spatial_rank, 1),
        Patch((WHOLE,) * layer.spatial_rank, 1),
        _label(_spatial(layer, shape), 1),
        say(f"the {word} of a channel"),
    )


def _upsampling(layer: UpSampling, shape: Shape) -> Window | None:
    factors = _ints(layer.factors)
    if factors is None:
        return None
    return Window(
        Patch((1,) * len(factors)),
        Patch(factors),
        words.product(factors, words.TIMES),
        say("repeated"),
        factors,
        (1,) * len(factors),
        on_target=True,
    )


def _bordered(layer: Bordered, shape: Shape) -> Window | None:
    pairs = tuple(
        (before, after)
        for before, after in layer.pairs
        if isinstance(before, int) and isinstance(after, int)
    )
    if len(pairs) < len(layer.pairs):
        return None
    whole = Patch((WHOLE,) * len(pairs))
    framed: Literal["source", "target"] = "source" if isinstance(layer, Cropping) else "target"
    result = say("zeros added" if isinstance(layer, ZeroPadding) else "cut off")
    return Window(whole, whole, result=result, frame=pairs, framed=framed)


def _dense(layer: Dense, shape: Shape) -> Window | None:
    if isinstance(shape, Unknown):
        return None
    before = len(shape) - 2
    ones = (1,) * before
    label = _label(ones, shape[-1])
    if not before:
        return Window(Patch(()), Patch((), 1), label, say("1 unit sees every feature"))
    return Window(
        Patch(ones), Patch(ones), label, say("1 value per unit"), slides=tuple(range(before))
    )


def _recurrent(layer: RNN, shape: Shape) -> Window | None:
    if isinstance(shape, Unknown) or len(shape) != 3:
        return None
    every = layer.return_sequences is True
    units = getattr(layer, "arguments", {}).get("units")
    label = _label((1,), shape[-1])
    return Window(
        Patch((1,)),
        Patch((1,) if every else (WHOLE,)),
        label if units is None else say("{} + state {}", label, words.plain(units)),
        say("the state at each step" if every else "the state after the last step"),
        slides=(-1,) if layer.go_backwards is True else (0,),
    )


def _bidirectional(layer: Bidirectional, shape: Shape) -> Window | None:
    forward = layer.forward_layer
    if isinstance(forward, (Unknown, ConvLSTM)):
        return None
    window = _recurrent(forward, shape)
    return None if window is None else replace(window, slides=(0, -1))


def _distributed(layer: TimeDistributed, shape: Shape) -> Window | None:
    """A dense layer on each step is a dense layer on all of them."""
    return _dense(layer.layer, shape) if isinstance(layer.layer, Dense) else None


def _embedding(layer: Embedding, shape: Shape) -> Window | None:
    if isinstance(shape, Unknown) or len(shape) < 2:
        return None
    ones = (1,) * (len(shape) - 1)
    return Window(
        Patch(ones),
        Patch(ones),
        say("1 index"),
        say("one vector per index"),
        slides=tuple(range(len(ones)))[:1],
    )


def _reordered(layer: Any, shape: Shape) -> Window:
    words_of = {
        "Flatten": "the same values in a row",
        "Reshape": "the same values, other axes",
        "Permute": "the same values, axes swapped",
        "RepeatVector": "the same vector at each step",
    }
    return Window(Patch(()), Patch(()), result=say(words_of.get(layer.name, "the same values")))


MAKERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, Shape], Window | None]], ...] = (
    (ConvTranspose, _transposed),
    (Convolution, _convolution),
    (Pooling, _pooling),
    ((GlobalPooling, AdaptivePooling), _global),
    (UpSampling, _upsampling),
    (Bordered, _bordered),
    (ConvLSTM, lambda layer, shape: None),
    (RNN, _recurrent),
    (Bidirectional, _bidirectional),
    (TimeDistributed, _distributed),
    (Embedding, _embedding),
    ((Dense, EinsumDense), _dense),
    ((Flatten, Reshape, Permute, RepeatVector), _reordered),
)


def effective(size: int, dilation: int) -> int:
    """The extent of a dilated window."""
    return (size - 1) * dilation + 1


def _ints(values: tuple[Dim, ...]) -> tuple[int, ...] | None:
    """The sizes, if all of them are known."""
    known = tuple(value for value in values if isinstance(value, int))
    return known if len(known) == len(values) else None


def _channels(layer: Spatial, shape: Shape) -> Dim:
    return shape if isinstance(shape, Unknown) else layer.channels(shape)


def _spatial(layer: Spatial, shape: Shape) -> tuple[Dim, ...]:
    if isinstance(shape, Unknown):
        return (shape,) * layer.spatial_rank
    return layer.spatial_dims(shape)


def _padded(window: Window, kind: object, spatial: tuple[Dim, ...]) -> Window:
    """The window with the zeros around the input; for a stride of 1 where dims are unknown."""
    if not isinstance(kind, str) or kind not in {"same", "causal"}:
        return window
    pairs = []
    for axis, size in enumerate(window.source.spatial):
        assert size is not None
        extent = effective(size, window.dilation[axis])
        length = spatial[axis] if axis < len(spatial) else None
        pairs.append(_zeros(extent, window.strides[axis], length, kind == "causal"))
    return replace(window, padding=tuple(pairs), zeros=kind)


def _zeros(extent: int, stride: int, length: Dim, causal: bool) -> tuple[int, int]:
    if causal:
        return extent - 1, 0
    missing = extent - 1
    if isinstance(length, int):
        positions = -(-length // stride)
        missing = max((positions - 1) * stride + extent - length, 0)
    return missing // 2, missing - missing // 2


def _label(sizes: tuple[Dim, ...], channels: Dim) -> str:
    return words.product((*sizes, channels), words.TIMES)
