"""Files that are no good Python are findings, and nothing worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance.commands import COMMANDS, run

TAIL = b"\nimport keras\nkeras.Input((3,))\n"
UNREADABLE = {
    "unknown encoding": b"# coding: klingon" + TAIL,
    "not what it declares": b"# coding: ascii\nx = '\xe9'" + TAIL,
    "not utf-8": b"x = '\xe9'" + TAIL,
    "UTF-16": (b"\n" + TAIL).decode().encode("utf-16") + TAIL,
    "a codec that is none for text": b"# coding: hex" + TAIL,
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_decoded(tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    path = tmp_path / "model.py"
    path.write_bytes(UNREADABLE[name])
    ran = run(*command, str(path))
    assert ran.fault is None
    assert path.read_bytes() == UNREADABLE[name]
    assert (ran.out + ran.err).strip()
