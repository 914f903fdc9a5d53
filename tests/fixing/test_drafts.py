"""Generated models with mistakes: what fixing makes of them is what they should have been."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from keraslint.defects import Shield
from keraslint.engine import analyse_source
from keraslint.findings import Finding, Severity
from keraslint.fixing import Fixed, Fixer
from keraslint.rules import Checker, Selection, merge
from keraslint.sources import Source
from tests.fixing.drafts import Draft, drafts
from tests.programs.running import observe

PATH = "draft.py"
USUAL = Selection()
MODERN = Selection(select=("KL5",))


def fixed(text: str, selection: Selection, unsafe: bool = True) -> Fixed:
    shield = Shield()

    def check(source: Source) -> list[Finding]:
        checker = Checker(selection, Path(), shield)
        return merge([*checker.check(analyse_source(source)), *checker.finish()])

    source = Source(PATH, text, text)
    done = Fixer(check, unsafe).fix(source, check(source))
    assert shield.defects == []
    assert Fixer(check, unsafe).fix(done.source, done.findings).source is done.source
    return done


def errors(done: Fixed) -> list[Finding]:
    return [finding for finding in done.findings if finding.severity is Severity.ERROR]


def comments(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def model(keras: Any, text: str) -> dict[str, Any]:
    """What Keras makes of a program: its models without the places in the code."""
    seen = observe(keras, PATH, text)
    assert seen["error"] is None, f"{seen['error']}\n{text}"
    return {
        "models": [{**m, **dict.fromkeys(("location", "row", "column"))} for m in seen["models"]]
    }


@settings(max_examples=100)
@given(drafts())
def test_only_the_layers_with_a_mistake_change(draft: Draft):
    done = fixed(draft.wrong, USUAL)
    assert comments(done.source.text) == comments(draft.wrong)
    rows = iter(done.source.text.splitlines())
    assert all(row in rows for row in draft.kept)


@settings(max_examples=50)
@given(drafts(mistaken=False))
def test_a_right_program_stays_as_it_is(draft: Draft):
    done = fixed(draft.right, USUAL)
    assert (done.source.text, errors(done)) == (draft.right, [])


@pytest.mark.oracle
@settings(max_examples=40)
@given(draft=drafts())
def test_keras_makes_of_the_fixed_program_what_it_should_have_been(keras, draft: Draft):
    done = fixed(draft.wrong, USUAL)
    assert errors(done) == [], draft.wrong
    assert model(keras, done.source.text) == model(keras, draft.right)


@pytest.mark.oracle
@settings(max_examples=20)
@given(draft=drafts(mistaken=False))
def test_modernising_changes_no_model(keras, draft: Draft):
    done = fixed(draft.right, MODERN, unsafe=False)
    assert model(keras, done.source.text) == model(keras, draft.right)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("8,  # units\n    batch_input_shape=(7, 2, 3),\n", "8,  # units\n"),
        ("8,  # units\n    batch_input_shape=(7, 2, 3)\n", "8,  # units\n"),
        (
            "8,  # units\n    batch_input_shape=(7, 2, 3),\n    stateful=True,\n",
            "8,  # units\n    stateful=True,\n",
        ),
        ("8,\n    batch_input_shape=(7, 2, 3),  # shape\n", "8,  # shape\n"),
        ("8,  # units\n    batch_input_shape=(7, 2, 3),  # shape\n", None),
        ("8  # units\n    ,\n    batch_input_shape=(7, 2, 3),\n", None),
        ("8,\n    # shape\n    batch_input_shape=(7, 2, 3),\n", None),
    ],
)
def test_an_argument_goes_without_the_comments_around_it(before: str, after: str | None):
    frame = "import keras\n\nmodel = keras.Sequential()\n{}model.add(keras.layers.LSTM(\n    {}))\n"
    start = "model.add(keras.Input(batch_shape=(7, 2, 3)))\n"
    done = fixed(frame.format("", before), USUAL)
    assert done.source.text == frame.format(*(("", before) if after is None else (start, after)))
