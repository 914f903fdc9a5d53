"""Knowing less of the arguments of a function only makes answers vaguer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.faults import Fault
from keraslint.knowledge.ops.registry import find_op
from keraslint.tensors.dims import Unknown
from keraslint.tensors.specs import flatten
from tests.knowledge.layers.as_values import as_value
from tests.knowledge.layers.soundness import Forgetting
from tests.knowledge.ops.strategies import FAMILIES, Call


@pytest.mark.parametrize("family", FAMILIES)
def test_knowing_less(family: str) -> None:
    @given(FAMILIES[family](), st.data())
    def is_sound(call: Call, data: st.DataObject) -> None:
        name, args, kwargs = call[0], as_value(call[1]), as_value(call[2])
        op = find_op(name)
        assert op is not None
        try:
            exact = op.call(args, kwargs)
        except Fault:
            return
        forget = Forgetting(data)
        # A symbol in a target is never -1, which has another meaning.
        keep = name in ("reshape", "one_hot")
        vague_args = tuple(forget.value(a) if not (keep and i) else a for i, a in enumerate(args))
        vague_kwargs = kwargs if keep else {k: forget.value(v) for k, v in kwargs.items()}
        try:
            vague = op.call(vague_args, vague_kwargs)
        except Fault as fault:
            raise AssertionError((name, vague_args, vague_kwargs, fault, exact)) from fault
        if isinstance(vague, Unknown) or isinstance(exact, Unknown):
            return
        less, more = list(flatten(vague)), list(flatten(exact))
        assert len(less) == len(more)
        for a, b in zip(less, more, strict=True):
            said = forget.evaluate(a)
            assert isinstance(b, Unknown) or forget.allows(said, b), (name, vague_args, a, b)

    is_sound()
