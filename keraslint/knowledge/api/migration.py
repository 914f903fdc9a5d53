"""What the names and arguments of earlier versions became in Keras 3."""

from __future__ import annotations

from collections.abc import Mapping

from keraslint.knowledge.api.old_arguments import ARGUMENTS, VALUES
from keraslint.knowledge.api.old_names import METHODS, MODULES, NAMES
from keraslint.knowledge.api.replacement import Replacement
from keraslint.knowledge.api.symbols import Api, Root, Symbol, Version

__all__ = [
    "Replacement",
    "moved_module",
    "removed_argument",
    "removed_method",
    "removed_name",
]

_EARLIER: tuple[Version, ...] = ("tf_keras2", "keras2", "keras1")


def removed_name(name: str, under: Root = "keras") -> Replacement | None:
    """What to use for a public name that Keras 3 has no more, or no more usable.

    Args:
        name: A dotted name with the root `keras`, such as `keras.layers.CuDNNLSTM`.
        under: The root that the code uses; `tf.keras` kept more names.

    Returns:
        The replacement; None for a name that Keras 3 has and for one that no version had.
    """
    api = Api.load("keras3")
    symbol = api.resolve(name, under)
    if symbol is not None and symbol.only_under in {None, under}:
        return NAMES.get(name) if name.startswith("keras.optimizers.legacy.") else None
    spellings = _spellings(name)
    for spelling in spellings:
        if spelling in NAMES:
            return NAMES[spelling].of(name)
    if symbol is not None:
        spellings += (symbol.canonical, *symbol.aliases)
    last = name.rpartition(".")[2]
    for spelling in sorted(spellings, key=lambda s: s.rpartition(".")[2] != last):
        found = api.resolve(spelling, under)
        if found is not None and found.only_under in {None, under}:
            return Replacement(name, spelling, mechanical=True)
    if symbol is not None:
        return Replacement(name, None, advice=f"only {symbol.only_under} still has it")
    return None


def removed_argument(owner: str, argument: str) -> Replacement | None:
    """What to use for a keyword argument of an earlier version.

    Args:
        owner: The canonical name in Keras 3 of a class, function or method.
        argument: The keyword argument.

    Returns:
        The replacement; None for an argument that Keras 3 has and for one that no version had.
        `Replacement.accepted` marks those that Keras 3 takes without having them.
    """
    symbol = Api.load("keras3").resolve(owner)
    if symbol is None or symbol.signature is None or symbol.signature.get(argument):
        return None
    for place in (symbol.canonical, *symbol.bases):
        if argument in ARGUMENTS.get(place, ()):
            return ARGUMENTS[place][argument]
    return _converted(symbol, argument)


def removed_method(name: str) -> Replacement | None:
    """What to use for a method or property of an earlier version.

    Args:
        name: The canonical name of a class in Keras 3 and the member, such as
            `keras.Sequential.fit_generator`.

    Returns:
        The replacement; None for a member that Keras 3 has and for one that no version had.
    """
    api = Api.load("keras3")
    owner, _, member = name.rpartition(".")
    symbol = api.resolve(owner)
    if symbol is None or api.resolve(name) is not None:
        return None
    places = (symbol.canonical, *symbol.bases)
    return next((METHODS[f"{p}.{member}"] for p in places if f"{p}.{member}" in METHODS), None)


def moved_module(path: str, under: Root = "keras") -> Replacement | None:
    """Where the content of a module of an earlier version went.

    Args:
        path: A dotted path with the root `keras`, such as `keras.layers.core`.
        under: The root that the code uses.
    """
    return None if Api.load("keras3").has_module(path, under) else MODULES.get(path)


def _spellings(name: str) -> tuple[str, ...]:
    """The name and all others that some earlier version had for the same object."""
    found = [name]
    for version in _EARLIER:
        symbol = Api.load(version).resolve(name)
        if symbol is not None:
            found += [symbol.canonical, *symbol.aliases]
    module, _, last = name.rpartition(".")
    moved = MODULES.get(module)
    if moved is not None and moved.new is not None:
        found.append(f"{moved.new}.{last}")
    return tuple(dict.fromkeys(found))


def _converted(symbol: Symbol, argument: str) -> Replacement | None:
    """An argument of Keras 1 that Keras 2 converted."""
    earlier = Api.load("keras2").resolve(symbol.canonical)
    old: Mapping[str, str | None] = earlier.old_arguments if earlier else {}
    new = old.get(argument)
    signature = symbol.signature
    if new is None or signature is None or signature.get(new) is None:
        return None
    return Replacement(argument, new, mechanical=True, values=VALUES.get(argument, {}))
