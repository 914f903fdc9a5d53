"""What the commands share: settings for paths, the analyses, and what is said on stderr."""

from __future__ import annotations

import os
import sys

from keraslint.defects import Shield
from keraslint.project import excludes, includes, source_folders
from keraslint.settings import Settings, load, settings_for
from keraslint.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from keraslint.analysis import Analysis
    from keraslint.cli.options import Options
    from keraslint.sources import Source

DEFECT = "defect"
STDIN = "-"


class Session:
    """One run of a command.

    Attributes:
        options: what was asked for.
        shield: notes keraslint's own defects.
        wanted: the name of the one model of interest, if it is one.
        arguments: what to call it with, if it is to be called.
        given: what stdin held, once it was read.
    """

    def __init__(
        self,
        options: Options,
        shield: Shield | None = None,
        *,
        wanted: str | None = None,
        arguments: str | None = None,
    ) -> None:
        self.options = options
        self.shield = shield or Shield()
        self.wanted = wanted
        self.arguments = arguments
        self.given: bytes | None = None
        self._seen: set[tuple[str, int]] = set()
        self._defective = False
        self._listed: dict[str, list[str]] = {}

    def groups(self) -> Iterator[tuple[Settings, list[str]]]:
        """The files of the command line, neighbours with the same settings together.

        Of a folder they are only listed if settings stand below it.

        Raises:
            SettingsError: settings cannot be read.
        """
        fixed = load(self.options.config) if self.options.config else None
        group: list[str] = []
        current: Settings | None = None
        for path in self.options.paths:
            for settings, found in self._parts(path, fixed):
                if current is not None and settings != current:
                    yield current, group
                    group = []
                current = settings
                group += found
        if current is not None:
            yield current, group

    def _parts(self, path: str, fixed: Settings | None) -> Iterable[tuple[Settings, list[str]]]:
        """What a path stands for, with the settings that hold for it."""
        shown = self.shown(path)
        settings = fixed or settings_for(shown)
        if (self.options.force_exclude or settings.force_exclude) and shown != STDIN:
            from keraslint.files import is_excluded

            if is_excluded(shown, settings.root, excludes(settings)):
                return []
        if fixed is not None or path == STDIN:
            return [(settings, [path])]
        from keraslint.cli.grouping import by_settings

        return by_settings(path, settings, self._listed)

    def listed(self, paths: Sequence[str]) -> list[str]:
        """The files of the one folder that is asked for, if they were listed already."""
        return self._listed.get(paths[0], []) if len(paths) == 1 else []

    def analyses(self, settings: Settings, paths: Iterable[str]) -> Iterator[Analysis]:
        """The analyses of the files that the paths stand for, each file once in a run."""
        from itertools import chain

        from keraslint.engine import analyse_paths

        with self.shield.over("looking for files"):
            analyses = analyse_paths(
                self._counted(settings, [path for path in paths if path != STDIN]),
                includes=includes(settings),
                excludes=excludes(settings),
                src=source_folders(settings),
                wanted=self.wanted,
                arguments=self.arguments,
            )
            for analysis in chain(self._stdin(settings, paths), analyses):
                program = analysis.syntax.source.index if analysis.syntax is not None else 0
                key = (os.path.realpath(analysis.filename), program)
                if key not in self._seen:
                    self._seen.add(key)
                    self._note_defects(analysis)
                    yield analysis

    def analyse(self, settings: Settings, source: Source) -> Analysis:
        """The analysis of one program."""
        from keraslint.engine import analyse_source

        return analyse_source(source, src=source_folders(settings))

    def shown(self, path: str) -> str:
        """What a path is called: that of stdin has the name that the command line gives it."""
        return (self.options.stdin_filename or path) if path == STDIN else path

    @property
    def defective(self) -> bool:
        """Whether keraslint itself failed somewhere."""
        return self._defective or bool(self.shield.defects)

    def finish(self) -> None:
        """Say what went wrong with keraslint itself, and that there was nothing to look at."""
        for defect in self.shield.defects:
            say(str(defect))
        if not self._seen and not self.defective and not self.options.quiet:
            say("warning: no files found")

    def claim(self, path: str) -> bool:
        """Whether a file, by its real path, is met for the first time in this run."""
        known = (path, 0) in self._seen
        self._seen.add((path, 0))
        return not known

    def read_stdin(self) -> bytes:
        """What stdin holds."""
        if self.given is None:
            self.given = sys.stdin.buffer.read()
        return self.given

    def note_defect(self, message: str) -> None:
        """Say where keraslint itself failed."""
        self._defective = True
        say(message)

    def _counted(self, settings: Settings, paths: Sequence[str]) -> Iterable[str]:
        """The paths; on a terminal all files that they stand for, while it shows their number."""
        if self.options.quiet or not sys.stderr.isatty():
            return paths
        from keraslint.cli.progress import counted
        from keraslint.files import discover

        files = discover(paths, includes=includes(settings), excludes=excludes(settings))
        return counted(known := list(files), len(known))

    def _stdin(self, settings: Settings, paths: Iterable[str]) -> Iterator[Analysis]:
        if STDIN in paths:
            from keraslint.engine import analyse_programs

            yield from analyse_programs(
                self.shown(STDIN),
                self.read_stdin(),
                src=source_folders(settings),
                wanted=self.wanted,
                arguments=self.arguments,
            )

    def _note_defects(self, analysis: Analysis) -> None:
        for problem in analysis.problems:
            if problem.kind == DEFECT:
                location = problem.location
                self.note_defect(f"{location.filename}:{location.row}: {problem.message}")


def say(message: str) -> None:
    """Write a line to stderr."""
    from keraslint.terminal import printable

    sys.stderr.write(f"keraslint: {printable(message)}\n")


def write(pieces: Iterable[str]) -> None:
    """Write text to stdout, whatever encoding that has."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    with _Delivery():
        stream.write("".join(pieces))
        stream.flush()


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout; text as far as that is all it takes."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        write([data.decode("utf-8", "replace")])
        return
    with _Delivery():
        sys.stdout.flush()
        stream.write(data)
        stream.flush()


class _Delivery:
    """What goes to stdout arrives there, or nobody reads it any more, or that is said."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"cannot write to stdout: {reason}") from error
