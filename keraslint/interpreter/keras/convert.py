"""From values of the program to values of the knowledge room, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.classes import enum_number
from keraslint.interpreter.keras.objects import keras_side
from keraslint.interpreter.values import (
    Arguments,
    BoundMethod,
    Builtin,
    Class,
    Dict,
    External,
    Function,
    Instance,
    Iterator_,
    OneOf,
    Opaque,
    Partial,
    Sequence_,
    Tensor,
    Value,
    is_constant,
    is_disguised,
)
from keraslint.knowledge.values import ArrayValue, Callable_, ClassObject, KerasObject, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


def to_knowledge(frame: Frame, value: Value) -> Any:
    """A constructor argument as `knowledge.values` describes it."""
    return UNKNOWN if is_bottomless(value) else _known(frame, value)


_PLAIN = frozenset((str, int, type(None), bool, float, Tensor, Unknown))
MAX_NEST = 48
MAX_PARTS = 100_000


def is_bottomless(value: Value) -> bool:
    """Whether a nest contains itself, or is so deep or large that it may as well."""
    level: list[Value] = list(_parts(value))
    if not level:
        return False
    for _ in range(MAX_NEST - 1):
        level = [part for item in level for part in _parts(item)]
        if not level:
            return False
        if len(level) > MAX_PARTS:
            return True
    return True


def _parts(value: Value) -> Iterable[Value]:
    if type(value) in _PLAIN:
        return ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, (Sequence_, Iterator_)):
        return value.items
    return value.items.values() if isinstance(value, Dict) else ()


def _known(frame: Frame, value: Value) -> Any:
    if is_constant(value) or isinstance(value, (Unknown, Expr, NumpyScalar)):
        return value
    if isinstance(value, tuple):
        return tuple(_known(frame, item) for item in value)
    if isinstance(value, (Sequence_, Iterator_)):
        return UNKNOWN if value.open else [_known(frame, item) for item in value.items]
    if isinstance(value, range):
        return tuple(value) if len(value) < 64 else UNKNOWN
    if isinstance(value, Dict):
        if value.open:
            return UNKNOWN
        return {key: _known(frame, item) for key, item in value.items.items()}
    if is_disguised(value):
        return UNKNOWN
    if isinstance(value, Instance) and is_constant(number := enum_number(value)):
        return number
    if isinstance(value, Function):
        return Callable_(value.name)
    if isinstance(value, (BoundMethod, Builtin, Partial)):
        return Callable_("function")
    if isinstance(value, (External, Class, Opaque)):
        return _named(frame, value)
    if isinstance(value, Tensor):
        return _array(value)
    return _layer(frame, value)


def _named(frame: Frame, value: External | Class | Opaque) -> Any:
    if isinstance(value, Class):
        return UNKNOWN
    if isinstance(value, Opaque):
        return _object(frame, value) if value.path.startswith("keras.") else UNKNOWN
    if not value.path.startswith("keras."):
        return UNKNOWN
    from keraslint.knowledge.api import Api

    symbol = Api.load("keras3").resolve(value.path)
    if symbol is None:
        return UNKNOWN
    if symbol.kind == "class":
        return ClassObject(symbol.canonical)
    return Callable_(value.path)


def _object(frame: Frame, value: Opaque) -> Any:
    if value.path == "keras.config.part":
        return value.attributes["value"]
    from keraslint.knowledge.api import Api

    arguments = value.attributes.get("arguments")
    symbol = Api.load("keras3").resolve(value.path)
    if not isinstance(arguments, Arguments) or symbol is None or symbol.signature is None:
        return KerasObject(value.path)
    names = [p.name for p in symbol.signature.parameters if p.name != "self"]
    if arguments.open or len(arguments.positional) > len(names):
        return KerasObject(value.path)
    given = {**dict(zip(names, arguments.positional, strict=False)), **arguments.keywords}
    return KerasObject(value.path, {name: to_knowledge(frame, v) for name, v in given.items()})


def _array(value: Tensor) -> Any:
    if value.flavour == "numpy":
        return ArrayValue(value.spec.shape, value.spec.dtype)
    return UNKNOWN


def _layer(frame: Frame, value: Value) -> Any:
    side = keras_side(value)
    if side is None:
        return UNKNOWN
    from keraslint.interpreter.keras.adapters import adapt

    return adapt(frame, side, value)


def known_arguments(frame: Frame, arguments: Arguments) -> dict[str | int, Any]:
    """Every argument of a call as `knowledge.values` describes it."""
    values = _by_key(arguments)
    return {key: to_knowledge(frame, value) for key, value in values.items()}


def _by_key(arguments: Arguments) -> dict[str | int, Value]:
    by_key: dict[str | int, Value] = dict(enumerate(arguments.positional))
    return by_key | arguments.keywords


def variants(
    frame: Frame, arguments: Arguments, known: dict[str | int, Any]
) -> list[dict[str | int, Any]]:
    """All combinations of a call's arguments where some are one of a few; unknown if too many.

    Args:
        frame: where the call stands.
        arguments: those of the call.
        known: what is known of them.
    """
    combinations = [known]
    for key, value in _by_key(arguments).items():
        if isinstance(value, OneOf):
            choices = value.alternatives
            if len(combinations) * len(choices) > 8:
                choices = (UNKNOWN,)
            items = [to_knowledge(frame, choice) for choice in choices]
            combinations = [{**one, key: item} for one in combinations for item in items]
    return combinations


def to_nest(value: Value) -> Any:
    """A call argument as a nest of `TensorSpec`; other values as they are."""
    return UNKNOWN if is_bottomless(value) else _nest(value)


def _nest(value: Value) -> Any:
    if isinstance(value, Tensor):
        return value.spec
    if isinstance(value, Expr):
        return UNKNOWN
    if isinstance(value, tuple):
        return tuple(_nest(item) for item in value)
    if isinstance(value, (Sequence_, Iterator_)):
        return UNKNOWN if value.open else [_nest(item) for item in value.items]
    if isinstance(value, Dict):
        return UNKNOWN if value.open else {key: _nest(item) for key, item in value.items.items()}
    if is_constant(value) or isinstance(value, Unknown):
        return value
    if isinstance(value, OneOf):
        return UNKNOWN
    return value


def tensors_in(value: Value) -> list[Tensor]:
    """The tensors of a nest in Keras's order; values that are not known leave none."""
    if isinstance(value, Tensor):
        return [value]
    return [] if is_bottomless(value) else _tensors(value)


