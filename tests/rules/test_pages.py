import re

import pytest

from keraslint.findings import Severity
from keraslint.rules import find, rules
from tests.rules.examples import BAD, GOOD, parses, run

SECTIONS = ["What it does", "Why is this bad?", "Example", "Use instead", "Fix safety", "See"]
WITHOUT_EXAMPLE = {"KL002"}
RUNS_IN_KERAS = {
    "KL004": "it would run for a very long time",
    "KL112": "Keras only fails on data",
}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_whole_page(rule):
    page = rule.page()
    assert re.fullmatch(r"KL\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert page.summary.endswith(".")
    assert "\n" not in page.summary
    titles = list(page.sections)
    assert titles == [title for title in SECTIONS if title in titles]
    assert {"What it does", "Why is this bad?"} <= set(titles)
    assert ("Fix safety" in titles) == (rule.fix is not None)
    assert bool(page.bad) == (rule.code not in WITHOUT_EXAMPLE)
    assert bool(page.good) or rule.code in {"KL002", "KL004"}


def test_codes_and_names_are_unique():
    assert len({rule.code for rule in rules()}) == len(rules())
    assert len({rule.name for rule in rules()}) == len(rules())


def test_a_rule_is_found_by_code_or_name():
    assert find("kl107") is find("missing-return-sequences")


@pytest.mark.parametrize("example", GOOD, ids=lambda example: example.id)
def test_good_examples_are_python(example):
    assert parses(example.code)


@pytest.mark.oracle
@pytest.mark.parametrize("example", BAD, ids=lambda example: example.id)
def test_keras_refuses_what_is_an_error(keras, example):
    if example.rule.code == "KL004":
        return
    error = run(keras, example.code)
    refuses = example.rule.severity is Severity.ERROR and example.rule.code not in RUNS_IN_KERAS
    assert (error is not None) == refuses, error


@pytest.mark.oracle
@pytest.mark.parametrize("example", GOOD, ids=lambda example: example.id)
def test_keras_takes_what_to_use_instead(keras, example):
    assert run(keras, example.code) is None
