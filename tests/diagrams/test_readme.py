"""The README shows what is drawn now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import pictures


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_the_picture_is_up_to_date(name):
    assert pictures.drawn()[name].encode() == (pictures.ROOT / name).read_bytes()


def test_every_picture_is_shown():
    readme = Path("README.md").read_text(encoding="utf-8")
    assert all(f"]({name})" in readme for name in pictures.PICTURES)


def test_check_changes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["pictures", "--check"])
    assert pictures.main() == 0
    monkeypatch.setattr(pictures, "PICTURES", {"new.svg": ("docs/examples/tutorial.py", "model")})
    assert pictures.main() == 1
    assert "new.svg is out of date" in capsys.readouterr().out
    assert not (pictures.ROOT / "new.svg").exists()
