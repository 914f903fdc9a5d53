"""Layer for layer: summaries of Keras's own pretrained models against the real ones.

Copies files of the installed Keras, appends a line that builds a model, and compares what
`keraslint summary` says with that model: names, classes, output shapes, weights, totals.

    python benchmarks/applications.py [MODEL…]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

ROOT = Path(__file__).resolve().parent.parent
SHAPES = ((224, 224, 3), (160, 192, 3), (299, 299, 3))
MODELS = {
    "VGG16": "vgg16",
    "ResNet50": "resnet",
    "ResNet152": "resnet",
    "MobileNet": "mobilenet",
    "InceptionV3": "inception_v3",
    "Xception": "xception",
    "DenseNet121": "densenet",
}


def static(path: Path) -> dict[str, Any]:
    """What `keraslint summary` says of the only model at the end of a file."""
    command = [sys.executable, "-m", "keraslint", "summary", str(path), "--output-format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    models = json.loads(done.stdout)["models"]
    return next(model for model in models if model["name"] == "model")


def real(model: Any) -> dict[str, Any]:
    """The same facts of the real model."""
    sys.path.insert(0, str(ROOT))
    from keraslint.verify.recorder import describe

    return describe(model)


def differences(known: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Everything in which the two differ."""
    wrong = [
        f"{what}: {known[what]} != {found[what]}"
        for what in ("total_params", "trainable_params")
        if known[what] != found[what]
    ]
    if len(known["layers"]) != len(found["layers"]):
        return [*wrong, f"layers: {len(known['layers'])} != {len(found['layers'])}"]
    for row, layer in zip(known["layers"], found["layers"], strict=True):
        wrong += [
            f"{layer['name']}: {what}: {row[what]} != {layer[what]}"
            for what in ("name", "class", "outputs", "params")
            if row[what] != layer[what]
        ]
    return wrong


def main(names: list[str]) -> int:
    """Compare, and say so model by model."""
    import keras

    sources = Path(keras.__file__).parent / "src" / "applications"
    failed = False
    for name in names or MODELS:
        for shape in SHAPES:
            keras.utils.clear_session()
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "program.py")
                text = (sources / f"{MODELS[name]}.py").read_text(encoding="utf-8")
                path.write_text(f"{text}\nmodel = {name}(weights=None, input_shape={shape})\n")
                start = time.perf_counter()
                known = static(path)
                seconds = time.perf_counter() - start
            found = real(getattr(keras.applications, name)(weights=None, input_shape=shape))
            wrong = differences(known, found)
            failed |= bool(wrong)
            verdict = f"{len(wrong)} differences" if wrong else "equal"
            layers = len(found["layers"])
            print(f"{name:12} {shape!s:16} {layers:4} layers {seconds:5.2f} s  {verdict}")
            for line in wrong[:5]:
                print(f"    {line}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
