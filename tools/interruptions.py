"""End `keraslint check --fix` at random moments, and look at the files it worked on.

python -m tools.interruptions --tries 1000 --seed 1
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.endurance.processes import cached, damage, duration, fixable, interrupted, run

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
FILES = 30


def main() -> None:
    """Read the arguments, interrupt, and tell what came of it."""
    parser = argparse.ArgumentParser(description="End fixing at random moments.")
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", action="store_true", help="kill checks with a cache instead")
    options = parser.parse_args()
    if options.cache:
        sys.exit(_killed(options.tries, Random(options.seed)) > 0)
    draw, counts = Random(options.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fixable(folder, FILES)
        longest = duration(folder)
        for index in range(options.tries):
            number = SIGNALS[index % len(SIGNALS)]
            fixable(folder, FILES)
            moment = draw.uniform(0, 1.2 * longest)
            wrong, in_time = interrupted(folder, number, moment)
            wrong += damage(folder, FILES, killed=number == signal.SIGKILL)
            counts[f"{number.name} {'in time' if in_time else 'too late'}"] += 1
            texts = [folder.joinpath(f"model{i}.py").read_text() for i in range(FILES)]
            if 0 < sum("activaton" in text for text in texts) < FILES:
                counts["in the midst of writing"] += 1
            for what in wrong:
                counts["wrong"] += 1
                print(f"try {index}, {number.name} after {moment:.3f} s: {what}", flush=True)
            if index % 100 == 99:
                print(index + 1, dict(counts), flush=True)
            for path in folder.glob(".model*"):
                path.unlink()
    sys.exit(counts["wrong"] > 0)


def _killed(tries: int, draw: Random) -> int:
    """Kill checks with a cache; how often the next one finds something else."""
    wrong = written = 0
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "models"), Path(name, "cache")
        folder.mkdir()
        fixable(folder, FILES)
        expected = _found(folder, Path(name, "other"))
        longest = duration(folder)
        for index in range(tries):
            fixable(folder, FILES)
            changed = folder / f"model{draw.randrange(FILES)}.py"
            changed.write_text(changed.read_text() + f"# {index}\n")
            before = {path: path.read_bytes() for path in cache.glob("*.json")}
            cached(folder, cache, draw.uniform(0, longest))
            after = {path: path.read_bytes() for path in cache.glob("*.json")}
            written += before != after
            if _found(folder, cache) != expected:
                wrong += 1
                print(f"try {index}: other findings", flush=True)
            if index % 100 == 99:
                print(f"{index + 1} tries, {written} written, {wrong} wrong", flush=True)
        left = [path.name for path in cache.iterdir()]
        print(f"{len(left)} files are left in the cache", flush=True)
    return wrong


def _found(folder: Path, cache: Path) -> str:
    return run("check", "--output-format", "json", "--cache-dir", str(cache), str(folder)).stdout


if __name__ == "__main__":
    main()
