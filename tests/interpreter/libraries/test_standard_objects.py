"""Data classes, named tuples, enumerations and modules of the standard library."""

from __future__ import annotations

import pytest

from tests.interpreter.both_ways import agrees
from tests.interpreter.soundness import interpret

START = """
import collections, dataclasses, importlib, itertools
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import NamedTuple

@dataclass(frozen=True)
class Config:
    widths: tuple = (8, 4)
    n: int = field(default=3)
    total: int = field(init=False, default=0)

    def __post_init__(self):
        object.__setattr__(self, "total", sum(self.widths) * self.n)

class Block(NamedTuple):
    filters: int
    stride: int = 1

class Size(IntEnum):
    SMALL = 8
    BIG = 16

class Kind(str, Enum):
    RELU = "relu"

c = Config()
xs = [1, 2, 3, 4]
"""
EXPRESSIONS = (
    *("c.total", "dataclasses.replace(c, n=2).total", "dataclasses.replace(c, widths=(1,)).widths"),
    *("Config((1, 2), 5).total", "[f.name for f in dataclasses.fields(c)]"),
    *("dataclasses.asdict(c)", "Block(3)._replace(filters=4).filters", "Block(3)._asdict()"),
    *("Block._fields", "Size.SMALL * 2", "1 + Size.BIG", "Kind.RELU == 'relu'", "Size.BIG == 16"),
    *(
        "Kind.RELU == 'tanh'",
        "{1, 2} ^ {2, 3}",
        "collections.ChainMap({'u': 1}, {'u': 2, 'v': 3})['v']",
    ),
    "[(k, list(g)) for k, g in itertools.groupby([1, 1, 2])]",
    "[(k, len(list(g))) for k, g in itertools.groupby('abAB', key=str.isupper)]",
)
STATEMENTS = (
    *("xs[1:] = [7, 8]", "xs[:1] = (5, 6)", "xs[::2] = 'ab'", "del xs[1:3]", "del xs[::2]"),
    *("xs[2:2] = [9]", "xs[-1:] = []"),
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expressions(expression: str) -> None:
    agrees(f"{START}result = {expression}\n")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_slices_of_lists(statement: str) -> None:
    agrees(f"{START}{statement}\nresult = xs\n")


def test_modules_by_name() -> None:
    names = interpret(
        "import importlib\nfrom keras import layers\nm = importlib.import_module('keras.layers')\n"
    )
    assert names["m"] == names["layers"]
