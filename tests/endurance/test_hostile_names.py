"""Names and strings that would steer terminals, CI systems or readers of XML, were they printed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from keraslint.cli.parser import CHECK_FORMATS
from tests.endurance.commands import Ran, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="such names are Unix's")

NAMES = {
    "a line break": "a\nb.py",
    "a terminal sequence": "\x1b[2J\x1b]0;title\x07.py",
    "a workflow command": "x\n::error file=y::z\r\n::set-output name=a::b.py",
    "an azure command": "x]\n##vso[task.setvariable variable=a]b;c.py",
    "percent signs": "100%0A::error::,x:y.py",
    "markup": "<b>\"'&]]>--><script>.py",
    "another encoding": os.fsdecode(b"\xff\xe9.py"),
    "a direction": "\u202egp.\u2028x.py",
    "spaces": "  a b\t.py ",
    "an option": "--fix.py",
}
EVIL = "\x1b[31m\n::error::x\r]]><script>&%0A##vso[x]\u202e\x00\x85"
PROGRAM = f"""import keras
from keras import layers
x = layers.Conv1D(64, 3, activaton={EVIL!r})(keras.Input((4, 4, 4)))
model = keras.Sequential(name={EVIL[:20]!r})
model.add(layers.Dense(3, name={EVIL!r}))
model.build(({EVIL!r}, 4))
y = layers.Dense(3, kernel_initializer={EVIL!r})(keras.Input((4,), name={EVIL!r}))
y = layers.Dense("3")(y)
# Output Shape: \x1b[31m (None, 4)
z = layers.Dense(4, activation="\x1b[31mrelu")(y)
"""
VIEWS = (
    ("shapes",),
    ("summary",),
    ("annotate", "--check"),
    ("diagram", "--format", "txt"),
    ("diagram", "--format", "mermaid"),
    ("diagram", "--format", "dot"),
    ("check", "--statistics"),
    ("check", "--show-files"),
    ("check", "--show-settings"),
    ("check", "--fix", "--show-fixes"),
)
HARMLESS = frozenset("\n\t")


def controls(text: str) -> set[str]:
    """The characters of a text that would do something to a terminal."""
    return {char for char in text if not char.isprintable()} - HARMLESS


@pytest.fixture(params=NAMES)
def model(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / NAMES[request.param]
    try:
        path.write_text(PROGRAM, encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    return path


def told(ran: Ran) -> str:
    assert ran.fault is None
    return ran.out + ran.err


@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_reports(model: Path, form: str) -> None:
    ran = run("check", "--select", "ALL", "--output-format", form, str(model))
    assert controls(told(ran)) == set()
    if form in {"json", "sarif", "gitlab", "rdjson"}:
        assert json.loads(ran.out)
    if form == "json-lines":
        assert all(json.loads(line)["code"] for line in ran.out.splitlines())
    if form == "junit":
        assert list(ET.fromstring(ran.out).iter("failure"))
    if form == "github":
        lines = ran.out.splitlines()
        assert lines
        assert all(
            line.startswith(("::error title=", "::warning title=", "::notice title="))
            for line in lines
        )
        assert all(line.count("::") >= 2 for line in lines)
    if form == "azure":
        lines = ran.out.splitlines()
        assert lines
        assert all(line.startswith("##vso[task.logissue ") for line in lines)


@pytest.mark.parametrize("command", VIEWS, ids=" ".join)
def test_views(model: Path, command: tuple[str, ...]) -> None:
    assert controls(told(run(*command, str(model)))) == set()


@pytest.mark.parametrize("command", VIEWS, ids=" ".join)
def test_folders(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / NAMES["a terminal sequence"]
    folder.mkdir()
    folder.joinpath("model.py").write_text("import keras\nx = = 1\n")
    assert controls(told(run(*command, str(folder)))) == set()
    assert controls(told(run(*command, str(folder / "missing\x1b.py")))) == set()


def test_pictures_are_markup_all_the_same(model: Path) -> None:
    ran = run("diagram", "--format", "svg", str(model))
    assert ran.fault is None
    for picture in ran.out.split("<?xml")[1:] or [ran.out]:
        root = ET.fromstring(picture[picture.index("<svg") :])
        assert not [part for part in root.iter() if "script" in part.tag]


@pytest.mark.parametrize("option", ["--select", "--config", "--baseline", "--write-baseline"])
def test_arguments(model: Path, option: str) -> None:
    evil = EVIL.replace("\x00", "")
    assert controls(told(run("check", option, f"nowhere/{evil}", str(model)))) == set()


def test_settings(tmp_path: Path) -> None:
    tmp_path.joinpath("model.py").write_text(PROGRAM)
    for key in ("select", "src", "severity", "nonsense"):
        text = f"{key} = [{json.dumps(EVIL.replace(chr(0), ''))}]\n"
        tmp_path.joinpath("keraslint.toml").write_text(text, encoding="utf-8")
        assert controls(told(run("check", str(tmp_path)))) == set()
        assert controls(told(run("check", "--show-settings", str(tmp_path)))) == set()
