"""The tables agree with the installed Keras and TF-Keras, name for name."""

import importlib
import inspect
import pkgutil
import types
from collections.abc import Iterator
from typing import Any

import pytest

from keraslint.knowledge.api import Api, Default, Root, Signature, Version

pytestmark = pytest.mark.oracle

FAMILIES = (
    "activations",
    "constraints",
    "initializers",
    "losses",
    "metrics",
    "optimizers",
    "regularizers",
)
# TF-Keras finds its own helpers by name as well; no program means them.
HELPERS = {"get", "serialize", "deserialize", "backend", "serialize_keras_object"}
HELPERS |= {"deserialize_keras_object"}
KINDS: dict[Any, str] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional_only",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional_or_keyword",
    inspect.Parameter.KEYWORD_ONLY: "keyword_only",
}
Case = tuple[Version, Root, str]
CASES: list[Case] = [
    ("keras3", "keras", "keras"),
    ("keras3", "tf.keras", "keras._tf_keras.keras"),
    ("tf_keras2", "keras", "tf_keras"),
]


@pytest.fixture(scope="module", params=CASES, ids=[case[2] for case in CASES])
def case(request: pytest.FixtureRequest, keras: types.ModuleType) -> tuple[Api, Root, str]:
    version, root, module = request.param
    importlib.import_module(module)
    return Api.load(version), root, module


def public(path: str, name: str = "keras") -> Iterator[tuple[str, Any]]:
    """Every public object of a package, by its name under `keras`."""
    module = importlib.import_module(path)
    submodules = {found.name for found in pkgutil.iter_modules(module.__path__) if found.ispkg}
    for attribute, item in vars(module).items():
        if not (attribute.startswith("_") or isinstance(item, types.ModuleType)):
            yield f"{name}.{attribute}", item
    for submodule in submodules - {"src", "api", "protobuf"}:
        if not submodule.startswith("_"):
            yield from public(f"{path}.{submodule}", f"{name}.{submodule}")


def real_signature(item: Any) -> inspect.Signature:
    function = item.__init__ if inspect.isclass(item) else item
    if function is object.__init__:
        return inspect.Signature()
    signature = inspect.signature(function)
    if not inspect.isclass(item):
        return signature
    return signature.replace(parameters=list(signature.parameters.values())[1:])


def difference(signature: Signature, expected: inspect.Signature) -> str | None:
    named = [p for p in expected.parameters.values() if p.kind in KINDS]
    ours = [(p.name, p.kind, p.required) for p in signature.parameters]
    theirs = [(p.name, KINDS[p.kind], p.default is p.empty) for p in named]
    if ours != theirs:
        return f"{ours} != {theirs}"
    for mine, real in zip(signature.parameters, named, strict=True):
        if not (mine.required or isinstance(mine.default, Default)):
            same = type(mine.default) is type(real.default) and mine.default == real.default
            if not same:
                return f"default of {mine.name}: {mine.default!r} != {real.default!r}"
    kinds = {p.kind for p in expected.parameters.values()}
    if signature.accepts_varargs != (inspect.Parameter.VAR_POSITIONAL in kinds):
        return "*args"
    if signature.accepts_kwargs != (inspect.Parameter.VAR_KEYWORD in kinds):
        return "**kwargs"
    return None


def test_every_public_object_is_known_with_its_signature(case):
    api, root, module = case
    wrong: dict[str, str] = {}
    count = 0
    for name, item in public(module):
        symbol = api.resolve(name, root)
        count += 1
        if symbol is None:
            wrong[name] = "missing"
        elif symbol.only_under not in {None, root}:
            wrong[name] = f"marked as {symbol.only_under} only"
        elif callable(item):
            if (symbol.kind == "class") != inspect.isclass(item):
                wrong[name] = f"not a {symbol.kind}"
            elif symbol.signature is None:
                wrong[name] = "no signature"
            elif found := difference(symbol.signature, real_signature(item)):
                wrong[name] = found
    assert wrong == {}
    assert count > 600


def test_nothing_is_known_that_does_not_exist(case):
    api, root, module = case
    real = {name for name, _ in public(module)}
    for path in api._children:
        for name in api.names_in(path, root) if path not in api._canonical else ():
            assert f"{path}.{name}" in real


def test_modules(case):
    api, root, module = case
    for path in {name.rpartition(".")[0] for name, _ in public(module)}:
        assert api.has_module(path, root)


def methods(item: Any, package: str) -> Iterator[tuple[str, inspect.Signature | None]]:
    """The public methods that a class has from its package; None for a property."""
    for name in dir(item):
        owner = next((c for c in item.__mro__ if name in vars(c)), item)
        if name.startswith("_") or owner.__module__.partition(".")[0] != package:
            continue
        member = vars(owner)[name]
        if isinstance(member, property):
            yield name, None
        elif isinstance(member, (classmethod, staticmethod)):
            yield name, inspect.signature(getattr(item, name))
        elif isinstance(member, types.FunctionType):
            signature = inspect.signature(member)
            yield name, signature.replace(parameters=list(signature.parameters.values())[1:])


def test_every_method_of_a_public_class_is_known_with_its_signature(case):
    api, root, module = case
    wrong: dict[str, str] = {}
    for name, item in public(module):
        for member, expected in (
            methods(item, module.partition(".")[0]) if inspect.isclass(item) else ()
        ):
            path = f"{name}.{member}"
            symbol = api.resolve(path, root)
            if symbol is None:
                wrong[path] = "missing"
            elif expected is None:
                if symbol.kind != "property":
                    wrong[path] = "a property"
            elif symbol.signature is None:
                wrong[path] = "a method"
            elif found := difference(symbol.signature, expected):
                wrong[path] = found
    # A decorator of TF-Keras hides the default of this one.
    wrong.pop("keras.layers.Embedding.build", None)
    assert wrong == {}


def accepts(get: Any, text: str) -> bool:
    try:
        return callable(get(text)) or hasattr(get(text), "apply_gradients")
    except (AttributeError, KeyError, NotImplementedError, TypeError, ValueError):
        return False


@pytest.mark.parametrize("family", FAMILIES)
def test_strings_are_those_that_get_accepts(case, family):
    api, _, module = case
    get = importlib.import_module(f"{module}.{family}").get
    names = {name.rpartition(".")[2] for name in api._canonical}
    candidates = names | {text for f in FAMILIES for text in api.strings(f)}
    candidates |= {text.swapcase() for text in candidates}
    accepted = {text for text in candidates - HELPERS if accepts(get, text)}
    known = {text for text in candidates if api.knows_string(family, text)}
    assert accepted - known == set()
    if api.version.startswith("3"):
        # Earlier releases of Keras 3 made a `Constant` of 0 from its name.
        assert {text for text in known - accepted if text.lower() != "constant"} == set()
