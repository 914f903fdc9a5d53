"""The standard library. What is not modelled is unknown, and that is right for most of it."""

from keraslint.interpreter.libraries import (
    standard_collections,
    standard_copy,
    standard_functools,
    standard_itertools,
    standard_math,
    standard_objects,
    standard_os,
)

__all__ = [
    "standard_collections",
    "standard_copy",
    "standard_functools",
    "standard_itertools",
    "standard_math",
    "standard_objects",
    "standard_os",
]
