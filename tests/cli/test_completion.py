"""The scripts that let shells complete the arguments, in those shells."""

import os
import pty
import select
import signal
import subprocess
import sys

import pytest

from keraslint.cli import main
from tests.needing import need

CASES = {
    "keraslint che": "check",
    "keraslint check --output-format sar": "sarif",
    "keraslint rule input-ra": "input-rank",
    "keraslint check mod": "model.py",
    "keraslint check --select unused-l": "unused-layer",
}
BASH = """\
source keraslint.sh
COMP_WORDS=({line})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_shtab_keraslint
echo "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.py").touch()
    for shell, name in (("bash", "keraslint.sh"), ("fish", "k.fish"), ("zsh", "_keraslint")):
        assert main(["completion", shell]) == 0
        (tmp_path / name).write_text(capsys.readouterr().out, encoding="utf-8")
    return tmp_path


def printed(*command: str) -> list[str]:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(("line", "completed"), CASES.items())
def test_bash(folder, line, completed):
    need("bash")
    assert printed("bash", "-c", BASH.format(line=line)) == [completed]


@pytest.mark.parametrize(("line", "completed"), CASES.items())
def test_fish(folder, line, completed):
    need("fish")
    assert printed("fish", "-c", f"source k.fish; complete -C '{line}'")[0] == completed


def test_zsh(folder):
    """Typed into a shell on a terminal, for zsh completes nowhere else."""
    need("zsh")
    process, terminal = pty.fork()
    if process == 0:
        os.execvp("zsh", ["zsh", "-f", "-i"])

    def type_and_see(text: str, expected: str) -> None:
        os.write(terminal, text.encode())
        seen = ""
        while expected not in seen and select.select([terminal], [], [], 20)[0]:
            seen += os.read(terminal, 4096).decode(errors="replace")
        assert expected in seen

    try:
        start = "PS1=; fpath=($PWD $fpath); autoload -U compinit; compinit -u -d dump; echo rea''dy"
        type_and_see(f"{start}\n", "ready")
        for line, completed in CASES.items():
            type_and_see(f"\x15{line}\t", completed)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


@pytest.mark.parametrize("shell", ["tcsh", "powershell"])
def test_other_shells_get_a_script(capsys, shell):
    assert main(["completion", shell]) == 0
    assert "keraslint" in capsys.readouterr().out


def test_without_shtab_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "bash"]) == 2
    assert "keraslint[completion]" in capsys.readouterr().err
