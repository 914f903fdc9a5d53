"""TensorFlow, as far as shapes go: functions on tensors, function decorators, datasets."""

from __future__ import annotations

from functools import partial
from typing import Any

from keraslint.interpreter.calls import call
from keraslint.interpreter.iteration import element_of
from keraslint.interpreter.libraries import (  # the models register themselves
    tensorflow_data,
    tensorflow_image,
    tensorflow_math,
    tensorflow_shaping,
    tensorflow_values,
)
from keraslint.interpreter.libraries.registry import attribute, external
from keraslint.interpreter.libraries.tensorflow_values import operand, tensor
from keraslint.interpreter.operators import truth
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Arguments, External, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Unknown

attribute("tensorflow.newaxis", lambda: None)


@external(
    "tensorflow.function",
    "tensorflow.autograph.experimental.do_not_convert",
    "tensorflow.custom_gradient",
    "tensorflow.recompute_grad",
)
def _decorator(frame: Frame, arguments: Arguments, node: Any) -> Value:
    function = arguments.get(0, "func")
    return External("tensorflow.function") if function is None else function


@external(
    "tensorflow.random.set_seed",
    "tensorflow.print",
    "tensorflow.debugging.assert_equal",
    "tensorflow.config.run_functions_eagerly",
)
def _nothing(frame: Frame, arguments: Arguments, node: Any) -> Value:
    return None


@external("tensorflow.cond")
def _cond(frame: Frame, arguments: Arguments, node: Any) -> Value:
    verdict = truth(arguments.get(0, "pred", UNKNOWN))
    branches = (arguments.get(1, "true_fn", UNKNOWN), arguments.get(2, "false_fn", UNKNOWN))
    if verdict is not None:
        return call(frame, branches[not verdict], Arguments(), node)
    return frame.machine.either(
        [partial(call, frame, branch, Arguments(), node) for branch in branches]
    )


@external("tensorflow.map_fn", "tensorflow.vectorized_map")
def _map_fn(frame: Frame, arguments: Arguments, node: Any) -> Value:
    function, elements = arguments.get(0, "fn", UNKNOWN), arguments.get(1, "elems", UNKNOWN)
    if isinstance(elements, (tuple, Sequence_)):
        return UNKNOWN
    rows = operand(elements)
    result = call(frame, function, Arguments([element_of(rows)]), node)
    shape = rows.spec.shape
    if not isinstance(result, Tensor) or isinstance(shape, Unknown) or not shape:
        return UNKNOWN
    inner = result.spec.shape
    signature = arguments.keywords.get("fn_output_signature")
    dtype = result.spec.dtype if signature is None else UNKNOWN
    return tensor(UNKNOWN if isinstance(inner, Unknown) else (shape[0], *inner), dtype)


__all__ = [
    "tensorflow_data",
    "tensorflow_image",
    "tensorflow_math",
    "tensorflow_shaping",
    "tensorflow_values",
]
