"""The modules of one analysed program, loaded as its imports ask for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import Location
from keraslint.interpreter.scopes import Scope
from keraslint.interpreter.values import Class, Function, Module
from keraslint.sources import Source, UnreadableError, load
from keraslint.syntax import ParsedModule, parse, positions

if TYPE_CHECKING:
    from keraslint.interpreter.machine import Machine
    from keraslint.interpreter.scopes import Frame

MAX_MODULES = 64
MAX_BYTES = 400_000
ROOT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")

_parsed: dict[str, tuple[tuple[int, int], ParsedModule]] = {}


class ProgramModule:
    """One module: its tree, its scope, and where its nodes stand."""

    def __init__(self, name: str, parsed: ParsedModule) -> None:
        self.name = name
        self.parsed = parsed
        self.scope = Scope(None, "module")
        self.wanted: set[cst.CSTNode] = set()
        self._spans: dict[cst.CSTNode, Any] = {}

    @property
    def source(self) -> Source:
        """The source it was parsed from."""
        return self.parsed.source

    @property
    def path(self) -> str:
        """The path as given."""
        return self.source.path

    def locate(self, node: object) -> Location:
        """The location of a node in the original file."""
        if not isinstance(node, cst.CSTNode):
            return Location(self.path, 1, 1, 1, 1)
        if node not in self._spans:
            self._spans.update(positions(self.parsed.module, {node, *self.wanted}))
            self.wanted.clear()
        span = self._spans.get(node)
        if span is None:
            return Location(self.path, 1, 1, 1, 1)
        start, end = self.source.place(span.start), self.source.place(span.end)
        return Location(self.path, start.row, start.column, end.row, end.column, start.cell)


class Program:
    """The analysed file and the first-party modules it reaches.

    Attributes:
        main: the analysed module.
        roots: folders in which absolute imports are looked up.
        functions, classes: what the main module defines, by node, for finding what nobody reached.
    """

    def __init__(self, parsed: ParsedModule, source_roots: tuple[str, ...] = ()) -> None:
        self.main = ProgramModule("", parsed)
        self.modules: dict[str, ProgramModule] = {}
        self.by_scope: dict[int, ProgramModule] = {id(self.main.scope): self.main}
        self.functions: dict[cst.CSTNode, list[Function]] = {}
        self.classes: dict[cst.CSTNode, list[Class]] = {}
        path = os.path.abspath(parsed.source.path)
        self.folder = os.path.dirname(path)
        self.package, self.roots = _roots(self.folder, source_roots)
        self.bytes = 0
        self.dependencies: dict[str, None] = {}

    def module_of(self, scope: Scope) -> ProgramModule:
        """The module that a scope belongs to."""
        return self.by_scope[id(scope.module)]

    def note_function(self, frame: Frame, function: Function) -> None:
        """Remember a function of the main module."""
        if frame.module is self.main:
            self.functions.setdefault(function.node, []).append(function)

    def note_class(self, frame: Frame, cls: Class) -> None:
        """Remember a class of the main module."""
        if frame.module is self.main:
            self.classes.setdefault(cls.node, []).append(cls)

    def find(self, name: str) -> str | None:
        """The file of a first-party module, `None` if it is none."""
        relative = name.replace(".", os.sep)
        for root in self.roots:
            for candidate in (f"{relative}.py", os.path.join(relative, "__init__.py")):
                path = os.path.join(root, candidate)
                if os.path.isfile(path):
                    return path
            if os.path.isdir(os.path.join(root, relative)) and "." not in name:
                return os.path.join(root, relative)
        return None

    def load(self, machine: Machine, name: str) -> Module | None:
        """The module called ``name``, executed if it is met for the first time; `None` if not ours."""
        from keraslint.interpreter.scopes import Frame
        from keraslint.interpreter.statements import execute_block

        if name in self.modules:
            return Module(name, self.modules[name].scope)
        path = self.find(name)
        if path is None:
            return None
        if os.path.isdir(path):
            module = ProgramModule(name, parse(Source(path, "", "")))
            self._register(name, module)
            return Module(name, module.scope)
        parsed = self._parse(path)
        if parsed is None:
            return None
        module = ProgramModule(name, parsed)
        self._register(name, module)
        frame = Frame(machine, module.scope, module)
        module.scope.names["__name__"] = name
        module.scope.names["__file__"] = path
        execute_block(frame, parsed.module.body)
        return Module(name, module.scope)

    def _register(self, name: str, module: ProgramModule) -> None:
        self.modules[name] = module
        self.by_scope[id(module.scope)] = module

    def _parse(self, path: str) -> ParsedModule | None:
        self.dependencies[path] = None
        try:
            stat = os.stat(path)
            if len(self.modules) >= MAX_MODULES or self.bytes + stat.st_size > MAX_BYTES:
                return None
            self.bytes += stat.st_size
            key = (stat.st_mtime_ns, stat.st_size)
            if path not in _parsed or _parsed[path][0] != key:
                _parsed[path] = (key, parse(load(_shown(path))))
            return _parsed[path][1]
        except (OSError, UnreadableError):
            return None

    def reached_modules(self) -> Iterator[ProgramModule]:
        """The main module, then those it imported."""
        yield self.main
        yield from self.modules.values()


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _roots(folder: str, source_roots: tuple[str, ...]) -> tuple[str, list[str]]:
    """The dotted package of a folder, and the folders where imports start."""
    parts: list[str] = []
    top = folder
    while os.path.isfile(os.path.join(top, "__init__.py")) and os.path.dirname(top) != top:
        parts.insert(0, os.path.basename(top))
        top = os.path.dirname(top)
    roots = [folder, top]
    project = top
    for _ in range(12):
        if any(os.path.exists(os.path.join(project, marker)) for marker in ROOT_MARKERS):
            roots += [project, os.path.join(project, "src")]
            break
        if os.path.dirname(project) == project:
            break
        project = os.path.dirname(project)
    roots += [os.path.abspath(root) for root in source_roots]
    return ".".join(parts), list(dict.fromkeys(roots))
