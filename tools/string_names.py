"""The string names by which Keras finds its activations, losses, metrics and so on."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

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
_HELPERS = {"get", "serialize", "deserialize", "clip_norm", "get_fans", "K", "backend"}
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
            members = [ast.unparse(e) for e in node.value.elts]
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.DictComp):
                variable = ast.unparse(inner.generators[0].target)
                spell = _KEYS[ast.unparse(inner.key).replace(f"{variable}.", "")]
                yield from (spell(m) for m in members if _constructible(package, module, m))
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.value


def _module_names(package: Package, src: str, family: str) -> Iterator[str]:
    """The names of the module that an older `get` searches."""
    if family == "optimizers":
        yield from (name.lower() for name in _optimizers(package, src))
        return
    for home in (family, *_HOMES.get(family, ())):
        module = f"{src}.{home}"
        if package.tree(module) is None:
            continue
        for name in package.names(module):
            if name.startswith("_") or name in _HELPERS or "serialize" in name:
                continue
            if _constructible(package, module, name):
                yield name
                if package.name == "tf_keras" and family == "initializers":
                    yield snake_case(name)


def _optimizers(package: Package, src: str) -> Iterator[str]:
    module = f"{src}.optimizers"
    for name in package.names(module):
        item = package.lookup(module, name)
        if (
            isinstance(item, Class)
            and name != "Optimizer"
            and _constructible(package, module, name)
        ):
            yield name


def _constructible(package: Package, module: str, name: str) -> bool:
    """Whether `get` can make the object: a function, or a class without required arguments."""
    item = package.lookup(module, name)
    if isinstance(item, Class):
        constructor = item.find("__init__")
        parameters = constructor.node.params.params[1:] if constructor else []
        return all(p.default is not None for p in parameters)
    return isinstance(item, (Function, Value))
