"""The node of a picture, and how each builder writes it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from keraslint.diagrams import svg, tikz, words
from keraslint.diagrams.language import say, speaking

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from keraslint.diagrams.display import Picture

TEXT_HEIGHT = 600
"""The room on a printed page, in points."""
BESIDE = "0.48\\linewidth"
"""The room for one of two pictures beside each other."""
POINTS = 66
"""Hundredths of a point for a unit of a picture."""
FLUSH = {"left": "flushleft", "right": "flushright"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn.

    Attributes:
        picture: the picture.
        parts: pictures of what is closed in it.
        rows: the layers as a table, its headings first; empty if none is wanted.
        identity: what ids in it begin with, unlike those of any other picture.
        beside: whether others may stand beside it.
        language: of the words below it.
    """

    picture: Picture
    parts: tuple[Picture, ...]
    rows: tuple[tuple[str, ...], ...]
    identity: str
    beside: bool = False
    language: str = "en"


class keras_picture(nodes.General, nodes.Element):  # noqa: N801
    """A picture; its child is the same as text, for builders that show none."""

    drawing: Drawing

    def copy(self) -> keras_picture:
        """The node without its child."""
        made: keras_picture = super().copy()
        made.drawing = self.drawing
        return made


def picture_node(drawing: Drawing, outline: str, *, alt: str) -> keras_picture:
    """A node for a picture.

    Args:
        drawing: what is drawn.
        outline: the same as text.
        alt: what replaces its description, if not empty.
    """
    if alt:
        drawing = replace(drawing, picture=replace(drawing.picture, description=alt))
    node = keras_picture()
    node.drawing = drawing
    node += source_block(outline, "text")
    return node


def source_block(text: str, language: str) -> nodes.literal_block:
    """Text that stays what it is in every language."""
    return nodes.literal_block(text, text, language=language, keraslint=1)


class KeepSources(SphinxTransform):
    """Takes blocks that belong to pictures from what is translated, even if other blocks are."""

    default_priority = 15
    """After it was decided what is translated, before that is done."""

    def apply(self, **_: Any) -> None:
        """Mark the blocks."""
        for block in self.document.findall(nodes.literal_block):
            if "keraslint" in block:
                block["translatable"] = False


def register(app: Sphinx) -> None:
    """Tell each builder how to write the node."""
    app.add_transform(KeepSources)
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


def _html(translator: Any, node: keras_picture) -> None:
    drawing = node.drawing
    side = f"align-{node['align']}" if "align" in node else ""
    classes = " ".join(filter(None, ["keraslint-picture", side, *node["classes"]]))
    translator.body += [f'<span id="{identity}"></span>' for identity in node["ids"]]
    translator.body.append(f'<div class="{escape(classes, quote=True)}">')
    if translator.builder.name == "epub":
        translator.body.append(_image(translator, drawing.picture))
    else:
        identity = drawing.identity
        translator.body.append(
            _scrolled(svg.render(drawing.picture, inline=True, identity=identity))
        )
        for number, part in enumerate(drawing.parts):
            drawn = _scrolled(svg.render(part, inline=True, identity=f"{identity}-{number}"))
            title = f"<summary>{escape(part.title)}</summary>"
            translator.body.append(f"<details>{title}{drawn}</details>")
    if drawing.rows:
        translator.body.append(_table(drawing))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _scrolled(drawn: str) -> str:
    """A picture in a box of its own, which scrolls where the page is too narrow for it."""
    return f'<div class="keraslint-room">{drawn}</div>'


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


def _table(drawing: Drawing) -> str:
    head, *body = drawing.rows
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in body
    )
    with speaking(drawing.language):
        heads = "".join(f"<th>{escape(say(cell))}</th>" for cell in head)
        count = words.count(len(body), "layer")
    return (
        f'<details class="keraslint-table"><summary>{count}</summary><div class="keraslint-room">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div></details>"
    )


def _latex(translator: Any, node: keras_picture) -> None:
    picture = node.drawing.picture
    tall = picture.height * POINTS // 100
    scale = min(100, TEXT_HEIGHT * 100 // max(tall, 1))
    code = f"\\scalebox{{{scale / 100:.2f}}}{{%\n{tikz.render(picture)}}}"
    if node.drawing.beside:
        fitted = _fitted(code, BESIDE)
        translator.body.append(f"\\raisebox{{-\\height}}{{{fitted}}}\\hspace{{0pt plus 1fil}}%\n")
    else:
        where = FLUSH.get(node.get("align", ""), "center")
        fitted = _fitted(code, "\\linewidth")
        translator.body.append(f"\n\\begin{{{where}}}\n{fitted}\n\\end{{{where}}}\n")
    raise nodes.SkipNode


def _fitted(code: str, room: str) -> str:
    """A box, made smaller if it is wider than that."""
    smaller = f"\\resizebox{{{room}}}{{!}}{{\\usebox0}}"
    return f"\\sbox0{{{code}}}%\n\\ifdim\\wd0>{room}{smaller}\\else\\usebox0\\fi"
