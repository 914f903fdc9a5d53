"""Where a module imports or names something of Keras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import libcst as cst

from keraslint.knowledge.api import Root
from keraslint.rules.support.outline import outline
from keraslint.syntax.walking import children

CATCHES = {"AttributeError", "BaseException", "Exception", "ImportError", "ModuleNotFoundError"}
BINDINGS = (cst.AssignTarget, cst.AnnAssign, cst.For, cst.CompFor, cst.NamedExpr)
_NAMED = (cst.Param, cst.FunctionDef, cst.ClassDef)
_TELLING = frozenset((cst.ImportFrom, cst.Import, cst.Attribute, *_NAMED, *BINDINGS))
_GUARDS = frozenset((cst.Try, cst.If, cst.IfExp, cst.BooleanOperation))


@dataclass(frozen=True, slots=True)
class Use:
    """A dotted name of Keras in the code.

    Attributes:
        path: the name, with the root ``keras``.
        root: the package that the code takes it from.
        node: the expression that says it.
        alias: for an attribute, the path that its first name stands for, and that name.
    """

    path: str
    root: Root
    node: cst.CSTNode
    alias: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class FromImport:
    """``from module import names``; ``names`` are empty for a star."""

    module: str
    root: Root
    node: cst.CSTNode
    names: tuple[tuple[str, cst.ImportAlias], ...]
    private: bool = False


@dataclass(slots=True)
class Uses:
    """What a module takes from Keras, as far as it runs whatever happens.

    What stands behind a condition, or where a failure is caught, is left out: there the program
    may well know what it does.
    """

    module: cst.Module
    imports: list[FromImport] = field(default_factory=list)
    modules: list[Use] = field(default_factory=list)
    _aliases: dict[str, tuple[str, Root]] = field(default_factory=dict)
    _bound: set[str] = field(default_factory=set)
    _chains: list[cst.Attribute] | None = None

    @staticmethod
    def of(module: cst.Module) -> Uses:
        """Read the imports of a module; the rest of it only if somebody asks for that."""
        uses = Uses(module)
        for node, around in outline(module).imports:
            guarded = any(map(_guards, around))
            if type(node) is cst.ImportFrom:
                uses._visit_from(node, guarded)
            elif type(node) is cst.Import:
                uses._visit_import(node, guarded)
        return uses

    def names(self) -> Iterator[Use]:
        """Every dotted name whose beginning stands for something of Keras."""
        for chain in self._looked_through():
            first, *rest = dotted(chain) or ("",)
            if first in self._aliases and first not in self._bound:
                path, root = self._aliases[first]
                whole = ".".join((path, *rest))
                found = of_keras(whole)
                if found is not None:
                    yield Use(
                        found[0], found[1] if path == "tensorflow" else root, chain, (path, first)
                    )

    def path_of(self, node: cst.CSTNode) -> str | None:
        """What of Keras an expression names, `None` if nothing of it."""
        first, *rest = dotted(node) or ("",)
        if first not in self._aliases or first in self._bound:
            return None
        found = of_keras(".".join((self._aliases[first][0], *rest)))
        if found is None:
            return None
        self._looked_through()
        return found[0] if first not in self._bound else None

    def _looked_through(self) -> list[cst.Attribute]:
        """The dotted names in the module, which is walked through once."""
        if self._chains is None:
            self._chains = []
            pending: list[tuple[cst.CSTNode, bool]] = []
            if self._aliases:
                pending.append((self.module, False))
            while pending:
                node, guarded = pending.pop()
                if type(node) not in _TELLING or not self._visit(node, guarded, self._chains):
                    inner = guarded or (type(node) in _GUARDS and _guards(node))
                    pending += [(child, inner) for child in children(node)][::-1]
        return self._chains

    def _visit(self, node: cst.CSTNode, guarded: bool, chains: list[cst.Attribute]) -> bool:
        """Note what a node says; whether that is all there is in it."""
        if isinstance(node, (cst.ImportFrom, cst.Import)):
            return True
        if type(node) is cst.Attribute and dotted(node):
            if not guarded:
                chains.append(node)
            return True
        if isinstance(node, _NAMED):
            self._bound.add(node.name.value)
        elif isinstance(node, BINDINGS):
            self._bound.update(_names_in(node.target))
        return False

    def _visit_from(self, node: cst.ImportFrom, guarded: bool) -> None:
        if node.relative or node.module is None:
            return
        module = ".".join(dotted(node.module) or ())
        names = () if isinstance(node.names, cst.ImportStar) else tuple(node.names)
        for alias in names:
            self._bind(alias, f"{module}.{alias.evaluated_name}")
        found = of_keras(module)
        private = module.startswith("tensorflow.python.keras")
        if (found or private) and not guarded:
            path, root = found or (module, "tf.keras")
            listed = tuple((alias.evaluated_name, alias) for alias in names)
            self.imports.append(FromImport(path, root, node.module, listed, private))

    def _visit_import(self, node: cst.Import, guarded: bool) -> None:
        for alias in node.names:
            path = alias.evaluated_name
            found = of_keras(path)
            if found is not None and not guarded:
                self.modules.append(Use(*found, alias.name))
            self._bind(alias, path if alias.asname else path.partition(".")[0])

    def _bind(self, alias: cst.ImportAlias, path: str) -> None:
        name = alias.evaluated_alias or path.rpartition(".")[2]
        known = of_keras(path) or (("tensorflow", "tf.keras") if path == "tensorflow" else None)
        if known is None or self._aliases.setdefault(name, known) != known:
            self._bound.add(name)


def of_keras(path: str) -> tuple[str, Root] | None:
    """A dotted name with the root ``keras``, and the package it is from; `None` if not Keras's."""
    for prefix in ("tensorflow.keras", "tf.keras"):
        if path == prefix or path.startswith(f"{prefix}."):
            return path.removeprefix(prefix.partition(".")[0] + "."), "tf.keras"
    if path == "keras" or (path.startswith("keras.") and not path.startswith("keras.src")):
        return path, "keras"
    return None


def dotted(node: cst.CSTNode) -> tuple[str, ...] | None:
    """The names of ``a.b.c``; `None` for anything else."""
    names: list[str] = []
    while type(node) is cst.Attribute:
        names.append(node.attr.value)
        node = node.value
    if type(node) is not cst.Name:
        return None
    return (node.value, *reversed(names))


def _guards(node: cst.CSTNode) -> bool:
    """Whether what is inside a node may not run, or may fail without harm."""
    if type(node) is cst.Try:
        return any(_catches(handler) for handler in node.handlers)
    return isinstance(node, (cst.If, cst.IfExp, cst.BooleanOperation))


def _catches(handler: cst.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    types = [handler.type]
    if isinstance(handler.type, cst.Tuple):
        types = [element.value for element in handler.type.elements]
    return any((dotted(kind) or ("",))[-1] in CATCHES for kind in types)


def _names_in(node: cst.CSTNode) -> Iterator[str]:
    pending = [node]
    while pending:
        inner = pending.pop()
        if isinstance(inner, cst.Name):
            yield inner.value
        elif not isinstance(inner, (cst.Attribute, cst.Subscript)):
            pending.extend(children(inner))


@lru_cache(maxsize=1)
def uses(module: cst.Module) -> Uses:
    """What a module takes from Keras; found once for all rules."""
    return Uses.of(module)
