"""From the bytes of a file to the programs in it."""

from __future__ import annotations

from keraslint.files import DOCUMENT_SUFFIXES, read_bytes
from keraslint.sources.decoding import decode, encode
from keraslint.sources.source import Source


def read_source(path: str, data: bytes, index: int = 0) -> Source:
    """The program in a file's bytes; the path's suffix says of what kind the file is.

    Args:
        path: The file's path.
        data: Its bytes.
        index: Which of the programs, if it is a document; an empty one if it has not as many.

    Raises:
        UnreadableError: The bytes are not what the suffix promises.
    """
    programs = read_programs(path, data)
    return programs[index] if index < len(programs) else Source(path, "", "", index=index)


def read_programs(path: str, data: bytes) -> list[Source]:
    """All programs in a file's bytes: one, but any number in a document.

    Raises:
        UnreadableError: The bytes are not what the suffix promises.
    """
    if path.endswith(".ipynb"):
        from keraslint.sources.notebooks import read_notebook

        return [read_notebook(path, data)]
    if path.endswith(DOCUMENT_SUFFIXES):
        from keraslint.sources.documents import read_document

        return read_document(path, data)
    text, encoding, bom = decode(path, data)
    return [Source(path, text, text, encoding, bom)]


def encoded(path: str, text: str) -> bytes:
    """The bytes of a Python file or document with this text."""
    if path.endswith(DOCUMENT_SUFFIXES):
        return text.encode("utf-8", "replace")
    return encode(path, text)


def load(path: str, index: int = 0) -> Source:
    """Reads the program in a file; ``index`` as for `read_source`.

    Raises:
        UnreadableError: There is no such file, or no program in it.
    """
    return read_source(path, read_bytes(path), index)
