"""Unknown arguments: nothing is refused, and what is known stays right."""

from __future__ import annotations

from typing import Any

import pytest

from keraslint.knowledge.applications import blueprint, defaults, names
from keraslint.knowledge.applications.catalogue import FAMILIES
from keraslint.knowledge.faults import Fault
from keraslint.tensors.dims import UNKNOWN, Expr
from keraslint.tensors.shapes import show
from keraslint.tensors.specs import TensorSpec
from tests.knowledge.applications.replay import replay

KNOWN: dict[str, Any] = {"weights": None, "include_top": False, "input_shape": (96, 80, 3)}


def agrees(known: Any, found: Any) -> bool:
    """Whether what was found is true of what is known."""
    if found is UNKNOWN:
        return True
    if isinstance(known, tuple) and isinstance(found, tuple):
        return len(known) == len(found) and all(map(agrees, known, found))
    return bool(known == found)


ONE_OF_EACH = [functions[0] for functions in FAMILIES.values()]


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_one_unknown_argument_changes_nothing_else(name: str) -> None:
    complete = blueprint(name, KNOWN)
    parts = replay(complete)
    for parameter in defaults(name):
        plan = blueprint(name, {**KNOWN, parameter: UNKNOWN})
        assert len(plan.entries) <= len(complete.entries)
        assert agrees(complete.name, plan.name)
        given = TensorSpec() if parameter == "input_tensor" else None
        found = {part.name: part for part in replay(plan, given)}
        for part in parts:
            if part.name in found and parameter != "include_preprocessing":
                assert agrees(part.shape, found[part.name].shape), (parameter, part)


@pytest.mark.parametrize("name", names())
def test_nothing_known_is_no_fault(name: str) -> None:
    plan = blueprint(name, dict.fromkeys(defaults(name), UNKNOWN))
    replay(plan, TensorSpec())
    assert not plan.complete


@pytest.mark.parametrize("name", ["VGG16", "ResNet50V2", "EfficientNetB0", "MobileNetV3Small"])
def test_sizes_known_by_name(name: str) -> None:
    n = Expr.symbol("n")
    plan = blueprint(name, {**KNOWN, "input_shape": (n, n, 3)})
    parts = replay(plan)
    assert plan.output is not None
    shape = parts[plan.output].shape
    known = replay(blueprint(name, KNOWN))[plan.output].shape
    assert len(shape) == 4
    assert shape[-1] == known[-1], show(shape)


def test_an_unknown_top_leaves_the_output_open() -> None:
    plan = blueprint("ResNet50", {"weights": None, "include_top": UNKNOWN})
    assert plan.output is None
    assert replay(plan)[-1].shape == (None, UNKNOWN, UNKNOWN, 2048)


def test_unknown_weights_leave_the_shapes_known() -> None:
    plan = blueprint("EfficientNetB0", {"weights": UNKNOWN})
    assert plan.output is not None
    assert replay(plan)[plan.output].shape == (None, 1000)


def test_what_no_choice_of_the_unknown_allows_is_refused() -> None:
    for shape in ((96, 96), (16, 16, 3), 96):
        with pytest.raises(Fault):
            blueprint(
                "ResNet50", {"weights": UNKNOWN, "include_top": UNKNOWN, "input_shape": shape}
            )
    blueprint("ResNet50", {"weights": UNKNOWN, "input_shape": (96, 96, 1)})
