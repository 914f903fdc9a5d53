"""Code in Markdown and reStructuredText, checked and fixed like any other."""

import io
import sys
from pathlib import Path

import pytest

from keraslint.cli import main

DOCUMENT = """\
Words.

```python
import keras
keras.optimizers.Adam(lr=0.1)
```

1. More:

   >>> import keras
   >>> keras.layers.Dense(3, bogus=1)  # keraslint: ignore[unknown-argument]
   <Dense>

   ```python
   from keras.optimizers import Adam
   Adam(lr=0.1)
   Adam(lr=0.2)  # noqa: KL502
   ```

```python
import keras
keras.layers.Dense(3, ..., not python
```
"""
FIXED = DOCUMENT.replace("Adam(lr=0.1)", "Adam(learning_rate=0.1)")


def test_documents_are_checked_block_by_block(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(DOCUMENT, encoding="utf-8")
    result = run("check", "a.md")
    assert [line.split(" [")[0] for line in result.out.splitlines() if " [" in line] == [
        "a.md:5:23: KL502",
        "a.md:16:9: KL502",
    ]
    assert run("check", "--select", "KL003", "a.md").code == 0


def test_documents_are_fixed_block_by_block(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(DOCUMENT, encoding="utf-8")
    shown = run("check", "--diff", "a.md").out
    assert shown.count("+++ a.md") == 1
    assert shown.count("learning_rate") == 2
    assert run("check", "--fix", "a.md").code == 0
    assert Path("a.md").read_text(encoding="utf-8") == FIXED


def test_a_document_on_stdin(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DOCUMENT.encode())))
    main(["check", "--fix", "--quiet", "--stdin-filename", "a.md", "-"])
    assert capfdbinary.readouterr().out.decode() == FIXED


@pytest.mark.parametrize(
    ("settings", "files"),
    [
        ("", ["a.py"]),
        ('extend-include = ["*.md"]', ["a.md", "a.py"]),
        ('include = ["docs/*.rst"]', ["docs/a.rst"]),
    ],
)
def test_which_files_a_folder_stands_for(run, tmp_path, monkeypatch, settings, files):
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    for name in ("a.py", "a.md", "docs/a.rst"):
        Path(name).write_text("", encoding="utf-8")
    Path("keraslint.toml").write_text(settings, encoding="utf-8")
    assert run("check", "--show-files").out.split() == [f"./{file}" for file in files]
