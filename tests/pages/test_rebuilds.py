"""The documentation is read anew only where something has changed, and built to the same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def build(docs, folder, *options):
    """Build the pages; how many were added and changed, and which were read, by Sphinx's word."""
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-W", *options]
    told = subprocess.run(
        [*command, "-d", f"{folder}/trees", str(docs), f"{folder}/pages"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(DOCS.parent), "PYTHONUTF8": "1", "NO_COLOR": "1"},
    ).stdout
    counts = re.search(r"(\d+) added, (\d+) changed", told)
    assert counts is not None
    return (
        int(counts[1]),
        int(counts[2]),
        re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", told),
    )


def files(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_one_example_concerns_its_pages_alone(tmp_path):
    docs = tmp_path / "docs"
    shutil.copytree(DOCS, docs, ignore=shutil.ignore_patterns("_build"))
    shutil.copytree(DOCS.parent / "benchmarks", tmp_path / "benchmarks")
    first, second = tmp_path / "first", tmp_path / "second"
    added, _, _ = build(docs, first)
    assert added > 60
    build(docs, second, "-j", "2")
    assert files(first / "pages") == files(second / "pages")
    assert build(docs, first)[:2] == (0, 0)
    with (docs / "examples" / "unet.py").open("a", encoding="utf-8") as example:
        example.write("\n# touched\n")
    assert build(docs, first) == (0, 1, ["gallery"])
