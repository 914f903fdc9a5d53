"""Fixes, made in the examples of the rules that offer them."""

from __future__ import annotations

from pathlib import Path

import pytest

from keraslint.findings import Finding, Fix
from keraslint.rules import find, rules
from keraslint.sources import Edit, Place, load, rewrite
from tests.rules.examples import BAD
from tests.rules.test_examples import check

FIXABLE = [example for example in BAD if example.rule.fix]
NO_FIX_HERE = {
    "KL204-0": "no shape says which layer is meant",
    "KL101-1": "another order is needed",
    "KL203-1": "no value is evidently meant",
    "KL302-2": "another output is needed",
    "KL509-1": "a schedule is needed",
}


def fixed(path: Path, fix: Fix) -> str:
    edits = [
        Edit(
            Place(edit.location.cell, edit.location.row, edit.location.column),
            Place(edit.location.cell, edit.location.end_row, edit.location.end_column),
            edit.content,
        )
        for edit in fix.edits
    ]
    return rewrite(load(str(path)), edits)


def the_fix(findings: list[Finding], code: str) -> Fix | None:
    return next((finding.fix for finding in findings if finding.code == code), None)


@pytest.mark.parametrize("example", FIXABLE, ids=lambda example: example.id)
def test_a_fix_mends_the_example(tmp_path, example):
    code = example.rule.code
    fix = the_fix(check(tmp_path, example.code), code)
    assert (fix is None) == (example.id in NO_FIX_HERE)
    if fix is None:
        return
    text = fixed(tmp_path / "example.py", fix)
    assert fix.applicability == example.rule.fix
    assert code not in {finding.code for finding in check(tmp_path, text)}


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("KL102", "Conv2D(32, 3, input_shape=(None, 28, 28, 1))", "input_shape=(28, 28, 1))"),
        ("KL103", "Conv2D(32, 3, input_shape=(28, 28))", "input_shape=(28, 28, 1))"),
        ("KL103", "Conv2D(32, 3, input_shape=( 28, 28 ))", "input_shape=(28, 28, 1))"),
        ("KL201", "Dense(8, activaton='relu')", "Dense(8, activation='relu')"),
        ("KL203", "Dense(8, activation='rleu')", 'Dense(8, activation="relu")'),
        ("KL501", "Conv1D(nb_filter=8, filter_length=3)", "Conv1D(filters=8, kernel_size=3)"),
        (
            "KL501",
            "Conv2D(nb_filter=8, kernel_size=3, dim_ordering='tf')",
            'Conv2D(filters=8, kernel_size=3, data_format="channels_last")',
        ),
    ],
)
def test_what_a_fix_writes(tmp_path, code, before, after):
    text = f"from keras import layers, Sequential\nmodel = Sequential([layers.{before}])\n"
    fix = the_fix(check(tmp_path, text), code)
    assert fix is not None
    assert after in fixed(tmp_path / "example.py", fix)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("KL102", "Conv2D(32, 3, input_shape=SHAPE)"),
        ("KL103", "Conv2D(32, 3, input_shape=(SIDE, 28))"),
        ("KL203", "Dense(8, activation=NAME)"),
    ],
)
def test_what_is_not_written_there_is_not_changed(tmp_path, code, call):
    text = (
        "from keras import layers, Sequential\n"
        "SHAPE, SIDE, NAME = (None, 28, 28, 1), 28, 'rleu'\n"
        f"model = Sequential([layers.{call}])\n"
    )
    found = check(tmp_path, text)
    assert code in {finding.code for finding in found}
    assert the_fix(found, code) is None


@pytest.mark.parametrize(
    ("arguments", "fixed"),
    [("x, steps_per_epoch=2", True), ("x, 2", False), ("x, workers=2", False), ("*x", False)],
)
def test_a_method_is_only_renamed_if_the_arguments_fit(tmp_path, arguments, fixed):
    text = (
        "import keras\n"
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"
        f"model.fit_generator({arguments})\n"
    )
    found = check(tmp_path, text)
    assert "KL504" in {finding.code for finding in found}
    assert (the_fix(found, "KL504") is not None) == fixed


def test_every_rule_says_truly_whether_it_fixes():
    fixing = {example.rule.code for example in FIXABLE}
    assert {rule.code for rule in rules() if rule.fix} == fixing
    assert find("KL107").fix == "unsafe"


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("y.get_shape()[1]", "y.shape[1]"),
        ("y.get_shape().as_list()[1]", "list(y.shape)[1]"),
        ("d.output_shape", "d.output.shape"),
        ("d.input_shape[1:]", "d.input.shape[1:]"),
        ("d.get_output_at(0)", None),
        ("d.inbound_nodes", None),
        ("layers.Dense(3).output_shape", None),
    ],
)
def test_attributes_that_are_gone(tmp_path, line, mended):
    head = (
        "import keras\nfrom keras import layers\n\nd = layers.Dense(3)\ny = d(keras.Input((4,)))\n"
    )
    fix = the_fix(check(tmp_path, f"{head}print({line})\n"), "KL504")
    text = fixed(tmp_path / "example.py", fix) if fix else None
    assert text == (f"{head}print({mended})\n" if mended else None)