def _tensors(value: Value) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, Dict):
        keys = sorted(value.items, key=str)
        return [tensor for key in keys for tensor in _tensors(value.items[key])]
    return [tensor for item in _parts(value) for tensor in _tensors(item)]


def specs_in(nest: Any) -> tuple[TensorSpec, ...]:
    """The specs of a nest; a leaf that is not known gives a tensor of unknown shape."""
    from keraslint.tensors.specs import flatten

    return tuple(
        leaf if isinstance(leaf, TensorSpec) else TensorSpec(UNKNOWN, UNKNOWN)
        for leaf in flatten(nest)
        if isinstance(leaf, (TensorSpec, Unknown, Expr))
    )


def from_nest(nest: Any, make: Any) -> Value:
    """A nest of specs as values; ``make(spec, index)`` makes the tensor of the index-th leaf."""
    counter = iter(range(1_000_000))

    def convert(item: Any) -> Value:
        if isinstance(item, TensorSpec):
            return make(item, next(counter))
        if isinstance(item, tuple):
            return tuple(convert(part) for part in item)
        if isinstance(item, list):
            from keraslint.interpreter.values import List

            return List([convert(part) for part in item])
        if isinstance(item, dict):
            return Dict({key: convert(item[key]) for key in sorted(item, key=str)})
        return item

    return convert(nest)
