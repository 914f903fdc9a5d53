"""What the repository's own files promise."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from keraslint.cli.parser import parse

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def keraslint(*arguments):
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "keraslint", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in run.stderr
    return run.stdout


def test_the_commands_of_the_readme_are_those_of_ci():
    (use, test) = (command.strip().split(" && ") for command in blocks("sh"))
    ci = (ROOT / ".ci" / "run").read_text()
    for step in (*use[1:], *test[1:]):
        program, *words = step.removeprefix(".venv/bin/").split()
        assert re.search(rf'/bin/{program}"? .*{re.escape(" ".join(words[1:]))}', ci), step


def test_the_readme_shows_what_the_commands_print():
    summary, mistake = blocks("text")
    assert keraslint("summary", "docs/examples/tutorial.py") == summary
    assert keraslint("check", "docs/mistake.py") == mistake
    assert blocks("python") == [(ROOT / "docs" / "mistake.py").read_text()]


def test_every_command_is_described():
    listed = set(re.findall(r"^\| `keraslint (\w+)` \|", README, re.MULTILINE))
    shown = set(re.findall(r"^    (\w+)(?:  |$)", keraslint("--help"), re.MULTILINE))
    explained = re.findall(
        r"^## keraslint (\w+)$", (ROOT / "docs" / "cli.md").read_text(), re.MULTILINE
    )
    assert listed == shown == set(explained)


def test_the_picture_in_the_readme_is_of_what_it_shows():
    (path,) = re.findall(r"!\[.+\]\((.+)\)", README)
    now = keraslint("diagram", "docs/examples/tutorial.py")
    shown = (ROOT / path).read_text(encoding="utf-8")
    for text in ("(batch, 10, 64)", "6,208 params", "(batch, 256, 256, 32)", "18,464 params"):
        assert f">{text}</text>" in now
        assert f">{text}</text>" in shown


@pytest.mark.parametrize("path", [".pre-commit-hooks.yaml", "action.yml"])
def test_what_others_run_is_a_command(path):
    text = (ROOT / path).read_text()
    commands = re.findall(r"(?:entry|run): keraslint (.+)", text)
    assert commands
    for command in commands:
        assert parse(re.sub(r"\$\w+", "model.py", command).split()).paths is not None


def test_hooks_see_all_files_at_once():
    check, annotate = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert check["types_or"] == ["python", "pyi", "jupyter"]
    assert check["require_serial"] is annotate["require_serial"] is True


def test_hooks_leave_out_what_a_project_excludes():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert all("--force-exclude" in hook["entry"].split() for hook in hooks)


def test_pre_commit_runs_the_hook(tmp_path):
    def run(*command, code=0):
        done = subprocess.run(
            command,
            cwd=tmp_path / "project",
            env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    (tmp_path / "project").mkdir()
    run("git", "clone", "--quiet", str(ROOT), str(tmp_path / "keraslint"))
    run("git", "init", "--quiet")
    (tmp_path / "project" / "model.py").write_text((ROOT / "docs" / "mistake.py").read_text())
    run("git", "add", "model.py")
    try_repo = (sys.executable, "-m", "pre_commit", "try-repo", str(tmp_path / "keraslint"))
    assert "model.py:5:37: KL101" in run(*try_repo, "keraslint", "--all-files", code=1)


def test_the_oldest_versions_promised_are_tested():
    promised = re.findall(r'"([a-z-]+)>=([\d.]+)', (ROOT / "pyproject.toml").read_text())
    tested = re.findall(r"oldest: ([a-z-]+)==([\d.]+)", (ROOT / "tox.ini").read_text())
    lowest = {name: f"{version}.0.0".split(".")[:3] for name, version in promised}
    elsewhere = {"hatchling", "keras", "pytest", "tensorflow"}  # no part of a run without Keras
    assert {name: version.split(".")[:3] for name, version in tested} == {
        name: version for name, version in lowest.items() if name not in elsewhere
    }
