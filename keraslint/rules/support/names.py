"""How a module can say a name of Keras: with what it imports, or with one import more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import libcst as cst

from keraslint.analysis import Location
from keraslint.findings import Edit
from keraslint.knowledge.api import Api
from keraslint.rules.support.uses import dotted, of_keras
from keraslint.syntax import positions
from keraslint.syntax.walking import children

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, Place, Site
    from keraslint.syntax import ParsedModule


@dataclass(frozen=True, slots=True)
class Spelling:
    """What to write for a name, and the edits of imports that it needs."""

    text: str
    edits: tuple[Edit, ...] = ()


@dataclass(slots=True)
class Names:
    """What the import statements at the top level of a module bind.

    Attributes:
        parsed: the module.
        paths: for each name, the dotted path that it stands for, with the root ``keras``.
        imported: for each name from a ``from … import``, its place there.
        statements: the statements that import something of Keras.
        used: the names that the module's code uses, with the nodes.
        bound: names that the code binds in other ways.
    """

    parsed: ParsedModule
    paths: dict[str, str] = field(default_factory=dict)
    imported: dict[str, tuple[cst.ImportFrom, cst.ImportAlias]] = field(default_factory=dict)
    statements: list[cst.SimpleStatementLine] = field(default_factory=list)
    used: dict[str, list[cst.Name]] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)

    @staticmethod
    def of(parsed: ParsedModule) -> Names:
        """Read a module."""
        names = Names(parsed)
        for statement in parsed.module.body:
            if isinstance(statement, cst.SimpleStatementLine):
                for part in statement.body:
                    names._read(statement, part)
        names._look_around()
        return names

    def say(self, path: str, *, exact: bool = False) -> Spelling | None:
        """How to write a public name of Keras; `None` if that would take more than an import.

        Args:
            path: the name, with the root ``keras``.
            exact: whether none of Keras's other names for the same thing will do.
        """
        paths = (path,) if exact else _aliases(path)
        return (
            self._with_imports(paths) or self._with_another_name(paths) or self._with_module(path)
        )

    def renamed(self, old: str, new: str) -> tuple[Edit, ...] | None:
        """Import another name from the same module, and use it wherever the old one is used."""
        if old in self.bound or new in self.bound or new in self.paths or old not in self.imported:
            return None
        _, alias = self.imported[old]
        if alias.asname is not None:
            return None
        nodes: list[cst.CSTNode] = [alias.name, *self.used.get(old, ())]
        return tuple(Edit(new, self.location(node)) for node in nodes)

    def without(self, alias: cst.ImportAlias) -> Edit | None:
        """Import a name no more; `None` if something uses it, or if it is no plain import."""
        name = next((name for name, (_, known) in self.imported.items() if known is alias), None)
        if name is None or name in self.used:
            return None
        statement, _ = self.imported[name]
        others = () if isinstance(statement.names, cst.ImportStar) else statement.names
        here = self.location(alias)
        index = [*others].index(alias)
        if len(others) == 1:
            return self._without_statement(statement)
        if index:
            before = self.location(others[index - 1])
            return Edit("", replace(here, row=before.end_row, column=before.end_column))
        after = self.location(others[1])
        return Edit("", replace(here, end_row=after.row, end_column=after.column))

    def _without_statement(self, part: cst.ImportFrom) -> Edit | None:
        line = next(line for line in self.statements if part in line.body)
        here = self.location(line)
        if len(line.body) > 1 or here.column > 1 or line.trailing_whitespace.comment:
            return None
        return Edit("", replace(here, end_row=here.end_row + 1, end_column=1))

    def _with_imports(self, paths: Iterable[str]) -> Spelling | None:
        for known in paths:
            prefixes = {
                prefix: name
                for name, prefix in self.paths.items()
                if f"{known}.".startswith(f"{prefix}.") and name.partition(".")[0] not in self.bound
            }
            if prefixes:
                longest = max(prefixes, key=len)
                return Spelling(prefixes[longest] + known.removeprefix(longest))
        return None

    def _with_another_name(self, paths: Iterable[str]) -> Spelling | None:
        for known in paths:
            home, _, name = known.rpartition(".")
            if name in self.bound or name in self.paths:
                continue
            for statement, alias in reversed(self.imported.values()):
                module = ".".join(dotted(statement.module) or ()) if statement.module else ""
                if (of_keras(module) or ("",))[0] == home:
                    end = _end(self.location(alias))
                    return Spelling(name, (Edit(f", {name}", end),))
        return None

    def _with_module(self, path: str) -> Spelling | None:
        if not self.statements or "keras" in self.bound or "keras" in self.paths:
            return None
        first = self.location(self.statements[0])
        start = replace(first, column=1, end_row=first.row, end_column=1)
        line = "from tensorflow import keras\n" if self._is_tensorflow() else "import keras\n"
        return Spelling(path, (Edit(line, start),)) if first.column == 1 else None

    def _is_tensorflow(self) -> bool:
        code = self.parsed.module.code_for_node
        return all("tensorflow" in code(statement) for statement in self.statements)

    def _read(self, statement: cst.SimpleStatementLine, part: cst.BaseSmallStatement) -> None:
        if isinstance(part, cst.Import):
            for alias in part.names:
                path = alias.evaluated_name
                root = path.partition(".")[0]
                self._bind(alias.evaluated_alias or root, path if alias.asname else root, statement)
        elif isinstance(part, cst.ImportFrom) and not isinstance(part.names, cst.ImportStar):
            module = ".".join(dotted(part.module) or ()) if part.module else ""
            for alias in part.names if not part.relative else ():
                name = alias.evaluated_alias or alias.evaluated_name
                if self._bind(name, f"{module}.{alias.evaluated_name}", statement):
                    self.imported[name] = (part, alias)

    def _bind(self, name: str, path: str, statement: cst.SimpleStatementLine) -> bool:
        found = of_keras(path)
        if path == "tensorflow":
            self.paths[f"{name}.keras"] = "keras"
            self._note(statement)
            return False
        if found is None:
            self.bound.add(name)
            return False
        if self.paths.setdefault(name, found[0]) != found[0]:
            self.bound.add(name)
        self._note(statement)
        return True

    def _note(self, statement: cst.SimpleStatementLine) -> None:
        if statement not in self.statements:
            self.statements.append(statement)

    def _look_around(self) -> None:
        """Note which names the code uses, and which it binds other than by those imports."""
        pending: list[cst.CSTNode] = list(self.parsed.module.body)
        while pending:
            node = pending.pop()
            if isinstance(node, (cst.Import, cst.ImportFrom)):
                self._note_inner_import(node)
                continue
            if isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Param)):
                self.bound.add(node.name.value)
            elif isinstance(
                node,
                (
                    cst.AssignTarget,
                    cst.AnnAssign,
                    cst.For,
                    cst.CompFor,
                    cst.NamedExpr,
                    cst.AugAssign,
                ),
            ):
                self.bound.update(_targets(node.target))
            elif isinstance(node, cst.AsName):
                self.bound.update(_targets(node.name))
            elif isinstance(node, cst.Name):
                self.used.setdefault(node.value, []).append(node)
            pending += _inside(node)

    def _note_inner_import(self, node: cst.Import | cst.ImportFrom) -> None:
        """An import in a function or branch binds its names anew."""
        at_top = any(node in statement.body for statement in self.statements)
        if not at_top and not isinstance(node.names, cst.ImportStar):
            for alias in node.names:
                self.bound.add(alias.evaluated_alias or alias.evaluated_name.partition(".")[0])

    def location(self, node: cst.CSTNode) -> Location:
        """Where a node of the module stands."""
        span = positions(self.parsed.module, [node])[node]
        return Location.of(self.parsed.source, span)


@lru_cache(maxsize=1)
def names_in(parsed: ParsedModule) -> Names:
    """The names of a module; found once for all rules."""
    return Names.of(parsed)


def another_layer(analysis: Analysis, site: Site, name: str) -> tuple[Edit, ...] | None:
    """The edits that have a site make another layer of `keras.layers`."""
    called = getattr(site.place.node, "func", None)
    if not isinstance(called, (cst.Attribute, cst.Name)) or not is_main(analysis, site.place):
        return None
    names = names_in(analysis.syntax)
    if isinstance(called, cst.Attribute):
        return (Edit(name, names.location(called.attr)),)
    if called.value not in names.imported:
        return None
    spelling = names.say(f"keras.layers.{name}", exact=True)
    if spelling is None:
        return None
    return (Edit(spelling.text, names.location(called)), *spelling.edits)


def is_main(analysis: Analysis, place: Place) -> bool:
    """Whether a place is in the analysed file itself."""
    syntax = analysis.syntax
    return syntax is not None and place.location.filename == syntax.source.path


def _aliases(path: str) -> tuple[str, ...]:
    symbol = Api.load("keras3").resolve(path)
    others = (symbol.canonical, *symbol.aliases) if symbol is not None else ()
    return tuple(dict.fromkeys((path, *others)))


def _targets(node: object) -> Iterable[str]:
    pending = [node]
    while pending:
        inner = pending.pop()
        if isinstance(inner, cst.Name):
            yield inner.value
        elif isinstance(inner, (cst.Tuple, cst.List, cst.Element, cst.StarredElement)):
            pending += children(inner)


def _inside(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes inside that may be uses of names: no attributes, and no keywords of arguments."""
    if isinstance(node, cst.Attribute):
        return [node.value]
    if isinstance(node, cst.Arg):
        return [node.value]
    return [*children(node)]


def _end(location: Location) -> Location:
    return replace(location, row=location.end_row, column=location.end_column)
