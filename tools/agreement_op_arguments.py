"""Random calls of functions on tensors: arguments are drawn by the name of the parameter."""

from __future__ import annotations

import inspect
from random import Random
from typing import Any

ODD = ("0", "-1", "True", "None", "2.0", "'2'", "'same'", "()", "[]", "(2,)", "[2, 3]", "print")
COUNT = ("1", "2", "3", "4")
FLAG = ("True", "False")
DTYPE = ("'float32'", "'float16'", "'int32'", "'bool'", "None", "'float'")
PAIR = ("2", "(2, 2)", "(2, 3)", "(1, 1)", "3")
PADDING = ("'valid'", "'same'", "'SAME'", "'full'")

VALUES: dict[str, tuple[str, ...]] = {
    "axes": ("1", "(0, 1)", "(1, 0)", "(0, 2, 1)", "None", "[0]", "(1, 2)", "2", "(2, 0, 1)"),
    "axis": ("0", "1", "-1", "2", "-2", "(0, 1)", "None", "(1, -1)", "5"),
    "axis1": ("0", "1", "-1", "2", "4"),
    "axis2": ("1", "0", "-1", "2", "-5"),
    "axes_lengths": (),
    "bins": ("10", "5", "[0.0, 1.0, 2.0]"),
    "block_size": ("2", "2", "3", "1"),
    "counts": ("3.0", "2.0"),
    "coordinates": ("b",),
    "data_format": ("'channels_last'", "'channels_first'", "None", "'NHWC'"),
    "decimals": ("0", "1", "2"),
    "dilation": COUNT,
    "dilation_rate": ("1", "1", "2", "(1, 2)"),
    "dtype": DTYPE,
    "end_points": ("c",),
    "fft_length": ("4", "8", "2"),
    "fill_mode": ("'reflect'", "'wrap'", "'constant'", "'nearest'", "'zero'"),
    "indexing": ("'xy'", "'ij'", "'ab'"),
    "indices_or_sections": ("2", "3", "1", "[1]", "[1, 2]", "(1,)", "2.0"),
    "interpolation": ("'nearest'", "'bilinear'", "'bicubic'", "'Nearest'", "'lanczos3'"),
    "kernel_size": ("2", "(2, 2)", "3", "(3, 3)"),
    "key": ("0", "(0, 1)", "(slice(None), 0)", "(..., None)", "slice(1, 2)"),
    "method": ("'linear'", "'nearest'", "'cubic'", "'bilinear'"),
    "mode": ("'constant'", "'reflect'", "'valid'", "'same'", "'full'", "'reduced'", "'x'"),
    "newshape": (
        *("(-1,)", "-1", "(2, -1)", "(3, 4)", "(-1, 4)", "(6, 4)", "(4, 3, 2)", "(-1, -1)", "(5,)"),
        *("[-1, 2]", "(2, 3, 4)", "(-1, 3, 4)", "24", "(None, 4)", "(-1, 1)"),
    ),
    "noise_shape": ("None", "(2, 1)"),
    "num": ("2", "5", "None", "1"),
    "num_classes": ("5", "3", "10"),
    "num_samples": COUNT,
    "ord": ("None", "1", "2", "'fro'", "'nuc'", "3", "'x'"),
    "order": ("1", "2", "0"),
    "output_padding": ("None", "None", "0", "1"),
    "output_shape": ("(2, 4, 4, 3)", "(4, 4)", "(2, 8, 8, 3)"),
    "output_size": ("2", "(2, 2)", "(4, 4)", "(2,)", "(2, 2, 2)"),
    "pad_width": ("1", "((1, 1), (0, 2))", "((0, 0), (1, 1), (2, 2))", "(1, 2)", "((1, 2),)"),
    "padding": PADDING,
    "pattern": ("'a b c -> c (a b)'", "'a b -> b a'", "'a b c -> a b c'", "'a (b c) -> a b c'"),
    "pool_size": PAIR,
    "q": ("0.5", "[0.1, 0.9]", "0.25"),
    "range": ("None", "(0, 1)"),
    "rate": ("0.5", "0.1"),
    "reduction": ("None", "'add'", "'max'", "'x'"),
    "repeats": ("2", "3", "(2, 1)", "[1, 2]", "(1, 2, 1)", "[2]"),
    "seed": ("None", "1"),
    "shape": ("(2, 3)", "(3,)", "()", "(2, 3, 4)", "4", "[2, 2]", "(-1, 2)", "(None, 3)"),
    "shift": COUNT,
    "side": ("'left'", "'right'", "'up'"),
    "size": ("2", "(4, 4)", "(2, 3)", "3", "(2, 2, 2)"),
    "source": ("0", "1", "-1", "(0, 1)", "(1, 0)"),
    "destination": ("1", "0", "-1", "(1, 0)", "(0, 1)"),
    "spatial_dims": ("(1, 2)",),
    "start_indices": ("(0, 0)", "(0, 0, 0)", "(1, 1)", "[0]", "(0,)"),
    "start_points": ("b",),
    "strategy": ("'greedy'", "'beam_search'", "'x'"),
    "strides": ("1", "2", "(1, 2)", "None", "(2, 2)"),
    "subscripts": (
        *("'ij,jk->ik'", "'bij,bjk->bik'", "'...ij,...jk->...ik'", "'ij->ji'", "'bij->b'"),
        *("'bij,bkj->bik'", "'ij,ij->'", "'ij,kj'", "'bij,jk->bik'", "'ij'"),
    ),
    "window": ("'hann'", "None", "'hamming'", "'x'"),
}
for _name in ("keepdims", "sparse", "center", "sorted", "has_aux", "upper", "lower", "endpoint"):
    VALUES[_name] = FLAG
