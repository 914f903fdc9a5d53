"""The functions of TensorFlow and NumPy that `keras.ops` has with the same arguments."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An operation that can stand for another library's function.

    Attributes:
        op: its full name.
        positional: how many arguments may be given by position.
        keywords: the keyword arguments that mean the same.
    """

    op: str
    positional: int
    keywords: frozenset[str] = frozenset()


_UNARY = "abs cos cosh exp expm1 floor log log1p round sign sin sinh sqrt square tan tanh"
_BINARY = "add divide equal greater less matmul maximum minimum multiply not_equal subtract"
_AXIS = frozenset(("axis",))
_REDUCING = frozenset(("axis", "keepdims"))
_INVERSE = {"acos": "arccos", "asin": "arcsin", "atan": "arctan"}
_TESTS = ("finite", "inf", "nan")
_ONLY_IN_MATH = frozenset(("ceil", "erf", "expm1", "log", "log1p", "rsqrt"))


def counterpart(path: str) -> Counterpart | None:
    """What can stand for a function, given its full name such as ``tensorflow.reduce_mean``."""
    return _TABLE.get(path)


def _op(name: str, positional: int, keywords: frozenset[str] = frozenset()) -> Counterpart:
    return Counterpart(f"keras.ops.{name}", positional, keywords)


def _tensorflow() -> dict[str, Counterpart]:
    math = {name: _op(name, 1) for name in (*_UNARY.split(), "rsqrt", "sigmoid", "erf")}
    math |= {old: _op(new, 1) for old, new in _INVERSE.items()}
    math |= {name: _op(name, 2) for name in _BINARY.split() if name != "matmul"}
    math |= {"pow": _op("power", 2), "ceil": _op("ceil", 1)}
    tests = {f"is_{what}": _op(f"is{what}", 1) for what in _TESTS}
    reductions = {
        f"reduce_{name}": _op(name, 3, _REDUCING)
        for name in ("all", "any", "max", "mean", "min", "prod", "sum")
    }
    activations = "elu relu relu6 selu sigmoid silu softplus softsign tanh"
    nn = {name: _op(name, 1) for name in activations.split()}
    nn |= {name: _op(name, 2, _AXIS) for name in ("softmax", "log_softmax")}
    top = {name: entry for name, entry in math.items() if name not in _ONLY_IN_MATH}
    top |= reductions
    top |= {
        "cast": _op("cast", 2),
        "clip_by_value": _op("clip", 3),
        "concat": _op("concatenate", 2, _AXIS),
        "expand_dims": _op("expand_dims", 2, _AXIS),
        "matmul": _op("matmul", 2),
        "ones_like": _op("ones_like", 1),
        "reshape": _op("reshape", 2),
        "squeeze": _op("squeeze", 2, _AXIS),
        "stack": _op("stack", 2, _AXIS),
        "tile": _op("tile", 2),
        "transpose": _op("transpose", 2),
        "where": _op("where", 3),
        "zeros_like": _op("zeros_like", 1),
    }
    named = {
        f"tensorflow.math.{name}": entry for name, entry in (math | tests | reductions).items()
    }
    named |= {f"tensorflow.nn.{name}": entry for name, entry in nn.items()}
    return named | {f"tensorflow.{name}": entry for name, entry in top.items()}


def _numpy() -> dict[str, Counterpart]:
    found = {name: _op(name, 1) for name in (*_UNARY.split(), "ceil", "log10", "log2")}
    found |= {name: _op(name, 1) for name in (*_INVERSE.values(), *(f"is{t}" for t in _TESTS))}
    found |= {name: _op(name, 2) for name in (*_BINARY.split(), "dot", "power")}
    reductions = ("all", "any", "max", "mean", "min", "prod", "std", "sum", "var")
    found |= {name: _op(name, 2, _REDUCING) for name in reductions}
    found |= {
        "absolute": _op("absolute", 1),
        "clip": _op("clip", 3),
        "concatenate": _op("concatenate", 2, _AXIS),
        "expand_dims": _op("expand_dims", 2, _AXIS),
        "flip": _op("flip", 2, _AXIS),
        "ones_like": _op("ones_like", 1),
        "repeat": _op("repeat", 3, _AXIS),
        "reshape": _op("reshape", 2),
        "squeeze": _op("squeeze", 2, _AXIS),
        "stack": _op("stack", 2, _AXIS),
        "tile": _op("tile", 2),
        "transpose": _op("transpose", 2),
        "where": _op("where", 3),
        "zeros_like": _op("zeros_like", 1),
    }
    return {f"numpy.{name}": entry for name, entry in found.items()}


_TABLE = {**_tensorflow(), **_numpy()}
COUNTERPARTS = tuple(_TABLE)
