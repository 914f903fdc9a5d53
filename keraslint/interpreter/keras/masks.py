"""Masks as Keras hands them on: which steps of a tensor mean nothing.

A mask is a symbolic tensor of its own. What computes it belongs to the graph of a model wherever a
layer takes the mask as an argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.names import without
from keraslint.interpreter.keras.ops import call_op
from keraslint.interpreter.keras.reporting import call_place
from keraslint.interpreter.values import Arguments, Builtin, Function, Instance, List, Tensor, Value
from keraslint.knowledge.arguments import compute_dtype
from keraslint.tensors.dims import UNKNOWN, Unknown

if TYPE_CHECKING:
    from keraslint.analysis import Place
    from keraslint.interpreter.keras.layers import LayerObject
    from keraslint.interpreter.operations import Node
    from keraslint.interpreter.scopes import Frame
    from keraslint.knowledge.layers.base import Layer

Masks = list[Tensor | None]


def taken(arguments: Arguments) -> tuple[Tensor, ...]:
    """The mask that a layer takes with its one tensor, so that it is part of the graph."""
    if len(arguments.positional) != 1 or arguments.keywords:
        return ()
    value = arguments.positional[0]
    return (value.mask,) if isinstance(value, Tensor) and value.mask is not None else ()


def taken_by(made: LayerObject, arguments: Arguments) -> tuple[Tensor, ...]:
    """The masks that a layer is given, or takes; it takes none if it has to convert its tensor."""
    named = [value for name, value in arguments.keywords.items() if "mask" in name]
    if named:
        given = (tensor for value in named for tensor in tensors_in(value))
        return tuple(tensor for tensor in given if tensor.flavour == "keras")
    layer = made.layer
    masks = taken(arguments)
    if layer is None or not masks or "mask" not in layer.call_arguments:
        return ()
    own = layer.arguments.get("dtype")
    computes = made.computes if own is None else compute_dtype(layer.arguments)
    dtypes = (computes, arguments.positional[0].spec.dtype)
    known = not any(isinstance(dtype, Unknown) for dtype in dtypes)
    return () if known and dtypes[0] != dtypes[1] else masks


def hand_on_own(
    frame: Frame, instance: Instance, arguments: Arguments, node: Node, result: Value
) -> None:
    """What becomes of masks in a layer of the program."""
    from keraslint.interpreter.calls import call as call_function
    from keraslint.interpreter.classes import bind_attribute, lookup
    from keraslint.interpreter.functions import parameters_of

    call = lookup(instance.cls, "call")
    if isinstance(call, Function) and "mask" in parameters_of(frame, call).positional:
        node.masks = taken(arguments)
    outputs = tensors_in(result)
    if not arguments.positional or not outputs:
        return
    first = arguments.positional[0]
    compute = lookup(instance.cls, "compute_mask")
    if isinstance(compute, Function):
        mask = first.mask if isinstance(first, Tensor) else None
        bound = bind_attribute(frame, instance, instance.cls, compute)
        computed = call_function(frame, bound, Arguments([first, mask]), None)
        outputs[0].mask = computed if isinstance(computed, Tensor) else None
    elif instance.attributes.get("supports_masking") is True:
        for tensor, given in zip(outputs, tensors_in(first), strict=False):
            tensor.mask = given.mask


def computed_by(made: LayerObject) -> Builtin:
    """The layer's ``compute_mask``."""

    def compute(frame: Frame, arguments: Arguments) -> Value:
        first, mask = arguments.get(0, "inputs", UNKNOWN), arguments.get(1, "mask")
        place = call_place(frame, frame.machine.current_call)
        if made.layer is None or not tensors_in(first):
            return UNKNOWN
        masks = _computed(frame, made.layer, first, list(tensors_in(mask)), place)
        return masks[0] if len(masks) == 1 else UNKNOWN

    return Builtin("compute_mask", compute)


def hand_on(
    frame: Frame, made: LayerObject, arguments: Arguments, result: Value, place: Place
) -> None:
    """Give the outputs of a layer their masks."""
    layer = made.layer
    if layer is None or not layer.masking:
        return
    first = arguments.get(0, layer.call_arguments[0])
    before = dict(frame.machine.names.counts)
    frame.machine.catching += 1
    try:
        masks = _computed(frame, layer, first, _given(arguments, first), place)
    finally:
        frame.machine.catching -= 1
    made.names_of_masks = without(frame.machine.names.counts, before)
    for tensor, mask in zip(tensors_in(result), masks, strict=False):
        tensor.mask = mask


def _given(arguments: Arguments, first: Value) -> Masks:
    """The mask that the program gives, else those that the first input has."""
    mask = arguments.keywords.get("mask")
    if mask is not None:
        return list(tensors_in(mask))
    return [tensor.mask for tensor in tensors_in(first)]


def _computed(frame: Frame, layer: Layer, first: Value, masks: Masks, place: Place) -> Masks:
    """The masks of the outputs, one after the other."""

    def op(name: str, *values: Value, **options: Value) -> Any:
        return call_op(frame, f"keras.ops.{name}", Arguments([*values], options), place)

    if layer.masking == "made":
        return _made(layer, first, op)
    known = [mask for mask in masks if mask is not None]
    if not known or layer.masking == "lost":
        return []
    if layer.masking == "same":
        return masks
    if layer.masking == "first":
        return [op("convert_to_tensor", masks[0])] if masks[0] is not None else []
    if layer.masking == "steps":
        return masks[:1] if getattr(layer, "return_sequences", False) is True else []
    if layer.masking == "both":
        inner = getattr(layer, "forward_layer", None)
        returns = getattr(inner, "return_sequences", False) is True
        return masks[:1] * (2 if layer.arguments["merge_mode"] is None else 1) if returns else []
    if layer.masking == "joined":
        return [_joined(layer, first, masks, op)]
    merged: Any = known[0]
    for mask in known[1:]:
        merged = op("logical_or", merged, mask)
    return [merged] if len(known) == len(masks) else []


def _made(layer: Layer, first: Value, op: Any) -> Masks:
    """The mask that a layer makes of its input."""
    if "mask_value" in layer.arguments:
        return [op("any", op("not_equal", first, layer.arguments["mask_value"]), axis=-1)]
    return [op("not_equal", first, 0)] if layer.arguments["mask_zero"] is True else []


def _joined(layer: Layer, first: Value, masks: Masks, op: Any) -> Tensor | None:
    """The mask of concatenated tensors, which keeps the steps that any of them keeps."""
    parts: list[Any] = []
    for tensor, mask in zip(tensors_in(first), masks, strict=False):
        if mask is None:
            parts.append(op("ones_like", tensor, dtype="bool"))
        elif _rank(mask) == _rank(tensor):
            parts.append(mask)
        else:
            wide = op("expand_dims", mask, axis=-1)
            parts.append(op("logical_or", wide, op("zeros_like", tensor, dtype="bool")))
    joined = op("concatenate", List(parts), axis=layer.arguments["axis"])
    result = op("any", joined, axis=-1, keepdims=False)
    return result if isinstance(result, Tensor) else None


def _rank(tensor: Tensor) -> int | None:
    shape = tensor.spec.shape
    return None if isinstance(shape, Unknown) else len(shape)
