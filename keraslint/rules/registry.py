"""All rules, and which of them are meant by a name."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from keraslint.findings import Severity
from keraslint.rules.rule import Rule
from keraslint.usage import UsageError

ALL = "ALL"


class UnknownRuleError(UsageError):
    """A selector that stands for no rule; the message says so, and which may be meant."""


@cache
def rules() -> tuple[type[Rule], ...]:
    """Every rule, by code."""
    package = import_module("keraslint.rules")
    for module in pkgutil.iter_modules(package.__path__, "keraslint.rules."):
        import_module(module.name)
    return tuple(sorted((cls for cls in _subclasses(Rule) if cls.code), key=lambda cls: cls.code))


def _subclasses(cls: type[Rule]) -> Iterator[type[Rule]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _subclasses(sub)


def find(name: str) -> type[Rule]:
    """The rule with a code or name.

    Raises:
        UnknownRuleError: there is none.
    """
    for rule in rules():
        if name.upper() == rule.code or name.lower() == rule.name:
            return rule
    raise UnknownRuleError(_unknown(name))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules to use, and how severe their findings are.

    Selectors are codes, names, the first characters of codes (``KL1``), or ``ALL``.

    Attributes:
        select: selectors of what to use; `None` for everything but mere information.
        ignore: selectors of what not to use. Of two selectors that disagree the longer one
            counts, and of two of the same length this one.
        per_file_ignores: for files that match a pattern, selectors of what not to use.
        severity: by selector, the severity of findings.
        target_keras: the major version of Keras that the code is for; ``auto`` for the newest.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    target_keras: str = "auto"

    def validate(self) -> None:
        """See that every selector stands for a rule.

        Raises:
            UnknownRuleError: one does not.
        """
        chosen = (*(self.select or ()), *self.extend_select, *self.ignore, *self.severity)
        for selector in (*chosen, *(s for _, codes in self.per_file_ignores for s in codes)):
            if not any(strength(selector, rule) is not None for rule in rules()):
                raise UnknownRuleError(_unknown(selector))

    def rules(self) -> tuple[type[Rule], ...]:
        """The rules to use, by code."""
        return tuple(rule for rule in rules() if self._uses(rule))

    def severity_of(self, rule: type[Rule]) -> Severity | None:
        """The severity that the selection gives a rule's findings, `None` for their own."""
        matches = {selector: strength(selector, rule) for selector in self.severity}
        known = {selector: n for selector, n in matches.items() if n is not None}
        return self.severity[max(known, key=known.__getitem__)] if known else None

    def _uses(self, rule: type[Rule]) -> bool:
        if self.target_keras != "auto" and int(self.target_keras) < rule.least_keras:
            return False
        wanted = _strongest((*(self.select or ()), *self.extend_select), rule)
        by_default = self.select is None and rule.severity is not Severity.INFO
        if wanted is None and (rule.always or by_default):
            wanted = 0
        refused = _strongest(self.ignore, rule)
        return wanted is not None and (refused is None or wanted > refused)


def strength(selector: str, rule: type[Rule]) -> int | None:
    """How exactly a selector means a rule: its length, 0 for all; `None` if it does not."""
    if selector.upper() == ALL:
        return 0
    if selector.lower() == rule.name:
        return len(rule.code)
    prefix = selector.upper()
    return len(prefix) if prefix.startswith("KL") and rule.code.startswith(prefix) else None


def _strongest(selectors: Iterable[str], rule: type[Rule]) -> int | None:
    found = [strength(selector, rule) for selector in selectors]
    return max((n for n in found if n is not None), default=None)


def _unknown(selector: str) -> str:
    from keraslint.knowledge.api.names import closest

    near = closest(selector.lower(), (rule.name for rule in rules()))
    hint = f"; did you mean {near}?" if near else ""
    return f"unknown rule {selector!r}{hint}"
