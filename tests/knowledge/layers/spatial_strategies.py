"""Arguments and inputs for layers over steps, images and volumes, good and bad."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.knowledge.layers.oracle import T

small = st.integers(1, 4)
odd_numbers: st.SearchStrategy[Any] = st.sampled_from(
    (0, -1, True, False, None, 2.0, 1.5, "2", "same", (), [], {"a": 1}, print)
)


def mostly(
    good: st.SearchStrategy[Any], bad: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Good values, now and then a bad one."""
    return st.integers(0, 11).flatmap(lambda n: bad if n == 0 else good)


def sizes(n: int, good: st.SearchStrategy[int] = small) -> st.SearchStrategy[Any]:
    """An int or ``n`` of them, sometimes another number of them or something else."""
    each = st.lists(good, min_size=n, max_size=n)
    strange_each = st.lists(mostly(good, st.sampled_from((0, -1, True, None, 2.0, "2"))), max_size=4)
    return mostly(
        good | each | each.map(tuple),
        odd_numbers | strange_each | strange_each.map(tuple),
    )


def counts() -> st.SearchStrategy[Any]:
    """A number of filters or the like."""
    return mostly(st.integers(1, 8), odd_numbers)


def paddings(*more: str) -> st.SearchStrategy[Any]:
    """A way of padding, sometimes in another case or unheard of."""
    good = st.sampled_from(("valid", "same", *more))
    return mostly(good, st.sampled_from(("SAME", "Valid", "causal", "full", "", None, 1, [1, 1])))


data_formats: st.SearchStrategy[Any] = mostly(
    st.sampled_from((None, "channels_last", "channels_first")),
    st.sampled_from(("Channels_First", "NHWC", "", 1)),
)

shared: dict[str, st.SearchStrategy[Any]] = {
    "name": mostly(st.just("layer"), st.sampled_from((None, "a/b", 3))),
    "trainable": mostly(st.booleans(), st.sampled_from((1, None, "no"))),
    "dtype": mostly(
        st.sampled_from((None, "float32", "float16", "mixed_float16")),
        st.sampled_from(("float", "nothing", 3)),
    ),
    "activity_regularizer": mostly(st.sampled_from((None, "l2")), st.sampled_from(("l3", 0.1))),
    "unheard_of": st.just(1),
}


def inputs(rank: int, *, most: int = 12) -> st.SearchStrategy[T]:
    """A tensor of that rank with small dims, some dynamic; sometimes of another rank."""
    dim = mostly(st.integers(1, most), st.none() | st.just(0))
    channels = mostly(st.integers(1, 8), st.none() | st.just(0))

    def of_rank(n: int) -> st.SearchStrategy[T]:
        return st.tuples(st.none() | st.just(2), *[dim] * (n - 2), channels).map(T)

    return mostly(of_rank(rank), st.sampled_from((rank - 1, rank + 1)).flatmap(of_rank))


def keywords(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the keywords, and now and then one of those that all layers share."""
    strange = st.sampled_from(sorted(shared)).flatmap(
        lambda key: st.fixed_dictionaries({key: shared[key]})
    )
    return st.tuples(
        st.fixed_dictionaries({}, optional=options), mostly(st.just({}), strange)
    ).map(lambda parts: parts[0] | parts[1])
