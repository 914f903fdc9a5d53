"""Reading files, whatever stands at their paths."""

from __future__ import annotations

import os
import stat

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

unsaved: dict[str, bytes] = {}
"""By real path, what an editor shows of files that may have other contents on the disk."""


class UnreadableError(Exception):
    """A path that cannot be read as a program.

    Attributes:
        path: The path as given.
        message: What is wrong, without the path.
        row: Where in the file, as far as that is known: otherwise its beginning.
        column: The column in that row.
    """

    def __init__(self, path: str, message: str, row: int = 1, column: int = 1) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message
        self.row = row
        self.column = column


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file, or those of `unsaved`.

    Raises:
        UnreadableError: There is no such file, or it cannot be read.
    """
    if unsaved and (data := unsaved.get(os.path.realpath(path))) is not None:
        return data
    try:
        # a pipe that nobody writes to would keep an ordinary call to open it waiting
        file = os.open(path, os.O_RDONLY | _AT_ONCE)
        try:
            status = os.fstat(file)
            if stat.S_ISDIR(status.st_mode):
                os.listdir(path)
                raise UnreadableError(path, "is a directory")
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(path, "is not a regular file")
            return _rest(file, status.st_size)
        finally:
            os.close(file)
    except OSError as error:
        raise UnreadableError(path, _reason(error)) from error
    except ValueError as error:
        raise UnreadableError(path, f"not a path: {error}") from error


def _rest(file: int, size: int) -> bytes:
    """What can be read from a file that is about so long."""
    data = os.read(file, size + 1)
    if len(data) == size:
        return data
    pieces = [data]  # it is changing, or no file system that knows sizes
    while pieces[-1]:
        pieces.append(os.read(file, max(size, 65536)))
    return b"".join(pieces)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return (error.strerror or str(error)).lower()
