"""Reads plain command lines without `argparse`, whose import would take longer than most checks.

What is wrong, abbreviated, in an unusual order or asks for help is left to `argparse`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from keraslint.cli.options import Options


class Given:
    """What was asked for, by the names of the options."""


class Plain:
    """Is told what a command takes, as a parser of `argparse` is, and reads it."""

    def __init__(self) -> None:
        self._defaults: dict[str, Any] = {}
        self._options: dict[str, tuple[str, dict[str, Any]]] = {}
        self._rest = ""

    def set_defaults(self, **values: str) -> None:
        """Set what cannot be asked for."""
        self._defaults |= values

    def add_argument_group(self, _title: str) -> Plain:
        """Groups matter to help only."""
        return self

    def add_argument(self, *words: str, **how: Any) -> None:
        """Take an option, or all that is none."""
        name = words[-1].lstrip("-").replace("-", "_")
        self._defaults[name] = how.get("default", False if _is_flag(how) else None)
        if words[0].startswith("-"):
            self._options |= dict.fromkeys(words, (name, how))
        else:
            self._rest = name

    def read(self, argv: Sequence[str]) -> Options | None:
        """What is asked for; `None` if `argparse` has to say."""
        values = dict(self._defaults)
        rest: list[str] = []
        is_over = False
        words = list(reversed(argv))
        while words:
            word = words.pop()
            if word == "-" or not word.startswith("-"):
                if is_over:
                    return None
                rest.append(word)
                continue
            is_over = bool(rest)
            if not self._take(word, words, values):
                return None
        if rest:
            values[self._rest] = rest
        given: Any = Given()
        vars(given).update(values)
        options: Options = given
        return options

    def _take(self, word: str, words: list[str], values: dict[str, Any]) -> bool:
        """Whether this is an option with what it needs, which is then noted."""
        option, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if option not in self._options:
            return False
        name, how = self._options[option]
        if _is_flag(how):
            values[name] = True
            return not equals
        if not equals and words and not words[-1].startswith("-"):
            value = words.pop()
        if not value or value not in how.get("choices", (value,)):
            return False
        try:
            fit = how.get("type", str)(value)
        except ValueError:
            return False
        values[name] = [*(values[name] or ()), fit] if how.get("action") == "append" else fit
        return True


def _is_flag(how: dict[str, Any]) -> bool:
    return how.get("action") == "store_true"
