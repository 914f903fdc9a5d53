"""Which module of this package describes which function."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from keraslint.knowledge.applications.blueprint import Blueprint
from keraslint.knowledge.applications.options import Options, Undecided
from keraslint.knowledge.applications.stack import Stack

FAMILIES = {
    "convnext": (
        *("ConvNeXtTiny", "ConvNeXtSmall", "ConvNeXtBase", "ConvNeXtLarge", "ConvNeXtXLarge"),
    ),
    "densenet": ("DenseNet121", "DenseNet169", "DenseNet201"),
    "efficientnet": tuple(f"EfficientNetB{i}" for i in range(8)),
    "efficientnet_v2": tuple(f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", *"SML")),
    "inception": ("InceptionV3",),
    "inception_resnet": ("InceptionResNetV2",),
    "mobilenet": ("MobileNet",),
    "mobilenet_v2": ("MobileNetV2",),
    "mobilenet_v3": ("MobileNetV3Small", "MobileNetV3Large"),
    "nasnet": ("NASNetMobile", "NASNetLarge"),
    "resnet": (
        *("ResNet50", "ResNet101", "ResNet152", "ResNet50V2", "ResNet101V2", "ResNet152V2"),
    ),
    "vgg": ("VGG16", "VGG19"),
    "xception": ("Xception",),
}

MODULES = {name: module for module, functions in FAMILIES.items() for name in functions}


def names() -> tuple[str, ...]:
    """The functions of ``keras.applications`` that `blueprint` knows."""
    return tuple(MODULES)


def defaults(name: str) -> dict[str, Any]:
    """The parameters of a function with their defaults.

    Raises:
        LookupError: there is no such function.
    """
    from keraslint.knowledge.api import Api

    symbol = Api.load("keras3").resolve(f"keras.applications.{name}")
    if symbol is None or symbol.signature is None:
        raise LookupError(name)
    return {parameter.name: parameter.default for parameter in symbol.signature.parameters}


def blueprint(name: str, arguments: Mapping[str, Any]) -> Blueprint:
    """What ``keras.applications.name(**arguments)`` builds.

    Args:
        name: one of `names`.
        arguments: what the call gives, by parameter; values as `knowledge.values` describes them,
            ``input_tensor`` a `TensorSpec`.

    Raises:
        Fault: Keras refuses the arguments. What a layer refuses for its input's sake is for those
            to find who apply the entries.
        LookupError: there is no such function.
    """
    if name not in MODULES:
        raise LookupError(name)
    family = importlib.import_module(f"keraslint.knowledge.applications.{MODULES[name]}")
    stack = Stack()
    options = Options({**defaults(name), **arguments})
    try:
        stack.output = family.build(name, options, stack).index
    except Undecided:
        stack.complete = False
    return Blueprint(options.name, tuple(stack.entries), stack.input, stack.output, stack.complete)
