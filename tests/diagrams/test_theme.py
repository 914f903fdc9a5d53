"""Colours that can be read, on light pages and on dark ones."""

from __future__ import annotations

import re

import pytest

from keraslint.diagrams import render
from keraslint.diagrams.theme import COLOURS, STYLES, colour, dark_rules, stylesheet
from tests.diagrams.drawing import sequential

GROUNDS = {
    "strong": ("page", "card", "kernel", "face", "badge", "cluster"),
    "text": ("page", "card", "cluster"),
    "note": ("page", "card", "cluster"),
    "space": ("page",),
    "channel": ("page",),
    "wrong": ("page", "error"),
    "wrong-strong": ("page", "error"),
    "title": ("page",),
}


def luminance(value):
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    bright, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", GROUNDS)
def test_text_stands_out(role, theme):
    fill = STYLES[role].fill
    assert fill is not None
    for ground in GROUNDS[role]:
        assert contrast(colour(fill, theme), colour(ground, theme)) >= 4.5, ground


def test_every_role_names_colours_that_exist():
    for style in STYLES.values():
        assert {style.fill, style.stroke} - {None} <= set(COLOURS)


def test_a_file_that_stands_alone_has_colours_and_no_variables():
    text = render([sequential("Conv1D(4, 3)", shape="(10, 2)")])
    assert "var(" not in text
    assert "height:auto" not in text
    assert not re.search(r"(fill|stroke):(?!#)", dark_rules())


def test_pages_get_every_colour_as_a_variable():
    css = stylesheet(follows_system=True)
    used = set(re.findall(r"var\(--kl-([\w-]+)\)", css))
    assert used <= set(COLOURS)
    assert "body[data-theme=dark]" in css
    assert "@media screen and (prefers-color-scheme:dark)" in css
