"""Names that try to break out of a picture."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib
import pydot
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.diagrams import FORMATS, Options, picture, render, svg
from keraslint.diagrams.measure import fit, width
from keraslint.diagrams.tikz import ESCAPES, escaped
from tests.diagrams.drawing import sequential
from tests.needing import need

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
    "x" * 200,
    "שלום \u202e abc",
    "🔥🧑‍🚀",
    "\x00\x7f\u2028\ufeff",
    "`'\"<>|~^\\ÿ÷",
    "%%{init: {'theme': 'dark'}}%%",
    "---\ntitle: x\n---",
    "\\write18{ls} \\G \\l &lt;b&gt;",
]
LATEX = ("pdflatex", "xelatex", "lualatex")
DOCUMENT = r"""
\documentclass{article}
\usepackage{tikz}
\usepackage{hyperref}
\begin{document}
%s
\end{document}
"""
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


@pytest.mark.parametrize("view", ["tensors", "graph", "table"])
@pytest.mark.parametrize("name", NAMES)
def test_browsers_see_the_same_elements_as_xml_does(name, view):
    inline = svg.render(picture(hostile(name), Options(view=view)), inline=True)
    page = html5lib.parse(f"<!doctype html><body><p>{inline}</p></body>")
    tags = [element.tag.rpartition("}")[2] for element in page.iter()]
    xml = [element.tag.rpartition("}")[2] for element in ET.fromstring(inline).iter()]
    assert sorted(tags) == sorted(["html", "head", "body", "p", *xml])
    seen = "".join(page.itertext())
    assert seen.strip() == "".join(ET.fromstring(inline).itertext()).strip()


@pytest.mark.parametrize("name", NAMES)
def test_graphviz_reads_as_many_cards_as_there_are(name):
    (graph,) = pydot.graph_from_dot_data(render([hostile(name)], "dot")) or []
    cards = [node for node in graph.get_nodes() if node.get_name().startswith("n")]
    assert len([node for node in cards if node.get_name() != "node"]) == 4
    assert len(graph.get_edges()) == 3
    assert not graph.get_subgraphs()


@pytest.mark.parametrize("name", NAMES)
def test_mermaid_finds_no_directives(name):
    text = render([hostile(name)], "mermaid")
    assert "%%{" not in text
    assert not text.startswith("---")


@pytest.mark.parametrize("engine", LATEX)
def test_latex_compiles_every_name(engine, tmp_path):
    need(engine)
    for i, name in enumerate(NAMES):
        text = render([hostile(name)], "tikz", Options(view="graph"))
        (tmp_path / f"{i}.tex").write_text(text, encoding="utf-8")
    parts = "".join(f"\\input{{{i}.tex}}\\par\n" for i in range(len(NAMES)))
    (tmp_path / "all.tex").write_text(DOCUMENT % parts, encoding="utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "all.pdf").stat().st_size > 10_000


@given(st.text())
def test_nothing_has_a_meaning_for_latex(text):
    rest = re.sub(r"\\ifdefined\\Umathcode (.)\\else \?\\fi\{\}", r"\1", escaped(text))
    for replacement in sorted(set(ESCAPES.values()), key=len, reverse=True):
        rest = rest.replace(replacement, "")
    assert not set(rest) & set("\\{}$&#%_^~")


@given(st.text(), st.integers(20, 300), st.integers(8, 13))
def test_shortened_texts_fit(text, room, size):
    assert width(fit(text, room, size), size) <= room or len(fit(text, room, size)) == 1
