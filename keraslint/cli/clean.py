"""`keraslint clean`: forget what earlier checks found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keraslint.cache import folder
from keraslint.cli.session import say
from keraslint.cli.work import cache_folder
from keraslint.settings import load, settings_for

if TYPE_CHECKING:
    from keraslint.cli.options import Options


def run(options: Options) -> int:
    """Remove the cache of the project worked in."""
    settings = load(options.config) if options.config else settings_for(".")
    place = cache_folder(options, settings)
    try:
        removed = folder.remove(place)
    except FileNotFoundError:
        removed = 0
    except OSError as error:
        say(f"{place}: {(error.strerror or str(error)).lower()}")
        return 2
    if not options.quiet:
        say(f"removed {place}" if removed else f"there is no cache in {place}")
    return 0
