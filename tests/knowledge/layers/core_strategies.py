"""Arguments and inputs for layers that take tensors of any rank, good and bad."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from keraslint.tensors.specs import TensorSpec
from tests.knowledge.layers.spatial_strategies import keywords, mostly, odd_numbers, weights

Case = tuple[str, Any, tuple[Any, ...], dict[str, Any]]
"""A layer's name, its input, positional and keyword arguments."""

dims = mostly(st.integers(1, 6), st.sampled_from((None, None, 0)))
dtypes = mostly(st.just("float32"), st.sampled_from(("int32", "float16", "string", "bool")))
anything = st.one_of(odd_numbers, st.integers(-3, 5), st.sampled_from(("1", 0.5, -0.5, 7)))
rates = mostly(st.sampled_from((0, 0.0, 0.25, 1, 1.0, True)), anything)
names_of_initializers: st.SearchStrategy[Any] = st.sampled_from(
    (None, "ones", "he_normal", "Zeros", "he", 0)
)
names_of_regularizers: st.SearchStrategy[Any] = st.sampled_from((None, "l2", "L1", "l1_l2", 0.1))
names_of_constraints: st.SearchStrategy[Any] = st.sampled_from(
    (None, "max_norm", "NonNeg", "maxnorm", 2)
)


def shapes(least: int = 1, most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """Shapes of any small rank."""
    rest = st.lists(dims, min_size=max(least - 1, 0), max_size=most - 1)
    batched = st.tuples(st.sampled_from((None, None, 2)), rest).map(lambda s: (s[0], *s[1]))
    return mostly(batched, st.sampled_from(((), (3,), (None,), (2, 3))))


tensors: st.SearchStrategy[Any] = st.builds(TensorSpec, shapes(), dtypes)


def nests(tensor: st.SearchStrategy[Any] = tensors) -> st.SearchStrategy[Any]:
    """A tensor, now and then in a list or dict."""
    lists = st.lists(tensor, min_size=1, max_size=2)
    return mostly(tensor, lists | lists.map(tuple) | tensor.map(lambda spec: {"a": spec}))


def affine(*parts: str) -> dict[str, st.SearchStrategy[Any]]:
    """Initializers, regularizers and constraints of some weights."""
    options = {f"{part}_initializer": names_of_initializers for part in parts}
    options |= {f"{part}_regularizer": names_of_regularizers for part in parts}
    return options | {f"{part}_constraint": names_of_constraints for part in parts}


def few(
    draw: st.DrawFn, options: dict[str, st.SearchStrategy[Any]], most: int = 3
) -> dict[str, Any]:
    """A few keywords out of many."""
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=most)) if options else set()
    return draw(keywords(**{key: options[key] for key in sorted(chosen)}))


@st.composite
def denses(draw: st.DrawFn) -> Case:
    units = draw(mostly(st.integers(1, 6), odd_numbers))
    options = {**weights, **affine("kernel")}
    options["lora_rank"] = mostly(st.sampled_from((None, 2, 0)), anything)
    return "Dense", draw(nests()), (units,), few(draw, options)


EQUATIONS = (
    *("ab,bc->ac", "abc,cd->abd", "...x,xy->...y", "ab...,bc->ac...", "abc,cde->abde"),
    *("abc,bcd->ad", "abc,bd->acd", "ab,cd->abcd", "abc,cd->abe", "ab,bc", "abc,xd->abd"),
    *("...ab,bc->...ac", "abcd,cde->abe", "a...,ab->b...", "abb,bc->abc", ""),
)


@st.composite
def einsums(draw: st.DrawFn) -> Case:
    equation = draw(st.sampled_from(EQUATIONS))
    sizes = st.lists(mostly(st.integers(1, 4), st.none()), max_size=3)
    shape = draw(mostly(sizes | sizes.map(tuple) | st.integers(1, 4), odd_numbers))
    options = {**weights, **affine("kernel")}
    options["bias_axes"] = mostly(st.sampled_from((None, "c", "d", "bc", "y")), st.just("z"))
    return "EinsumDense", draw(nests()), (equation, shape), few(draw, options)


