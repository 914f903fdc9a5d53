"""The outcomes of all files that a command is about: remembered ones, and what is left to do."""

from __future__ import annotations

import os
import sys
from warnings import catch_warnings, simplefilter

from keraslint import __version__
from keraslint.cli.session import STDIN, Session
from keraslint.files import UnreadableError, concerns_keras, discover, read_bytes
from keraslint.files.folders import Folders
from keraslint.project import excludes, includes, source_folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keraslint.cache.outcome import Outcome
    from keraslint.cache.store import Store
    from keraslint.cli.options import Options
    from keraslint.settings import Settings

FEW = 20
ONLY_PARSE = 0x400 | 0x2000
"""`ast.PyCF_ONLY_AST` and `PyCF_ALLOW_TOP_LEVEL_AWAIT`, without the module `ast`."""

LARGE = 500_000
"""How many bytes without Keras are worth asking Python of, which takes 300 times their room."""

read: set[str] = set()
"""All files that the outcomes rest on, imported ones too."""


class Work:
    """The files of a group of paths, and what is known of them."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings
        self._folders = Folders()
        self._opened: Memory | None = None

    @property
    def _memory(self) -> Memory | None:
        """What earlier runs found; nobody asks for it where no file has to do with Keras."""
        options = self._session.options
        if self._opened is None and not options.no_cache:
            self._opened = Memory(options, self._settings, self._folders)
        return self._opened

    @property
    def is_known(self) -> bool:
        """Whether an earlier run with the same settings found that they can be used."""
        return self._memory is not None and not self._memory.store.is_empty

    def outcomes(self, paths: Sequence[str]) -> list[Outcome]:
        """What is found in each of the files, in their order.

        Files without Keras are left out. Where people name a few, those that cannot be read are
        told of; to look at all that a hook may name would take time for nothing.
        """
        found: dict[str, Outcome | None] = {}
        src = source_folders(self._settings)
        named = set(paths) if len(paths) <= FEW else ()
        left: list[tuple[str, int]] = []
        for path in self._files(paths):
            data = _content(path)
            if (
                data is None
                or concerns_keras(path, data, src)
                or (path in named and not _is_readable(path, data))
            ):
                memory = self._memory
                known = memory.find(path, data) if memory is not None and data else None
                found[path] = known
                if known is None:
                    left.append((path, len(data or b"")))
        for outcome in self._examine(left) if left else ():
            found[outcome.path] = outcome
            read.update(outcome.evidence.files)
            if self._memory is not None:
                self._memory.keep(outcome)
        if left and self._memory is not None:
            self._memory.store.save()
        if self._opened is not None:
            read.update(self._opened.digests)
        told = [outcome for outcome in found.values() if outcome is not None]
        if STDIN in paths and self._session.claim(os.path.realpath(self._session.shown(STDIN))):
            told.insert(0, self.again(self._session.shown(STDIN), self._session.read_stdin()))
        for defect in (defect for outcome in told for defect in outcome.defects):
            self._session.note_defect(defect)
        return told

    def again(self, path: str, data: bytes) -> Outcome:
        """What is found in a file with this content."""
        from keraslint.cli.examining import Examiner

        return Examiner(self._session.options, self._settings).examine(path, data)

    def _files(self, paths: Sequence[str]) -> Iterator[str]:
        session = self._session
        with session.shield.over("looking for files"):
            for path in session.listed(paths) or discover(
                [path for path in paths if path != STDIN],
                includes=includes(self._settings),
                excludes=excludes(self._settings),
            ):
                if session.claim(self._folders.real(path)):
                    yield path

    def _examine(self, left: Sequence[tuple[str, int]]) -> Iterator[Outcome]:
        """The outcomes of files of which none is remembered, each with its size."""
        from keraslint.cli import jobs

        options = self._session.options
        wanted = options.jobs or jobs.processors()
        if jobs.worthwhile(left, wanted):
            yield from jobs.examine_all(left, options, self._settings, wanted)
        else:
            from keraslint.cli.examining import Examiner
            from keraslint.cli.progress import counted

            examiner = Examiner(options, self._settings)
            for path, _ in counted(left, len(left), quiet=options.quiet):
                yield examiner.examine(path)


class Memory:
    """What earlier runs found, for one set of settings."""

    def __init__(self, options: Options, settings: Settings, folders: Folders) -> None:
        from keraslint.cache.context import Contexts
        from keraslint.cache.store import Store

        self.digests: dict[str, str | None] = {}
        self._contexts = Contexts(source_folders(settings), self._digest, folders)
        place, key = cache_folder(options, settings), _key(options, settings)
        self.store: Store = Store(place, key, self._digest, folders)

    def find(self, path: str, data: bytes) -> Outcome | None:
        """The outcome for a file with this content, if all that it rests on is the same."""
        from keraslint.files.evidence import digest

        absolute = os.path.abspath(path)
        content = self.digests[absolute] = digest(data)
        return self.store.find(path, absolute, content, self._contexts.of(absolute))

    def keep(self, outcome: Outcome) -> None:
        """Remember an outcome."""
        self.store.keep(outcome, self._contexts.of(os.path.abspath(outcome.path)))

    def _digest(self, path: str) -> str | None:
        """The digest of a file's content, which is read once in a run."""
        from keraslint.files.evidence import digest

        if path not in self.digests:
            data = _content(path)
            self.digests[path] = None if data is None else digest(data)
        return self.digests[path]


def cache_folder(options: Options, settings: Settings) -> str:
    """Where outcomes are remembered."""
    from keraslint.cache.folder import NAME

    return options.cache_dir or os.path.join(settings.root, settings.cache_dir or NAME)


def _is_readable(path: str, data: bytes) -> bool:
    """Whether Python can read a program or a notebook; of other and large files, nobody asks."""
    if len(data) > LARGE:
        return True
    try:
        if path.endswith(".ipynb"):
            from keraslint.sources import read_source

            data = read_source(path, data).text.encode()
        elif not path.endswith((".py", ".pyi")):
            return True
        with catch_warnings():
            simplefilter("ignore")
            compile(data, path, "exec", ONLY_PARSE, dont_inherit=True)
    except (UnreadableError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _content(path: str) -> bytes | None:
    try:
        return read_bytes(path)
    except UnreadableError:
        return None


def _key(options: Options, settings: Settings) -> str:
    """What tells one set of settings from another."""
    chosen = (options.select, options.extend_select, options.ignore)
    running = (__version__, _state_of_keraslint(), sys.version_info[:3], os.getcwd())
    return repr((running, chosen, settings.values()))


def _state_of_keraslint() -> tuple[int, int]:
    """What tells this keraslint from the same one before somebody worked on it."""
    newest = count = 0
    folders = [os.path.dirname(os.path.dirname(__file__))]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".json")):
                    newest = max(newest, entry.stat().st_mtime_ns)
                    count += 1
                elif not entry.name.startswith((".", "__pycache__")) and entry.is_dir():
                    folders.append(entry.path)
    return newest, count
