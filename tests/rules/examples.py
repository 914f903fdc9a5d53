"""The examples of the rules' pages, run in the real Keras."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from keraslint.defects import Shield
from keraslint.rules import Rule, rules


class Example(NamedTuple):
    rule: type[Rule]
    code: str
    number: int

    @property
    def id(self) -> str:
        return f"{self.rule.code}-{self.number}"


BAD = [Example(rule, code, i) for rule in rules() for i, code in enumerate(rule.page().bad)]
GOOD = [Example(rule, code, i) for rule in rules() for i, code in enumerate(rule.page().good)]


@contextmanager
def somewhere_else() -> Iterator[None]:
    """In a folder that is gone afterwards, so that examples may write files."""
    here = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


def run(keras: Any, code: str) -> str | None:
    """Run an example in a fresh session; what it raises."""
    keras.backend.clear_session()
    shield = Shield()
    with somewhere_else(), warnings.catch_warnings(), shield.over("running an example"):
        warnings.simplefilter("ignore")
        exec(compile(code, "<example>", "exec"), {"__name__": "__main__"})
    return shield.defects[0].error if shield.defects else None


def parses(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True
