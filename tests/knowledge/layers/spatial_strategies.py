"""Arguments and inputs for layers over steps, images and volumes, good and bad."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from keraslint.tensors.specs import TensorSpec

Case = tuple[str, TensorSpec, tuple[Any, ...], dict[str, Any]]
"""A layer's name, its input, positional and keyword arguments."""

small = st.integers(1, 4)
odd_numbers: st.SearchStrategy[Any] = st.sampled_from(
    (0, -1, True, False, None, 2.0, 1.5, "2", "same", (), [], {"a": 1}, print)
)


def mostly(good: st.SearchStrategy[Any], bad: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Good values, now and then a bad one."""
    return st.integers(0, 11).flatmap(lambda n: bad if n == 0 else good)


def sizes(n: int, good: st.SearchStrategy[int] = small) -> st.SearchStrategy[Any]:
    """An int or ``n`` of them, sometimes another number of them or something else."""
    each = st.lists(good, min_size=n, max_size=n)
    strange_each = st.lists(
        mostly(good, st.sampled_from((0, -1, True, None, 2.0, "2"))), max_size=4
    )
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


def inputs(rank: int, *, most: int = 12) -> st.SearchStrategy[TensorSpec]:
    """A tensor of that rank with small dims, some dynamic; sometimes of another rank."""
    dim = mostly(st.integers(1, most), st.none() | st.just(0))
    channels = mostly(st.integers(1, 8), st.none() | st.just(0))

    def of_rank(n: int) -> st.SearchStrategy[TensorSpec]:
        return st.tuples(st.none() | st.just(2), *[dim] * (n - 2), channels).map(TensorSpec)

    return mostly(of_rank(rank), st.sampled_from((rank - 1, rank + 1)).flatmap(of_rank))


def keywords(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the keywords, and now and then one of those that all layers share."""
    strange = st.sampled_from(sorted(shared)).flatmap(
        lambda key: st.fixed_dictionaries({key: shared[key]})
    )
    return st.tuples(st.fixed_dictionaries({}, optional=options), mostly(st.just({}), strange)).map(
        lambda parts: parts[0] | parts[1]
    )


weights = {
    "activation": mostly(st.sampled_from((None, "relu", print)), st.sampled_from(("ReLU", "", 1))),
    "use_bias": mostly(st.booleans(), st.sampled_from((None, 0, "no"))),
    "bias_initializer": mostly(
        st.sampled_from((None, "ones", "he_normal")), st.sampled_from(("he", 0))
    ),
    "bias_regularizer": mostly(st.sampled_from((None, "l2")), st.sampled_from(("l1_l2", 0.1))),
    "bias_constraint": mostly(st.sampled_from((None, "max_norm")), st.sampled_from(("maxnorm", 2))),
}


@st.composite
def convolutions(draw: st.DrawFn) -> Case:
    kind = draw(st.sampled_from(("Conv", "Transpose", "Depthwise", "Separable")))
    n = draw(st.integers(1, 3 if kind in ("Conv", "Transpose") else 2))
    options = {
        "strides": sizes(n),
        "dilation_rate": sizes(n),
        "padding": paddings("causal") if n == 1 else paddings(),
        "data_format": data_formats,
        **weights,
    }
    args: tuple[Any, ...] = (draw(counts()), draw(sizes(n)))
    name = f"Conv{n}D"
    if kind == "Conv":
        options["groups"] = mostly(st.integers(1, 3), st.sampled_from((0, -1, 2.0, None, "2")))
    elif kind == "Transpose":
        name += "Transpose"
        options["output_padding"] = st.none() | sizes(n, st.integers(0, 3))
    else:
        name = kind + name
        options["depth_multiplier"] = counts()
        if kind == "Depthwise":
            args = args[1:]
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=5))
    kwargs = draw(keywords(**{key: options[key] for key in sorted(chosen)}))
    return name, draw(inputs(n + 2)), args, kwargs


@st.composite
def poolings(draw: st.DrawFn) -> Case:
    """Any pooling."""
    n = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(("", "", "Global", "Adaptive")))
    name = f"{kind}{draw(st.sampled_from(('Max', 'Average')))}Pooling{n}D"
    if kind == "Global":
        args: tuple[Any, ...] = ()
        options = {"keepdims": weights["use_bias"]}
    elif kind == "Adaptive":
        args = (draw(sizes(n)),)
        options = {}
    else:
        args = (draw(sizes(n)),)
        options = {"strides": st.none() | sizes(n), "padding": paddings()}
    kwargs = draw(keywords(data_format=data_formats, **options))
    return name, draw(inputs(n + 2)), args, kwargs


@st.composite
def resizings(draw: st.DrawFn) -> Case:
    """Any padding, cropping or upsampling."""
    n = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(("ZeroPadding", "Cropping", "UpSampling")))
    options = {"data_format": data_formats}
    if kind == "UpSampling":
        amount = small if n == 1 else sizes(n)
        options["interpolation"] = mostly(st.just("bilinear"), odd_numbers)
    elif n == 1:
        amount = sizes(2, st.integers(0, 4))
    else:
        sides = sizes(2, st.integers(0, 4))
        each = st.lists(sides, min_size=n, max_size=n)
        amount = mostly(st.integers(-4, 4) | each | each.map(tuple), st.lists(sides) | odd_numbers)
    args = draw(st.just(()) | st.tuples(amount))
    if n == 1:
        options = {}
    elif n == 3:
        options.pop("interpolation", None)
    return f"{kind}{n}D", draw(inputs(n + 2)), args, draw(keywords(**options))
