"""What each role looks like, on a light page and on a dark one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour for light pages and its counterpart for dark ones."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Style:
    """The looks of a role.

    Attributes:
        fill, stroke: names of `COLOURS`, `None` for nothing.
        weight: the width of the stroke, in tenths of a unit.
        dashed: whether the stroke is.
        bold: whether text is.
        opacity: of the fill, in hundredths.
    """

    fill: str | None = None
    stroke: str | None = None
    weight: int = 10
    dashed: bool = False
    bold: bool = False
    opacity: int = 100


COLOURS = {
    "page": Colour("#ffffff", "#131416"),
    "text": Colour("#1c2630", "#ebebec"),
    "muted": Colour("#57606a", "#a3adb8"),
    "space": Colour("#2f62a8", "#8ab8ff"),
    "channel": Colour("#8136dc", "#c9a6ff"),
    "face": Colour("#dbe8fd", "#1f3a60"),
    "top": Colour("#c6d9f6", "#284a78"),
    "side": Colour("#b1cbf0", "#18304f"),
    "edge": Colour("#3b6fb5", "#7db0ff"),
    "kernel": Colour("#fbc47d", "#6b481d"),
    "kernel-edge": Colour("#a85300", "#ffbf69"),
    "beam": Colour("#ff9d2e", "#ffbf69"),
    "result": Colour("#bfe3c1", "#1f4d2a"),
    "result-edge": Colour("#26772f", "#7fdc8a"),
    "card": Colour("#f6f8fa", "#22272e"),
    "card-edge": Colour("#b8c1ca", "#586069"),
    "flow": Colour("#7d8790", "#8b949e"),
    "cluster": Colour("#fbfcfd", "#191c20"),
    "error": Colour("#ffebe9", "#481b1e"),
    "error-edge": Colour("#c21f2b", "#ff8078"),
    "badge": Colour("#ffb454", "#8a5a17"),
}

STYLES = {
    "page": Style("page"),
    "face": Style("face"),
    "top": Style("top"),
    "side": Style("side"),
    "edge": Style(None, "edge", 12),
    "edge-unknown": Style(None, "edge", 12, dashed=True),
    "grid": Style(None, "edge", 4),
    "padding": Style(None, "edge", 8, dashed=True),
    "kernel": Style("kernel", "kernel-edge", 14),
    "kernel-grid": Style(None, "kernel-edge", 5),
    "kernel-next": Style(None, "kernel-edge", 10, dashed=True),
    "kernel-arrow": Style(None, "kernel-edge", 14),
    "result": Style("result", "result-edge", 11),
    "beam": Style("beam", opacity=20),
    "card": Style("card", "card-edge", 10),
    "cluster": Style("cluster", "card-edge", 8, dashed=True),
    "flow": Style(None, "flow", 12),
    "shortcut": Style(None, "channel", 14),
    "shortcut-projected": Style(None, "channel", 14, dashed=True),
    "badge": Style("badge", "kernel-edge", 8),
    "error": Style("error", "error-edge", 12),
    "error-flow": Style(None, "error-edge", 14, dashed=True),
    "unknown": Style(None, "muted", 12, dashed=True),
    "unknown-error": Style(None, "error-edge", 12, dashed=True),
    "rule": Style(None, "card-edge", 8),
    "title": Style("text", bold=True),
    "text": Style("text"),
    "strong": Style("text", bold=True),
    "note": Style("muted"),
    "space": Style("space"),
    "channel": Style("channel"),
    "wrong": Style("error-edge"),
    "wrong-strong": Style("error-edge", bold=True),
}

Theme = Literal["light", "dark"]


def colour(name: str, theme: Theme = "light") -> str:
    """A colour as ``#rrggbb``."""
    pair = COLOURS[name]
    return pair.light if theme == "light" else pair.dark


def rules(value: str = "var(--kl-{})") -> str:
    """CSS that gives each role the colours that ``value`` makes of a colour's name."""
    lines = []
    for role, style in STYLES.items():
        parts = [
            f"{attribute}:{value.format(name)}"
            for attribute, name in (("fill", style.fill), ("stroke", style.stroke))
            if name is not None
        ]
        lines.append(f".kl-{role}{{{';'.join(parts)}}}")
        if style.stroke is not None and style.fill is None:
            lines.append(f".kl-{role}-head{{fill:{value.format(style.stroke)}}}")
    return "\n".join(lines)


def dark_rules() -> str:
    """CSS with the dark colours themselves, for a file that stands alone."""
    css = rules("{}")
    for name in sorted(COLOURS, key=len, reverse=True):
        css = css.replace(f":{name};", f":{COLOURS[name].dark};")
        css = css.replace(f":{name}}}", f":{COLOURS[name].dark}}}")
    return css


def stylesheet(*, follows_system: bool = False) -> str:
    """CSS for pages with pictures inside: light, or dark as the page's own theme says.

    Args:
        follows_system: whether pages are dark on a dark system unless they say otherwise.
    """
    light = ";".join(f"--kl-{name}:{pair.light}" for name, pair in COLOURS.items())
    dark = ";".join(f"--kl-{name}:{pair.dark}" for name, pair in COLOURS.items())
    lines = [
        f":root{{{light}}}",
        "@media screen{",
        f"body[data-theme=dark],html[data-theme=dark]{{{dark}}}",
        "}",
    ]
    if follows_system:
        lines += [
            "@media screen and (prefers-color-scheme:dark){",
            f"body:not([data-theme=light]){{{dark}}}",
            "}",
        ]
    return "\n".join([*lines, "svg.keraslint{max-width:100%;height:auto}", rules(), ""])
