"""The names Keras gives to layers that are given none."""

from __future__ import annotations

import re

_WORD_STARTS = re.compile("(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def automatic_name(class_name: str) -> str:
    """The automatic name of the first layer of a class; later ones get ``_1``, ``_2`` … behind it.

    Args:
        class_name: the real name of the class, not an alias: ``MaxPooling2D``.

    Returns:
        The name in snake case: ``max_pooling2d``.
    """
    return _WORD_STARTS.sub("_", re.sub(r"\W", "", class_name)).lower()
