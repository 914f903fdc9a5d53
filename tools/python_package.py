"""Read classes, functions and names of a Python package from its source, without importing it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import libcst as cst

_EMPTY = cst.Module([])


@dataclass(frozen=True)
class Function:
    """A function or method as it is written."""

    module: str
    node: cst.FunctionDef

    @property
    def name(self) -> str:
        """The name it is defined by."""
        return self.node.name.value

    @cached_property
    def decorators(self) -> list[str]:
        """The decorators as they are written."""
        return [_EMPTY.code_for_node(d.decorator) for d in self.node.decorators]


@dataclass(frozen=True)
class Class:
    """A class as it is written, with its bases resolved."""

    module: str
    node: cst.ClassDef
    bases: tuple[Class, ...]

    @property
    def name(self) -> str:
        """The name it is defined by."""
        return self.node.name.value

    @property
    def key(self) -> tuple[str, str]:
        """What tells the class from all others."""
        return (self.module, self.name)

    @cached_property
    def decorators(self) -> list[str]:
        """The decorators as they are written."""
        return [_EMPTY.code_for_node(d.decorator) for d in self.node.decorators]

    @cached_property
    def own(self) -> dict[str, Function]:
        """The functions that the body of the class defines itself."""
        found: dict[str, Function] = {}
        for statement in _statements(self.node.body.body):
            if isinstance(statement, cst.FunctionDef):
                # A property and its setter share a name: the getter comes first.
                found.setdefault(statement.name.value, Function(self.module, statement))
        return found

    @cached_property
    def mro(self) -> tuple[Class, ...]:
        """The class and its bases in the order in which Python searches them."""
        return (self, *_merge([list(b.mro) for b in self.bases] + [list(self.bases)]))

    def find(self, name: str) -> Function | None:
        """The function that the attribute `name` of an instance is."""
        return next((c.own[name] for c in self.mro if name in c.own), None)


@dataclass(frozen=True)
class Value:
    """Some other object: a constant, a lambda, an instance."""

    module: str
    node: cst.BaseExpression | None


@dataclass(frozen=True)
class Submodule:
    """A module of the package."""

    path: str


Object = Function | Class | Value | Submodule


@dataclass(frozen=True)
class _Import:
    module: str
    name: str


_Binding = cst.FunctionDef | cst.ClassDef | cst.BaseExpression | _Import | Submodule


class Package:
    """The modules of a package, read on demand.

    Args:
        root: The folder of the package itself.
        name: The name that the package's own modules import it by.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        self._trees: dict[str, cst.Module | None] = {}
        self._tables: dict[str, dict[str, _Binding]] = {}
        self._classes: dict[tuple[str, str], Class] = {}

    def modules(self) -> Iterator[str]:
        """Dotted paths of all modules."""
        for path in sorted(self.root.rglob("*.py")):
            parts = path.relative_to(self.root).with_suffix("").parts
            yield ".".join((self.name, *(p for p in parts if p != "__init__")))

    def tree(self, module: str) -> cst.Module | None:
        """The parsed module, or None where the package has none of that name."""
        if module not in self._trees:
            path = self._path(module)
            self._trees[module] = cst.parse_module(path.read_bytes()) if path else None
        return self._trees[module]

    def names(self, module: str) -> list[str]:
        """What is bound at the top of a module."""
        return list(self._table(module))

    def lookup(self, module: str, name: str, seen: frozenset[str] = frozenset()) -> Object | None:
        """The object that `module.name` is; None for what comes from outside the package."""
        binding = self._table(module).get(name)
        if binding is None:
            path = f"{module}.{name}"
            return Submodule(path) if self._path(path) else None
        if isinstance(binding, Submodule):
            return binding
        if isinstance(binding, _Import):
            spot = f"{binding.module}.{binding.name}"
            return None if spot in seen else self.lookup(*_split(spot), seen=seen | {spot})
        if isinstance(binding, cst.ClassDef):
            return self._class(module, binding)
        if isinstance(binding, cst.FunctionDef):
            return Function(module, binding)
        target = _dotted(binding)
        if target and target != name:
            return self.follow(module, target) or Value(module, binding)
        return Value(module, binding)

    def follow(self, module: str, dotted: str) -> Object | None:
        """The object a dotted expression in a module stands for."""
        first, *rest = dotted.split(".")
        found = self.lookup(module, first)
        for attribute in rest:
            if not isinstance(found, Submodule):
                return None
            found = self.lookup(found.path, attribute)
        return found

    def _class(self, module: str, node: cst.ClassDef) -> Class:
        key = (module, node.name.value)
        if key not in self._classes:
            bases = (self._base(module, argument.value) for argument in node.bases)
            self._classes[key] = Class(module, node, tuple(b for b in bases if b))
        return self._classes[key]

    def _base(self, module: str, node: cst.BaseExpression) -> Class | None:
        dotted = _dotted(node)
        found = self.follow(module, dotted) if dotted else None
        return found if isinstance(found, Class) else None

    def _path(self, module: str) -> Path | None:
        first, *rest = module.split(".")
        if first != self.name:
            return None
        stem = self.root.joinpath(*rest)
        candidates = (stem / "__init__.py", stem.with_name(stem.name + ".py"))
        return next((p for p in candidates if p.is_file()), None)

    def _is_package(self, module: str) -> bool:
        path = self._path(module)
        return path is not None and path.name == "__init__.py"

    def _table(self, module: str) -> dict[str, _Binding]:
        if module not in self._tables:
            table: dict[str, _Binding] = {}
            self._tables[module] = table
            tree = self.tree(module)
            if tree is not None:
                for statement in _statements(tree.body):
                    table.update(self._bindings(module, statement))
        return self._tables[module]

    def _bindings(self, module: str, node: cst.CSTNode) -> Iterator[tuple[str, _Binding]]:
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            yield node.name.value, node
        elif isinstance(node, cst.Assign):
            for target in node.targets:
                if isinstance(target.target, cst.Name):
                    yield target.target.value, self._assigned(module, node.value)
        elif isinstance(node, cst.Import):
            yield from self._imported_modules(node)
        elif isinstance(node, cst.ImportFrom):
            yield from self._imported_names(module, node)

    def _assigned(self, module: str, value: cst.BaseExpression) -> _Binding:
        """What a name stands for at this point, as it may be bound again further down."""
        if isinstance(value, cst.Name):
            return self._tables[module].get(value.value, value)
        return value

    def _imported_modules(self, node: cst.Import) -> Iterator[tuple[str, _Binding]]:
        for alias in node.names:
            path = _dotted(alias.name) or ""
            if path.split(".")[0] != self.name:
                continue
            if alias.asname is None:
                yield self.name, Submodule(self.name)
            elif isinstance(alias.asname.name, cst.Name):
                yield alias.asname.name.value, Submodule(path)

    def _imported_names(self, module: str, node: cst.ImportFrom) -> Iterator[tuple[str, _Binding]]:
        source = self._source(module, node)
        if source.split(".")[0] != self.name:
            return
        if isinstance(node.names, cst.ImportStar):
            for name in self._starred(source):
                yield name, _Import(source, name)
            return
        for alias in node.names:
            name = _dotted(alias.name) or ""
            asname = alias.asname.name if alias.asname else None
            bound = asname.value if isinstance(asname, cst.Name) else name
            if source != module or bound != name:
                yield bound, _Import(source, name)

    def _starred(self, module: str) -> list[str]:
        listed = self._table(module).get("__all__")
        if isinstance(listed, (cst.List, cst.Tuple)):
            return [str(ast.literal_eval(_EMPTY.code_for_node(e.value))) for e in listed.elements]
        return [name for name in self._table(module) if not name.startswith("_")]

    def _source(self, module: str, node: cst.ImportFrom) -> str:
        name = _dotted(node.module) if node.module else ""
        level = len(node.relative)
        if not level:
            return name or ""
        parts = module.split(".")
        keep = len(parts) - level + (1 if self._is_package(module) else 0)
        return ".".join(parts[:keep] + ([name] if name else []))


