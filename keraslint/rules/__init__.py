"""The rules: what can be wrong, how it is told, and how it is mended; one module per group."""

from keraslint.findings import merge
from keraslint.rules.checker import Checker
from keraslint.rules.registry import Selection, UnknownRuleError, find, rules
from keraslint.rules.rule import Page, Rule

__all__ = ["Checker", "Page", "Rule", "Selection", "UnknownRuleError", "find", "merge", "rules"]
