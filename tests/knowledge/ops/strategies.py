"""Calls of functions of `keras.ops`, good and bad."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from keraslint.tensors.specs import TensorSpec
from tests.knowledge.layers.spatial_strategies import mostly

Call = tuple[str, tuple[Any, ...], dict[str, Any]]
"""A function's name, positional and keyword arguments."""

dims = mostly(st.integers(1, 5), st.sampled_from((None, None, 0)))
dtypes = mostly(st.just("float32"), st.sampled_from(("int32", "float16", "bool", "uint8")))
axes = mostly(st.integers(-3, 3), st.sampled_from((-5, 4, 1.0, "1", True)))
odd = st.sampled_from((None, 1.5, "2", -2, 0, (), [1], (1, 2, 3)))


def shapes(least: int = 0, most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """Shapes of small rank."""
    return st.lists(dims, min_size=least, max_size=most).map(tuple)


tensors: st.SearchStrategy[TensorSpec] = st.builds(TensorSpec, shapes(), dtypes)


@st.composite
def similar(draw: st.DrawFn, count: int, shape: tuple[Any, ...] | None = None) -> list[TensorSpec]:
    """Tensors that are alike but for a dim here and there."""
    base = draw(shapes(1)) if shape is None else shape
    return [
        TensorSpec(tuple(dim if draw(st.integers(0, 6)) else draw(dims) for dim in base))
        for _ in range(count)
    ]


@st.composite
def reductions(draw: st.DrawFn) -> Call:
    names = ("sum", "mean", "max", "argmax", "all", "prod", "std", "logsumexp", "norm", "median")
    axis = mostly(
        st.none() | axes, st.lists(axes, max_size=3) | st.lists(axes, max_size=3).map(tuple)
    )
    name = draw(st.sampled_from(names))
    if name == "argmax":
        axis = st.none() | axes
    options: dict[str, Any] = {"axis": axis, "keepdims": st.booleans()}
    return name, (draw(tensors),), draw(st.fixed_dictionaries({}, optional=options))


@st.composite
def scans(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(("cumsum", "sort", "argsort", "diff", "glu", "flip", "normalize")))
    axis = axes if name in ("diff", "glu", "normalize") else st.none() | axes
    return name, (draw(tensors),), draw(st.fixed_dictionaries({}, optional={"axis": axis}))


@st.composite
def reshapes(draw: st.DrawFn) -> Call:
    x = draw(tensors)
    target = draw(st.lists(mostly(st.integers(1, 5), st.sampled_from((-1, -1, 0, -2))), max_size=4))
    if isinstance(x.shape, tuple) and draw(st.booleans()):
        order: list[Any] = draw(st.permutations(list(x.shape)))
        target = [2 if dim is None else dim for dim in order]
        if draw(st.booleans()) and target:
            target[0] = -1
    return "reshape", (x, tuple(target)), {}


@st.composite
def moves(draw: st.DrawFn) -> Call:
    x = draw(tensors)
    rank = len(x.shape) if isinstance(x.shape, tuple) else 0
    name = draw(
        st.sampled_from(("transpose", "squeeze", "expand_dims", "swapaxes", "moveaxis", "trace"))
    )
    several = st.lists(axes, max_size=3)
    if name == "transpose":
        order = st.permutations(range(rank)).map(tuple)
        return name, (x, draw(mostly(order, st.none() | several.map(tuple)))), {}
    if name == "squeeze":
        return name, (x,), draw(st.fixed_dictionaries({}, optional={"axis": axes | several}))
    if name == "expand_dims":
        return name, (x, draw(mostly(axes, several.map(tuple)))), {}
    if name == "moveaxis" and draw(st.booleans()):
        some = st.lists(st.integers(-3, 3), max_size=2, unique=True)
        return name, (x, tuple(draw(some)), tuple(draw(some))), {}
    return (
        name,
        (x,),
        {
            first: draw(axes)
            for first in {
                "swapaxes": ("axis1", "axis2"),
                "moveaxis": ("source", "destination"),
                "trace": ("axis1", "axis2"),
            }[name]
        },
    )


@st.composite
def repetitions(draw: st.DrawFn) -> Call:
    x = draw(tensors)
    name = draw(st.sampled_from(("repeat", "tile", "pad", "broadcast_to")))
    rank = len(x.shape) if isinstance(x.shape, tuple) else 0
    count = st.integers(1, 3)
    several = st.lists(count, min_size=1, max_size=4)
    if name == "repeat":
        return name, (x, draw(count | several)), {"axis": draw(st.none() | axes)}
    if name == "tile":
        return name, (x, draw(count | several | several.map(tuple))), {}
    if name == "pad":
        pair = st.lists(st.integers(0, 3), min_size=2, max_size=2)
        n = draw(mostly(st.just(rank), st.integers(1, 4)))
        return name, (x, draw(st.lists(pair, min_size=n, max_size=n))), {}
    return name, (x, draw(st.lists(st.integers(1, 5), max_size=4).map(tuple))), {}


@st.composite
def joins(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(("concatenate", "stack", "hstack", "vstack", "dstack")))
    xs = draw(similar(draw(st.integers(1, 3))))
    if draw(st.integers(0, 8)) == 0:
        xs.append(draw(tensors))
    if name in ("concatenate", "stack"):
        return name, (xs,), draw(st.fixed_dictionaries({}, optional={"axis": axes}))
    return name, (xs,), {}


@st.composite
def splits(draw: st.DrawFn) -> Call:
    x = draw(st.builds(TensorSpec, shapes(1), dtypes))
    name = draw(st.sampled_from(("split", "split", "array_split", "unstack", "vsplit", "hsplit")))
    points = st.lists(st.integers(0, 3), max_size=2, unique=True).map(sorted)
    count = mostly(st.integers(1, 4), st.sampled_from((1.5, "2", None)))
    if name == "unstack":
        return name, (x,), draw(st.fixed_dictionaries({}, optional={"axis": axes}))
    if name == "array_split":
        return name, (x, draw(mostly(st.integers(1, 4), odd))), {"axis": draw(st.integers(-3, 3))}
    keywords = {"axis": axes} if name == "split" else {}
    return name, (x, draw(count | points)), draw(st.fixed_dictionaries({}, optional=keywords))


@st.composite
def products(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(("matmul", "matmul", "dot", "inner", "outer", "tensordot")))
    first = draw(shapes(1))
    second = draw(shapes(1))
    if draw(st.integers(0, 4)):
        place = -1 if len(second) == 1 or name == "inner" else -2
        second = (*second[:place], first[-1], *(second[place + 1 :] if place == -2 else ()))
    if draw(st.booleans()) and len(first) == len(second) and len(first) > 1:
        second = (*first[:-2], *second[-2:])
    args: tuple[Any, ...] = (TensorSpec(first), TensorSpec(second))
    if name == "tensordot":
        low = min(len(first), len(second))
        place_in = st.integers(0, low - 1)
        args = (*args, draw(st.integers(0, low) | st.tuples(place_in, place_in).map(_paired)))
    return name, args, {}


def _paired(places: tuple[int, int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return (places[0],), (places[1],)


EQUATIONS = (
    *("ij,jk->ik", "bij,bjk->bik", "...ij,...jk->...ik", "ij,kj->ik", "i,i->", "i,j->ij"),
    *("ij->ji", "...ij->...ji", "bij->b", "ij,ij", "bi...,bi...->b...", "ii->i", "ij,jk,kl->il"),
)


@st.composite
def einsums(draw: st.DrawFn) -> Call:
    equation = draw(st.sampled_from(EQUATIONS))
    sizes = {letter: draw(dims) for letter in "bijkl"}
    operands = []
    for term in equation.split("->")[0].split(","):
        before, dots, behind = term.partition("...")
        middle = draw(shapes(0, 2)) if dots else ()
        shape = (*(sizes[c] for c in before), *middle, *(sizes[c] for c in behind))
        operands.append(TensorSpec(shape if draw(st.integers(0, 7)) else draw(shapes())))
    return "einsum", (equation, *operands), {}


@st.composite
def arithmetic(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(("add", "multiply", "divide", "mod", "maximum", "less", "power")))
    pair = draw(similar(2))
    if isinstance(pair[1].shape, tuple) and draw(st.booleans()):
        pair[1] = pair[1].with_shape(pair[1].shape[draw(st.integers(0, 2)) :])
    other: Any = pair[1] if draw(st.integers(0, 3)) else draw(st.sampled_from((1, 2.0)))
    return name, (pair[0], other), {}


@st.composite
def lookups(draw: st.DrawFn) -> Call:
    name = draw(st.sampled_from(("take", "one_hot", "take_along_axis", "image.resize", "shape")))
    x = draw(tensors)
    if name == "take":
        places = st.builds(TensorSpec, shapes(0, 2), st.just("int32"))
        indices = draw(places | st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=3))
        return name, (x, indices), draw(st.fixed_dictionaries({}, optional={"axis": axes}))
    if name == "one_hot":
        axis = st.integers(-2, 4)
        return name, (x, 5), draw(st.fixed_dictionaries({}, optional={"axis": axis}))
    if name == "take_along_axis":
        x, places_ = draw(similar(2))
        return name, (x, TensorSpec(places_.shape, "int32")), {"axis": draw(axes)}
    if name == "image.resize":
        size = st.lists(st.integers(0, 5), min_size=1, max_size=3)
        return name, (x, draw(mostly(st.just((4, 5)), size | st.integers(1, 4)))), {}
    return name, (x,), {}


@st.composite
def windows(draw: st.DrawFn) -> Call:
    shape = (None, *draw(st.tuples(*[dims] * 3)))
    x, name = TensorSpec(shape), draw(st.sampled_from(("max_pool", "average_pool", "conv")))
    size = st.integers(1, 3)
    options: dict[str, Any] = {"strides": size, "padding": st.sampled_from(("valid", "SAME", "x"))}
    keywords = draw(st.fixed_dictionaries({}, optional=options))
    if name != "conv":
        return name, (x, draw(size | st.tuples(size, size))), keywords
    channels = shape[-1] if draw(st.integers(0, 4)) else draw(size)
    kernel = TensorSpec((draw(size), draw(size), channels or 1, draw(size)))
    return name, (x, kernel), keywords


FAMILIES = {
    "reductions": reductions,
    "scans": scans,
    "reshapes": reshapes,
    "moves": moves,
    "repetitions": repetitions,
    "joins": joins,
    "splits": splits,
    "products": products,
    "einsums": einsums,
    "arithmetic": arithmetic,
    "lookups": lookups,
    "windows": windows,
}

subkeys: st.SearchStrategy[Any] = mostly(
    st.integers(-3, 3)
    | st.none()
    | st.just(Ellipsis)
    | st.builds(
        slice, *[st.none() | st.integers(-4, 4)] * 2, st.none() | st.sampled_from((1, 2, -1))
    ),
    st.sampled_from(([0], 1.0, "a", True, (0,))),
)
keys: st.SearchStrategy[Any] = mostly(
    st.lists(subkeys, max_size=4).map(tuple) | st.integers(-3, 3),
    subkeys | st.lists(st.integers(0, 2), max_size=2),
)
