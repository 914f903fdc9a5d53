"""Runs keraslint and lists what it does with code, processes, networks and files.

It is started as a process of its own, in the folder that is analysed, with a folder and a token:
every piece of code there has the token in it, so that it is known wherever it turns up. It may be
parsed, which makes nothing that can be run, and no more.
"""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from types import CodeType
from typing import Any

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
ONLY_PARSE = 0x400


def holds(code: CodeType, token: str) -> bool:
    """Whether a token stands in the constants or names of compiled code."""
    constants = [const for const in code.co_consts if isinstance(const, (str, bytes))]
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    words = (*map(str, constants), *code.co_names, code.co_filename)
    return any(token in word for word in words) or any(holds(part, token) for part in inner)


def watch(token: str, done: list[str]) -> None:
    """Note from now on what must not be done, and which files are written."""
    real, parsing = builtins.compile, []

    def compiled(
        source: Any, name: Any, mode: str, flags: int = 0, *more: Any, **named: Any
    ) -> Any:
        if not flags & ONLY_PARSE:
            return real(source, name, mode, flags, *more, **named)
        parsing.append(source)
        try:
            return real(source, name, mode, flags, *more, **named)
        finally:
            parsing.pop()

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "exec" and holds(given[0], token):
            done.append(f"exec {given[0].co_filename}")
        elif event == "compile" and not parsing and token in _text(given[0]):
            done.append("compile")
        elif event == "import" and token in given[0]:
            done.append(f"import {given[0]}")
        elif event == "open" and isinstance(given[0], (str, bytes)) and _writes(given):
            done.append(f"write {Path(os.fsdecode(given[0])).absolute()}")
        elif event.startswith(FORBIDDEN):
            done.append(event)

    vars(builtins)["compile"] = compiled
    sys.addaudithook(hook)


def _text(source: object) -> str:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source).decode(errors="replace")
    return source if isinstance(source, str) else ""


def _writes(given: tuple[Any, ...]) -> bool:
    mode, flags = given[1], given[2]
    if isinstance(mode, str) and set(mode) & set("wax+"):
        return True
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def main() -> None:
    """Run commands, each a line of stdin; tell on stdout what was done for each."""
    token = sys.argv[1]
    commands = [line.rstrip("\n").split("\t") for line in sys.stdin]
    done: list[str] = []
    watch(token, done)
    from keraslint.cli import main as keraslint

    told = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for command in commands:
        done.clear()
        try:
            if command[0] == "sphinx":
                from sphinx.cmd.build import main as sphinx

                code = sphinx(command[1:])
            else:
                code = keraslint(command)
        except BaseException as error:
            code = 99
            done.append(repr(error))
        os.write(told, "\t".join((str(code), *done)).encode() + b"\n")


if __name__ == "__main__":
    main()
