"""The modules of one analysed program, loaded as its imports ask for them."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import Location
from keraslint.files.evidence import Evidence, Lookup, digest
from keraslint.files.modules import find_module, import_roots, is_foreign
from keraslint.interpreter.heap import shared
from keraslint.interpreter.keras.names import Counts, without
from keraslint.interpreter.scopes import Scope
from keraslint.interpreter.values import Class, Function, Module
from keraslint.sources import Source, UnreadableError, read_bytes, read_source
from keraslint.syntax import ParsedModule, parse, positions

if TYPE_CHECKING:
    from keraslint.interpreter.machine import Machine
    from keraslint.interpreter.scopes import Frame

MAX_BYTES = 400_000
MAX_RECENT = 300_000

_recent: dict[str, ParsedModule] = {}
_modules: dict[Lookup, ProgramModule] = {}


def parse_once(source: Source) -> ParsedModule:
    """Parse a file, or take the tree of the same text that was parsed not long ago."""
    path = os.path.abspath(source.path)
    known = _recent.pop(path, None)
    if known is None or known.source.text != source.text:
        known = parse(source)
    elif known.source != source:
        known = replace(known, source=source)
    _recent[path] = known
    size = sum(len(parsed.source.text) for parsed in _recent.values())
    while size > MAX_RECENT and len(_recent) > 1:
        size -= len(_recent.pop(next(iter(_recent))).source.text)
    return known


def forget() -> None:
    """Look for imported modules anew, and run them anew: their files may have changed."""
    _find.cache_clear()
    _roots.cache_clear()
    _modules.clear()


@dataclass(slots=True)
class Reach:
    """What the run of a module rests on.

    Attributes:
        lookups: the modules that were looked for, and the files found.
        modules: those whose names were taken over, by absolute path.
        size: of all their files.
    """

    lookups: dict[Lookup, str | None] = field(default_factory=dict)
    modules: dict[str, ProgramModule] = field(default_factory=dict)
    size: int = 0


class ProgramModule:
    """One module: its tree, its scope, and where its nodes stand.

    Attributes:
        file: the absolute path.
        roots: the folders in which its absolute imports are looked up.
        inner: whether the first of these is a folder inside a package: what is imported from
            elsewhere does not look there.
        size: of its file.
        started: whether its code was run, or is being run.
        names: the automatic names its code took.
        reach: what its code rests on.
        limited: whether its code was not run to its end.
        digest: of its file, `None` if that cannot be read.
    """

    def __init__(
        self, name: str, parsed: ParsedModule, roots: tuple[str, ...] = (), *, inner: bool = False
    ) -> None:
        self.name = name
        self.parsed = parsed
        self.file = os.path.abspath(parsed.source.path)
        self.roots = roots
        self.inner = inner
        self.scope = Scope(None, "module")
        self.scope.home = self
        self.wanted: dict[int, cst.CSTNode] = {}
        self.size = 0
        self.started = False
        self.names: Counts = {}
        self.reach = Reach()
        self.limited = False
        self.digest: str | None = None
        self._spans: dict[cst.CSTNode, Any] = {}
        self._mentioned: dict[str, bool] = {}

    @property
    def source(self) -> Source:
        """The source it was parsed from."""
        return self.parsed.source

    @property
    def path(self) -> str:
        """The path as given."""
        return self.source.path

    def mentions(self, word: str) -> bool:
        """Whether its text has a word anywhere."""
        known = self._mentioned.get(word)
        if known is None:
            known = self._mentioned[word] = word in self.source.text
        return known

    def read(self) -> None:
        """Read its file; what cannot be read is empty."""
        if os.path.isdir(self.file):
            return
        try:
            data = read_bytes(self.path)
            self.digest = digest(data)
            self.parsed = parse_once(read_source(self.path, data))
            self._mentioned.clear()
        except UnreadableError:
            return

    def locate(self, node: object) -> Location:
        """The location of a node in the original file; a tuple's parentheses belong to it."""
        if not isinstance(node, cst.CSTNode):
            return Location(self.path, 1, 1, 1, 1)
        first, last = node, node
        if isinstance(node, cst.Tuple) and node.lpar:
            first, last = node.lpar[-1], node.rpar[0]
        if first not in self._spans or last not in self._spans:
            wanted = (first, last, *self.wanted.values())
            self._spans.update(positions(self.parsed.module, wanted))
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
        functions, classes: what the main module defines, by node, for finding what nobody reached.
        reached: the modules whose names the program has taken over, by path.
    """

    def __init__(self, parsed: ParsedModule, source_roots: tuple[str, ...] = ()) -> None:
        folder = os.path.dirname(os.path.abspath(parsed.source.path))
        self.package, roots = _roots(folder, source_roots)
        self.main = ProgramModule("", parsed, roots, inner=bool(self.package))
        self.functions: dict[cst.CSTNode, list[Function]] = {}
        self.classes: dict[cst.CSTNode, list[Class]] = {}
        self._reaching = [self.main.reach]

    @property
    def reached(self) -> dict[str, ProgramModule]:
        """The modules that the program rests on."""
        return self.main.reach.modules

    def evidence(self) -> Evidence:
        """What is known of this program rests on this, and on its own text."""
        found = Evidence(lookups=dict(self.main.reach.lookups))
        for path, module in self.reached.items():
            found.files[path] = module.digest
            found.lookups.update(module.reach.lookups)
        return found

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

    def find(self, importer: ProgramModule, name: str) -> str | None:
        """The file (or namespace folder) of a first-party module, `None` if it is none."""
        path = _find(importer.roots, name)
        self._reaching[-1].lookups[importer.roots, name] = path
        return None if path is None or is_foreign(importer.file, path) else path

    def load(self, importer: ProgramModule, name: str) -> Module | None:
        """The module called ``name``, its code not necessarily run; `None` if it is not ours."""
        path = self.find(importer, name)
        if path is None:
            return None
        inner = importer.inner and _find(importer.roots[:1], name) == path
        roots = importer.roots[1:] if importer.inner and not inner else importer.roots
        if (roots, name) not in _modules:
            _modules[roots, name] = _unread(name, path, roots, inner=inner)
        return Module(name, _modules[roots, name])

    def scope_of(self, machine: Machine, value: Module) -> Scope:
        """The names of a module, whose code is run if it was not yet.

        Modules are run once for all programs of a process, each by a machine of its own.
        """
        module, reach = value.module, self._reaching[-1]
        if module.file in reach.modules:
            return module.scope
        if reach.size + module.size > MAX_BYTES:
            return Scope(None, "module")
        if not module.started:
            module.started = True
            self._reaching.append(module.reach)
            with shared():
                module.read()
                _execute(self, module)
            self._reaching.pop()
        _take_over(machine, module, reach)
        return module.scope


def _unread(name: str, path: str, roots: tuple[str, ...], *, inner: bool) -> ProgramModule:
    with shared():
        nothing = ParsedModule(Source(_shown(path), "", ""), cst.Module([]))
        module = ProgramModule(name, nothing, roots, inner=inner)
        module.file = path
    with suppress(OSError):
        module.size = os.stat(path).st_size if os.path.isfile(path) else 0
    module.scope.names["__name__"] = name
    module.scope.names["__file__"] = path
    return module


def _execute(program: Program, module: ProgramModule) -> None:
    from keraslint.interpreter.machine import LimitReached, Machine
    from keraslint.interpreter.scopes import Frame
    from keraslint.interpreter.statements import execute_block

    machine = Machine(program)
    frame = Frame(machine, module.scope, module)
    try:
        execute_block(frame, module.parsed.module.body)
    except (LimitReached, RecursionError):
        module.limited = True
    module.names = dict(machine.names.counts)
    for other in module.reach.modules.values():
        module.names = without(module.names, other.names)


def _take_over(machine: Machine, module: ProgramModule, reach: Reach) -> None:
    """Rest on a module, and on all that it rests on itself."""
    machine.heap.touch(machine.names)
    found = [module]
    while found:
        one = found.pop()
        if one.file in reach.modules:
            continue
        reach.modules[one.file] = one
        reach.size += one.size
        machine.names.add(one.names)
        if one.limited:
            machine.note_limit("import", None)
        found += one.reach.modules.values()


@cache
def _roots(folder: str, further: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return import_roots(folder, further)


@cache
def _find(roots: tuple[str, ...], name: str) -> str | None:
    return find_module(roots, name)


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
