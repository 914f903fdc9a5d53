"""How long a check takes, beside parsing and beside other linters.

    python benchmarks/checking.py [--repeat N] [--row NAME]… [PATH]

PATH is the code to check, by default the package of an installed Keras. The columns are seconds by
the clock, seconds of the processor, memory, and both times relative to the first command of a row.
flake8, pylint and ruff are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from timing import KERASLINT, compare, show

PARSE = """
import gc, sys
from pathlib import Path
import libcst
gc.set_threshold(100_000, 20, 100)
for path in sorted(Path(sys.argv[1]).rglob("*.py")):
    data = path.read_bytes()
    if b"keras" in data:
        libcst.parse_module(data)
"""
CHECK = [*KERASLINT, "check", "--exit-zero"]
PYTHON = [sys.executable, "-c", "pass"]
COLD = [*CHECK, "--no-cache", "--jobs", "1"]
HELPER = "import keras\n\n\ndef block(n):\n    return keras.layers.Dense(n)\n\n\n"


def main() -> None:
    """Measure what is asked for."""
    rows = {"cold": cold, "jobs": jobs, "warm": warm, "start": start, "changed": changed}
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--row", action="append", choices=rows, help="all by default")
    parser.add_argument("path", nargs="?", type=Path, default=_keras())
    options = parser.parse_args()
    for name in options.row or rows:
        print(f"-- {name}")
        with tempfile.TemporaryDirectory() as folder:
            rows[name](options.path.resolve(), Path(folder), options.repeat)


def cold(path: Path, folder: Path, repeat: int) -> None:
    """One process that remembers nothing, beside parsing and other linters."""
    commands = {
        "libcst.parse_module": [sys.executable, "-c", PARSE, str(path)],
        "keraslint, cold": [*COLD, str(path)],
    }
    for name, arguments in {"flake8": ["-j1"], "pylint": ["-E", "-j1"]}.items():
        if find_spec(name) is not None:
            commands[name] = [sys.executable, "-m", name, *arguments, str(path)]
    show(compare(commands, folder, repeat=repeat, warm=0), "libcst.parse_module")


def jobs(path: Path, folder: Path, repeat: int) -> None:
    """One process and two."""
    two = [*CHECK, "--no-cache", "--jobs", "2", str(path)]
    commands = {"--jobs 1": [*COLD, str(path)], "--jobs 2": two}
    show(compare(commands, folder, repeat=repeat, warm=0), "--jobs 1")


def warm(path: Path, folder: Path, repeat: int) -> None:
    """Everything is remembered."""
    commands = {"python": PYTHON, "keraslint, warm": [*CHECK, str(path)]}
    ruff = shutil.which("ruff") or shutil.which("ruff", path=str(Path(sys.executable).parent))
    if ruff is not None:
        commands["ruff check --no-cache"] = [ruff, "check", "--no-cache", "--exit-zero", str(path)]
    show(compare(commands, folder, repeat=repeat), "python")


def start(_path: Path, folder: Path, repeat: int) -> None:
    """Files without Keras: one, and 3,000."""
    Path(folder, "one.py").write_text("x = 1\n", encoding="utf-8")
    many = Path(folder, "many")
    for number in range(3000):
        place = many / f"part{number % 30}"
        place.mkdir(parents=True, exist_ok=True)
        Path(place, f"file{number}.py").write_text("import os\nx = 1\n" * 20, encoding="utf-8")
    commands = {
        "python": PYTHON,
        "one file": [*CHECK, "one.py"],
        "3,000 files": [*CHECK, "many"],
    }
    show(compare(commands, folder, repeat=max(repeat, 21)), "python")


def changed(_path: Path, folder: Path, repeat: int) -> None:
    """One file of 200 lines has changed, 100 others have not."""
    for number in range(100):
        Path(folder, f"model{number}.py").write_text(HELPER * 25, encoding="utf-8")
    script = (
        "import os, sys, subprocess\n"
        "open('model7.py', 'a').write('#\\n')\n"
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
    )
    commands = {
        "python": PYTHON,
        "nothing changed": [*CHECK, "."],
        "one file changed": [sys.executable, "-c", script, *CHECK[1:], "."],
    }
    show(compare(commands, folder, repeat=repeat), "python")


def _keras() -> Path:
    spec = find_spec("keras")
    if spec is None or spec.origin is None:
        sys.exit("this needs Keras, or a path")
    return Path(spec.origin).parent


if __name__ == "__main__":
    main()
