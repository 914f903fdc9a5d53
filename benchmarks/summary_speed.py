"""How long a summary takes: `keraslint summary` against Keras, each as a whole process.

python benchmarks/summary_speed.py [--repeat N]
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REAL = "import keras; keras.applications.ResNet152(weights=None).summary()"
CALL = "model = ResNet152(weights=None)"
SHORT = "import keras\nmodel = keras.applications.ResNet152(weights=None)\n"


def measure(command: Sequence[str], repeat: int) -> tuple[float, float]:
    """Seconds by the clock and of the processor, the best of some runs after one that warms up."""
    clock, processor = zip(*[measured(command) for _ in range(repeat + 1)][1:], strict=True)
    return min(clock), min(processor)


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor that one run takes."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start, used = time.perf_counter(), _used()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    """The processor time of all child processes so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    spec = find_spec("keras")
    if spec is None or spec.origin is None:
        sys.exit("this needs Keras")
    source = Path(spec.origin).parent / "src" / "applications" / "resnet.py"
    with tempfile.TemporaryDirectory() as folder:
        whole, short = Path(folder, "resnet.py"), Path(folder, "short.py")
        whole.write_text(f"{source.read_text(encoding='utf-8')}\n{CALL}\n", encoding="utf-8")
        short.write_text(SHORT, encoding="utf-8")
        command = [sys.executable, "-m", "keraslint", "summary"]
        real = measure([sys.executable, "-c", REAL], max(1, repeat // 2))
        print(f"{'':38} {'clock':>16} {'processor':>16}")
        print(f"{'Keras, ResNet152':38} {real[0]:14.2f} s {real[1]:14.2f} s")
        for label, path in (("its source", whole), ("one line that calls it", short)):
            found = measure([*command, f"{path}::model"], repeat)
            columns = [f"{t:6.2f} s {r / t:5.1f}x" for r, t in zip(real, found, strict=True)]
            print(f"{'keraslint, ' + label:38} {' '.join(f'{c:>16}' for c in columns)}")


if __name__ == "__main__":
    main()
