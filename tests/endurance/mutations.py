"""Files as they come from broken disks, half-finished edits and odd tools."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

SPICE = (
    *(b"()", b"(" * 30, b")", b"[", b"]", b"{", b"}", b":", b",", b"=", b"*", b"**", b"@", b"->"),
    *(b'"', b"'", b'"""', b"\\", b"\\\n", b"\n", b"\r", b"\r\n", b"\f", b"\t", b" ", b"\0", b"#"),
    *(b"lambda: ", b"async ", b"await ", b"yield ", b"return ", b"del ", b"not ", b"global x\n"),
    *(b"if x:\n", b"else:\n", b"for x in x: ", b"while True: ", b"try:\n", b"with x as x: "),
    *(b"class x(x): pass\n", b"def x(x=x): return x(x)\n", b"match x:\n case _: pass\n"),
    *(b"x := ", b"None", b"-1", b"0", b"1" * 40, b"10**100", b"1e999", b"1j", b"float('inf')"),
    *(b"f'{x!r:{x}}'", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"x" * 300),
    *(b"# type: ignore", b"# keraslint: ignore", b"# keraslint: ignore[KL", b"# coding: latin-1\n"),
    *(b"import keras\n", b"from keras import *\n", b"keras.Input((None,))", b"keras.layers."),
)


def mutant(draw: Random, data: bytes) -> bytes:
    """A file's content, damaged in one to four ways."""
    for _ in range(draw.randint(1, 4)):
        data = draw.choice(WAYS)(draw, data)
    return data


def _truncated(draw: Random, data: bytes) -> bytes:
    return data[: draw.randint(0, len(data))]


def _headless(draw: Random, data: bytes) -> bytes:
    return data[draw.randint(0, len(data)) :]


