"""What other programs read is as it was promised."""

import json
from dataclasses import replace

import pytest

from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.tensors.specs import TensorSpec
from tests.handmade import key_case, problem, tutorial
from tests.schemas import validate


def everything():
    n = Expr.symbol("n")
    odd = tutorial("odd.py")
    call = odd.sites[0].calls[0]
    odd.sites[0].calls += [
        replace(call, inputs=(TensorSpec(UNKNOWN),), outputs=None, params=None),
        replace(call, inputs=(TensorSpec((None, n, UNKNOWN)),), outputs=()),
    ]
    model = odd.models[0]
    row = model.layers[0]
    odd.models.append(
        replace(
            model,
            inputs=None,
            outputs=(UNKNOWN,),
            total_params=None,
            layers=(replace(row, place=None, outputs=None, params=None, rows=(row,)),),
        )
    )
    return [key_case(), odd, tutorial(), problem("syntax", "broken.py")]


@pytest.mark.parametrize("command", ["check", "shapes", "summary"])
def test_the_output_follows_its_schema(engine, run, command):
    engine.answers = everything()
    data = json.loads(run(command, ".", "--output-format", "json").out)
    assert data
    validate(data, command)


def test_dimensions_as_promised(engine, run):
    engine.answers = everything()
    data = json.loads(run("shapes", ".", "--output-format", "json").out)
    calls = next(f for f in data["files"] if f["filename"] == "odd.py")["sites"][0]["calls"]
    assert calls[1]["inputs"] == [None]
    assert calls[1]["outputs"] is None
    assert calls[2]["inputs"] == [[None, "n", "?"]]
