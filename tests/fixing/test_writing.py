import os
import subprocess
import sys
from pathlib import Path

import pytest

from keraslint.fixing import ChangedMeanwhileError, replace_file


def test_the_content_is_replaced_and_nothing_else(tmp_path):
    path = tmp_path / "model.py"
    path.write_bytes(b"old\r\n")
    path.chmod(0o751)
    replace_file(str(path), b"old\r\n", b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert path.stat().st_mode & 0o777 == 0o751
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_and_its_target_changes(tmp_path):
    (tmp_path / "below").mkdir()
    target = tmp_path / "below" / "model.py"
    target.write_bytes(b"old")
    link = tmp_path / "link.py"
    link.symlink_to(target)
    replace_file(str(link), b"old", b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_what_changed_meanwhile_is_left_alone(tmp_path):
    path = tmp_path / "model.py"
    path.write_bytes(b"newer")
    with pytest.raises(ChangedMeanwhileError):
        replace_file(str(path), b"old", b"new")
    assert path.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_besides(tmp_path, monkeypatch):
    path = tmp_path / "model.py"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("missing", [True, False])
def test_what_cannot_be_written_is_an_os_error(tmp_path, missing, monkeypatch):
    path = tmp_path / "model.py"
    if not missing:
        path.write_bytes(b"old")
        monkeypatch.setattr(os, "access", lambda *_: False)  # as root, everything can be written
    with pytest.raises(FileNotFoundError if missing else PermissionError):
        replace_file(str(path), b"old", b"new")


APPEND = """
import sys
from pathlib import Path
from keraslint.fixing import ChangedMeanwhileError, replace_file

path, letter = sys.argv[1:]
for _ in range(25):
    while True:
        before = Path(path).read_bytes()
        try:
            replace_file(path, before, before + letter.encode())
        except ChangedMeanwhileError:
            continue
        break
"""


def test_two_processes_lose_nothing(tmp_path):
    path = tmp_path / "model.py"
    path.write_bytes(b"")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", APPEND, str(path), letter], env=environment)
        for letter in "ab"
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    assert sorted(path.read_bytes().decode()) == sorted("ab" * 25)
    assert list(Path(tmp_path).iterdir()) == [path]
