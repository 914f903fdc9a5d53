"""The style sheet of pictures, on the pages that have some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.diagrams.theme import stylesheet
from keraslint.sphinx.pictures import keras_picture

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

FOLLOWING = ("furo",)
"""Themes whose pages are dark on a dark system."""
TABLES = """\
.keraslint-picture{margin:1em 0;overflow-x:auto}
.keraslint-table summary{cursor:pointer}
"""


def add_styles(
    app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put the style sheet into the head of a page with pictures."""
    if doctree is None or app.builder.format != "html" or app.builder.name == "epub":
        return
    if next(iter(doctree.findall(keras_picture)), None) is not None:
        css = stylesheet(follows_system=app.config.html_theme in FOLLOWING)
        style = f"<style>\n{css}{TABLES}</style>\n"
        context["metatags"] = context.get("metatags", "") + style