for _name in ("return_index", "return_inverse", "return_counts", "full_matrices", "compute_uv"):
    VALUES[_name] = FLAG
for _name in ("from_logits", "antialias", "approximate", "retstep", "equal_nan", "increasing"):
    VALUES[_name] = FLAG
for _name in (
    "crop_to_aspect_ratio",
    "pad_to_aspect_ratio",
    "is_causal",
    "assume_unique",
    "invert",
):
    VALUES[_name] = FLAG
for _name in ("k", "n", "N", "M", "kth", "offset", "stride", "length", "top_paths", "num_segments"):
    VALUES[_name] = COUNT
for _name in ("sequence_length", "sequence_stride", "minlength", "beam_width", "mask_index"):
    VALUES[_name] = COUNT
for _name in ("start", "stop", "step", "minval", "maxval"):
    VALUES[_name] = ("0", "1", "5", "2", "10", "0.5", "7.5")
for _side in ("top", "bottom", "left", "right"):
    VALUES[f"{_side}_padding"] = VALUES[f"{_side}_cropping"] = ("0", "1", "2", "None")
VALUES["target_height"] = VALUES["target_width"] = ("4", "8", "None", "12")

TENSOR_NAMES = {
    *("x", "x1", "x2", "a", "b", "y", "abs_", "angle", "array", "condition", "data"),
    *("indices", "inputs", "images", "image1", "image2", "volumes", "kernel"),
    *("depthwise_kernel", "pointwise_kernel", "query", "key", "value", "target", "output"),
    *("targets", "predictions", "tensor", "variable", "values", "updates", "mean"),
    *("variance", "logits", "probabilities", "segment_ids", "sorted_sequence"),
    *("sequence_lengths", "target_length", "output_length", "transform", "scale"),
    *("translation"),
}
MANY = frozenset(("xs", "operands"))
NUMBERS = {"x_min": ("0.0", "-1"), "x_max": ("1.0", "2"), "alpha": ("0.1", "1.0", "1")}
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "ops.associative_scan": ("lambda p, q: p + q, {a}", "lambda p, q: p + q, {a}, axis=1"),
    "ops.cond": (
        "ops.sum({a}) > 0, lambda: ops.ones((2,)), lambda: ops.zeros((2,))",
        "ops.sum({a}) > 0, lambda: ops.ones((2,)), lambda: ops.zeros((3,))",
        "True, lambda: {a}, lambda: {b}",
    ),
    "ops.custom_gradient": ("lambda t: (t, lambda g: g)",),
    "ops.fori_loop": ("0, 3, lambda i, t: t + 1, {a}",),
    "ops.linalg.jvp": ("lambda t: t * 2, ({a},), ({a},)",),
    "ops.jvp": ("lambda t: t * 2, ({a},), ({a},)",),
    "ops.map": ("lambda t: t * 2, {a}", "lambda t: ops.sum(t), {a}", "lambda t: t[None], {a}"),
    "ops.scan": ("lambda c, r: (c + 1, r * 2), ops.ones((2,)), {a}",),
    "ops.select": ("[{a} > 0, {a} > 1], [{a}, {b}], 0",),
    "ops.switch": ("0, [lambda t: t, lambda t: t * 2], {a}",),
    "ops.vectorize": ("lambda t: t * 2",),
    "ops.vectorized_map": ("lambda t: t * 2, {a}", "lambda t: ops.sum(t), {a}"),
    "ops.while_loop": ("lambda t: ops.sum(t) < 3, lambda t: (t + 1,), ({a},), 3",),
    "ops.rearrange": (
        *("{a}, 'a b c -> c (a b)'", "{a}, 'a b -> b a'", "{a}, 'a (b c) -> a b c', b=2"),
        "{a}, 'a b c -> a b c'",
    ),
}


