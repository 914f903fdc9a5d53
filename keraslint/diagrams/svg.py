"""Pictures as SVG: light by themselves, dark where the page or the reader's system is."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from keraslint.diagrams.display import Item, Line, Link, Picture, Polygon, Rect, Text
from keraslint.diagrams.theme import STYLES, colour, dark_rules
from keraslint.terminal import printable

LABELS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
HEAD = 7
"""The length of an arrow head."""


def render(picture: Picture, *, inline: bool = False, identity: str = "kl") -> str:
    """A picture as an SVG element.

    Args:
        picture: what to draw.
        inline: for inside an HTML page, whose style sheet then has the colours; otherwise it is a
            file that stands alone, with a background.
        identity: what the ids in it begin with; they must differ between pictures of a page.
    """
    return "\n".join(_lines(picture, inline, identity)) + "\n"


def _lines(picture: Picture, inline: bool, identity: str) -> Iterator[str]:
    role = "group" if picture.linked else "img"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="keraslint" role="{role}" '
        f'width="{picture.width}" height="{picture.height}" '
        f'viewBox="0 0 {picture.width} {picture.height}" '
        f'aria-labelledby="{identity}-title {identity}-desc" font-family={quoteattr(LABELS)}>'
    )
    yield f'<title id="{identity}-title">{_text(picture.title)}</title>'
    yield f'<desc id="{identity}-desc">{_text(picture.description)}</desc>'
    if not inline:
        yield f"<style>@media (prefers-color-scheme:dark){{\n{dark_rules()}\n}}</style>"
        yield from _item(Rect(0, 0, picture.width, picture.height, "page"))
    for item in picture.items:
        yield from _item(item)
    yield "</svg>"


def _item(item: Item) -> Iterator[str]:
    if isinstance(item, Link):
        yield f"<a href={quoteattr(safe(item.url))}>"
        for inner in item.items:
            yield from _item(inner)
        yield "</a>"
    elif isinstance(item, Text):
        yield _written(item)
    elif isinstance(item, Rect):
        radius = f' rx="{item.radius}"' if item.radius else ""
        yield (
            f'<rect x="{item.x}" y="{item.y}" width="{item.width}" height="{item.height}"'
            f"{radius} {_looks(item.role)}/>"
        )
    elif isinstance(item, Polygon):
        yield f'<polygon points="{_points(item.points)}" {_looks(item.role)}/>'
    else:
        yield f'<polyline points="{_points(item.points)}" {_looks(item.role)}/>'
        if item.arrow:
            yield _head(item)


def _written(item: Text) -> str:
    style = STYLES[item.role]
    bold = ' font-weight="bold"' if style.bold else ""
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    turn = f' transform="rotate(-90 {item.x} {item.y})"' if item.upright else ""
    return (
        f'<text x="{item.x}" y="{item.y}" font-size="{item.size}"{bold}{anchor}{turn} '
        f'{_looks(item.role)} xml:space="preserve">{_text(item.text)}</text>'
    )


def _looks(role: str) -> str:
    style = STYLES[role]
    parts = [f'class="kl-{role}"', f'fill="{colour(style.fill) if style.fill else "none"}"']
    if style.opacity < 100:
        parts.append(f'fill-opacity="0.{style.opacity:02}"')
    if style.stroke:
        parts.append(f'stroke="{colour(style.stroke)}" stroke-width="{_tenths(style.weight)}"')
    if style.dashed:
        parts.append('stroke-dasharray="4 3"')
    return " ".join(parts)


def _head(line: Line) -> str:
    """An arrow head; its own shape, since markers cannot follow a change of colours."""
    style = STYLES[line.role]
    assert style.stroke is not None
    return (
        f'<polygon points="{_points(arrow_head(line))}" class="kl-{line.role}-head" '
        f'fill="{colour(style.stroke)}"/>'
    )


def arrow_head(line: Line) -> tuple[tuple[int, int], ...]:
    """The corners of the arrow head at the end of a line."""
    (x0, y0), (x, y) = line.points[-2:]
    half = HEAD // 2
    if abs(x - x0) >= abs(y - y0):
        back = x - HEAD if x >= x0 else x + HEAD
        return ((x, y), (back, y - half), (back, y + half))
    back = y - HEAD if y >= y0 else y + HEAD
    return ((x, y), (x - half, back), (x + half, back))


def _points(points: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _tenths(value: int) -> str:
    return f"{value // 10}.{value % 10}" if value % 10 else str(value // 10)


def _text(text: str) -> str:
    return escape(printable(text))


def safe(url: str) -> str:
    """The address, if a reader may be led there; nowhere otherwise."""
    scheme = url.partition(":")[0].lower() if ":" in url.partition("/")[0] else ""
    return url if scheme in {"", "http", "https"} else "#"
