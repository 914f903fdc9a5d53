"""Attention layers against the real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.layers.nested import L, assert_nested_sound, check_nested, layer, ours
from tests.knowledge.layers.oracle import T
from tests.knowledge.layers.recurrent_strategies import flags
from tests.knowledge.layers.spatial_strategies import counts, keywords, mostly

pytestmark = pytest.mark.oracle

Q, V = T((None, 6, 8)), T((None, 5, 8))
SHAPES = [(None, 8), (None, 6, 8), (None, 6, 7, 8), (None, None, 8), (None, 6, None), (2, 6, 3)]

BOTH = ("MultiHeadAttention", "GroupQueryAttention")
SIZES = {"MultiHeadAttention": (2, 4), "GroupQueryAttention": (4, 4, 2)}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    "inputs",
    [
        (Q,),
        (Q, V),
        (Q, V, V),
        (Q, V, None),
        ([Q, V],),
        ([Q], V),
        (Q, V, T((None, 4, 8))),
        (Q, V, T((None, None, 8))),
        (Q, T((None, None, 8)), T((None, None, 3))),
        (Q, V, T((None, 5, 3))),
        (Q, V, T((None, 5, 5, 8))),
        (Q, T((None, 5, 7))),
    ],
    ids=repr,
)
def test_inputs(name: str, inputs: tuple[Any, ...]) -> None:
    check_nested(layer(name, *SIZES[name]), *inputs)
    check_nested(layer(name, *SIZES[name]), *inputs, return_attention_scores=True)


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("shape", SHAPES)
def test_ranks(name: str, shape: tuple[int | None, ...]) -> None:
    made = layer(name, *SIZES[name], use_gate=True)
    check_nested(made, T(shape), V)
    check_nested(made, Q, T(shape))
    check_nested(made, T(shape), T(shape))


def test_operands_by_keyword() -> None:
    made = layer("MultiHeadAttention", 2, 4)
    check_nested(made, query=Q, value=V)
    check_nested(made, value=V, query=Q, key=V)
    check_nested(made, Q, V, attention_mask=T((None, 6, 5)), use_causal_mask=True)


@pytest.mark.parametrize(
    "options",
    [
        {"num_heads": 0},
        {"num_heads": 2.0},
        {"num_heads": np.int64(2)},
        {"num_heads": True},
        {"key_dim": "4"},
        {"value_dim": 3},
        {"value_dim": 0},
        {"value_dim": 3.0},
        {"dropout": 1.5},
        {"dropout": None},
        {"dropout": True},
        {"dropout": 0.5, "seed": "1"},
        {"seed": "1"},
        {"sliding_window": 0},
        {"sliding_window": 3},
        {"sliding_window": 2.0},
        {"flash_attention": True, "dropout": 0.1},
        {"kernel_initializer": None},
        {"bias_initializer": None, "use_bias": False},
        {"kernel_initializer": "he"},
        {"use_gate": True, "value_dim": 3},
        {"use_bias": 0},
        {"trainable": False},
        {"kernel_constraint": "maxnorm"},
        {"dtype": "float16"},
        {"heads": 3},
        *(
            {"output_shape": shape}
            for shape in (
                *(3, (3,), [3], (3, 4), 0, (), None, "a", 3.0, (3.0,), (0,), (-1,), True),
                *(np.int64(3), (np.int64(3),), (None,), -1, ((3,),)),
            )
        ),
        *({"attention_axes": axes} for axes in (1, (1,), [1, 2], -1, None, (), "a", 1.0, 0)),
    ],
    ids=repr,
)
def test_arguments_of_multi_head_attention(options: dict[str, Any]) -> None:
    made = layer("MultiHeadAttention", **{"num_heads": 2, "key_dim": 4, **options})
    check_nested(made, Q, V)
    check_nested(made, T((None, 6, 7, 8)), T((None, 6, 7, 8)))


@pytest.mark.parametrize(
    "options",
    [
        *({"head_dim": size} for size in (0, -1, 2.0, "a", None, np.int64(3), True)),
        *({"num_query_heads": size} for size in (0, -4, 3, 4.0, "4", None, np.int64(4))),
        *({"num_key_value_heads": size} for size in (0, -2, 3, 2.0, "2", None, 1, 4)),
        {"dropout": 1.5},
        {"dropout": None},
        {"use_bias": False, "use_gate": True},
        {"seed": "1"},
        {"kernel_initializer": None},
        {"sliding_window": -1},
        {"flash_attention": True, "dropout": 0.1},
    ],
    ids=repr,
)
def test_arguments_of_group_query_attention(options: dict[str, Any]) -> None:
    sizes = {"head_dim": 4, "num_query_heads": 4, "num_key_value_heads": 2}
    check_nested(layer("GroupQueryAttention", **{**sizes, **options}), Q, V)


@pytest.mark.parametrize("name", ["Attention", "AdditiveAttention"])
@pytest.mark.parametrize(
    "given_input",
    [[Q, V], (Q, V), [Q], [Q, V, V], [Q, V, V, V], Q, {"query": Q, "value": V}],
    ids=repr,
)
def test_lists(name: str, given_input: Any) -> None:
    check_nested(layer(name), given_input)
    check_nested(layer(name), given_input, return_attention_scores=True)


@pytest.mark.parametrize("name", ["Attention", "AdditiveAttention"])
@pytest.mark.parametrize("shape", [*SHAPES, (None,), (2,)])
def test_any_rank(name: str, shape: tuple[int | None, ...]) -> None:
    check_nested(layer(name, use_scale=True), [T(shape), V])
    check_nested(layer(name), [Q, T(shape)])
    check_nested(layer(name), [T(shape), T(shape)], return_attention_scores=True)


@pytest.mark.parametrize("name", ["Attention", "AdditiveAttention"])
@pytest.mark.parametrize("mask", [[T((None, 6)), T((None, 5))], [T((None, 6))], T((None, 6)), ()])
def test_masks(name: str, mask: Any) -> None:
    check_nested(layer(name), [Q, V], mask=mask)


@pytest.mark.parametrize("name", ["Attention", "AdditiveAttention"])
@pytest.mark.parametrize(
    "options",
    [
        {"use_scale": True},
        {"use_scale": None},
        {"score_mode": "concat"},
        {"score_mode": "concat", "use_scale": True},
        {"score_mode": "general"},
        {"dropout": None},
        {"dropout": 2},
        {"dropout": 0.1, "seed": "1"},
        {"seed": "1"},
        {"causal": True},
    ],
    ids=repr,
)
def test_arguments(name: str, options: dict[str, Any]) -> None:
    check_nested(layer(name, **options), [Q, V])


def test_hidden_layers_take_up_names() -> None:
    for name in BOTH:
        made = ours(layer(name, *SIZES[name]))
        assert made.names_at_build == ("softmax", "dropout")
        assert made.names_at_construction == ()


projection_options: dict[str, st.SearchStrategy[Any]] = {
    "dropout": mostly(st.sampled_from((0, 0.3)), st.sampled_from((1.5, None, "1"))),
    "use_bias": flags,
    "use_gate": flags,
    "sliding_window": mostly(st.none() | st.integers(1, 3), st.sampled_from((0, 1.0))),
    "kernel_initializer": mostly(st.just("he_normal"), st.sampled_from((None, "he"))),
}


def attentions() -> st.SearchStrategy[L]:
    """Either of the two layers."""
    many = st.tuples(
        st.just("MultiHeadAttention"),
        st.tuples(counts(), counts()),
        keywords(
            value_dim=counts() | st.none(),
            output_shape=mostly(st.none() | counts(), st.sampled_from(((), (2, 3), ("a",)))),
            attention_axes=mostly(st.sampled_from((None, 1, (1,))), st.sampled_from(("1", 1.5))),
            **projection_options,
        ),
    )
    grouped = st.tuples(
        st.just("GroupQueryAttention"),
        st.tuples(counts(), counts(), st.sampled_from((1, 2)) | counts()),
        keywords(**projection_options),
    )
    return (many | grouped).map(lambda made: L(*made))


@st.composite
def operands(draw: st.DrawFn) -> tuple[T, ...]:
    """Query and value, sometimes a key, mostly of the same features."""
    features = draw(st.integers(1, 6))
    dim = st.none() | st.integers(1, 6)

    def one(steps: int | None) -> T:
        last = draw(mostly(st.just(features), dim))
        return T((None, last) if draw(st.integers(0, 15)) == 0 else (None, steps, last))

    steps = draw(dim)
    value = one(steps)
    key = [one(draw(mostly(st.just(steps), dim)))] if draw(st.booleans()) else []
    return (one(draw(dim)), value, *key)


@given(attentions(), operands(), st.booleans())
def test_drawn(made: L, given_operands: tuple[T, ...], scores: bool) -> None:
    check_nested(made, *given_operands, return_attention_scores=scores)


@given(attentions(), operands(), st.data())
def test_knowing_less_is_never_wrong(
    made: L, given_operands: tuple[T, ...], data: st.DataObject
) -> None:
    assert_nested_sound(made, given_operands, data)


@given(st.sampled_from(("Attention", "AdditiveAttention")), flags, operands(), st.data())
def test_knowing_less_of_a_list(
    name: str, scale: Any, given_operands: tuple[T, ...], data: st.DataObject
) -> None:
    assert_nested_sound(L(name, (), {"use_scale": scale}), (list(given_operands),), data)
