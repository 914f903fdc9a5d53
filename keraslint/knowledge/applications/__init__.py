"""The pretrained models of ``keras.applications``, as lists of layers.

Each module describes one family; `blueprint` imports the one that is asked for.
"""

from __future__ import annotations

from keraslint.knowledge.applications.blueprint import GIVEN, Blueprint, Entry
from keraslint.knowledge.applications.catalogue import blueprint, defaults, names

__all__ = ["GIVEN", "Blueprint", "Entry", "blueprint", "defaults", "names"]
