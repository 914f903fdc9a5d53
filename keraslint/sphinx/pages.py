"""The style sheet of pictures, on the pages that have some."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from keraslint.diagrams.theme import stylesheet
from keraslint.sphinx.pictures import keras_picture

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

NAME = "keraslint.css"
FOLLOWING = ("furo",)
"""Themes whose pages are dark on a dark system."""
LAYOUT = """\
.keraslint-picture{margin:1em 0;text-align:left}
.keraslint-picture.align-center>.keraslint-room{text-align:center}
.keraslint-picture.align-right>.keraslint-room{text-align:right}
.keraslint-room{overflow-x:auto}
.keraslint-room table{font-size:.85em;border-collapse:collapse}
.keraslint-room :is(th,td){padding:.2em .8em .2em 0;text-align:left;white-space:pre}
.keraslint-picture summary{cursor:pointer;font-size:.9em}
.keraslint-compare,.keraslint-beside{display:grid;gap:0 1em;align-items:start}
.keraslint-compare{grid-template-columns:repeat(auto-fit,minmax(min(100%,310px),1fr))}
.keraslint-beside{grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr))}
.keraslint-narrow{grid-template-columns:repeat(auto-fit,minmax(min(100%,310px),1fr))}
.keraslint-beside>*{min-width:0}
svg.keraslint a{text-decoration:none}
svg.keraslint a:is(:hover,:focus) text{text-decoration:underline}
@media screen and (max-width:40em){
.keraslint-room svg.keraslint{max-width:none}
}
"""


def write_styles(app: Sphinx) -> None:
    """Put the style sheet where the pages look for it."""
    if _styled(app):
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        css = stylesheet(follows_system=app.config.html_theme in FOLLOWING)
        (folder / NAME).write_text(css + LAYOUT, encoding="utf-8", newline="\n")


def add_styles(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Let a page with pictures use the style sheet."""
    if (
        doctree is not None
        and _styled(app)
        and next(iter(doctree.findall(keras_picture)), None) is not None
    ):
        app.add_css_file(NAME)


def _styled(app: Sphinx) -> bool:
    return app.builder.format == "html" and app.builder.name != "epub"
