"""How long a check of code takes that has nothing to do with Keras, against Python's own start.

python benchmarks/other_code.py [--files N] [--repeat N]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import sysconfig
import tempfile
from itertools import cycle, islice
from pathlib import Path

from summary_speed import measured

MOST_BYTES = 60_000


def make(folder: Path, count: int) -> int:
    """Fill a folder with sources of the standard library, each perhaps repeatedly; their bytes."""
    library = Path(sysconfig.get_path("stdlib"))
    sources = [
        data
        for path in sorted(library.rglob("*.py"))
        if not {"site-packages", "test", "tests"} & set(path.parts)
        and len(data := path.read_bytes()) < MOST_BYTES
        and b"keras" not in data
    ]
    (folder / ".gitignore").write_text("*.pyc\n__pycache__/\n/build\n", encoding="utf-8")
    (folder / ".git").mkdir()
    for number, data in enumerate(islice(cycle(sources), count)):
        package = folder / f"package{number % 60}" / f"part{number % 7}"
        package.mkdir(parents=True, exist_ok=True)
        (package / f"module{number}.py").write_bytes(data)
    return sum(len(data) for data in islice(cycle(sources), count))


def main() -> None:
    """Measure in turn, and print the medians and their difference."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        size = make(Path(folder), options.files)
        check = [sys.executable, "-m", "keraslint", "check", "--no-cache", folder]
        start = [sys.executable, "-c", "pass"]
        measured(check)
        pairs = [(measured(check), measured(start)) for _ in range(options.repeat)]
    print(f"{options.files} files, {size / 1e6:.1f} MB, medians of {options.repeat}")
    for index, name in enumerate(("clock", "processor")):
        own, python = (statistics.median(pair[i][index] for pair in pairs) for i in (0, 1))
        more = statistics.median(one[index] - other[index] for one, other in pairs)
        print(f"{name:10} check {own:.3f} s, python {python:.3f} s, {more:.3f} s more")


if __name__ == "__main__":
    main()
