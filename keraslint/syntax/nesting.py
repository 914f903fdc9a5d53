"""How deeply expressions nest, told before they are parsed.

libcst's parser recurses on the machine's stack, and code that nests deeper than that stack ends the
whole process. Brackets nest, and so do chains: each operator of ``a + b + c``, each call of
``f()()()``, each ``lambda: lambda: …`` and each ``elif`` is one level. The time it takes grows with
the square of the levels, too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from keraslint.syntax.tokens import tokens

# As many as CPython allows.
MAX_BRACKETS = 200
# Far more than anybody writes, and what libcst still parses in a fraction of a second.
MAX_CHAIN = 1000
# What all long chains of a file may be together, squared.
MAX_WORK = 3 * MAX_CHAIN**2

LONG = 300
"""Shorter lines are quickly parsed, whatever stands in them."""

_BRANCH = re.compile(r"^([ \t]*)(if|elif)\b", re.MULTILINE)
# No expression goes on with these: whatever is open, it was forgotten to close it.
_STATEMENT = re.compile(
    r"[ \t]*(?:assert|break|class|continue|def|del|except|finally|global|import|nonlocal|pass|raise"
    r"|return|try|while|with)\b"
)


class Excess(NamedTuple):
    """The offset at which code nests too deeply, and whether CPython refuses it as well."""

    offset: int
    brackets: bool


def find_excess(text: str) -> Excess | None:
    """Where a program's expressions first nest too deeply, if they do."""
    if text.count("elif") > MAX_CHAIN and (offset := _long_branching(text)) is not None:
        return Excess(offset, brackets=False)
    start = depth = work = 0
    for kind, offset, end in tokens(text):
        if kind == "open":
            depth += 1
            if depth > MAX_BRACKETS:
                return Excess(offset, brackets=True)
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind == "newline" and (not depth or _STATEMENT.match(text, end)):
            if offset - start > LONG:
                longest, at = _longest(text, start, offset)
                work += longest**2 if longest > LONG else 0
                if longest > MAX_CHAIN or work > MAX_WORK:
                    return Excess(at, brackets=False)
            start, depth = end, 0
    if len(text) - start > LONG:
        longest, at = _longest(text, start, len(text))
        if longest > MAX_CHAIN:
            return Excess(at, brackets=False)
    return None


def _long_branching(text: str) -> int | None:
    branches: dict[str, int] = {}
    for match in _BRANCH.finditer(text):
        indent, keyword = match.groups()
        branches[indent] = branches.get(indent, 0) + 1 if keyword == "elif" else 0
        if branches[indent] > MAX_CHAIN:
            return match.start()
    return None


def _longest(text: str, start: int, end: int) -> tuple[int, int]:
    """The most levels that one statement nests, and where; no more are counted than allowed."""
    chains = [0]  # the levels so far in each open bracket, the outermost first
    total = longest = 0
    at = start
    for kind, offset, _ in tokens(text, start, end, operators=True):
        if kind in {"operator", "string", "open"}:
            chains[-1] += 1
            total += 1
            if kind == "open":
                chains.append(0)
            if total > longest:
                longest, at = total, offset
                if longest > MAX_CHAIN:
                    break
        elif kind == "close" and len(chains) > 1:
            total -= chains.pop()
        elif kind == "comma" or (kind == "semicolon" and len(chains) == 1):
            total -= chains[-1]
            chains[-1] = 0
    return longest, at
