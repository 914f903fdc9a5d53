"""Layers that prepare data never contradict themselves when they know less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers.preprocessing_strategies import preprocessings
from tests.knowledge.layers.soundness import assert_sound
from tests.knowledge.layers.spatial_strategies import Case


@given(preprocessings(), st.data())
def test_vague_knowledge_is_sound(case: Case, data: st.DataObject) -> None:
    name, x, args, kwargs = case
    assert_sound(name, (x,), args, kwargs, data)
