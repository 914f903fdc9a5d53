"""Replacing a file's content: whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from keraslint import unfinished

SUFFIX = ".keraslint"
LONG = 200
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)

if sys.platform == "win32":

    @contextmanager
    def _locked(_path: Path) -> Iterator[None]:
        """Nothing: an open file cannot be replaced there, so a lock would be in the way."""
        yield

else:
    import fcntl

    @contextmanager
    def _locked(path: Path) -> Iterator[None]:
        """Keep other runs of keraslint from replacing a file at the same time.

        Who waits for the lock of a file that is then replaced would hold that of the old one, which
        nobody else asks for any more: so the new one's is asked for, until it is the file's.
        """
        while True:
            with path.open("rb") as file:
                with suppress(OSError):  # some network file systems have no locks
                    fcntl.flock(file, fcntl.LOCK_EX)
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    yield
                    return


class ChangedMeanwhileError(Exception):
    """Somebody changed the file since it was read."""


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Replace the content of a file; where a symbolic link leads to it, the link stays.

    The new content is complete on the disk before it takes the file's place, under the same name,
    and with the same permissions and owner as far as that is allowed. Other hard links to the old
    content keep it. What a run left behind that was killed while it wrote is cleared away.

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
        _clear(target)
        with _beside(target, after) as made:
            _take_after(made, target)
            if target.read_bytes() != before:
                raise ChangedMeanwhileError(path)
            made.replace(target)


def write_file(path: str, content: bytes) -> None:
    """Give a file this content, whole or not at all; what is no regular file is written to.

    Raises:
        OSError: it cannot be written.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    with _beside(target, content) as made:
        if target.exists():
            _take_after(made, target)
        else:
            made.chmod(0o666 & ~_umask())
        made.replace(target)


@contextmanager
def _beside(target: Path, content: bytes) -> Iterator[Path]:
    """A new file next to another one; it is gone in the end, unless it has taken another name."""
    made = target.parent / f"{_prefix(target)}{os.urandom(4).hex()}{SUFFIX}"
    unfinished.files.add(str(made))
    try:
        with os.fdopen(os.open(made, _NEW, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield made
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    finally:
        unfinished.files.discard(str(made))


def _take_after(made: Path, target: Path) -> None:
    status = target.stat()
    if sys.platform != "win32":
        with suppress(OSError):
            os.chown(made, status.st_uid, status.st_gid)
    shutil.copystat(target, made)
    made.chmod(stat.S_IMODE(status.st_mode))
    os.utime(made)


def _clear(target: Path) -> None:
    """Remove what killed runs left behind; whoever has the lock is the only one at work."""
    left = re.compile(re.escape(_prefix(target)) + "[0-9a-f]{8}" + re.escape(SUFFIX))
    for path in target.parent.iterdir():
        if left.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _prefix(target: Path) -> str:
    """How the names of new files begin: with the name itself, unless that leaves them no room."""
    name = target.name
    if len(os.fsencode(name)) > LONG:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return f".{name}."


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
