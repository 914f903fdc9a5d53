"""The pictures that are kept byte for byte; ``python -m tests.diagrams.golden`` renews them."""

from __future__ import annotations

from pathlib import Path

from keraslint.diagrams import Format, Options, render
from tests.diagrams.drawing import application, example, with_failures
from tests.diagrams.test_failures import RANK

DATA = Path(__file__).parent / "data"


def pictures() -> dict[str, str]:
    """The text of each file in the data folder."""
    tutorial, images = example("tutorial").models
    failing, failures = with_failures(RANK)
    made = {
        "conv1d.svg": render([tutorial]),
        "conv2d.svg": render([images]),
        "resnet50.svg": render([application("ResNet50")]),
        "unet.svg": render([example("unet").models[0]]),
        "inception.svg": render([example("inception").models[0]], options=Options(collapse=3)),
        "failure.svg": render([failing], "svg", Options(), failures),
        "table.svg": render([images], options=Options(view="table")),
    }
    formats: dict[Format, str] = {"tikz": "tex", "text": "txt", "mermaid": "mmd", "dot": "dot"}
    for kind, suffix in formats.items():
        made[f"siamese.{suffix}"] = render([example("siamese").models[1]], kind)
    return made


if __name__ == "__main__":
    for name, text in pictures().items():
        (DATA / name).write_bytes(text.encode())
