"""The examples of the rules' pages, run in the real Keras."""

from __future__ import annotations

import ast
import warnings
from typing import Any, NamedTuple

from keraslint.rules import Rule, rules


class Example(NamedTuple):
    rule: type[Rule]
    code: str
    index: int

    @property
    def id(self) -> str:
        return f"{self.rule.code}-{self.index}"


BAD = [Example(rule, code, i) for rule in rules() for i, code in enumerate(rule.page().bad)]
GOOD = [Example(rule, code, i) for rule in rules() for i, code in enumerate(rule.page().good)]


def run(keras: Any, code: str) -> BaseException | None:
    """Run an example in a fresh session; what it raises."""
    keras.backend.clear_session()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(code, "<example>", "exec"), {"__name__": "__main__"})
        except Exception as error:
            return error
    return None


def parses(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True
