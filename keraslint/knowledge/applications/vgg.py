"""VGG."""

from __future__ import annotations

from keraslint.knowledge.applications.options import Options
from keraslint.knowledge.applications.stack import Image, Stack

CONVOLUTIONS = {"VGG16": (2, 2, 3, 3, 3), "VGG19": (2, 2, 4, 4, 4)}
FILTERS = (64, 128, 256, 512, 512)


def build(function: str, options: Options, stack: Stack) -> Image:
    """The layers of one of the functions. Raises `Fault` and `Undecided`."""
    options.check()
    x = stack.start(options, options.input_shape(224, 32))
    for i, n in enumerate(CONVOLUTIONS[function]):
        block = f"block{i + 1}"
        for j in range(n):
            name = f"{block}_conv{j + 1}"
            x = stack.conv(x, FILTERS[i], 3, name, padding="same", activation="relu")
        x = stack.pool("Max", x, 2, f"{block}_pool", strides=2)
    if not options.decide("include_top"):
        return stack.pooled(x, options)
    x = stack.layer("Flatten", x, "flatten")
    x = stack.layer("Dense", x, "fc1", units=4096, activation="relu")
    x = stack.layer("Dense", x, "fc2", units=4096, activation="relu")
    return stack.classifier(x, options)
