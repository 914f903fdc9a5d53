"""From the bytes of a Python file to its text, as Python reads them (PEP 263)."""

from __future__ import annotations

from typing import NamedTuple

from keraslint.files import UnreadableError

BOM = b"\xef\xbb\xbf"


class Decoded(NamedTuple):
    """A file's text, and what its bytes can be made from again."""

    text: str
    encoding: str
    bom: bool


def decode(path: str, data: bytes, *, declared: bool = True) -> Decoded:
    """The text of a file.

    Args:
        path: The path as given, for errors.
        data: The file's bytes.
        declared: Whether a comment in the first two lines may declare the encoding, as in Python.

    Raises:
        UnreadableError: The encoding is unknown, or the bytes do not follow it.
    """
    encoding = _declared_encoding(path, data) if declared else "utf-8"
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    try:
        return Decoded(body.decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        before = body[: error.start].splitlines() or [b""]
        if body[: error.start].endswith((b"\n", b"\r")):
            before.append(b"")
        column = len(before[-1].decode(encoding, errors="replace")) + 1
        message = f"not valid {encoding}: {error.reason}"
        raise UnreadableError(path, message, len(before), column) from error
    except (LookupError, ValueError) as error:
        raise UnreadableError(path, f"cannot decode as {encoding}: {error}") from error


def encode(path: str, text: str) -> bytes:
    """The bytes of a Python file with this text; what its encoding has no way to write is ``?``."""
    data = text.encode("utf-8", "replace")
    try:
        return text.encode(_declared_encoding(path, data), "replace")
    except (UnreadableError, LookupError, ValueError):
        return data


def _declared_encoding(path: str, data: bytes) -> str:
    if b"coding" not in b"".join(data[:4096].splitlines(keepends=True)[:2]):
        return "utf-8"
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        raise UnreadableError(path, str(error.msg)) from error
    return "utf-8" if encoding == "utf-8-sig" else encoding
