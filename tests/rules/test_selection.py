import pytest

from keraslint.findings import Severity
from keraslint.rules import Selection, UnknownRuleError, rules


def codes(**selection):
    return {rule.code for rule in Selection(**selection).rules()}


def test_by_default_everything_but_information():
    assert codes() == {rule.code for rule in rules() if rule.severity is not Severity.INFO}


def test_what_cannot_be_read_is_always_told():
    assert codes(select=("KL415",)) == {"KL001", "KL002", "KL415"}
    assert codes(select=("KL415",), ignore=("KL0",)) == {"KL415"}


@pytest.mark.parametrize(
    ("select", "ignore", "used"),
    [
        (("KL1",), (), True),
        (("ALL",), ("KL101",), False),
        (("KL1",), ("KL101",), False),
        (("KL101",), ("KL1",), True),
        (("input-rank",), ("KL1",), True),
        (("KL101",), ("input-rank",), False),
        (("KL2",), (), False),
    ],
)
def test_the_longer_selector_counts(select, ignore, used):
    assert ("KL101" in codes(select=select, ignore=ignore)) == used


@pytest.mark.parametrize(
    ("target", "missing"),
    [("auto", set()), ("3", set()), ("2", {"KL502", "KL503", "KL504"}), ("1", {"KL501", "KL505"})],
)
def test_rules_about_a_newer_keras_are_left_out(target, missing):
    assert not codes(select=("ALL",), target_keras=target) & missing
    assert "KL101" in codes(target_keras=target)


def test_the_most_exact_severity_counts():
    selection = Selection(severity={"KL1": Severity.INFO, "KL101": Severity.WARNING})
    found = {rule.code: selection.severity_of(rule) for rule in rules()}
    assert found["KL101"] is Severity.WARNING
    assert found["KL102"] is Severity.INFO
    assert found["KL201"] is None


@pytest.mark.parametrize("selector", ["KL9", "nothing", "", "E501"])
def test_selectors_that_stand_for_nothing(selector):
    selection = Selection(select=(selector,))
    with pytest.raises(UnknownRuleError):
        selection.validate()