def _flipped(draw: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _spiced(draw: Random, data: bytes) -> bytes:
    at = draw.randint(0, len(data))
    return data[:at] + draw.choice(SPICE) + data[at:]


def _by_lines(change: Callable[[Random, list[bytes]], None]) -> Callable[[Random, bytes], bytes]:
    def way(draw: Random, data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        if lines:
            change(draw, lines)
        return b"".join(lines)

    return way


@_by_lines
def _without_lines(draw: Random, lines: list[bytes]) -> None:
    at = draw.randrange(len(lines))
    del lines[at : at + draw.randint(1, 5)]


@_by_lines
def _repeated_lines(draw: Random, lines: list[bytes]) -> None:
    at = draw.randrange(len(lines))
    lines[at:at] = lines[at : at + draw.randint(1, 20)] * draw.randint(1, 5)


@_by_lines
def _moved_lines(draw: Random, lines: list[bytes]) -> None:
    at = draw.randrange(len(lines))
    taken = lines[at : at + draw.randint(1, 5)]
    del lines[at : at + len(taken)]
    at = draw.randint(0, len(lines))
    lines[at:at] = taken


@_by_lines
def _indented_lines(draw: Random, lines: list[bytes]) -> None:
    at = draw.randrange(len(lines))
    for row in range(at, min(at + draw.randint(1, 8), len(lines))):
        lines[row] = draw.choice((b"    ", b"\t", b" ")) + lines[row]


@_by_lines
def _swapped_words(draw: Random, lines: list[bytes]) -> None:
    places = [draw.randrange(len(lines)) for _ in range(2)]
    words = [word for row in places for word in lines[row].split()]
    row = draw.randrange(len(lines))
    old = lines[row].split()
    if words and old:
        lines[row] = lines[row].replace(draw.choice(old), draw.choice(words), 1)


@_by_lines
def _other_numbers(draw: Random, lines: list[bytes]) -> None:
    for _ in range(draw.randint(1, 6)):
        row = draw.randrange(len(lines))
        digit = bytes((draw.choice(b"0123456789"),))
        lines[row] = lines[row].replace(digit, draw.choice((b"0", b"-1", b"999999999", b"None")), 1)


WAYS: Sequence[Callable[[Random, bytes], bytes]] = (
    *(_truncated, _headless, _flipped, _spiced, _without_lines, _repeated_lines, _moved_lines),
    *(_indented_lines, _swapped_words, _other_numbers),
)

ODD: Sequence[Any] = (None, True, 0, -1.5, "", "x", [], [None], {}, {"source": 1}, "\ud800", 10**30)


def notebook(text: str, *, cells: int = 8) -> dict[str, Any]:
    """A notebook with a program's lines in its cells."""
    lines = text.splitlines(keepends=True)
    size = max(1, len(lines) // cells)
    made: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": lines[start : start + size],
        }
        for start in range(0, len(lines), size)
    ]
    spec = {"kernelspec": {"language": "python", "name": "python3"}}
    return {"cells": made, "metadata": spec, "nbformat": 4, "nbformat_minor": 5}


def odd_notebook(draw: Random, text: str) -> bytes:
    """A notebook with odd values in some places, and members lost or added."""
    made: Any = notebook(text)
    for _ in range(draw.randint(0, 3)):
        value: Any = made
        while isinstance(value, (dict, list)) and value:
            key = draw.choice([*value] if isinstance(value, dict) else [*range(len(value))])
            if draw.random() < 0.3:
                if draw.random() < 0.3:
                    del value[key]
                else:
                    value[key] = draw.choice(ODD)
                break
            value = value[key]
    return json.dumps(made, indent=1).encode()


ODDITIES = (
    *("None", "-1", "0", "1.5", "''", "'x'", "b''", "[]", "{}", "()", "(1, 2)", "[[]]", "{1}"),
    *("True", "10**30", "1e400", "float('nan')", "1j", "range(10**12)", "lambda *a: a[0]", "..."),
    *("print", "object()", "type", "super()", "[*range(9)]", "{'a': {}}", "__name__", "x", "open"),
    *("keras.Input((None, 3))", "keras.layers.Dense(3)", "keras.Input(())", "keras.layers.Layer"),
    *("keras.KerasTensor((2, 0))", "keras.Sequential()", "np.zeros((2, 3))", "tf.zeros([0])"),
)


def grafted(draw: Random, text: str) -> str | None:
    """A program in which parts have taken the places of others, and which Python can still read.

    `None` if it cannot read the program as it is.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return None
    for _ in range(draw.randint(1, 6)):
        _graft(draw, tree)
    try:
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    except (RecursionError, ValueError):  # it has grown too deep, or has parts no text stands for
        return None


def _graft(draw: Random, tree: ast.Module) -> None:
    """Put one expression in the place of another, or move, repeat or remove a statement."""
    nodes = [*ast.walk(tree)]
    owner = draw.choice(nodes)
    fields = [
        (owner, name)
        for name, value in ast.iter_fields(owner)
        if isinstance(value, ast.expr) or (isinstance(value, list) and value)
    ]
    if not fields:
        return
    owner, name = draw.choice(fields)
    value = getattr(owner, name)
    if isinstance(value, ast.expr):
        if isinstance(getattr(value, "ctx", None), (ast.Store, ast.Del)):
            return
        setattr(owner, name, _expression(draw, nodes))
    elif isinstance(value[0], ast.expr) and name not in {"targets", "elts"}:
        value[draw.randrange(len(value))] = _expression(draw, nodes)
    elif isinstance(value[0], ast.stmt):
        at = draw.randrange(len(value))
        statement = value[at] if len(value) == 1 or draw.random() < 0.5 else value.pop(at)
        value.insert(draw.randint(0, len(value)), statement)
        if len(value) > 1 and draw.random() < 0.3:
            del value[draw.randrange(len(value))]


def _expression(draw: Random, nodes: list[ast.AST]) -> ast.expr:
    if draw.random() < 0.4:
        return ast.parse(draw.choice(ODDITIES), mode="eval").body
    found = [
        node
        for node in nodes
        if isinstance(node, ast.expr) and not isinstance(node, (ast.Starred, ast.Slice))
    ]
    loaded = [node for node in found if isinstance(getattr(node, "ctx", ast.Load()), ast.Load)]
    # A copy: what is put into itself would have no end.
    return deepcopy(draw.choice(loaded)) if loaded else ast.Constant(None)
