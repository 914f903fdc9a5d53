"""Write the public names and signatures of Keras releases to `keraslint/knowledge/api/`.

The releases are read as source text and never imported. An argument names a data file and the
folder of an unpacked release; without any, all releases are downloaded from PyPI:

    python -m tools.generate_api
    python -m tools.generate_api keras3=path/to/the/package/keras
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.old_arguments import old_arguments
from tools.python_package import Class, Function, Object, Package, Submodule, signature
from tools.string_names import string_names

DATA = Path(__file__).parent.parent / "keraslint" / "knowledge" / "api"
_TF_ROOT = "keras._tf_keras.keras"

_HELPERS = (
    "audio_conv_utils",
    "cntk_backend",
    "interfaces",
    "load_backend",
    "numpy_backend",
    "test_utils",
    "theano_backend",
)


@dataclass(frozen=True)
class Release:
    """Where the public names of a Keras version are found.

    Attributes:
        requirement: What to ask PyPI for.
        package: The name of the package.
        private: Folders of it that are no public modules.
        functional: Module, class and method that build a model of a graph of layers.
    """

    requirement: str
    package: str
    functional: tuple[str, str, str]
    private: tuple[str, ...] = ()


RELEASES = {
    "keras3": Release(
        "keras>=3",
        "keras",
        ("keras.src.models.functional", "Functional", "__init__"),
        ("src", "_tf_keras"),
    ),
    "tf_keras2": Release(
        "tf-keras>=2,<3",
        "tf_keras",
        ("tf_keras.src.engine.functional", "Functional", "__init__"),
        ("src", "api", "protobuf"),
    ),
    "keras2": Release(
        "keras==2.3.1",
        "keras",
        ("keras.engine.network", "Network", "_init_graph_network"),
        _HELPERS,
    ),
    "keras1": Release(
        "keras==1.2.2", "keras", ("keras.engine.topology", "Container", "__init__"), _HELPERS
    ),
}


@dataclass
class Entry:
    """One public object and every name that leads to it."""

    item: Object
    keras: list[str] = field(default_factory=list)
    tf: list[str] = field(default_factory=list)

    @property
    def canonical(self) -> str:
        """The name that stands for the object."""
        return min(self.keras or self.tf, key=self._rank)

    def _rank(self, name: str) -> tuple[bool, bool, int, int, bool, str]:
        module, _, last = name.rpartition(".")
        real = self.item.name if isinstance(self.item, (Class, Function)) else last
        home = self.item.module.split(".") if not isinstance(self.item, Submodule) else []
        home = [part for part in home if part != "src"][1:]
        near = sum(1 for _ in _common(module.split(".")[1:], home))
        internal = module.startswith(("keras.engine", "keras.legacy"))
        usual = module in {"keras.layers", "keras.models"}
        return last != real, internal, name.count("."), -near, not usual, name


def collect(package: Package, release: Release) -> list[Entry]:
    """The public objects of a release; those of `keras` before those of `tf.keras` alone."""
    entries: dict[object, Entry] = {}
    for module, public, tf in public_modules(package, release):
        for name in package.names(module):
            item = None if name.startswith("_") else package.lookup(module, name)
            if item is None or isinstance(item, Submodule):
                continue
            path = f"{public}.{name}"
            known = isinstance(item, (Class, Function))
            key = (item.module, item.name) if isinstance(item, (Class, Function)) else path
            entry = entries.setdefault(key, Entry(item))
            if known or not entry.keras + entry.tf:
                (entry.tf if tf else entry.keras).append(path)
    return sorted(entries.values(), key=lambda e: (not e.keras, e.canonical))


def public_modules(package: Package, release: Release) -> Iterator[tuple[str, str, bool]]:
    """Each public module, its name under `keras`, and whether it is that of `tf.keras`."""
    for module in package.modules():
        parts = module.split(".")[1:]
        if module == _TF_ROOT or module.startswith(_TF_ROOT + "."):
            yield module, "keras" + module[len(_TF_ROOT) :], True
        elif not any(p in release.private or p.startswith("_") for p in parts):
            yield module, ".".join(["keras", *parts]), False


@dataclass(frozen=True)
class Describer:
    """Turns entries into records of the data file."""

    package: Package
    release: Release
    home: dict[tuple[str, str], str]
    keras: frozenset[str]
    tf: frozenset[str]

    def describe(self, entry: Entry) -> dict[str, Any]:
        """The record of one object."""
        item = entry.item
        record: dict[str, Any] = {"kind": "value"}
        if isinstance(item, Function):
            old = old_arguments(self.package, item)
            record = {"kind": "function", "signature": signature(item), "old_arguments": old}
        elif isinstance(item, Class):
            record = {"kind": "class", **self._class(item)}
        if isinstance(item, (Class, Function)) and item.name != entry.canonical.rpartition(".")[2]:
            record["name"] = item.name
        record["aliases"] = sorted({*entry.keras, *entry.tf} - {entry.canonical})
        if self.package.tree(_TF_ROOT):
            record["only_keras"] = sorted(set(entry.keras) - self.tf)
            record["only_tf"] = sorted(set(entry.tf) - self.keras)
        return {key: value for key, value in record.items() if value or key == "kind"}

    def _class(self, item: Class) -> dict[str, Any]:
        public = [c for c in item.mro[1:] if c.key in self.home]
        graph = self._functional() if item.name == "Model" else None
        members = {name: item.find(name) for c in item.mro for name in c.own}
        if graph is not None:  # what `Model(inputs, outputs)` makes has more
            members = {name: graph.find(name) for c in graph.mro for name in c.own} | members
        methods: dict[str, str] = {}
        old_in_methods: dict[str, dict[str, str | None]] = {}
        properties: list[str] = []
        for name, function in sorted(members.items()):
            if function is None or (name.startswith("_") and name != "__call__"):
                continue
            inherited = public[0].find(name) if public else None
            if inherited and _member(inherited) == _member(function):
                continue
            if _member(function) == "property":
                properties.append(name)
            else:
                methods[name] = _member(function)
                if old := old_arguments(self.package, function):
                    old_in_methods[name] = old
        constructor = item.find("__init__")
        built = graph.own[self.release.functional[2]] if graph is not None else None
        return {
            "signature": signature(constructor, bound=True) if constructor else "()",
            "functional": signature(built, bound=True) if built else None,
            "bases": [self.home[c.key] for c in public],
            "old_arguments": old_arguments(self.package, constructor) if constructor else None,
            "methods": methods,
            "old_in_methods": old_in_methods,
            "properties": properties,
        }

    def _functional(self) -> Class:
        module, name, _ = self.release.functional
        item = self.package.lookup(module, name)
        if not isinstance(item, Class):
            raise LookupError(f"{module}.{name}")
        return item


def generate(name: str, root: Path) -> None:
    """Write the data file of one release."""
    release = RELEASES[name]
    package = Package(root, release.package)
    entries = collect(package, release)
    home: dict[tuple[str, str], str] = {}
    for entry in entries:
        if isinstance(entry.item, Class):
            home.setdefault(entry.item.key, entry.canonical)
    describer = Describer(
        package,
        release,
        home,
        frozenset(name for e in entries for name in e.keras),
        frozenset(name for e in entries for name in e.tf),
    )
    modules = {public for _, public, tf in public_modules(package, release) if not tf}
    tf_modules = {public for _, public, tf in public_modules(package, release) if tf}
    data = {
        "version": version(root, release),
        "strings": string_names(package, name),
        "modules": sorted(modules),
        "tf_modules": sorted(tf_modules - modules),
        "symbols": {e.canonical: describer.describe(e) for e in entries if e.keras},
        "tf_symbols": {e.canonical: describer.describe(e) for e in entries if not e.keras},
    }
    (DATA / f"{name}.json").write_text(_layout(data), encoding="utf-8")


def version(root: Path, release: Release) -> str:
    """The version number that the release gives itself."""
    places = (root / "__init__.py", root / "src" / "version.py")
    text = "\n".join(p.read_text(encoding="utf-8") for p in places if p.is_file())
    found = re.search(r"""__version__ = ["']([\d.]+)["']""", text)
    if found is None:
        raise LookupError(f"no version in {release.package}")
    return found[1]


def download(release: Release, folder: Path) -> Path:
    """Fetch a release from PyPI and unpack it; the folder of the package."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*command, "--dest", str(folder), release.requirement], check=True)
    archive = next(p for p in folder.iterdir() if p.suffix in {".whl", ".gz"})
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder / "unpacked")
    else:
        with tarfile.open(archive) as source:
            source.extractall(folder / "unpacked", filter="data")
    return next(iter((folder / "unpacked").rglob(f"{release.package}/__init__.py"))).parent


def _member(function: Function) -> str:
    if any(d == "property" or d.endswith("_property") for d in function.decorators):
        return "property"
    return signature(function, bound="staticmethod" not in function.decorators)


def _common(first: list[str], second: list[str]) -> Iterator[str]:
    for left, right in zip(first, second, strict=False):
        if left != right:
            return
        yield left


def _layout(data: dict[str, Any]) -> str:
    """JSON with one symbol or list to a line, so that a diff names what changed."""
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            inner = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            lines.append(f"{json.dumps(key)}: {{\n{inner}\n}}")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: list[str]) -> None:
    """Generate what the arguments name, or everything."""
    given = dict(argument.split("=", 1) for argument in arguments)
    for name, folder in given.items():
        generate(name, Path(folder))
    for name, release in RELEASES.items() if not given else ():
        with tempfile.TemporaryDirectory() as folder:
            generate(name, download(release, Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
