r"""Pictures as TikZ, for LaTeX: the document's fonts, links that work, no converter.

The document needs ``\usepackage{tikz}`` and ``\usepackage{hyperref}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from keraslint.diagrams.display import Item, Line, Link, Picture, Polygon, Rect, Text
from keraslint.diagrams.svg import arrow_head, safe
from keraslint.diagrams.theme import COLOURS, STYLES
from keraslint.terminal import printable

UNIT = "0.66pt"
ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "×": r"\ensuremath{\times}",
    "·": r"\textperiodcentered{}",
    "→": r"\ensuremath{\rightarrow}",
    "…": r"\ldots{}",
    "✖": r"\ensuremath{\times}",
    "—": r"{\rmfamily\textemdash}",
    "–": r"{\rmfamily\textendash}",
    "-": "{-}",
}
LETTERS = re.compile("[\u00c0-\u00ff]")
"""Beyond ASCII, what every LaTeX can write."""
ELSEWHERE = r"\ifdefined\Umathcode {}\else ?\fi{{}}"
"""Other characters: a question mark where LaTeX knows no Unicode."""


def render(picture: Picture) -> str:
    """A picture as a ``tikzpicture``."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    for name, pair in COLOURS.items():
        yield rf"\definecolor{{kl-{name}}}{{HTML}}{{{pair.light[1:].upper()}}}"
    yield rf"\begin{{tikzpicture}}[x={UNIT},y=-{UNIT},line join=round]"
    yield rf"\path[use as bounding box] (0,0) rectangle ({picture.width},{picture.height});"
    for item in picture.items:
        yield from _item(item)
    yield r"\end{tikzpicture}"


def _item(item: Item, url: str = "") -> Iterator[str]:
    if isinstance(item, Link):
        for inner in item.items:
            yield from _item(inner, item.url)
    elif isinstance(item, Text):
        yield _written(item, url)
    elif isinstance(item, Rect):
        corner = f"({item.x},{item.y}) rectangle ({item.x + item.width},{item.y + item.height})"
        rounded = f",rounded corners={item.radius * 2 // 3}pt" if item.radius else ""
        yield rf"\path[{_looks(item.role)}{rounded}] {corner};"
    elif isinstance(item, Polygon):
        yield rf"\path[{_looks(item.role)}] {_points(item.points)} -- cycle;"
    else:
        yield rf"\path[{_looks(item.role)}] {_points(item.points)};"
        if item.arrow:
            yield _head(item)


def _written(item: Text, url: str) -> str:
    style = STYLES[item.role]
    options = [f"anchor={ANCHORS[item.anchor]}", "inner sep=0pt", f"text=kl-{style.fill}"]
    if item.upright:
        options.append("rotate=90")
    size = item.size * 66 // 10
    font = rf"\fontsize{{{size // 10}.{size % 10}pt}}{{{size // 10 + 1}pt}}\ttfamily"
    if style.bold:
        font += r"\bfseries"
    text = escaped(item.text)
    if url:
        text = rf"\href{{{escaped_url(url)}}}{{{text}}}"
    return rf"\node[{','.join(options)},font={{{font}}}] at ({item.x},{item.y}) {{{text}}};"


def _looks(role: str) -> str:
    style = STYLES[role]
    parts = []
    if style.fill:
        parts.append(f"fill=kl-{style.fill}")
        if style.opacity < 100:
            parts.append(f"fill opacity=0.{style.opacity:02}")
    if style.stroke:
        weight = style.weight * 66 // 100
        parts.append(f"draw=kl-{style.stroke},line width={weight // 10}.{weight % 10}pt")
    if style.dashed:
        parts.append("dash pattern=on 2.6pt off 2pt")
    return ",".join(parts)


def _head(line: Line) -> str:
    fill = STYLES[line.role].stroke
    return rf"\path[fill=kl-{fill}] {_points(arrow_head(line))} -- cycle;"


def _points(points: tuple[tuple[int, int], ...]) -> str:
    return " -- ".join(f"({x},{y})" for x, y in points)


def escaped(text: str) -> str:
    """A text in which nothing has a meaning for LaTeX."""
    return "".join(map(_escaped, printable(text)))


def _escaped(char: str) -> str:
    if char in ESCAPES:
        return ESCAPES[char]
    return char if char.isascii() or LETTERS.match(char) else ELSEWHERE.format(char)


def escaped_url(url: str) -> str:
    """An address as hyperref takes it."""
    kept = []
    for char in safe(url):
        if char in '\\{}^`"<>|' or char.isspace() or not char.isprintable():
            kept += [f"\\%{byte:02X}" for byte in char.encode()]
        else:
            kept.append(f"\\{char}" if char in "%#&_~$" and char in "%#" else char)
    return "".join(kept)
