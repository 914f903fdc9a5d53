"""Code in prose leaves things out: ``Dense(10, ...)`` says that there is more, not `Ellipsis`."""

from __future__ import annotations

import re

_ANY = "*__"
_ONE = "___"
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>\"{3}(?:[^"\\]+|\\.?|"{1,2}(?!"))*(?:\"{3})?
        |'{3}(?:[^'\\]+|\\.?|'{1,2}(?!'))*(?:'{3})?
        |"(?:[^"\\\n]+|\\.?)*"?|'(?:[^'\\\n]+|\\.?)*'?)
    | (?P<elision>\.\.\.)
    | (?P<word>\w+)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KEYWORDS = frozenset({"in", "return", "and", "or", "not", "if", "else", "yield", "for"})
_BEHIND_VALUE = {"(": "call", "[": "index", "{": "{"}
_OPENING, _CLOSING = "([{", ")]}"


def without_elisions(text: str) -> str:
    """A program in which names that nobody knows stand where something is left out.

    Every character stays where it is. In an index, and as the body of a function or class, ``...``
    means what it says.
    """
    if "..." not in text or _ANY in text or _ONE in text:
        return text
    tokens = [m for m in _TOKEN.finditer(text) if m.lastgroup not in {"comment", "space"}]
    brackets: list[str] = []
    replaced = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        if token.lastgroup == "elision":
            after = tokens[index + 1].group() if index + 1 < len(tokens) else ""
            stand_in = _stand_in(brackets, before.group() if before else "", after)
            replaced.append((token.start(), stand_in))
        elif token.group() in _OPENING:
            behind_value = before is not None and _is_value(before)
            brackets.append(_BEHIND_VALUE[token.group()] if behind_value else token.group())
        elif token.group() in _CLOSING and brackets:
            brackets.pop()
    parts = []
    end = 0
    for start, stand_in in replaced:
        parts += [text[end:start], stand_in]
        end = start + len(stand_in)
    return "".join([*parts, text[end:]])


def with_elisions(text: str) -> str:
    """Code from such a program as its author wrote it."""
    return text.replace(_ANY, "...").replace(_ONE, "...")


def _stand_in(brackets: list[str], before: str, after: str) -> str:
    if brackets and brackets[-1] == "index":
        return "..."
    alone = brackets[-1:] == ["("] and before == "(" and after == ")"
    if brackets and not alone and before in "([{," and after in ")]},":
        return _ANY
    return _ONE if brackets or before in {"=", "return"} else "..."


def _is_value(token: re.Match[str]) -> bool:
    if token.lastgroup == "word":
        return token.group() not in _KEYWORDS
    return token.lastgroup == "string" or token.group() in {")", "]", "}"}
