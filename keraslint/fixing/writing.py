"""Replacing a file's content: whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":

    @contextmanager
    def _locked(_path: Path) -> Iterator[None]:
        """Nothing: an open file cannot be replaced there, so a lock would be in the way."""
        yield

else:
    import fcntl

    @contextmanager
    def _locked(path: Path) -> Iterator[None]:
        """Keep other runs of keraslint from replacing a file at the same time."""
        with path.open("rb") as file:
            with suppress(OSError):  # some network file systems have no locks
                fcntl.flock(file, fcntl.LOCK_EX)
            yield


class ChangedMeanwhileError(Exception):
    """Somebody changed the file since it was read."""


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Replace the content of a file; where a symbolic link leads to it, the link stays.

    The new content is complete on the disk before it takes the file's place, under the same name
    and with the same permissions.

    Args:
        path: the file.
        before: the content that it must still have.
        after: its new content.

    Raises:
        ChangedMeanwhileError: it has another content by now; it is left alone.
        OSError: it cannot be read or written.
    """
    target = Path(os.path.realpath(path))
    if not os.access(target, os.W_OK) and target.exists():
        raise PermissionError(13, "Permission denied", str(target))
    with _locked(target):
        status = target.stat()
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        made = Path(temporary)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
            made.chmod(status.st_mode & 0o7777)
            if target.read_bytes() != before:
                raise ChangedMeanwhileError(path)
            made.replace(target)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
