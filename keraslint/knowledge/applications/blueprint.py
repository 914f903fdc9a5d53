"""What a function of ``keras.applications`` builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keraslint.knowledge.layers.base import Layer
from keraslint.tensors.dims import Unknown

GIVEN = -1
"""Stands among the inbound indices for the tensor that the caller gave as ``input_tensor``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One layer or operator, applied once.

    Attributes:
        class_name: its class in Keras.
        name: its name; ``None`` if Keras makes one up.
        arguments: the constructor arguments that differ from the defaults, without the name; for
            an operator between a tensor and a number, that number as ``other``.
        inbound: the earlier entries whose outputs it takes, or `GIVEN`. More than one make a list,
            but for operators, which take them one by one.
        operator: ``+`` or ``*`` if it is no layer, but what Python's operator makes of tensors.
        inner: the layers of a ``Sequential``.
    """

    class_name: str
    name: str | None | Unknown
    arguments: Mapping[str, Any]
    inbound: tuple[int, ...]
    operator: str | None = None
    inner: tuple[Entry, ...] = ()

    def layer(self) -> Layer:
        """The configured layer; not for operators and ``Sequential``.

        Raises:
            Fault: Keras refuses the arguments.
        """
        from keraslint.knowledge.applications.custom import LAYERS
        from keraslint.knowledge.construct import construct
        from keraslint.knowledge.layers.registry import find

        arguments = {**self.arguments, "name": self.name}
        own = LAYERS.get(self.class_name)
        if own is not None:
            return own(arguments)
        cls = find(self.class_name)
        if cls is None:
            raise LookupError(self.class_name)
        return construct(cls, (), arguments)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A functional model as the list of its parts.

    Attributes:
        name: the model's name; ``None`` if Keras makes one up.
        entries: in the order in which they are created.
        input: the entry that is the model's input, or `GIVEN`: then the inputs are those from
            which the given tensor comes.
        output: the entry that is the model's output; ``None`` if an unknown argument decides what
            follows the last entry.
        complete: whether no unknown argument adds or leaves out a layer.
    """

    name: str | None | Unknown
    entries: tuple[Entry, ...]
    input: int
    output: int | None
    complete: bool
