"""The pictures that the README shows, drawn anew.

``python -m tools.pictures`` draws them. With ``--check`` it changes nothing and says what is out of
date, with exit code 1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from keraslint.diagrams import render
from keraslint.engine import analyse_file
from keraslint.summary import select

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {"docs/tutorial.svg": ("docs/examples/tutorial.py", None)}
"""The file of each picture, and the models in it: a file and, if not all of them, a name."""


def drawn() -> dict[str, str]:
    """What each file should hold."""
    found = {}
    for target, (source, name) in PICTURES.items():
        analysis = analyse_file(str(ROOT / source), wanted=name)
        found[target] = render(select(analysis, name), "svg")
    return found


def main() -> int:
    """Draw or check."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    checking = parser.parse_args().check
    old = {name: text for name, text in drawn().items() if _differs(ROOT / name, text)}
    for name, text in old.items():
        if checking:
            print(f"{name} is out of date; python -m tools.pictures draws it")
        else:
            (ROOT / name).write_bytes(text.encode())
    return 1 if checking and old else 0


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_bytes() != text.encode()


if __name__ == "__main__":
    sys.exit(main())
