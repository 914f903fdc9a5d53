"""The documentation shows every example."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_every_example_is_drawn():
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    drawn = set(re.findall(r"^```\{keras:automodel\} examples/(\w+\.py)", pages, re.MULTILINE))
    assert drawn == {path.name for path in (DOCS / "examples").glob("*.py")}


def test_both_tutorials_show_the_same_pictures():
    english, chinese = (
        re.findall(
            r"^```\{keras:\w+\}.*?^```$",
            re.sub(r"_zh|^:(?:caption|alt|lang):.*\n", "", text, flags=re.MULTILINE),
            re.MULTILINE | re.DOTALL,
        )
        for text in (
            (DOCS / "tutorial.md").read_text(encoding="utf-8"),
            (DOCS / "zh" / "tutorial.md").read_text(encoding="utf-8"),
        )
    )
    assert english == chinese
    assert len(english) > 9
