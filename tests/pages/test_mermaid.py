"""Mermaid's own parser reads what is written for it."""

from __future__ import annotations

import json
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from keraslint.diagrams import Options, render
from tests.diagrams.drawing import EXAMPLES, example
from tests.diagrams.test_hostile import NAMES, hostile
from tests.pages import test_browser

browser = test_browser.browser
LOAD = "(0, eval)('var module = {};' + arguments[0]);"
READ = (
    "const done = arguments[arguments.length - 1];"
    "parse_mermaid(arguments[0]).then(done, (problem) => done(JSON.stringify(`${problem}`)));"
)


@pytest.fixture(scope="session")
def read(browser):
    """What Mermaid makes of a text: nodes with their labels, edges and groups."""
    spec = find_spec("mermaid_parser")
    if spec is None or not spec.submodule_search_locations:
        if os.environ.get("CI"):
            pytest.fail("no mermaid-parser-py")
        pytest.skip("no mermaid-parser-py")
    bundle = Path(spec.submodule_search_locations[0]) / "js" / "parser.bundle.js"
    browser.get("about:blank")
    browser.execute_script(LOAD, bundle.read_text(encoding="utf-8"))

    def parsed(text):
        found = json.loads(browser.execute_async_script(READ, text))
        assert isinstance(found, dict), found
        assert found["graph_type"] == "flowchart-v2"
        data = found["graph_data"]
        return data["vertices"], data["edges"], data["subGraphs"]

    return parsed


def expected(text):
    nodes = re.findall(r'^ *(n\w+)\["', text, re.MULTILINE)
    edges = re.findall(r"^ *(n\w+) -\S* (n\w+)$", text, re.MULTILINE)
    groups = re.findall(r"^ *subgraph (n\w+)\[", text, re.MULTILINE)
    return nodes, edges, groups


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example(read, path):
    for model in example(path.stem).models:
        text = render([model], "mermaid", Options(view="graph"))
        nodes, edges, groups = expected(text)
        vertices, arrows, subgraphs = read(text)
        assert nodes
        assert set(nodes) <= set(vertices)
        assert [(arrow["start"], arrow["end"]) for arrow in arrows] == edges
        assert sorted(group["id"] for group in subgraphs) == sorted(groups)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_labels_and_nothing_else(read, name):
    vertices, arrows, subgraphs = read(render([hostile(name)], "mermaid"))
    assert len(vertices) == 4
    assert len(arrows) == 3
    assert not subgraphs


def test_the_parser_refuses_what_is_no_diagram(read):
    with pytest.raises(AssertionError, match="Parse error"):
        read("flowchart TD\n a[ --> b")
