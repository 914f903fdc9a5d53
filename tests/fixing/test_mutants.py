"""Programs with a mistake: after its fix they parse, have no new findings, and Keras takes them."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keraslint.defects import Shield
from keraslint.engine import analyse_source
from keraslint.findings import Finding, Severity
from keraslint.fixing import Fixer
from keraslint.rules import Checker, Selection, merge
from keraslint.sources import Source
from tests.fixing.mutants import EXAMPLES, MISTAKES, Mutant, mutants, sources
from tests.programs.running import observe

# What is left out says nothing about these programs being right.
SELECTION = Selection(select=("ALL",), ignore=("KL505", "KL506", "KL602"))


def check(source: Source) -> list[Finding]:
    shield = Shield()
    checker = Checker(SELECTION, EXAMPLES, shield)
    findings = merge([*checker.check(analyse_source(source)), *checker.finish()])
    assert shield.defects == []
    return findings


def source_of(example: str, text: str) -> Source:
    return Source(str(EXAMPLES / f"{example}.py"), text, text)


def comments(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def told(findings: list[Finding] | tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.message) for finding in findings)


@cache
def told_of_example(example: str) -> Counter[tuple[str, str]]:
    return told(check(source_of(example, sources()[example])))


def errors(findings) -> set[str]:
    return {finding.code for finding in findings if finding.severity is Severity.ERROR}


@settings(max_examples=120)
@given(st.sampled_from(mutants()), st.booleans())
def test_a_fix_does_no_harm(mutant: Mutant, unsafe: bool):
    source = source_of(mutant.example, mutant.text)
    found = check(source)
    assume(any(finding.fix for finding in found))
    done = Fixer(check, unsafe).fix(source, found)
    ast.parse(done.source.text)
    assert comments(done.source.text) == comments(mutant.text)
    # A remark about the example itself may have been hidden behind the mistake.
    assert told(done.findings) - told(found) - told_of_example(mutant.example) == Counter()
    assert Fixer(check, unsafe).fix(done.source, done.findings).source.text == done.source.text
    made = any(finding.fix and finding.fix.applicability == "safe" for finding in found)
    if unsafe or made:
        assert done.fixed
        assert told(done.findings) - told_of_example(mutant.example) == Counter()


def by_mistake() -> list[Mutant]:
    """A few programs for each mistake, from different examples."""
    chosen: dict[tuple[str, str], Mutant] = {}
    for mutant in mutants():
        if sum(mistake == mutant.mistake for mistake, _ in chosen) < 3:
            chosen.setdefault((mutant.mistake, mutant.example), mutant)
    return list(chosen.values())


@pytest.mark.oracle
@pytest.mark.parametrize("mutant", by_mistake(), ids=lambda mutant: mutant.id)
def test_keras_takes_the_fixed_program(keras, mutant: Mutant):
    source = source_of(mutant.example, mutant.text)
    found = check(source)
    broken = observe(keras, source.path, source.text)["error"] is not None
    assert broken or not errors(found)
    done = Fixer(check, unsafe=True).fix(source, found)
    if done.fixed:
        assert observe(keras, source.path, done.source.text)["error"] is None


def test_each_mistake_is_fixed_somewhere():
    fixed = set()
    for mutant in by_mistake():
        found = check(source_of(mutant.example, mutant.text))
        fixed |= {mutant.mistake for finding in found if finding.fix}
    assert fixed == set(MISTAKES)
