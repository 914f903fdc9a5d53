"""The functions on tensors that ``tf.keras.backend`` has: those of ``keras.ops``, by old names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.ops import call_op
from keraslint.interpreter.libraries.registry import Model, external
from keraslint.interpreter.values import Arguments, Value
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

SAME = (
    *("abs", "all", "any", "argmax", "argmin", "cast", "clip", "concatenate", "cos", "cumprod"),
    *("cumsum", "dot", "equal", "exp", "expand_dims", "greater", "greater_equal", "less"),
    *("less_equal", "log", "max", "maximum", "mean", "min", "minimum", "not_equal", "ones_like"),
    *("one_hot", "prod", "reshape", "round", "sigmoid", "sign", "sin", "softplus", "softsign"),
    *("sqrt", "square", "squeeze", "stack", "std", "stop_gradient", "sum", "tanh", "tile"),
    *("transpose", "var", "zeros_like", "ones", "zeros", "eye"),
)
RENAMED = {
    "permute_dimensions": "transpose",
    "pow": "power",
    "flatten": "ravel",
    "repeat_elements": "repeat",
}
AXES = {"expand_dims": -1, "argmax": -1, "argmin": -1, "concatenate": -1, "cumsum": 0, "cumprod": 0}
"""The axis that an old function takes where the new one has none, or another."""
SHAPE_KEPT = (
    "l2_normalize",
    "reverse",
    "relu",
    "elu",
    "softmax",
    "hard_sigmoid",
    "identity",
    "dropout",
)


def _model(function: str, *, first_only: bool = False) -> Model:
    """A model of an old function; what it refuses, as all symbolic tensors, is not told."""

    def model(frame: Frame, arguments: Arguments, node: Any) -> Value:
        values = [*arguments.positional, *arguments.keywords.values()]
        if any(tensor.flavour == "keras" for value in values for tensor in tensors_in(value)):
            return UNKNOWN
        if first_only:
            arguments = Arguments([arguments.get(0, "x", UNKNOWN)])
        elif function in AXES and len(arguments.positional) < 2:
            keywords = {"axis": AXES[function], **arguments.keywords}
            arguments = Arguments(arguments.positional, keywords, arguments.open)
        frame.machine.catching += 1
        try:
            return call_op(frame, f"keras.ops.{function}", arguments, node)
        finally:
            frame.machine.catching -= 1

    return model


for _old, _new in {**dict.fromkeys(SAME), **RENAMED}.items():
    external(f"keras.backend.{_old}")(_model(_new or _old))
for _old in SHAPE_KEPT:
    external(f"keras.backend.{_old}")(_model("abs", first_only=True))
