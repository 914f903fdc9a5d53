"""What holds for all of Keras until a program sets something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.interpreter.heap import Mutable
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.machine import Machine

SETTERS = {
    "data_format": "set_image_data_format",
    "floatx": "set_floatx",
    "policy": "set_dtype_policy",
}


class Defaults(Mutable):
    """The layout of images, the dtype, and what layers compute in (`None`: in that dtype)."""

    def __init__(self) -> None:
        super().__init__()
        self.data_format: Any = "channels_last"
        self.floatx: Any = "float32"
        self.policy: Any = None


def doubt(machine: Machine) -> None:
    """Before code that anybody may call: leave open what other functions of the program set."""
    defaults, plain = machine.defaults, Defaults()
    main = machine.program.main
    for name, setter in SETTERS.items():
        if main.mentions(setter) and getattr(defaults, name) == getattr(plain, name):
            machine.heap.touch(defaults)
            setattr(defaults, name, UNKNOWN)