def program(keras: Any, name: str, draw: Random, *, symbolic: bool) -> str:
    """The text of a program that calls a function and keeps what it gives in ``z``."""
    function: Any = keras
    for part in name.split("."):
        function = getattr(function, part)
    lines = ["import keras", "import numpy as np", "from keras import ops"]
    for letter, (shape, dtype) in zip("abc", shapes(name, draw), strict=True):
        if symbolic:
            lines.append(f"{letter} = keras.Input(batch_shape={shape}, dtype={dtype!r})")
        else:
            known = tuple(2 if dim is None else dim for dim in shape)
            lines.append(f"{letter} = ops.ones({known}, {dtype!r})")
    lines += [f"z = keras.{name}({arguments(name, function, draw)})", "done = True"]
    return "\n".join(lines) + "\n"


Tensor = tuple[tuple[int | None, ...], str]
DIMS = (1, 2, 2, 3, 3, 4, 4, None)


def shapes(name: str, draw: Random) -> list[Tensor]:
    """Shapes and dtypes of three tensors that a function may like."""
    short = name.rpartition(".")[2]
    dtype = draw.choice(("float32",) * 6 + ("int32", "bool", "float16"))
    rank = draw.choice((1, 2, 2, 3, 3, 3, 4))
    base = tuple(draw.choice(DIMS) for _ in range(rank))
    if short == "fold":
        base = (2, 12, 9)
    if ".image." in name or short in ("depth_to_space", "space_to_depth", "unfold"):
        base = (draw.choice((2, None)), 8, 6, draw.choice((3, 3, 1, 4)))
        if draw.randrange(5) == 0:
            base = base[1:]
        if short == "extract_patches_3d":
            base = (2, 4, 6, 4, 3)
    if short in ("affine_transform", "perspective_transform"):
        points = ((8,), (2, 8), (4,)) if short[0] == "a" else ((4, 2), (2, 4, 2), (4,))
        return [(base, dtype), *((draw.choice(points), "float32") for _ in range(2))]
    if short in ("conv", "conv_transpose", "depthwise_conv", "separable_conv") or "pool" in short:
        return _convolution(short, draw)
    if ".linalg." in name or short in _MATRICES:
        side = draw.choice((2, 3, 3, None))
        base = (*base[:-2], side, side if draw.randrange(4) else 4)
    if "crossentropy" in short or short.startswith(("ctc", "in_top")):
        base = (draw.choice((2, None)), 3, 4)[: draw.choice((2, 3, 3))]
        target = (
            base[:-1]
            if "sparse" in short or (short != "binary_crossentropy" and draw.randrange(2))
            else base
        )
        kind = "int32" if target != base else "float32"
        return [(target, kind), (base, "float32"), ((2,), "int32")]
    return [(base, dtype), _relative(base, dtype, draw), _relative(base, dtype, draw)]


