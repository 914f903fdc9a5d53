"""Arguments and inputs for recurrent layers, good and bad."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.knowledge.layers.nested import L
from tests.knowledge.layers.spatial_strategies import counts, keywords, mostly

flags: st.SearchStrategy[Any] = mostly(st.booleans(), st.sampled_from((0, 1, None, "yes")))
rates: st.SearchStrategy[Any] = mostly(
    st.sampled_from((0, 0.5, 1.5, -1)), st.sampled_from((None, "0.5", [0.5]))
)
activations: st.SearchStrategy[Any] = mostly(
    st.sampled_from((None, "relu", "hard_sigmoid")), st.sampled_from(("ReLU", "", 3, []))
)
initializers: st.SearchStrategy[Any] = mostly(
    st.sampled_from((None, "he_normal", "Zeros")), st.sampled_from(("he", 1.0))
)
cell_options: dict[str, st.SearchStrategy[Any]] = {
    "activation": activations,
    "use_bias": flags,
    "kernel_initializer": initializers,
    "bias_initializer": mostly(st.sampled_from((None, "ones")), st.sampled_from(("one_s", 1.0))),
    "recurrent_regularizer": mostly(st.sampled_from((None, "l2")), st.just("l1_l2")),
    "bias_constraint": mostly(st.sampled_from((None, "max_norm")), st.just("maxnorm")),
    "dropout": rates,
    "recurrent_dropout": rates,
    "seed": mostly(st.sampled_from((None, 1)), st.sampled_from((1.5, "1"))),
}
lstm_options = {
    "recurrent_activation": activations,
    "unit_forget_bias": flags,
    "implementation": st.sampled_from((0, 1, 2)),
}
gru_options = {
    "recurrent_activation": activations,
    "reset_after": flags,
    "implementation": st.sampled_from((0, 1, 2)),
}
own_options: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "LSTM": lstm_options,
    "GRU": gru_options,
    "SimpleRNN": {},
}
sequence_options: dict[str, st.SearchStrategy[Any]] = {
    "return_sequences": flags,
    "return_state": flags,
    "go_backwards": mostly(st.just(False), flags),
    "stateful": mostly(st.just(False), flags),
    "unroll": flags,
}
cudnn = mostly(st.sampled_from(("auto", True, False)), st.sampled_from((None, "no")))


def cells() -> st.SearchStrategy[L]:
    """One of the three cells."""

    def of(name: str) -> st.SearchStrategy[L]:
        options = keywords(**cell_options, **own_options[name])
        return st.tuples(counts(), options).map(lambda made: L(f"{name}Cell", made[:1], made[1]))

    return st.sampled_from(sorted(own_options)).flatmap(of)


def cell_stacks() -> st.SearchStrategy[Any]:
    """A cell, a list or tuple of cells, a stack of them, or none of these."""
    some = st.lists(cells(), min_size=1, max_size=3)
    stack = some.map(lambda inside: L("StackedRNNCells", (inside,), {}))
    return mostly(
        cells() | some | some.map(tuple) | stack,
        st.sampled_from((None, 3, [], L("Dense", (3,), {}), L("LSTM", (3,), {}))),
    )


def named() -> st.SearchStrategy[L]:
    """LSTM, GRU or SimpleRNN."""

    def of(name: str) -> st.SearchStrategy[L]:
        more = {} if name == "SimpleRNN" else {"use_cudnn": cudnn}
        options = keywords(**cell_options, **own_options[name], **sequence_options, **more)
        return st.tuples(counts(), options).map(lambda made: L(name, made[:1], made[1]))

    return st.sampled_from(sorted(own_options)).flatmap(of)


def around_cells() -> st.SearchStrategy[L]:
    """RNN around cells."""
    return st.tuples(cell_stacks(), keywords(**sequence_options)).map(
        lambda made: L("RNN", made[:1], made[1])
    )


def recurrent() -> st.SearchStrategy[L]:
    """Any recurrent layer."""
    return named() | around_cells()
