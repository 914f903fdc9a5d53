"""Knowing less of arguments and inputs only makes answers vaguer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers import core_strategies
from tests.knowledge.layers.as_values import as_value
from tests.knowledge.layers.core_strategies import Case
from tests.knowledge.layers.soundness import assert_sound

FAMILIES = (
    *("denses", "einsums", "embeddings", "reshapings", "fitting_reshapes", "noises"),
    *("activations", "normalizations", "merges", "unchanged"),
)


@pytest.mark.parametrize("family", FAMILIES)
def test_knowing_less(family: str) -> None:
    @given(getattr(core_strategies, family)(), st.data())
    def check(drawn: Case, data: st.DataObject) -> None:
        name, x, args, kwargs = drawn
        # A symbol in a target is never -1, which has another meaning.
        keep = name == "Reshape"
        assert_sound(name, (x,), as_value(args), as_value(kwargs), data, keep_arguments=keep)

    check()