def source(node: cst.CSTNode) -> str:
    """The code of an expression in one canonical spelling."""
    return ast.unparse(ast.parse(_EMPTY.code_for_node(node).strip(), mode="eval"))


def signature(function: Function, *, bound: bool = False) -> str:
    """The parameters as they are written, without annotations.

    Args:
        function: What to describe.
        bound: Leave the first parameter out (`self` or `cls`).
    """
    parameters = function.node.params
    positional = [*parameters.posonly_params, *parameters.params]
    posonly = len(parameters.posonly_params)
    if bound:
        positional, posonly = positional[1:], max(posonly - 1, 0)
    parts = [_parameter(p) for p in positional]
    if posonly:
        parts.insert(posonly, "/")
    star = parameters.star_arg
    if isinstance(star, cst.Param):
        parts.append("*" + star.name.value)
    elif parameters.kwonly_params:
        parts.append("*")
    parts += [_parameter(p) for p in parameters.kwonly_params]
    if parameters.star_kwarg:
        parts.append("**" + parameters.star_kwarg.name.value)
    return f"({', '.join(parts)})"


def _parameter(node: cst.Param) -> str:
    return node.name.value + (f"={source(node.default)}" if node.default else "")


def _statements(body: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Statements in order, those of all branches included; what should win comes last."""
    for node in body:
        if isinstance(node, cst.SimpleStatementLine):
            yield from node.body
        elif isinstance(node, cst.If):
            # One branch per backend: TensorFlow's is the one that most programs run with.
            for branch in sorted(_chain(node), key=_is_for_tensorflow):
                yield from _statements(branch.body.body)
        elif isinstance(node, cst.Try):
            for handler in node.handlers:  # holds stand-ins for what the body could not import
                yield from _statements(handler.body.body)
            yield from _statements(node.body.body)
            yield from _statements([node.orelse] if node.orelse else [])
        elif isinstance(node, (cst.With, cst.Else)):
            yield from _statements(node.body.body)
        else:
            yield node


def _chain(node: cst.If) -> Iterator[cst.If | cst.Else]:
    branch: cst.If | cst.Else | None = node
    while branch is not None:
        yield branch
        branch = branch.orelse if isinstance(branch, cst.If) else None


def _is_for_tensorflow(branch: cst.If | cst.Else) -> bool:
    return isinstance(branch, cst.If) and "tensorflow" in _EMPTY.code_for_node(branch.test)


def _dotted(node: cst.CSTNode | None) -> str | None:
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        head = _dotted(node.value)
        return f"{head}.{node.attr.value}" if head else None
    return None


def _split(path: str) -> tuple[str, str]:
    module, _, name = path.rpartition(".")
    return module, name


def _merge(sequences: list[list[Class]]) -> Iterator[Class]:
    """C3: the order in which Python searches the bases."""
    while sequences := [s for s in sequences if s]:
        for sequence in sequences:
            head = sequence[0]
            if not any(head.key in {c.key for c in s[1:]} for s in sequences):
                break
        else:
            raise ValueError("inconsistent bases")
        yield head
        sequences = [[c for c in s if c.key != head.key] for s in sequences]
