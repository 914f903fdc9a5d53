"""How long a summary takes: `keraslint summary` against Keras, each as a whole process.

python benchmarks/summary_speed.py [--repeat N]
"""

from __future__ import annotations

import argparse
import os
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


def measure(command: Sequence[str], repeat: int) -> float:
    """The best time of a command in seconds, after one run that warms the caches."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times[1:])


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
        keras_time = measure([sys.executable, "-c", REAL], max(1, repeat // 2))
        print(f"Keras, ResNet152                          {keras_time:7.2f} s")
        for label, path in (("its source", whole), ("one line that calls it", short)):
            seconds = measure([*command, f"{path}::model"], repeat)
            ratio = keras_time / seconds
            print(f"keraslint, {label:30} {seconds:7.2f} s   {ratio:5.1f} times as fast")


if __name__ == "__main__":
    main()
