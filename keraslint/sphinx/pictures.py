"""The node of a picture, and how each builder writes it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from keraslint.diagrams import svg, tikz, words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from keraslint.diagrams.display import Picture

TEXT_WIDTH, TEXT_HEIGHT = 440, 600
"""The room on a printed page, in points."""
POINTS = 66
"""Hundredths of a point for a unit of a picture."""


class keras_picture(nodes.General, nodes.Element):  # noqa: N801
    """A picture; its child is the same as text, for builders that show none."""


def picture_node(
    picture: Picture,
    parts: list[Picture],
    outline: str,
    *,
    alt: str,
    rows: list[list[str]],
    identity: str,
) -> keras_picture:
    """A node for a picture.

    Args:
        picture: the picture.
        parts: pictures of what is closed in it.
        outline: the same as text.
        alt: what replaces its description, if not empty.
        rows: the layers as a table, its headings first.
        identity: what ids in the picture begin with, unlike those of any other.
    """
    if alt:
        picture = replace(picture, description=alt)
    node = keras_picture(picture=picture, parts=parts, rows=rows, identity=identity)
    node += nodes.literal_block(outline, outline, language="text")
    return node


def register(app: Sphinx) -> None:
    """Tell each builder how to write the node."""
    fallback = (_show_text, _leave)
    app.add_node(
        keras_picture,
        html=(_html, _leave),
        latex=(_latex, _leave),
        text=fallback,
        man=fallback,
        texinfo=fallback,
    )


def _leave(translator: Any, node: nodes.Element) -> None:
    """Nothing to close."""


def _show_text(translator: Any, node: nodes.Element) -> None:
    """The child says it all."""


def _html(translator: Any, node: nodes.Element) -> None:
    picture: Picture = node["picture"]
    translator.body.append('<div class="keraslint-picture">')
    if translator.builder.name == "epub":
        translator.body.append(_image(translator, picture))
    else:
        identity = node["identity"]
        translator.body.append(svg.render(picture, inline=True, identity=identity))
        for number, part in enumerate(node["parts"]):
            drawn = svg.render(part, inline=True, identity=f"{identity}-{number}")
            title = f"<summary>{escape(part.title)}</summary>"
            translator.body.append(f"<details>{title}{drawn}</details>")
    translator.body.append(_table(node["rows"]))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _image(translator: Any, picture: Picture) -> str:
    """A file of its own, as EPUB wants it."""
    folder = Path(translator.builder.outdir) / translator.builder.imagedir
    folder.mkdir(parents=True, exist_ok=True)
    drawn = svg.render(picture)
    name = f"keraslint-{hashlib.sha256(drawn.encode()).hexdigest()[:12]}.svg"
    (folder / name).write_text(drawn, encoding="utf-8")
    source = f"{translator.builder.imgpath}/{name}"
    text = escape(picture.description, quote=True)
    return f'<img src="{escape(source, quote=True)}" alt="{text}"/>'


def _table(rows: list[list[str]]) -> str:
    head, *body = rows
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in body
    )
    count = words.count(len(body), "layer")
    return (
        f'<details class="keraslint-table"><summary>{count}</summary>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></details>"
    )


def _latex(translator: Any, node: nodes.Element) -> None:
    picture: Picture = node["picture"]
    wide, tall = picture.width * POINTS // 100, picture.height * POINTS // 100
    scale = min(100, TEXT_WIDTH * 100 // max(wide, 1), TEXT_HEIGHT * 100 // max(tall, 1))
    code = tikz.render(picture)
    translator.body.append("\n\\begin{center}\n")
    translator.body.append(f"\\scalebox{{{scale / 100:.2f}}}{{%\n{code}}}\n")
    translator.body.append("\\end{center}\n")
    raise nodes.SkipNode
