"""What layers and models share: a name, a place, attributes, being called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.heap import Mutable, State
from keraslint.interpreter.values import Arguments, Value
from keraslint.knowledge.layers.base import Weight, count
from keraslint.tensors.dims import UNKNOWN, Unknown

if TYPE_CHECKING:
    from keraslint.analysis import Frame as Provenance
    from keraslint.analysis import Place
    from keraslint.interpreter.scopes import Frame


class KerasObject(Mutable):
    """A layer or model made by the program.

    Attributes:
        name: Keras's name of it; unknown if it was given by an unknown value.
        class_name: Keras's (or the program's) class name.
        place: the construction, `None` for what Keras makes itself.
        provenance: the helper calls and loop iterations that led to it.
        trainable: as set by the program.
        attributes: whatever else the program has set.
    """

    is_input = False

    def __init__(self, name: Any, class_name: str, place: Place | None) -> None:
        super().__init__()
        self.name = name
        self.class_name = class_name
        self.place = place
        self.provenance: tuple[Provenance, ...] = ()
        self.trainable: Any = True
        self.attributes: dict[str, Value] = {}

    def merge(self, states: list[State], join: Callable[[Any, Any], Any]) -> State:
        """What the program set is joined; of the object's own state the last is kept, loose."""
        merged = dict(states[0])
        for state in states[1:]:
            merged |= {name: value for name, value in state.items() if name not in _JOINED}
            for name in _JOINED:
                merged[name] = _join_attribute(merged[name], state[name], join)
        return merged

    def call(self, frame: Frame, arguments: Arguments, node: Any) -> Value:
        """Apply it."""
        return UNKNOWN

    def note_variable(self, name: str, frame: Frame) -> None:
        """Something is bound to it: a name, or, if that is empty, what a function returns."""

    def give_away(self, frame: Frame) -> None:
        """Something unknown gets hold of it."""

    def attribute(self, frame: Frame, name: str, node: Any) -> Value:
        """What ``self.name`` is."""
        if name in self.attributes:
            return self.attributes[name]
        if name == "name":
            return self.name
        if name == "trainable":
            return self.trainable
        if name == "count_params":
            from keraslint.interpreter.values import Builtin

            return Builtin("count_params", lambda frame, arguments: _or_unknown(self.params()))
        return UNKNOWN

    def set_attribute(self, frame: Frame, name: str, value: Value) -> None:
        """``self.name = value``."""
        frame.machine.heap.touch(self)
        if name == "trainable":
            self.set_trainable(frame, value)
        elif name in ("name", "_name"):
            self.name = value if isinstance(value, str) else UNKNOWN
        else:
            self.attributes[name] = value

    def set_trainable(self, frame: Frame, value: Value) -> None:
        """Freeze or thaw it and everything inside."""
        frame.machine.heap.touch(self)
        self.trainable = value if isinstance(value, bool) else UNKNOWN
        for part in self.parts():
            part.set_trainable(frame, value)

    def parts(self) -> list[KerasObject]:
        """The layers and models directly inside."""
        return []

    def weights(self) -> tuple[tuple[int, Weight], ...] | None:
        """Its weights with the identities of their owners, frozen if those are."""
        return ()

    def params(self) -> int | None:
        """The number of its weights, shared ones once; `None` if unknown."""
        weights = self.weights()
        return None if weights is None else count(tuple(weight for _, weight in weights))

    def trainable_params(self) -> int | None:
        """The number of its weights that are trained, `None` if unknown."""
        weights = self.weights()
        if weights is None or any(isinstance(w.trainable, Unknown) for _, w in weights):
            return None
        return count(tuple(weight for _, weight in weights if weight.trainable))


_JOINED = ("attributes", "trainable", "name")


def _join_attribute(a: Any, b: Any, join: Callable[[Any, Any], Any]) -> Any:
    if isinstance(a, dict):
        return {
            key: join(a[key], b[key]) if key in a and key in b else (a | b)[key] for key in a | b
        }
    return a if a == b else UNKNOWN


def _or_unknown(value: int | None) -> Value:
    return UNKNOWN if value is None else value


def frozen(weights: tuple[Weight, ...], trainable: Any) -> tuple[Weight, ...]:
    """Weights as seen through an owner's ``trainable``."""
    if trainable is True:
        return weights
    return tuple(
        Weight(w.shape, False if False in (trainable, w.trainable) else UNKNOWN, w.name)
        for w in weights
    )


def merged(parts: list[KerasObject]) -> tuple[tuple[int, Weight], ...] | None:
    """The weights of several objects, what they share once; `None` if any is unknown."""
    found: dict[int, list[tuple[int, Weight]]] = {}
    for part in parts:
        weights = part.weights()
        if weights is None:
            return None
        fresh: dict[int, list[tuple[int, Weight]]] = {}
        for owner, weight in weights:
            fresh.setdefault(owner, []).append((owner, weight))
        for owner, group in fresh.items():
            found.setdefault(owner, group)
    return tuple(item for group in found.values() for item in group)


def keras_side(value: Value) -> KerasObject | None:
    """The layer or model that a value is, `None` if it is none."""
    if isinstance(value, KerasObject):
        return value
    keras = getattr(value, "keras", None)
    return keras if isinstance(keras, KerasObject) else None
