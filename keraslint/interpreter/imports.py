"""``import`` and ``from … import``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from keraslint.interpreter.outcomes import NEXT
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import External, Imported, List, Module, Value
from keraslint.tensors.dims import UNKNOWN

if TYPE_CHECKING:
    from keraslint.interpreter.programs import ProgramModule

LIBRARIES = frozenset(
    (
        "keras",
        "tensorflow",
        "tf_keras",
        "numpy",
        "sklearn",
        "pandas",
        "scipy",
        "matplotlib",
        "jax",
        "torch",
        "math",
        "os",
        "sys",
        "functools",
        "itertools",
        "collections",
        "typing",
        "random",
        "dataclasses",
        "enum",
        "abc",
        "argparse",
        "json",
        "re",
        "pathlib",
        "contextlib",
        "copy",
        "operator",
        "string",
        "time",
        "datetime",
        "logging",
        "warnings",
        "pickle",
        "glob",
        "shutil",
        "__future__",
        "types",
        "inspect",
        "subprocess",
        "threading",
        "csv",
        "io",
        "tempfile",
        "h5py",
    )
)
HIDDEN = ("src.", "_tf_keras.keras.", "api._v2.keras.", "api._v1.keras.", "api.", "python.keras.")


def canonical(path: str) -> External:
    """A library name in its canonical form: every road to Keras leads to ``keras``."""
    root = path.partition(".")[0]
    if path == "tensorflow.keras" or path.startswith("tensorflow.keras."):
        path = "keras" + path[len("tensorflow.keras") :]
    elif path.startswith(("tensorflow.python.keras", "tensorflow.contrib.keras")):
        path = "keras" + path[path.index(".keras") + len(".keras") :]
    elif root == "tf_keras":
        path = "keras" + path[len("tf_keras") :]
    elif path.startswith(("tensorflow.compat.v2.", "tensorflow.compat.v1.")):
        return canonical("tensorflow." + path[len("tensorflow.compat.v2.") :])
    if path.startswith("keras."):
        rest = path[len("keras.") :]
        for hidden in HIDDEN:
            if (rest + ".").startswith(hidden):
                rest = rest[len(hidden) :]
        path = f"keras.{rest}".rstrip(".")
    return External(path, root)


def dotted(node: cst.BaseExpression) -> str:
    """A dotted name as text."""
    if isinstance(node, cst.Attribute):
        return f"{dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def is_installed(frame: Frame, name: cst.BaseExpression) -> bool:
    """Whether an import can be taken to succeed: a common library, or one of the program."""
    text = dotted(name)
    root = text.partition(".")[0]
    return root in LIBRARIES or frame.machine.program.find(frame.module, root) is not None


def import_(frame: Frame, node: cst.Import) -> int:
    """``import a.b`` and ``import a.b as c``."""
    for alias in node.names:
        path = dotted(alias.name)
        module = load(frame, path)
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            frame.assign(alias.asname.name.value, module)
        else:
            root = path.partition(".")[0]
            frame.assign(root, load(frame, root))
    return NEXT


def load(frame: Frame, path: str, importer: ProgramModule | None = None) -> Value:
    """The module at ``path``: one of the program, or a library's name.

    Args:
        frame: where it is asked for.
        path: its dotted name.
        importer: the module that imports it, that of the frame if not given.
    """
    root = path.partition(".")[0]
    program = frame.machine.program
    importer = importer or frame.module
    if root in LIBRARIES or program.find(importer, root) is None:
        return canonical(path)
    module = program.load(importer, path)
    return UNKNOWN if module is None else module


def import_from(frame: Frame, node: cst.ImportFrom) -> int:
    """``from a.b import c``, relative ones and ``*`` included."""
    path = _absolute(frame, node)
    if path is None:
        _bind_unknown(frame, node)
        return NEXT
    program = frame.machine.program
    own = path.partition(".")[0] not in LIBRARIES and program.find(frame.module, path) is not None
    if isinstance(node.names, cst.ImportStar):
        _import_star(frame, load(frame, path) if path else UNKNOWN)
        return NEXT
    module = UNKNOWN if own or not path else load(frame, path)
    for alias in node.names:
        name = dotted(alias.name)
        target = name
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            target = alias.asname.name.value
        value: Value = Imported(path, name) if own else _member(frame, module, path, name)
        frame.assign(target, value)
    return NEXT


def resolve(frame: Frame, value: Imported, importer: ProgramModule | None = None) -> Value:
    """What an imported name stands for; unknown if modules take it from each other in a circle.

    Args:
        frame: where it is asked for.
        value: the name.
        importer: the module that imported it, that of the frame if not given.
    """
    resolving = frame.machine.resolving
    if value in resolving:
        return UNKNOWN
    resolving.add(value)
    try:
        return _member(frame, load(frame, value.path, importer), value.path, value.name)
    finally:
        resolving.discard(value)


def _absolute(frame: Frame, node: cst.ImportFrom) -> str | None:
    path = "" if node.module is None else dotted(node.module)
    if not node.relative:
        return path
    program = frame.machine.program
    if frame.module is program.main:
        package = program.package
    else:
        package = frame.module.name
        if not frame.module.path.endswith("__init__.py"):
            package = package.rpartition(".")[0]
    for _ in range(len(node.relative) - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{path}".strip(".")


def _member(frame: Frame, module: Value, path: str, name: str) -> Value:
    if isinstance(module, External):
        from keraslint.interpreter.attributes import get_attribute

        member = get_attribute(frame, module, name)
        return (
            canonical(member.path) if isinstance(member, External) and member.root == "" else member
        )
    if isinstance(module, Module):
        return module_attribute(frame, module, name)
    known = not path and frame.machine.program.find(frame.module, name)
    return load(frame, name) if known else UNKNOWN


def module_attribute(frame: Frame, module: Module, name: str) -> Value:
    """A name of a module of the program, or a module below it."""
    names = frame.machine.program.scope_of(frame.machine, module).names
    itself = Imported(module.name, name)  # ``from package import module`` in the package
    if name in names and names[name] != itself:
        value = names[name]
        return resolve(frame, value, module.module) if isinstance(value, Imported) else value
    below = f"{module.name}.{name}"
    known = frame.machine.program.find(module.module, below) is not None
    return load(frame, below, module.module) if known else UNKNOWN


def _bind_unknown(frame: Frame, node: cst.ImportFrom) -> None:
    if not isinstance(node.names, cst.ImportStar):
        for alias in node.names:
            name = alias.asname.name if alias.asname is not None else alias.name
            if isinstance(name, cst.Name):
                frame.assign(name.value, UNKNOWN)


def _import_star(frame: Frame, module: Value) -> None:
    if isinstance(module, Module):
        names = frame.machine.program.scope_of(frame.machine, module).names
        public = names.get("__all__")
        listed = public.items if isinstance(public, List) and not public.open else None
        for name, value in list(names.items()):
            if name in listed if listed is not None else not name.startswith("_"):
                frame.assign(name, value)
    elif isinstance(module, External) and module.path.partition(".")[0] == "keras":
        from keraslint.knowledge.api import Api

        for name in Api.load("keras3").names_in(module.path):
            frame.assign(name, module.member(name))
