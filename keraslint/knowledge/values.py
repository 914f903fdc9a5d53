"""How argument values look to the knowledge room.

A value is a Python constant, a `tuple`, `list` or `dict` of values, a `tensors.Expr` (an integer
known by name), a configured `knowledge.layers.Layer`, one of the classes below, or `UNKNOWN`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NumpyScalar:
    """A NumPy number: Keras takes it in some places and refuses it in others."""

    value: int | float | bool
    dtype: str = "int64"


@dataclass(frozen=True, slots=True)
class ArrayValue:
    """A NumPy array given as an argument; only its shape is known. Unknown shape: `UNKNOWN`."""

    shape: object
    dtype: object = "float64"


@dataclass(frozen=True, slots=True)
class Callable_:
    """A function, lambda or callable object, known by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class KerasObject:
    """An instance of a Keras class that is not a layer, such as an initializer or a loss.

    ``path`` is its canonical name, such as ``keras.initializers.HeNormal``; ``options`` are the
    arguments it was made with, by name, `None` if not all of them are known.
    """

    path: str
    options: dict[str, object] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ClassObject:
    """A class given where an instance may be meant. ``path`` as in `KerasObject`."""

    path: str
    kind: str = "class"
