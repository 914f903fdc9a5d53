"""The recipes for editors: each pattern of the page reads what the command prints."""

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from keraslint.cli.parser import parse
from tests.needing import need

tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
MODEL = "import keras\nx = keras.layers.Dense(3, bogus=1)\nkeras.optimizers.Adam(lr=0.1)\n"
FOUND = [
    ("2", "27", "KL201", "[unknown-argument] Dense has no argument 'bogus'"),
    (
        "3",
        "23",
        "KL502",
        "[keras2-argument] Adam has no argument 'lr' any more: it is one of Keras 2",
    ),
]


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "my model.py").write_text(MODEL, encoding="utf-8")
    return tmp_path


def output(folder: Path, *arguments: str, given: str | None = None) -> str:
    """What the command prints, as editors see it: both streams."""
    done = subprocess.run(
        [sys.executable, "-m", "keraslint", *arguments],
        cwd=folder,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def test_visual_studio_code(folder):
    (task,) = json.loads(blocks("json")[0])["tasks"]
    assert task["args"] == ["check", "--watch", "."]
    matcher = task["problemMatcher"]
    pattern, background = matcher["pattern"], matcher["background"]
    process = subprocess.Popen(
        [sys.executable, "-m", "keraslint", *task["args"]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or not re.search(background["endsPattern"], lines[-1]):
        lines.append(process.stdout.readline().rstrip("\n"))
    process.kill()
    process.wait()
    assert re.search(background["beginsPattern"], lines[0])
    found = [match for line in lines if (match := re.search(pattern["regexp"], line))]
    keys = ("line", "column", "code", "message")
    assert [tuple(m[pattern[key]] for key in keys) for m in found] == FOUND
    assert {m[pattern["file"]] for m in found} == {"./my model.py"}


MACROS = {"FILE_PATH": "(.+?)", "LINE": r"(\d+)", "COLUMN": r"(\d+)", "MESSAGE": "(.+)"}


def test_pycharm(folder):
    rows = dict(re.findall(r"^\| ([A-Z][^|]+?) \| `(.+)` \|$", PAGE, re.MULTILINE))
    assert rows["Program"] == "keraslint"
    path = str(folder / "my model.py")
    arguments = [path if word == "$FilePath$" else word for word in rows["Arguments"].split()]
    pattern = re.escape(rows["Output filters"])
    for macro, meaning in MACROS.items():
        pattern = pattern.replace(re.escape(f"${macro}$"), meaning)
    found = re.findall(f"^{pattern}$", output(folder, *arguments), re.MULTILINE)
    assert found == [(path, row, column, f"{code} {text}") for row, column, code, text in FOUND]


def test_flymake(folder):
    (text,) = [block for block in blocks("elisp") if "flymake" in block]
    command, pattern = re.findall(r"'\((\".*?)\)(?= *\n|\)$)", text, re.MULTILINE)
    program, *arguments = re.findall(r'"(.*?)"', command)
    assert program == "keraslint"
    regexp, groups = re.findall(r'^"(.*)" (.*)$', pattern.rstrip(")"))[0]
    assert groups == "1 2 nil 3"
    for emacs, python in (("\\\\", "\\"), (r"\(?1:", "("), (r"\(?2:", "("), (r"\(?3:", "(")):
        regexp = regexp.replace(emacs, python)
    regexp = regexp.replace(r"\)", ")")
    found = re.findall(regexp, output(folder, *arguments, given=MODEL), re.MULTILINE)
    assert found == [(row, column, f"{code} {text}") for row, column, code, text in FOUND]


def test_errorformat(folder):
    (text,) = blocks("vim")
    settings = dict(re.findall(r"^set (\w+)=(.*)$", text, re.MULTILINE))
    assert settings["makeprg"] == r"keraslint\ check"
    first, rest = settings["errorformat"].split(",", 1)
    assert rest == "%-G%.%#"
    pattern = first.replace("\\ ", " ")
    for item, meaning in (("%f", "(.+?)"), ("%l", r"(\d+)"), ("%c", r"(\d+)"), ("%m", "(.+)")):
        pattern = pattern.replace(item, meaning)
    found = re.findall(f"^{pattern}$", output(folder, "check", "my model.py"), re.MULTILINE)
    assert found == [
        ("my model.py", row, column, f"{code} {text}") for row, column, code, text in FOUND
    ]


def test_errorformat_in_vim(folder):
    need("vim")
    (folder / "printed").write_text(output(folder, "check", "my model.py"), encoding="utf-8")
    (folder / "settings.vim").write_text(blocks("vim")[0], encoding="utf-8")
    script = (
        "source settings.vim | cgetfile printed | "
        "call writefile([json_encode(getqflist())], 'list') | qa!"
    )
    subprocess.run(["vim", "-u", "NONE", "-es", "-c", script], cwd=folder, check=False, timeout=60)
    found = json.loads((folder / "list").read_text(encoding="utf-8"))
    assert [(str(item["lnum"]), str(item["col"]), item["text"]) for item in found] == [
        (row, column, f"{code} {text}") for row, column, code, text in FOUND
    ]


def commands() -> list[list[str]]:
    """How the clients start the server."""
    lua = re.findall(r"cmd = \{ (.*?) \}", blocks("lua")[0])
    elisp = re.findall(r'\. \((".*?")\)', blocks("elisp")[0])
    helix: Any = tomllib.loads(blocks("toml")[-1])["language-server"]["keraslint"]
    sublime = json.loads(blocks("json")[1])["clients"]["keraslint"]["command"]
    quoted = [re.findall(r'"(.*?)"', text) for text in (*lua, *elisp)]
    return [*quoted, [helix["command"], *helix["args"]], sublime]


def test_every_client_starts_the_server():
    assert len(commands()) == 4
    for program, *arguments in commands():
        assert program == "keraslint"
        assert parse(arguments).door == "server:run"
