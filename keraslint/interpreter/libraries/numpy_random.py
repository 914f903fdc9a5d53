"""NumPy's random numbers: the module's functions, ``RandomState`` and ``default_rng``."""

from __future__ import annotations

from typing import Any

from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import as_shape, axis_index, broadcast, flag
from keraslint.interpreter.libraries.array_values import array, as_array, bounds
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.numpy_shaping import model_of, reshaped
from keraslint.interpreter.values import External, Tensor, Value
from keraslint.knowledge.values import NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.shapes import Shape

GENERATOR = "random.Generator"
module = library_functions("numpy.random.")
generator = library_functions(f"numpy.{GENERATOR}.")


def _sized(size: Value, *parameters: Value) -> Shape:
    """The shape of what a distribution draws: ``size``, or that of its parameters together."""
    if size is not None:
        return as_shape(size)
    models = [as_array(parameter) for parameter in parameters]
    known = [model.spec.shape for model in models if model is not None]
    return broadcast(*known) if len(known) == len(models) and known else UNKNOWN


def _drawn(shape: Shape, dtype: str | Unknown, low: Value = None, high: Value = None) -> Value:
    if shape == ():
        return UNKNOWN
    facts = {"low": low, "high": high} if isinstance(low, int) and isinstance(high, int) else None
    return array(shape, dtype, facts)


@module("rand randn")
def _rand(*dims: Value) -> Value:
    return _drawn(as_shape(dims), "float64")


@module("random random_sample ranf sample")
def _random(size: Value = None) -> Value:
    return _drawn(() if size is None else as_shape(size), "float64")


@generator("random standard_normal")
def _generator_random(size: Value = None, dtype: Value = "float64", **_: Value) -> Value:
    return _drawn(() if size is None else as_shape(size), named_dtype(dtype))


@module("standard_normal standard_exponential")
def _standard(size: Value = None) -> Value:
    return _random(size)


def _two_parameters(names: str, first: Any, second: Any) -> None:
    @module(names)
    @generator(names)
    def draw(loc: Value = first, scale: Value = second, size: Value = None, **more: Value) -> Value:
        return _drawn(
            _sized(size, loc, scale) if not more or size is not None else UNKNOWN, "float64"
        )


_two_parameters("normal uniform laplace logistic lognormal gumbel", 0.0, 1.0)
_two_parameters("beta gamma", 1.0, 1.0)


@module("exponential poisson rayleigh")
@generator("exponential poisson rayleigh")
def _one_parameter(scale: Value = 1.0, size: Value = None, **_: Value) -> Value:
    return _drawn(_sized(size, scale), UNKNOWN)


@module("binomial negative_binomial")
@generator("binomial negative_binomial")
def _binomial(n: Value, p: Value, size: Value = None) -> Value:
    return _drawn(_sized(size, n, p), "int64", 0, n)


@module("multivariate_normal")
@generator("multivariate_normal")
def _multivariate_normal(mean: Value, cov: Value, size: Value = None, **_: Value) -> Value:
    shape = model_of(mean).spec.shape
    lead = () if size is None else as_shape(size)
    if isinstance(shape, Unknown) or isinstance(lead, Unknown) or len(shape) != 1:
        return array(UNKNOWN)
    return array((*lead, *shape))


@module("randint")
def _randint(low: Value, high: Value = None, size: Value = None, dtype: Value = "int64") -> Value:
    return _integers(low, high, size, dtype)


@generator("integers")
def _integers(
    low: Value,
    high: Value = None,
    size: Value = None,
    dtype: Value = "int64",
    endpoint: Value = False,
) -> Value:
    if high is None:
        low, high = 0, low
    least, most = (x.value if isinstance(x, NumpyScalar) else x for x in (low, high))
    if isinstance(most, int) and not flag(endpoint):
        most -= 1
    drawn = _drawn(_sized(size, low, high), named_dtype(dtype), least, most)
    if isinstance(drawn, Tensor) and drawn.facts:
        drawn.facts["uniform"] = True
    return drawn


@module("choice")
def _module_choice(a: Value, size: Value = None, replace: Value = True, p: Value = None) -> Value:
    return _choice(a, size)


@generator("choice")
def _choice(
    a: Value,
    size: Value = None,
    replace: Value = True,
    p: Value = None,
    axis: Value = 0,
    shuffle: Value = True,
) -> Value:
    if size is None:
        return UNKNOWN
    lead = as_shape(size)
    if isinstance(a, Expr):
        return _drawn(lead, "int64")
    if isinstance(a, int):
        return _drawn(lead, "int64", 0, a - 1)
    model = as_array(a)
    if model is None or isinstance(model.spec.shape, Unknown) or isinstance(lead, Unknown):
        return array(lead if model is None else UNKNOWN, UNKNOWN)
    shape = model.spec.shape
    if not shape:
        return array(lead, "int64")
    at = axis_index(axis, len(shape))
    return array((*shape[:at], *lead, *shape[at + 1 :]), model.spec.dtype, bounds(model.facts))


@module("permutation")
@generator("permutation permuted")
def _permutation(x: Value, axis: Value = 0, **_: Value) -> Value:
    if isinstance(x, NumpyScalar):
        x = x.value
    if isinstance(x, Expr):
        return array((x,), "int64")
    if isinstance(x, int):
        return array((x,), "int64", {"low": 0, "high": x - 1})
    model = as_array(x)
    if model is None:
        return array(UNKNOWN, UNKNOWN)
    return reshaped(x, model.spec.shape)


@module("seed shuffle set_state")
@generator("shuffle")
def _nothing(*_: Value) -> Value:
    return None


@module("RandomState")
def _random_state(seed: Value = None) -> Value:
    return External("numpy.random", "numpy")


@module("default_rng")
def _default_rng(seed: Value = None) -> Value:
    return External(f"numpy.{GENERATOR}", "numpy")
