"""How deeply expressions nest, told before they are parsed.

libcst's parser recurses on the machine's stack, and code that nests deeper than that stack ends the
whole process. Brackets nest, and so do chains: each operator of ``a + b + c``, each call of
``f()()()``, each ``lambda: lambda: …`` and each ``elif`` is one level.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# As many as CPython allows.
MAX_BRACKETS = 200
# Far more than anybody writes, and what libcst still parses in a fraction of a second.
MAX_CHAIN = 1500

_BRACKET = re.compile(r"[()\[\]{}]")
# At least one of these stands in whatever counts as a level.
_HINTS = (*"+-*/%@&|^~<>=.([{'\"", "lambda", "not", "if", "and", "or", "in", "is", "await")
_BRANCH = re.compile(r"^([ \t]*)(if|elif)\b", re.MULTILINE)
_STATEMENT = re.compile(r"^(?=[^\s)\]}#])", re.MULTILINE)
_TOKEN = re.compile(
    r"""
    (?P<comment>\#.*)
    | (?P<string>
        \"{3} (?:\\[\s\S] | (?!\"{3})[^\\])* (?:\"{3}|\Z)
        | '{3} (?:\\[\s\S] | (?!'{3})[^\\])* (?:'{3}|\Z)
        | " (?:\\[\s\S] | [^"\\\n])* "?
        | ' (?:\\[\s\S] | [^'\\\n])* '?
      )
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<comma>,)
    | (?P<continued>\\\r?\n)
    | (?P<end>[\r\n;])
    | (?P<operator>
        \b (?:lambda|not|if|and|or|in|is|await) \b
        | \. (?=\s*[^\W\d])
        | [-+*/%@&|^~<>=]
      )
    """,
    re.VERBOSE,
)


class Excess(NamedTuple):
    """The offset at which code nests too deeply, and whether CPython refuses it as well."""

    offset: int
    brackets: bool


def find_excess(text: str) -> Excess | None:
    """Where a program's expressions first nest too deeply, if they do."""
    if text.count("elif") > MAX_CHAIN and (offset := _long_branching(text)) is not None:
        return Excess(offset, brackets=False)
    if not _suspicious(text):
        return None
    starts = [match.start() for match in _STATEMENT.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if end - start > 2 * MAX_BRACKETS:
            excess = _measure(text, start, end)
            if excess is not None:
                return excess
    return None


def _long_branching(text: str) -> int | None:
    branches: dict[str, int] = {}
    for match in _BRANCH.finditer(text):
        indent, keyword = match.groups()
        branches[indent] = branches.get(indent, 0) + 1 if keyword == "elif" else 0
        if branches[indent] > MAX_CHAIN:
            return match.start()
    return None


def _suspicious(text: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "([{" else -1
        if depth > MAX_BRACKETS:
            return True
        depth = max(depth, 0)
    return any(
        len(statement) > MAX_CHAIN and _operators(statement) > MAX_CHAIN
        for statement in _STATEMENT.split(text)
    )


def _operators(statement: str) -> int:
    return sum(map(statement.count, _HINTS))


def _measure(text: str, start: int, end: int) -> Excess | None:
    chains = [0]  # the operators so far in each open bracket, the outermost first
    total = 0
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        if kind in {"operator", "string"}:
            chains[-1] += 1
            total += 1
        elif kind == "open":
            chains[-1] += 1
            total += 1
            chains.append(0)
        elif kind == "close" and len(chains) > 1:
            total -= chains.pop()
        elif kind == "comma" or (kind == "end" and len(chains) == 1):
            total -= chains[-1]
            chains[-1] = 0
        if len(chains) - 1 > MAX_BRACKETS:
            return Excess(match.start(), brackets=True)
        if total > MAX_CHAIN:
            return Excess(match.start(), brackets=False)
    return None
