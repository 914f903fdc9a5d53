"""Whether a file can have anything to do with Keras; most files of most projects do not."""

from __future__ import annotations

import os

from keraslint.files.reading import UnreadableError, read_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = b"keras"
DOCUMENT_SUFFIXES = (".md", ".markdown", ".rst")
TRAINS = (b".fit", b".predict(")
"""What programs do with models; each word costs a search through every file."""

MOST_MODULES = 30
"""How many modules of the project are looked into for one file."""


def concerns_keras(path: str, data: bytes, src: tuple[str, ...] = ()) -> bool:
    """Whether a file says so, or trains something and imports modules of its project that do."""
    if WORD in data:
        return True
    if path.endswith(DOCUMENT_SUFFIXES) or not any(word in data for word in TRAINS):
        return False
    return any(WORD in module for module in _imported(path, data, src))


def _imported(path: str, data: bytes, src: tuple[str, ...]) -> Iterator[bytes]:
    """The contents of the modules of the project that a file imports, and that these import."""
    pending = [(path, data)]
    seen: set[str] = set()
    while pending and len(seen) < MOST_MODULES:
        importer, text = pending.pop()
        for found in _modules(importer, text, src):
            if found not in seen:
                seen.add(found)
                try:
                    content = read_bytes(found)
                except UnreadableError:
                    continue
                yield content
                pending.append((found, content))


def _modules(path: str, data: bytes, src: tuple[str, ...]) -> Iterator[str]:
    from keraslint.files.modules import find_module, import_roots

    package, roots = import_roots(os.path.dirname(os.path.abspath(path)), src)
    for name in _names(data, package):
        found = find_module(roots, name)
        if found is not None and found.endswith(".py"):
            yield found


def _names(data: bytes, package: str) -> Iterator[str]:
    """The dotted names after ``import`` and ``from``, and what may be modules in these."""
    import re

    statement = rb'^[ \t]*"?[ \t]*(?:from[ \t]+([.\w]+)[ \t]+)?import[ \t(]+([\w., \t*]+)'
    for match in re.finditer(statement, data, re.MULTILINE):
        origin = (match[1] or b"").decode("utf-8", "replace")
        level = len(origin) - len(origin.lstrip("."))
        base = origin.lstrip(".")
        if level:
            parts = package.split(".") if package else []
            base = ".".join((*parts[: len(parts) - level + 1], *filter(None, [base])))
        if base:
            yield base
        for item in match[2].decode("utf-8", "replace").split(","):
            name = item.split(" as ")[0].strip()
            if name:
                yield f"{base}.{name}" if base else name