@st.composite
def embeddings(draw: st.DrawFn) -> Case:
    name = draw(st.sampled_from(("Embedding", "ReversibleEmbedding")))
    size = mostly(st.integers(1, 6), odd_numbers)
    options = {
        **affine("embeddings"),
        "mask_zero": st.booleans(),
        "input_length": st.integers(1, 3),
        "lora_rank": mostly(st.sampled_from((None, 2, 0)), anything),
        "dtype": st.sampled_from((None, "float16", "float")),
    }
    if name != "Embedding":
        options["tie_weights"] = mostly(st.booleans(), odd_numbers)
    return name, draw(nests()), (draw(size), draw(size)), few(draw, options)


@st.composite
def reshapings(draw: st.DrawFn) -> Case:
    name = draw(st.sampled_from(("Flatten", "Reshape", "Reshape", "Permute", "RepeatVector")))
    options: dict[str, st.SearchStrategy[Any]] = {}
    args: tuple[Any, ...] = ()
    if name == "Flatten":
        formats = ("channels_first", "Channels_Last", "NHWC", 3)
        options["data_format"] = mostly(st.none(), st.sampled_from(formats))
    elif name == "RepeatVector":
        args = (draw(mostly(st.integers(1, 6), odd_numbers)),)
    elif name == "Permute":
        orders = st.permutations((1, 2, 3)) | st.permutations((1, 2)) | st.just([1])
        odd = st.lists(st.integers(-1, 4) | st.just(1.0), max_size=3) | odd_numbers
        args = (draw(mostly(orders | orders.map(tuple), odd)),)
    else:
        size = mostly(st.integers(1, 6), st.sampled_from((-1, -1, -1, 0, -2, None, 2.0, True, "a")))
        target = st.lists(size, max_size=4)
        args = (draw(mostly(target | target.map(tuple), odd_numbers)),)
    return name, draw(nests()), args, few(draw, options)


