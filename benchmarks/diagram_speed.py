"""How long a picture takes: `keraslint diagram` against `keras.utils.plot_model`, whole processes.

python benchmarks/diagram_speed.py [--repeat N]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from summary_speed import CALL, measured

REAL = """
import sys
import keras
model = keras.applications.ResNet152(weights=None)
keras.utils.plot_model(model, sys.argv[1], show_shapes=True, show_layer_names=True)
"""


def main() -> None:
    """Measure in turn, and print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    spec = find_spec("keras")
    if spec is None or spec.origin is None or not find_spec("pydot") or not shutil.which("dot"):
        sys.exit("this needs Keras, pydot and Graphviz")
    source = Path(spec.origin).parent / "src" / "applications" / "resnet.py"
    with tempfile.TemporaryDirectory() as folder:
        program, script = Path(folder, "resnet.py"), Path(folder, "real.py")
        program.write_text(f"{source.read_text(encoding='utf-8')}\n{CALL}\n", encoding="utf-8")
        script.write_text(REAL, encoding="utf-8")
        kinds = {
            "plot_model, PNG": [sys.executable, str(script), f"{folder}/real.png"],
            "plot_model, SVG": [sys.executable, str(script), f"{folder}/real.svg"],
            "keraslint diagram, SVG": [
                *(sys.executable, "-m", "keraslint", "diagram", f"{program}::model"),
                *("-o", f"{folder}/own.svg"),
            ],
        }
        for command in kinds.values():
            measured(command)
        runs = [{name: measured(command) for name, command in kinds.items()} for _ in range(repeat)]
    own = [statistics.median(run["keraslint diagram, SVG"][i] for run in runs) for i in (0, 1)]
    print(f"ResNet152, medians of {repeat}{'':14} {'clock':>16} {'processor':>16}")
    for name in kinds:
        times = [statistics.median(run[name][i] for run in runs) for i in (0, 1)]
        columns = [f"{t:6.2f} s {t / o:5.1f}x" for t, o in zip(times, own, strict=True)]
        print(f"{name:38} {' '.join(f'{c:>16}' for c in columns)}")


if __name__ == "__main__":
    main()
