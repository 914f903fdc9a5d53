"""`keraslint check --show-settings` and `--show-files`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.cli.session import STDIN, Session, say, write
from keraslint.project import excludes, includes
from keraslint.settings import find
from keraslint.terminal import printable

if TYPE_CHECKING:
    from keraslint.cli.options import Options
    from keraslint.settings import Settings


def run(options: Options) -> int:
    """Show what would be used, and check nothing."""
    session = Session(options)
    groups = list(session.groups())
    if options.show_settings:
        write(line for settings, paths in groups for line in _settings(options, settings, paths))
    if options.show_files:
        files = [path for settings, paths in groups for path in _files(settings, paths)]
        write(f"{printable(path)}\n" for path in dict.fromkeys(files))
        if not files and not options.quiet:
            say("warning: no files found")
    return 0


def _settings(options: Options, settings: Settings, paths: list[str]) -> Iterator[str]:
    source = options.config or find(paths[0])
    yield printable(f"# {', '.join(paths)}: {source or 'no settings file'}") + "\n"
    for name, value in settings.values().items():
        yield f"{name.replace('_', '-')} = {_shown(value)}\n"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return '"default"' if value is None else _quoted(str(value))


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=not text.isprintable())


def _files(settings: Settings, paths: list[str]) -> Iterator[str]:
    from keraslint.sources import discover

    yield from (path for path in paths if path == STDIN)
    named = [path for path in paths if path != STDIN]
    yield from discover(named, includes=includes(settings), excludes=excludes(settings))