@st.composite
def fitting_reshapes(draw: st.DrawFn) -> Case:
    """Targets of the right size, with and without -1."""
    target = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    size = 1
    for dim in target:
        size *= dim
    if draw(st.booleans()):
        target[draw(st.integers(0, len(target) - 1))] = -1
    factors = [n for n in range(1, size + 1) if size % n == 0]
    first = draw(st.sampled_from(factors))
    return "Reshape", TensorSpec((None, first, size // first)), (tuple(target),), {}


@st.composite
def noises(draw: st.DrawFn) -> Case:
    n = draw(st.integers(1, 3))
    plain = ("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise")
    name = draw(st.sampled_from((*plain, f"SpatialDropout{n}D")))
    options: dict[str, st.SearchStrategy[Any]] = {"seed": mostly(st.just(1), odd_numbers)}
    if name in plain[:2]:
        shape = st.lists(mostly(st.none() | st.integers(1, 3), odd_numbers), max_size=3)
        options["noise_shape"] = mostly(shape | shape.map(tuple), odd_numbers)
    if name.startswith("Spatial") and n > 1:
        options["data_format"] = st.sampled_from((None, "channels_first", "NHWC"))
    return name, draw(nests()), (draw(rates),), few(draw, options)


@st.composite
def activations(draw: st.DrawFn) -> Case:
    name = draw(
        st.sampled_from(("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "PReLU", "PReLU"))
    )
    positive = mostly(st.sampled_from((0, 0.5, 1, 6.0)), anything)
    options: dict[str, st.SearchStrategy[Any]] = {}
    args: tuple[Any, ...] = ()
    if name == "Activation":
        args = (draw(st.sampled_from(("relu", "tanh", "ReLU", "", None, 3, print))),)
    elif name == "ReLU":
        options = {"max_value": positive, "negative_slope": positive, "threshold": positive}
    elif name == "LeakyReLU":
        options = {"negative_slope": positive, "alpha": positive}
    elif name == "Softmax":
        options = {"axis": anything}
    elif name == "PReLU":
        axes = st.lists(mostly(st.integers(1, 3), anything), max_size=3)
        options = {"shared_axes": axes | axes.map(tuple) | anything, **affine("alpha")}
    x = tensors if name == "PReLU" else nests()
    return name, draw(x), args, few(draw, options)


@st.composite
def normalizations(draw: st.DrawFn) -> Case:
    kinds = ("Batch", "Layer", "Group", "RMS", "Unit")
    name = draw(st.sampled_from(kinds)) + "Normalization"
    axes = st.lists(mostly(st.integers(-3, 3), anything), max_size=3)
    axis = mostly(st.integers(-3, 3), anything | axes | axes.map(tuple))
    options: dict[str, st.SearchStrategy[Any]] = {"axis": axis}
    if name in ("BatchNormalization", "LayerNormalization", "GroupNormalization"):
        options |= {"center": st.booleans(), "scale": st.booleans(), **affine("beta", "gamma")}
    if name == "BatchNormalization":
        options |= {"momentum": anything, "epsilon": anything, "renorm": st.booleans()}
        options["moving_mean_initializer"] = names_of_initializers
        clipping = st.dictionaries(
            st.sampled_from(("rmax", "rmin", "dmax", "other")), st.integers(-1, 3)
        )
        options["renorm_clipping"] = st.none() | clipping
    if name == "LayerNormalization":
        options["rms_scaling"] = st.booleans()
    if name == "GroupNormalization":
        options["groups"] = mostly(st.sampled_from((1, 2, 3, -1)), anything)
    return name, draw(nests()), (), few(draw, options, 4)


@st.composite
def merges(draw: st.DrawFn) -> Case:
    base = draw(shapes())
    fits: list[Any] = []
    for _ in range(draw(mostly(st.integers(2, 3), st.integers(0, 1)))):
        dims_ = [dim if draw(st.integers(0, 4)) else draw(dims) for dim in base]
        dims_ = [1 if draw(st.integers(0, 7)) == 0 else dim for dim in dims_]
        if dims_ and draw(st.integers(0, 9)) == 0:
            del dims_[draw(st.integers(0, len(dims_) - 1))]
        fits.append(TensorSpec(tuple(dims_), draw(dtypes)))
    kinds = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
    name = draw(st.sampled_from((*kinds, "Concatenate", "Concatenate", "Dot", "Dot")))
    options: dict[str, st.SearchStrategy[Any]] = {}
    args: tuple[Any, ...] = ()
    if name == "Concatenate":
        options["axis"] = mostly(st.integers(-3, 3), anything)
    elif name == "Dot":
        pair = st.lists(mostly(st.integers(-3, 3), odd_numbers), min_size=1, max_size=3)
        args = (draw(mostly(st.integers(-3, 3) | pair | pair.map(tuple), odd_numbers)),)
    kind = draw(st.integers(0, 11))
    nest: Any = fits if kind else (fits[0] if fits else TensorSpec((None, 3)))
    return name, tuple(nest) if kind == 1 else nest, args, few(draw, options)


@st.composite
def unchanged(draw: st.DrawFn) -> Case:
    name = draw(st.sampled_from(("Identity", "Masking", "Rescaling", "ActivityRegularization")))
    args: tuple[Any, ...] = (2.0,) if name == "Rescaling" else ()
    options: dict[str, st.SearchStrategy[Any]] = {}
    if name == "ActivityRegularization":
        options = {"l1": rates, "l2": rates}
    x = nests() if name != "Masking" else st.builds(TensorSpec, st.tuples(st.none(), dims, dims))
    return name, draw(x), args, few(draw, options)
