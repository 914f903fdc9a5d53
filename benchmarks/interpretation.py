"""What interpreting a program costs, beside what parsing it costs.

    python benchmarks/interpretation.py [PATH…]

Without paths: the examples of the documentation, and the applications of an installed Keras.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from keraslint.interpreter.programs import Program
from keraslint.interpreter.reading import read
from keraslint.sources import discover, load, mentions_keras
from keraslint.syntax import parse

ROOT = Path(__file__).resolve().parent.parent


def measure(path: str) -> tuple[float, float]:
    """Seconds for parsing and for interpreting one file, the better of two each."""
    source = load(path)
    parsing = interpreting = float("inf")
    for _ in range(2):
        start = time.process_time()
        parsed = parse(source)
        middle = time.process_time()
        read(Program(parsed))
        end = time.process_time()
        parsing = min(parsing, middle - start)
        interpreting = min(interpreting, end - middle)
    return parsing, interpreting


def main(paths: list[str]) -> None:
    """Measure all files that mention Keras, and print totals and the median ratio."""
    gc.set_threshold(100_000, 20, 100)
    spec = find_spec("keras")
    if not paths:
        paths = [str(ROOT / "docs" / "examples")]
        if spec is not None and spec.origin is not None:
            paths.append(str(Path(spec.origin).parent / "src" / "applications"))
    files = [path for path in discover(paths) if mentions_keras(Path(path).read_bytes())]
    measure(files[0])  # whatever is loaded once is loaded now
    times = {path: measure(path) for path in files}
    ratios = {path: interpreting / parsing for path, (parsing, interpreting) in times.items()}
    for path in sorted(ratios, key=lambda path: -ratios[path])[:5]:
        print(f"{ratios[path]:6.1f}  {path}")
    parsing, interpreting = map(sum, zip(*times.values(), strict=True))
    print(f"{len(files)} files: parsing {parsing:.2f} s, interpreting {interpreting:.2f} s")
    print(f"ratio: {statistics.median(ratios.values()):.2f} in the median")


if __name__ == "__main__":
    main(sys.argv[1:])