_MATRICES = {
    *("cholesky", "cholesky_inverse", "det", "eig", "eigh", "inv", "lstsq", "lu_factor"),
    *("matrix_rank", "pinv", "qr", "slogdet", "solve", "solve_triangular", "svd"),
}


def _relative(base: tuple[int | None, ...], dtype: str, draw: Random) -> Tensor:
    """A tensor that may go together with another."""
    way = draw.randrange(8)
    if way < 3:
        return base, dtype
    if way == 3:
        return base[draw.randrange(len(base) + 1) :], dtype
    if way == 4:
        return tuple(1 if draw.randrange(2) else dim for dim in base), dtype
    if way == 5 and len(base) > 1:
        return (*base[:-2], base[-1], draw.choice(DIMS)), dtype
    if way == 6:
        return base, "int32"
    return tuple(draw.choice(DIMS) for _ in range(draw.randrange(4))), dtype


def _convolution(short: str, draw: Random) -> list[Tensor]:
    n = draw.choice((1, 2, 2, 3))
    channels = draw.choice((2, 3, 4))
    spatial = tuple(draw.choice((5, 6, 8, None)) for _ in range(n))
    inputs = (draw.choice((2, None)), *spatial, channels)
    given = channels if draw.randrange(5) else 5
    window = tuple(draw.choice((1, 2, 3)) for _ in range(n))
    pair = (4, given) if short == "conv_transpose" else (given, draw.choice((1, 2, 4)))
    if draw.randrange(12) == 0:
        window = window[1:]
    points = ((1,) * n + (given * pair[1], 6), "float32")
    return [(inputs, "float32"), ((*window, *pair), "float32"), points]


def arguments(name: str, function: Any, draw: Random) -> str:
    """The text between the parentheses of the call."""
    if name in FUNCTIONS:
        return draw.choice(FUNCTIONS[name]).format(a="a", b="b")
    letters = iter("abcabc")
    parts: list[str] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        required = parameter.default is parameter.empty
        if not required and draw.randrange(3):
            continue
        value = _value(parameter, letters, draw, required=required)
        if parameter.name == "padding" and name in ("ops.fold", "ops.unfold"):
            value = draw.choice(("0", "1", "2", "(1, 0)"))
        if parameter.kind is parameter.VAR_POSITIONAL or (
            required and all("=" not in part.partition("(")[0] for part in parts)
        ):
            parts.append(value)
        else:
            parts.append(f"{parameter.name}={value}")
    return ", ".join(parts)


def _value(parameter: Any, letters: Any, draw: Random, *, required: bool) -> str:
    name = parameter.name
    if name in TENSOR_NAMES and (required or name not in VALUES):
        number = name in ("x2", "y") and draw.randrange(8) == 0
        return draw.choice(("2", "1.5")) if number else next(letters)
    if name in MANY:
        some = ", ".join(draw.choice("aab") for _ in range(draw.randint(1, 3)))
        return some if parameter.kind is parameter.VAR_POSITIONAL else f"[{some}]"
    if draw.randrange(20) == 0:
        return draw.choice(ODD)
    choices = VALUES.get(name) or NUMBERS.get(name)
    if choices:
        return draw.choice(choices)
    if required:
        return draw.choice(("2", "1.0", next(letters)))
    return repr(parameter.default)
