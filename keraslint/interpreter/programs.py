"""The modules of one analysed program, loaded as its imports ask for them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import Location
from keraslint.interpreter.heap import shared
from keraslint.interpreter.scopes import Scope
from keraslint.interpreter.values import Class, Function, Module
from keraslint.sources import Source, UnreadableError, load
from keraslint.syntax import ParsedModule, parse, positions

if TYPE_CHECKING:
    from keraslint.interpreter.machine import Machine
    from keraslint.interpreter.scopes import Frame

MAX_BYTES = 400_000
MAX_RECENT = 64
ROOT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")

_recent: dict[str, ParsedModule] = {}
_found: dict[tuple[tuple[str, ...], str], str | None] = {}
_modules: dict[tuple[tuple[str, ...], str], ProgramModule] = {}


def parse_once(source: Source) -> ParsedModule:
    """Parse a file, or take the tree of the same text that was parsed not long ago."""
    path = os.path.abspath(source.path)
    known = _recent.pop(path, None)
    if known is None or known.source.text != source.text:
        known = parse(source)
    elif known.source.path != source.path:
        known = replace(known, source=source)
    _recent[path] = known
    if len(_recent) > MAX_RECENT:
        del _recent[next(iter(_recent))]
    return known


def forget() -> None:
    """Look for imported modules anew, and run them anew: their files may have changed."""
    _found.clear()
    _modules.clear()


class ProgramModule:
    """One module: its tree, its scope, and where its nodes stand.

    Attributes:
        started: whether its code was run, or is being run.
        names: the automatic names its code took.
    """

    def __init__(self, name: str, parsed: ParsedModule) -> None:
        self.name = name
        self.parsed = parsed
        self.scope = Scope(None, "module")
        self.scope.home = self
        self.wanted: set[cst.CSTNode] = set()
        self.started = False
        self.names: dict[str, int] = {}
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
        """The location of a node in the original file; a tuple's parentheses belong to it."""
        if not isinstance(node, cst.CSTNode):
            return Location(self.path, 1, 1, 1, 1)
        first, last = node, node
        if isinstance(node, cst.Tuple) and node.lpar:
            first, last = node.lpar[-1], node.rpar[0]
        if first not in self._spans or last not in self._spans:
            self._spans.update(positions(self.parsed.module, {first, last, *self.wanted}))
            self.wanted.clear()
        if first not in self._spans or last not in self._spans:
            return Location(self.path, 1, 1, 1, 1)
        start = self.source.place(self._spans[first].start)
        end = self.source.place(self._spans[last].end)
        return Location(self.path, start.row, start.column, end.row, end.column, start.cell)


class Program:
    """The analysed file and the first-party modules it reaches.

    Attributes:
        main: the analysed module.
        roots: folders in which absolute imports are looked up.
        functions, classes: what the main module defines, by node, for finding what nobody reached.
        reached: the modules whose names the program has taken over, by path.
    """

    def __init__(self, parsed: ParsedModule, source_roots: tuple[str, ...] = ()) -> None:
        self.main = ProgramModule("", parsed)
        self.functions: dict[cst.CSTNode, list[Function]] = {}
        self.classes: dict[cst.CSTNode, list[Class]] = {}
        folder = os.path.dirname(os.path.abspath(parsed.source.path))
        self.package, self.roots = _roots(folder, source_roots)
        self.bytes = 0
        self.reached: dict[str, ProgramModule] = {}

    def module_of(self, scope: Scope) -> ProgramModule:
        """The module that a scope belongs to."""
        home = scope.module.home
        assert home is not None
        return home

    def note_function(self, frame: Frame, function: Function) -> None:
        """Remember a function of the main module."""
        if frame.module is self.main:
            self.functions.setdefault(function.node, []).append(function)

    def note_class(self, frame: Frame, cls: Class) -> None:
        """Remember a class of the main module."""
        if frame.module is self.main:
            self.classes.setdefault(cls.node, []).append(cls)

    def find(self, name: str) -> str | None:
        """The file (or namespace folder) of a first-party module, `None` if it is none."""
        key = (self.roots, name)
        if key not in _found:
            _found[key] = _find(self.roots, name)
        return _found[key]

    def load(self, machine: Machine, name: str) -> Module | None:
        """The module called ``name``, its code not necessarily run; `None` if it is not ours."""
        path = self.find(name)
        if path is None:
            return None
        module = _modules.get((self.roots, path)) or self._read(name, path)
        return None if module is None else Module(name, module)

    def scope_of(self, machine: Machine, value: Module) -> Scope:
        """The names of a module, whose code is run if it was not yet.

        Modules are run once for all programs of a process, each by a machine of its own.
        """
        module = value.module
        if not module.started:
            module.started = True
            with shared():
                _execute(self, machine, module)
        if module.path not in self.reached:
            self.reached[module.path] = module
            machine.heap.touch(machine.names)
            machine.names.add(module.names)
        return module.scope

    def _read(self, name: str, path: str) -> ProgramModule | None:
        with shared():
            parsed = self._parse(path)
            if parsed is None:
                return None
            module = ProgramModule(name, parsed)
        module.scope.names["__name__"] = name
        module.scope.names["__file__"] = path
        _modules[(self.roots, path)] = module
        return module

    def _parse(self, path: str) -> ParsedModule | None:
        if os.path.isdir(path):
            return parse(Source(path, "", ""))
        try:
            size = os.stat(path).st_size
            if self.bytes + size > MAX_BYTES:
                return None
            self.bytes += size
            return parse_once(load(_shown(path)))
        except (OSError, UnreadableError):
            return None


def _execute(program: Program, importer: Machine, module: ProgramModule) -> None:
    from keraslint.interpreter.machine import LimitReached, Machine
    from keraslint.interpreter.scopes import Frame
    from keraslint.interpreter.statements import execute_block

    machine = Machine(program)
    frame = Frame(machine, module.scope, module)
    try:
        execute_block(frame, module.parsed.module.body)
    except (LimitReached, RecursionError):
        importer.note_limit("import", frame, None)
    module.names = dict(machine.names.counts)


def _find(roots: tuple[str, ...], name: str) -> str | None:
    relative = name.replace(".", os.sep)
    for root in roots:
        for candidate in (f"{relative}.py", os.path.join(relative, "__init__.py")):
            path = os.path.join(root, candidate)
            if os.path.isfile(path):
                return path
        if os.path.isdir(os.path.join(root, relative)) and "." not in name:
            return os.path.join(root, relative)
    return None


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _roots(folder: str, source_roots: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
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
    return ".".join(parts), tuple(dict.fromkeys(roots))
