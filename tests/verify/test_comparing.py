"""What counts as agreement between the static answer and a run."""

from dataclasses import replace

import pytest

from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.tensors.specs import TensorSpec
from keraslint.verify.comparing import compare, judge_shape, judge_shapes
from tests.handmade import tutorial

N = Expr.symbol("n")


def observed():
    """What a run of the handmade tutorial would note."""
    shapes = [[None, 10, 32], [None, 8, 64], [None, 6, 32]]
    counts = [6208, 6176]
    calls = [
        {"inputs": [shapes[i]], "outputs": [shapes[i + 1]], "params": counts[i]} for i in range(2)
    ]
    return {
        "error": None,
        "keras": "3.0",
        "sites": [
            {"filename": "tutorial.py", "row": row, "column": 5, "layer": "Conv1D", "calls": [call]}
            for row, call in zip((2, 3), calls, strict=True)
        ],
        "models": [],
    }


def statuses(analysis, real):
    return [one.status for one in compare(analysis, real).layers]


@pytest.mark.parametrize(
    ("static", "real", "verdict"),
    [
        ((None, 3), [None, 3], 0),
        ((None, 3), [32, 3], 0),
        ((None, None), [None, 3], 2),
        ((None, 3), [None, None], 2),
        ((None, 3), [None, 4], 2),
        ((None, 3), [None, 3, 1], 2),
        ((None, UNKNOWN), [None, 4], 1),
        ((None, N), [None, 4], 1),
        ((5, N), [6, 4], 2),
        (UNKNOWN, [None, 4], 1),
    ],
)
def test_shapes_agree_or_leave_something_open_or_differ(static, real, verdict):
    assert judge_shape(static, real) == verdict


def test_another_number_of_tensors_is_a_difference_unless_a_shape_is_unknown():
    assert judge_shapes([(None, 3)], [[None, 3], [None, 3]]) == 2
    assert judge_shapes([UNKNOWN], [[None, 3], [None, 3]]) == 1
    assert judge_shapes(None, [[None, 3]]) == 1


def test_the_same_is_in_agreement():
    verdict = compare(tutorial(), observed())
    assert [one.status for one in verdict.layers] == ["agrees", "agrees"]
    assert not verdict.differs


def test_a_wrong_dim_is_a_difference():
    real = observed()
    real["sites"][1]["calls"][0]["outputs"] = [[None, 7, 32]]
    verdict = compare(tutorial(), real)
    assert [one.status for one in verdict.layers] == ["agrees", "differs"]
    assert verdict.differs
    assert verdict.layers[1].static["outputs"] == [[None, 6, 32]]


def test_a_wrong_count_is_a_difference():
    real = observed()
    real["sites"][0]["calls"][0]["params"] = 1
    assert statuses(tutorial(), real) == ["differs", "agrees"]


def test_what_is_unknown_is_no_difference():
    analysis = tutorial()
    site = analysis.sites[0]
    site.calls[0] = replace(site.calls[0], outputs=(TensorSpec((None, N, UNKNOWN)),), params=None)
    assert statuses(analysis, observed()) == ["unknown", "agrees"]


def test_a_layer_that_only_the_run_made_is_unknown():
    analysis = tutorial()
    del analysis.sites[0]
    assert statuses(analysis, observed()) == ["unknown", "agrees"]


def test_what_the_run_did_not_reach_is_told():
    real = observed()
    del real["sites"][1]
    assert statuses(tutorial(), real) == ["agrees", "not run"]


def test_another_alternative_is_no_difference_where_all_of_the_run_is_explained():
    analysis = tutorial()
    call = analysis.sites[0].calls[0]
    analysis.sites[0].calls.append(replace(call, outputs=(TensorSpec((None, 4, 64)),)))
    assert statuses(analysis, observed()) == ["agrees", "not run", "agrees"]


def test_without_columns_rows_and_names_decide():
    real = observed()
    for site in real["sites"]:
        site["column"] = None
    assert statuses(tutorial(), real) == ["agrees", "agrees"]


def test_other_files_are_left_out():
    real = observed()
    real["sites"][1]["filename"] = "other.py"
    assert statuses(tutorial(), real) == ["agrees", "not run"]
