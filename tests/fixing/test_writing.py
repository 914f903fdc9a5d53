import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from keraslint.fixing import ChangedMeanwhileError, replace_file, write_file


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


LEFT = """
import os, signal, sys
from keraslint.fixing import writing

writing.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
writing.replace_file(sys.argv[1], b"old", b"new")
"""


@pytest.mark.parametrize("name", ["model.py", "m" * 252 + ".py"])
def test_what_a_killed_run_left_behind_is_cleared_away(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"old")
    other = tmp_path / ".other.py.abcdefgh.keraslint"
    other.touch()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", LEFT, str(path)], env=environment, check=False)
        assert path.read_bytes() == b"old"
        assert len(list(tmp_path.iterdir())) == 3
    replace_file(str(path), b"old", b"new")
    assert path.read_bytes() == b"new"
    assert sorted(tmp_path.iterdir()) == sorted([path, other])


def test_other_hard_links_keep_the_old_content(tmp_path):
    path, other = tmp_path / "model.py", tmp_path / "other.py"
    path.write_bytes(b"old")
    other.hardlink_to(path)
    replace_file(str(path), b"old", b"new")
    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another owner")
def test_the_owner_stays(tmp_path):
    path = tmp_path / "model.py"
    path.write_bytes(b"old")
    os.chown(path, 1234, 4321)
    path.chmod(0o4640)
    replace_file(str(path), b"old", b"new")
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (1234, 4321, 0o4640)


def test_a_file_that_was_replaced_while_its_lock_was_waited_for(tmp_path):
    """Two that wait for the lock of a file that is gone would else both think they have it."""
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "model.py"
    path.write_bytes(b"old")
    with path.open("rb") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        waiting = threading.Thread(target=replace_file, args=(str(path), b"newer", b"newest"))
        waiting.start()
        time.sleep(0.05)
        (tmp_path / "made").write_bytes(b"newer")
        (tmp_path / "made").replace(path)
        with path.open("rb") as second:
            fcntl.flock(second, fcntl.LOCK_EX)
            fcntl.flock(first, fcntl.LOCK_UN)
            waiting.join(0.1)
            assert waiting.is_alive()
    waiting.join(60)
    assert path.read_bytes() == b"newest"


def test_a_whole_file_is_written(tmp_path):
    path = tmp_path / "model.svg"
    write_file(str(path), b"one")
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()
    path.chmod(0o600)
    write_file(str(path), b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_is_written_to():
    write_file(os.devnull, b"one")
    assert not Path(os.devnull).is_file()
    with pytest.raises(OSError, match="directory"):
        write_file(os.curdir, b"one")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
