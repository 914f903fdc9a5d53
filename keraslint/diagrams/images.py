"""Pictures as PNG and PDF, made from the SVG by a library that is installed on request."""

from __future__ import annotations

import re
from typing import Literal

from keraslint.usage import UsageError

Format = Literal["png", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "pdf")
SCALE = 2
"""Pixels for each unit, both ways."""
FONTS = re.compile(r'font-family="[^"]*"')


def convert(svg: str, format: Format) -> bytes:
    """An SVG file as another file, light, on a white page.

    Raises:
        UsageError: the library is missing, or a library of the system that it needs.
    """
    try:
        import cairosvg
    except ImportError as error:
        raise UsageError(f"{format} needs CairoSVG: pip install 'keraslint[images]'") from error
    except OSError as error:
        raise UsageError(f"{format} needs the cairo library of the system: {error}") from error
    # The library takes the first font of a list and no other.
    svg = FONTS.sub('font-family="monospace"', svg, count=1)
    if format == "png":
        return bytes(cairosvg.svg2png(bytestring=svg.encode(), scale=SCALE))
    return bytes(cairosvg.svg2pdf(bytestring=svg.encode()))
