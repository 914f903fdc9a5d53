"""The string names by which Keras finds its activations, losses, metrics and so on."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import compress

import libcst as cst

from tools.python_package import Class, Function, Package, Value

FAMILIES = (
    "activations",
    "losses",
    "metrics",
    "optimizers",
    "initializers",
    "regularizers",
    "constraints",
)
# Keras 1 and 2.3 and TF-Keras look a string up among the names of these modules.
_HOMES = {
    "losses": ("objectives",),
    "initializers": ("initializations", "initializers.initializers"),
    "metrics": ("metrics.base_metric",),
    "activations": ("layers.activation",),
}
_FILLERS = {"deserialize", "populate_deserializable_objects"}
_HELPERS = {
    "K",
    "LOCAL",
    "Layer",
    "Optimizer",
    "backend",
    "class_name",
    "clip_norm",
    "convert_to_legacy_optimizer",
    "is_arm_mac",
    "is_built_in",
    "optimizer_from_config",
    "get",
    "get_custom_objects",
    "get_fans",
    "get_from_module",
    "populate_deserializable_objects",
}
# `compile` gives these a meaning that depends on the loss.
_COMPILE_METRICS = ("accuracy", "acc", "crossentropy", "ce")


def string_names(package: Package, release: str) -> dict[str, list[str]]:
    """Each family with the strings that its `get` accepts; optimizers in lower case."""
    src = f"{package.name}.src" if release in {"keras3", "tf_keras2"} else package.name
    read = _registered if release == "keras3" else _module_names
    found = {family: sorted(set(read(package, src, family))) for family in FAMILIES}
    found["compile_metrics"] = sorted({*found["metrics"], *_COMPILE_METRICS})
    return found


def snake_case(name: str) -> str:
    """`MeanSquaredError` as `mean_squared_error`."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


_KEYS: dict[str, Callable[[str], str]] = {
    "__name__": str,
    "to_snake_case(__name__)": snake_case,
    "__name__.lower()": str.lower,
}


def _registered(package: Package, src: str, family: str) -> Iterator[str]:
    """The keys of Keras 3's table of a family."""
    module = f"{src}.{family}"
    tree = package.tree(module)
    if tree is None:
        raise LookupError(module)
    members: list[str] = []
    for node in ast.parse(tree.code).body:
        if not isinstance(node, (ast.Assign, ast.Expr)) or "ALL_OBJECTS" not in ast.dump(node):
            continue
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Set):
            members = [name for e in node.value.elts if (name := ast.unparse(e)) not in _HELPERS]
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.DictComp):
                variable = ast.unparse(inner.generators[0].target)
                spell = _KEYS[ast.unparse(inner.key).replace(f"{variable}.", "")]
                yield from (spell(m) for m in members if _constructible(package, module, m))
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.value


def _module_names(package: Package, src: str, family: str) -> Iterator[str]:
    """The names of the module that an older `get` searches, and those it adds."""
    for home in (family, *_HOMES.get(family, ())):
        module = f"{src}.{home}"
        if package.tree(module) is None:
            continue
        own, added = list(_own_names(package, module)), list(_added(package, module))
        if family == "optimizers":
            yield from (name.lower() for name in [*own, *added])
        else:
            yield from [*own, *added]
        if family == "initializers" and package.name == "tf_keras":
            yield from (snake_case(name) for name in own)


def _own_names(package: Package, module: str) -> Iterator[str]:
    for name in package.names(module):
        private = name.startswith("_") or name in _HELPERS or "serialize" in name
        if not private and _constructible(package, module, name):
            yield name


def _added(package: Package, module: str) -> Iterator[str]:
    """The keys of the tables that the functions of a module fill."""
    tree = package.tree(module)
    for function in ast.parse(tree.code if tree else "").body:
        if getattr(function, "name", None) not in _FILLERS:
            continue
        for node in ast.walk(function):
            keys: list[ast.expr | None] = []
            if isinstance(node, ast.Dict):
                named = [isinstance(v, (ast.Name, ast.Attribute)) for v in node.values]
                keys = list(compress(node.keys, named))
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                keys = [node.slice]
            yield from (
                key.value
                for key in keys
                if isinstance(key, ast.Constant)
                and isinstance(key.value, str)
                and key.value not in _HELPERS
            )


def _constructible(package: Package, module: str, name: str) -> bool:
    """Whether `get` can make the object: a function, or a class without required arguments."""
    item = package.lookup(module, name)
    if isinstance(item, Class):
        constructor = item.find("__init__")
        parameters = constructor.node.params.params[1:] if constructor else []
        return all(p.default is not None for p in parameters)
    if isinstance(item, Value):
        return isinstance(item.node, (cst.Name, cst.Attribute))
    return isinstance(item, Function)
