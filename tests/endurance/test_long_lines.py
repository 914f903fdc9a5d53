"""Lines of any length are read in a time that grows with their length.

At this length, a pattern that starts again at each character would need ten times what is allowed,
and one that does not needs a hundredth of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from keraslint.annotate.stated import stated
from keraslint.sources.documents import blocks_in
from keraslint.sources.elisions import without_elisions
from keraslint.sources.magics import plain_python

LENGTH = 60_000
SECONDS = 2


def blocks(line: str) -> None:
    """Read a document of one line."""
    list(blocks_in([line + "\n"]))


MAGICS = (
    "a??{ }b",
    "%time {-a 1 }'",
    "%time {\\'}!",
    "{ }%",
    "a{= }%",
    "a{ }%",
    "%time -{a}",
    "a{[}%",
)
FENCES = ("```{ }`", "{~}a`", "{:}a`", "{`}a`", "::: {a }`", "```{{.}a")
DIRECTIVES = (".. a::{ }x x", ".. a::{x} x", "{ }.. x", "{ }x::x", "x{::}x", ".. {a-}: x", "{>>> }")
ELISIONS = ("{\\'}...", '{\\"}...', '{""" }...', "'''{\\'}...", "{... }", "f({...,})", "{'''\\}...")
COMMENTS = ("# shape{ }x", "# shape{:}x", "# {-> }x", "{#}", "# output shape{ }x", "# (None{, 1}x")
LINES: list[tuple[Callable[[str], object], str]] = [
    (read, line)
    for read, lines in (
        (plain_python, MAGICS),
        (blocks, FENCES + DIRECTIVES),
        (without_elisions, ELISIONS),
        (stated, COMMENTS),
    )
    for line in lines
]


def long(line: str) -> str:
    """A line in which the part between braces is repeated."""
    start, _, rest = line.partition("{")
    part, _, end = rest.rpartition("}")
    return start + part * (LENGTH // len(part)) + end


@pytest.mark.parametrize(("read", "line"), LINES)
def test_long_lines(read: Callable[[str], object], line: str) -> None:
    text = long(line)
    start = time.process_time()
    read(text)
    assert time.process_time() - start < SECONDS
