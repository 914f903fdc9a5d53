"""Reading other people's models: packages from PyPI with real Keras code.

    python benchmarks/corpora.py [--cache FOLDER] [PACKAGE…]

Downloads wheels (once), unpacks their Python files, and checks each file that mentions Keras, in a
process per package. Nothing of them is ever imported. Then small drivers that call their builders
show how many layers have known shapes. The exit code is 1 after a crash or a timeout.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 1200
SHOWN = 5
DRIVERS = {
    "keras-unet-collection": """
from keras_unet_collection import models
a = models.unet_2d((128, 128, 3), [32, 64, 128], n_labels=2)
b = models.unet_plus_2d((128, 128, 3), [32, 64, 128], n_labels=2)
c = models.att_unet_2d((128, 128, 3), [32, 64, 128], 2)
d = models.r2_unet_2d((128, 128, 3), [32, 64, 128], n_labels=2)
e = models.unet_3plus_2d((128, 128, 3), 2, [32, 64, 128])
""",
    "keras-unet": """
from keras_unet.models import custom_unet, satellite_unet, vanilla_unet
a = custom_unet((128, 128, 3), num_classes=2, filters=16, num_layers=3)
b = vanilla_unet((572, 572, 1))
c = satellite_unet((128, 128, 3))
""",
    "image-classifiers": """
from classification_models.tfkeras import Classifiers
a = Classifiers.get("resnet18")[0]((224, 224, 3))
b = Classifiers.get("seresnet50")[0]((224, 224, 3), weights=None)
""",
    "vit-keras": """
from vit_keras import vit
a = vit.vit_b16(image_size=224, pretrained=False, pretrained_top=False, classes=10)
""",
    "keras-hub": """
from keras_hub.models import BertBackbone, GPT2Backbone
sizes = dict(vocabulary_size=100, num_layers=2, num_heads=2, hidden_dim=16, intermediate_dim=32)
a = BertBackbone(**sizes)
b = GPT2Backbone(**sizes)
""",
    "keras-tcn": """
from tcn import TCN
inputs = keras.Input((64, 3))
a = keras.Model(inputs, TCN(nb_filters=16, return_sequences=True, dilations=(1, 2, 4))(inputs))
""",
}
PACKAGES = (
    *DRIVERS,
    *("autokeras", "bert-for-tf2", "deepctr", "efficientnet", "keras-efficientnet-v2"),
    *("keras-retinanet", "keras-rl2", "ktrain", "larq-zoo", "n2v", "spektral", "stardist"),
    *("tensorflow-recommenders", "tensorflow-similarity"),
)


def fetch(package: str, cache: Path) -> Path | None:
    """The unpacked wheel of a package, `None` if there is none."""
    folder = cache / package
    if not folder.exists():
        wheels = cache / "wheels" / package
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, "-d", str(wheels), package], check=False)
        wheel = next(wheels.glob("*.whl"), None)
        if wheel is None:
            return None
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder, [n for n in archive.namelist() if n.endswith(".py")])
    return folder


def keraslint(*arguments: str, folder: Path) -> tuple[str, str, float]:
    """What a command prints, what it says on stderr, and the seconds it takes."""
    command = [sys.executable, str(Path(__file__).with_name("run.py")), *arguments]
    start = time.perf_counter()
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return "", f"took longer than {SECONDS} seconds", SECONDS
    return done.stdout, done.stderr, time.perf_counter() - start


def check(package: str, folder: Path) -> bool:
    """Check a package, and say what was found; whether keraslint held out."""
    out, errors, seconds = keraslint("check", ".", "--output-format", "json", folder=folder)
    findings = json.loads(out) if out else []
    counts = Counter(finding["severity"] for finding in findings)
    shown = ", ".join(f"{counts[level]} {level}" for level in ("error", "warning", "info"))
    print(f"{package:26} {seconds:6.1f} s  {shown}")
    errors_of = Counter[str]()
    for finding in findings:
        errors_of[finding["code"]] += 1
        if finding["severity"] == "error" and errors_of[finding["code"]] <= SHOWN:
            where = f"{finding['filename']}:{finding['location']['row']}"
            print(f"    {where}: {finding['code']} {finding['message']}")
    crashed = "internal error" in errors or not out
    if crashed:
        print(errors)
    return not crashed


def drive(package: str, folder: Path) -> None:
    """How many construction sites a driver reaches, and how many have known shapes throughout."""
    driver = folder / "zz_driver.py"
    driver.write_text(f"import keras\n{DRIVERS[package]}", encoding="utf-8")
    out, _, seconds = keraslint("shapes", ".", "--output-format", "json", folder=folder)
    driver.unlink()
    reached = known = 0
    for file in json.loads(out)["files"] if out else []:
        for site in file["sites"]:
            calls = [call for call in site["calls"] if call["entry"] == "<module>"]
            reached += bool(calls)
            known += bool(calls) and all(_is_known(call["outputs"]) for call in calls)
    print(f"{package:26} {seconds:6.1f} s  {known} of {reached} construction sites known")


def _is_known(shapes: list[Any] | None) -> bool:
    return shapes is not None and not any(
        shape is None or any(isinstance(dim, str) for dim in shape) for shape in shapes
    )


def main() -> int:
    """Check all packages, then drive those that have a driver."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "keraslint-corpora")
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    options = parser.parse_args()
    folders = {name: fetch(name, options.cache) for name in options.packages}
    found = {name: folder for name, folder in folders.items() if folder is not None}
    good = [check(name, folder) for name, folder in found.items()]
    for name in DRIVERS:
        if name in found:
            drive(name, found[name])
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
