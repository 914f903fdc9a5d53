"""Pictures as an HTML page of their own, light or dark as the reader's system is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from keraslint.diagrams import svg
from keraslint.diagrams.theme import stylesheet
from keraslint.terminal import printable

if TYPE_CHECKING:
    from keraslint.diagrams.display import Picture

LOOKS = (
    ":root{color-scheme:light dark}body{margin:2rem auto;max-width:48rem;padding:0 1rem;"
    "background:var(--kl-page)}svg{display:block;margin:0 auto 3rem}"
)


def render(pictures: Sequence[Picture], title: str) -> str:
    """A page with these pictures below each other."""
    drawn = [
        svg.render(picture, inline=True, identity=f"kl-{i}") for i, picture in enumerate(pictures)
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(printable(title))}</title>",
            f"<style>{stylesheet(follows_system=True)}{LOOKS}</style>",
            "<body>",
            *drawn,
            "</body>",
            "</html>",
            "",
        ]
    )
