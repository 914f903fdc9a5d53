"""What the settings of a project mean for looking at its code."""

from __future__ import annotations

import os

from keraslint.files import DEFAULT_EXCLUDES, DEFAULT_INCLUDES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from keraslint.rules import Selection
    from keraslint.settings import Settings


def selection(settings: Settings) -> Selection:
    """The rules that a project wants."""
    from keraslint.findings import Severity
    from keraslint.rules import Selection

    return Selection(
        select=settings.select,
        extend_select=settings.extend_select,
        ignore=(*settings.ignore, *settings.extend_ignore),
        per_file_ignores=settings.per_file_ignores,
        severity={selector: Severity(level) for selector, level in settings.severity},
        target_keras=settings.target_keras,
    )


def validated(settings: Settings, file: str | None = None) -> Selection:
    """The rules that a project wants, each selector of which stands for one.

    Args:
        settings: those of the project.
        file: where they stand, if that is not the usual place.

    Raises:
        SettingsError: a selector does not; the message names the file.
    """
    from keraslint.settings import SettingsError, find
    from keraslint.usage import UsageError

    wanted = selection(settings)
    try:
        wanted.validate()
    except UsageError as error:
        raise SettingsError(f"{file or find(settings.root)}: {error}") from None
    return wanted


def source_folders(settings: Settings) -> tuple[str, ...]:
    """The folders that imports are looked up in."""
    return tuple(os.path.join(settings.root, folder) for folder in settings.src)


def includes(settings: Settings) -> tuple[str, ...]:
    """The patterns of the files that are looked at in folders."""
    own = DEFAULT_INCLUDES if settings.include is None else settings.include
    return (*own, *settings.extend_include)


def excludes(settings: Settings) -> tuple[str, ...]:
    """The patterns of what is left out."""
    own = DEFAULT_EXCLUDES if settings.exclude is None else settings.exclude
    return (*own, *settings.extend_exclude)
