"""The table of public names of one Keras version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from keraslint.knowledge.api.signatures import Signature

Version = Literal["keras3", "tf_keras2", "keras2", "keras1"]
Root = Literal["keras", "tf.keras"]
Kind = Literal["class", "function", "method", "property", "value"]


@dataclass(frozen=True)
class Symbol:
    """A public name and what it stands for.

    Attributes:
        name: The name that was looked up.
        canonical: The one name that stands for the object, under `keras`; for a method, that of
            the public class that defines it.
        kind: What the object is.
        class_name: The real name of the class or function, which automatic layer names follow.
        only_under: The only root that has `name`: `keras` or `tf.keras`; None if both have it.
        bases: Canonical names of the public base classes, in the order Python searches them.
        aliases: The other names of the object.
        signature_text: The parameters as text, `self` left out; None for values and properties.
        functional_text: For a model class, the parameters of a model of a graph of layers.
        old_arguments: Keyword arguments of an earlier version that are still converted, each with
            the parameter it becomes; None where that depends on the call.
    """

    name: str
    canonical: str
    kind: Kind
    class_name: str
    only_under: Root | None = None
    bases: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    signature_text: str | None = None
    functional_text: str | None = None
    old_arguments: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def signature(self) -> Signature | None:
        """The parameters of a call; of a class, those of its constructor."""
        return None if self.signature_text is None else Signature.parse(self.signature_text)

    @property
    def functional_signature(self) -> Signature | None:
        """The parameters of `Model(inputs, outputs)`; None for anything but `Model`."""
        return None if self.functional_text is None else Signature.parse(self.functional_text)


class Api:
    """All public names of one Keras version.

    Names start with `keras.`, whichever root the code imports; `under` says which one it is where
    the two roots differ.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._strings: dict[str, frozenset[str]] = {}

    @staticmethod
    def load(version: Version) -> Api:
        """The table of a version, read once."""
        return _load(version)

    @property
    def version(self) -> str:
        """The release that the data was read from."""
        return str(self._data["version"])

    def resolve(self, name: str, under: Root = "keras") -> Symbol | None:
        """Look up a dotted name such as `keras.layers.Convolution1D` or `keras.Model.fit`.

        Args:
            name: The full name, with the root `keras`.
            under: The root that the code uses; it decides only where both roots have the name
                for different objects.

        Returns:
            The symbol, or None if neither root has the name. See `Symbol.only_under`.
        """
        found = self._find(name, under)
        if found is not None:
            return self._symbol(name, *found)
        owner, _, member = name.rpartition(".")
        found = self._find(owner, under)
        return self._member(name, member, *found) if found else None

    def has_module(self, path: str, under: Root = "keras") -> bool:
        """Whether `path` is a public module of that root."""
        return path in self._data["modules"] or (
            under == "tf.keras" and path in self._data["tf_modules"]
        )

    def names_in(self, module: str, under: Root | None = None) -> tuple[str, ...]:
        """The public names of a module or class, sorted.

        Args:
            module: A dotted path such as `keras.layers` or `keras.Model`.
            under: Leave out what only the other root has.
        """
        if module in self._canonical and self._find(module, under or "keras"):
            return self._members(module, under or "keras")
        return tuple(
            sorted(
                name.rpartition(".")[2]
                for name in self._children.get(module, ())
                if under is None or self._only.get(name, under) == under
            )
        )

    def strings(self, family: str) -> frozenset[str]:
        """The strings that `keras.<family>.get` accepts; those of optimizers in lower case.

        Args:
            family: `activations`, `losses`, `metrics`, `optimizers`, `initializers`,
                `regularizers`, `constraints`, or `compile_metrics` for the metrics of `compile`.
        """
        if family not in self._strings:
            self._strings[family] = frozenset(self._data["strings"][family])
        return self._strings[family]

    def knows_string(self, family: str, text: str) -> bool:
        """Whether `keras.<family>.get(text)` finds something."""
        return (text.lower() if family == "optimizers" else text) in self.strings(family)

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        """Every name of the root `keras` and every name that only `tf.keras` has."""
        table: dict[str, str] = {}
        for section in ("tf_symbols", "symbols"):
            for canonical, record in self._data[section].items():
                for alias in record.get("aliases", ()):
                    table[alias] = canonical
                table[canonical] = canonical
        return table

    @cached_property
    def _only(self) -> Mapping[str, Root]:
        roots: tuple[tuple[str, Root], ...] = (("only_keras", "keras"), ("only_tf", "tf.keras"))
        return {
            name: root
            for section in ("tf_symbols", "symbols")
            for record in self._data[section].values()
            for key, root in roots
            for name in record.get(key, ())
        }

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        children: dict[str, list[str]] = {}
        for name in self._canonical:
            children.setdefault(name.rpartition(".")[0], []).append(name)
        return children

    def _find(self, name: str, under: Root) -> tuple[str, Mapping[str, Any]] | None:
        canonical = self._canonical.get(name)
        if canonical is None:
            return None
        sections = ("tf_symbols", "symbols") if under == "tf.keras" else ("symbols", "tf_symbols")
        return next(
            ((canonical, self._data[s][canonical]) for s in sections if canonical in self._data[s]),
            None,
        )

    def _symbol(self, name: str, canonical: str, record: Mapping[str, Any]) -> Symbol:
        return Symbol(
            name,
            canonical,
            record["kind"],
            record.get("name", canonical.rpartition(".")[2]),
            self._only.get(name),
            tuple(record.get("bases", ())),
            tuple(record.get("aliases", ())),
            record.get("signature"),
            record.get("functional"),
            record.get("old_arguments", {}),
        )

    def _member(
        self, name: str, member: str, canonical: str, record: Mapping[str, Any]
    ) -> Symbol | None:
        for owner in (canonical, *record.get("bases", ())):
            found = record if owner == canonical else self._record(owner)
            methods: Mapping[str, str] = found.get("methods", {})
            if member in methods:
                return Symbol(
                    name,
                    f"{owner}.{member}",
                    "method",
                    member,
                    signature_text=methods[member],
                    old_arguments=found.get("old_in_methods", {}).get(member, {}),
                )
            if member in found.get("properties", ()):
                return Symbol(name, f"{owner}.{member}", "property", member)
        return None

    def _members(self, name: str, under: Root) -> tuple[str, ...]:
        found = self._find(name, under)
        assert found is not None
        records = [found[1], *(self._record(base) for base in found[1].get("bases", ()))]
        return tuple(
            sorted(
                {m for r in records for key in ("methods", "properties") for m in r.get(key, ())}
            )
        )

    def _record(self, canonical: str) -> Mapping[str, Any]:
        record: Mapping[str, Any] = self._data["symbols"].get(
            canonical, self._data["tf_symbols"].get(canonical, {})
        )
        return record


@cache
def _load(version: Version) -> Api:
    import json

    path = Path(__file__).with_name(f"{version}.json")
    return Api(json.loads(path.read_bytes()))
