"""The arguments of Keras 1 that Keras 2.3 still accepts through its converters."""

from __future__ import annotations

import ast

import libcst as cst

from tools.python_package import Function, Package, Value

_CONVERTERS = "keras.legacy.interfaces"


def old_arguments(package: Package, function: Function) -> dict[str, str | None]:
    """Old keyword arguments that a decorator of the function converts.

    Returns:
        Each old name with the name it became; None where it has no single successor.
    """
    found: dict[str, str | None] = {}
    for decorator in function.decorators:
        prefix, _, name = decorator.rpartition(".")
        converter = package.lookup(_CONVERTERS, name) if prefix == "interfaces" else None
        if isinstance(converter, Value) and converter.node is not None:
            call = ast.parse(cst.Module([]).code_for_node(converter.node), mode="eval").body
            assert isinstance(call, ast.Call)
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            if "preprocessor" in given:
                found |= dict.fromkeys(_popped(package, ast.unparse(given["preprocessor"])))
            if "conversions" in given:
                found |= dict(ast.literal_eval(given["conversions"]))
    return found


def _popped(package: Package, name: str) -> list[str]:
    """The keyword arguments that a preprocessor takes away."""
    function = package.lookup(_CONVERTERS, name)
    if not isinstance(function, Function):
        return []
    found: list[str] = []
    for node in ast.walk(ast.parse(cst.Module([]).code_for_node(function.node))):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func) == "kwargs.pop" and isinstance(node.args[0], ast.Constant):
            found.append(str(node.args[0].value))
        elif isinstance(node.func, ast.Name) and node.func.id != name:
            found += _popped(package, node.func.id)
    return found
