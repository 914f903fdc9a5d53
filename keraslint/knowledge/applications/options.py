"""The arguments that the applications share, and what Keras refuses among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import product
from typing import Any

from keraslint.knowledge.applications.imagenet_utils import obtain_input_shape
from keraslint.knowledge.arguments import as_dim, base_arguments, flag, plain
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.values import ArrayValue
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown, join
from keraslint.tensors.specs import TensorSpec

MISSPELLED = frozenset(("imagenet", "image_net", "image-net", "none", "null", ""))
"""Strings, in lower case, that are meant for a choice and never for a file."""


class Undecided(Exception):
    """An unknown argument decides which layers follow."""


class Options:
    """The arguments of one call.

    Attributes:
        arguments: all of them by name.
        name: the model's name.
        weights: ``None``, ``"imagenet"``, a path, or unknown.
        tensor: the ``input_tensor``: a `TensorSpec`, ``None`` or unknown.
    """

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.arguments = arguments
        name = arguments["name"]
        self.name: str | None | Unknown = name if name is None or isinstance(name, str) else UNKNOWN
        weights = arguments["weights"]
        self.weights = weights if weights is None or isinstance(weights, str) else UNKNOWN
        tensor = arguments["input_tensor"]
        self.tensor = tensor if tensor is None or isinstance(tensor, TensorSpec) else UNKNOWN

    def __getitem__(self, name: str) -> Any:
        return self.arguments[name]

    @property
    def pretrained(self) -> bool | Unknown:
        """Whether the weights are those of ImageNet."""
        return UNKNOWN if isinstance(self.weights, Unknown) else self.weights == "imagenet"

    @property
    def pooling(self) -> Any:
        """The ``pooling``; Keras takes any value but ``avg`` and ``max`` for none.

        Raises:
            Undecided: it is unknown.
        """
        if isinstance(self["pooling"], Unknown):
            raise Undecided
        return self["pooling"]

    def flag(self, name: str) -> bool | Unknown:
        """The truth of an argument."""
        return flag(self.arguments, name)

    def decide(self, name: str) -> bool:
        """The truth of an argument on which the layers depend.

        Raises:
            Undecided: it is unknown.
        """
        value = self.flag(name)
        if isinstance(value, Unknown):
            raise Undecided
        return value

    def check(self) -> None:
        """Check the name, the weights, that those of ImageNet have its classes, and the tensor.

        Raises:
            Fault: Keras refuses them.
        """
        base_arguments({"name": self["name"]})
        weights = self["weights"]
        wrong = isinstance(weights, (int, float, tuple, list, dict)) or (
            isinstance(weights, str)
            and weights != "imagenet"
            and weights.strip().lower() in MISSPELLED
        )
        if wrong:
            expected = ("imagenet", None, "the path of a file")
            raise Fault(
                FaultKind.INVALID_VALUE, argument="weights", expected=expected, found=weights
            )
        if self.pretrained is True and self.flag("include_top") is True:
            self._check_classes()
        tensor = self["input_tensor"]
        if isinstance(tensor, (int, float, str, tuple, list, dict, ArrayValue, Expr)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="input_tensor", expected="a tensor", found=tensor
            )

    def _check_classes(self) -> None:
        classes = plain(self["classes"])
        known = classes is None or isinstance(classes, (int, float, str, tuple, list, dict))
        if known and classes != 1000:
            raise Fault(FaultKind.INVALID_VALUE, argument="classes", expected=1000, found=classes)

    def input_shape(self, default_size: Any, least: int, given: Any = ...) -> Any:
        """The shape of the input without the batch; what is known of it, if that depends.

        Args:
            default_size: rows and columns if the call gives none.
            least: the fewest the model takes.
            given: what the call gives, if it is not the argument ``input_shape``.

        Raises:
            Fault: Keras refuses it, whatever the unknown arguments are.
        """
        given = self["input_shape"] if given is ... else given
        top = self.flag("include_top")
        weights = (None, "imagenet") if isinstance(self.weights, Unknown) else (self.weights,)
        tops = (True, False) if isinstance(top, Unknown) else (top,)
        results = [
            _attempt(given, default_size, least, require_flatten=flatten, weights=weight)
            for weight, flatten in product(weights, tops)
        ]
        shapes = [result for result in results if not isinstance(result, Fault)]
        if not shapes:
            raise results[0]
        shape = reduce(_join, shapes)
        return (UNKNOWN,) * 3 if isinstance(shape, Unknown) else shape


def _attempt(given: Any, default_size: Any, least: int, **choices: Any) -> Any:
    """The shape for one choice of the arguments on which it depends, or why there is none."""
    try:
        return obtain_input_shape(
            given, default_size, least, data_format="channels_last", **choices
        )
    except Fault as fault:
        return fault


def _join(a: Any, b: Any) -> Any:
    """What is known of a shape that is one of two."""
    if not isinstance(a, (tuple, list)) or not isinstance(b, (tuple, list)) or len(a) != len(b):
        return UNKNOWN
    return tuple(join(as_dim(m), as_dim(n)) for m, n in zip(a, b, strict=True))
