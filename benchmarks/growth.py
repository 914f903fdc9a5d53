"""How the time of a check grows with what is checked.

    python benchmarks/growth.py [--repeat N] [--row NAME]…

Each row has programs of growing size, and the exponent between neighbours: 1 means that twice as
much takes twice as long. What starting takes, measured on an empty program, is taken off.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Callable
from pathlib import Path

from timing import KERASLINT, Cost, compare

COMMAND = [*KERASLINT, "check", "--exit-zero", "--no-cache", "--jobs", "1"]


def sequential(size: int) -> str:
    """A `Sequential` of many layers, one by one."""
    lines = ["import keras", "model = keras.Sequential()", "model.add(keras.Input((8,)))"]
    return "\n".join([*lines, *["model.add(keras.layers.Dense(8))"] * size]) + "\n"


def functional(size: int) -> str:
    """A functional model of many layers, made in a loop."""
    return (
        "import keras\nx = inputs = keras.Input((8,))\n"
        f"for _ in range({size}):\n    x = keras.layers.Dense(8)(x)\n"
        "model = keras.Model(inputs, x)\n"
    )


def nested(size: int) -> str:
    """Helpers that call each other, each of which makes a layer."""
    lines = ["import keras", "def f0(x):", "    return keras.layers.Dense(8)(x)"]
    for depth in range(1, size):
        lines += [f"def f{depth}(x):", f"    return f{depth - 1}(keras.layers.Dense(8)(x))"]
    return "\n".join([*lines, f"f{size - 1}(keras.Input((8,)))"]) + "\n"


PROGRAMS: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "sequential": (sequential, (100, 1_000, 10_000)),
    "functional": (functional, (100, 1_000, 10_000)),
    "nested": (nested, (1, 10, 50)),
}
FILES = (100, 1_000, 10_000)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--row", action="append", choices=[*PROGRAMS, "files"])
    options = parser.parse_args()
    for name in options.row or [*PROGRAMS, "files"]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            sizes = FILES if name == "files" else PROGRAMS[name][1]
            commands = {"0": [*COMMAND, _write(root / "0", {"a.py": "import keras\n"})]}
            for size in sizes:
                if name == "files":
                    files = {f"p{n // 100}/m{n}.py": sequential(5) for n in range(size)}
                else:
                    files = {"a.py": PROGRAMS[name][0](size)}
                commands[str(size)] = [*COMMAND, _write(root / str(size), files)]
            _show(name, compare(commands, root, repeat=options.repeat, warm=0))


def _write(folder: Path, files: dict[str, str]) -> str:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return str(folder)


def _show(name: str, costs: dict[str, Cost]) -> None:
    base, *sizes = costs.items()
    before = None
    for size, cost in sizes:
        own = max(cost.processor - base[1].processor, 1e-3)
        exponent = ""
        if before is not None:
            ratio = math.log(own / before[1]) / math.log(int(size) / before[0])
            exponent = f"exponent {ratio:.2f}"
        print(f"{name:12} {size:>6}  {own:8.3f} s  {cost.memory:6.0f} MB  {exponent}")
        before = (int(size), own)


if __name__ == "__main__":
    main()
