"""Names that try to break out of a picture."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.diagrams import FORMATS, Options, render
from keraslint.diagrams.measure import fit, width
from keraslint.diagrams.tikz import ESCAPES, escaped
from tests.diagrams.drawing import sequential

NAMES = [
    "</svg><script>alert(1)</script>",
    '"]; evil; n0["',
    '" onload="alert(1)',
    "\\end{tikzpicture}\\input{/etc/passwd}",
    "%&_#$^~{}",
    "a\nb\x00\x1b[2J\u202e",
    "]]>&amp;&#0;",
    "end\nsubgraph x",
    "漢字" * 40,
    "javascript:alert(1)",
]
ELEMENTS = {"svg", "title", "desc", "style", "a", "text", "rect", "polygon", "polyline"}


def hostile(name):
    model = sequential("Conv1D(4, 3)", "Conv1D(4, 3)", "Dense(2)", shape="(10, 2)")
    rows = [replace(row, name=f"{name}{i}", class_name=name) for i, row in enumerate(model.layers)]
    for i in range(1, len(rows)):
        rows[i] = replace(rows[i], inbound=(rows[i - 1].name,))
    rows[0] = replace(rows[0], inbound=(f"{name}-input",))
    return replace(model, name=name, kind=name, layers=tuple(rows))


@pytest.mark.parametrize("view", ["tensors", "graph", "table"])
@pytest.mark.parametrize("name", NAMES)
def test_svg_holds_only_what_pictures_are_made_of(name, view):
    text = render([hostile(name)], "svg", Options(view=view))
    root = ET.fromstring(text)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= ELEMENTS
    for element in root.iter():
        assert not any(key.startswith("on") for key in element.attrib)
        assert "javascript" not in element.attrib.get("href", "")


@pytest.mark.parametrize("name", NAMES)
def test_no_format_passes_control_characters_on(name):
    for kind in FORMATS:
        text = render([hostile(name)], kind, Options(view="graph"))
        assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize("name", NAMES)
def test_labels_of_mermaid_and_dot_stay_in_their_quotes(name):
    for line in render([hostile(name)], "mermaid").splitlines()[2:]:
        assert re.fullmatch(r'\s*(n\w+\["[^"<>]*(<br/>[^"<>]*)*"\]|n\w+ --> n\w+)', line)
    for line in render([hostile(name)], "dot").splitlines()[3:-1]:
        assert re.fullmatch(r'\s*(n\w+ \[label="([^"\\]|\\.)*"\];|n\w+ -> n\w+;)', line)


@given(st.text())
def test_nothing_has_a_meaning_for_latex(text):
    rest = escaped(text)
    for replacement in sorted(set(ESCAPES.values()), key=len, reverse=True):
        rest = rest.replace(replacement, "")
    assert not set(rest) & set("\\{}$&#%_^~")


@given(st.text(), st.integers(20, 300), st.integers(8, 13))
def test_shortened_texts_fit(text, room, size):
    assert width(fit(text, room, size), size) <= room or len(fit(text, room, size)) == 1
