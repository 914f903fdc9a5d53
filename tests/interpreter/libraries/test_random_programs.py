"""Random NumPy programs: what is known of their arrays is true, also with hidden lengths."""

import importlib
import warnings
from contextlib import suppress
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from keraslint.interpreter.values import Tensor
from keraslint.tensors.dims import Unknown
from tests.interpreter.libraries.programs import assert_sound, interpret

np: Any = importlib.import_module("numpy")

DTYPES = ("float32", "float64", "int64", "int32", "uint8", "bool")
axis = st.integers(-4, 3)
axes = st.lists(axis, min_size=1, max_size=3, unique=True).map(tuple)
small = st.integers(0, 4)


def joined(items: list[str]) -> str:
    return ", ".join(items)


index = st.one_of(
    st.integers(-3, 2).map(str),
    st.sampled_from(
        [":", "None", "...", "1:", ":-1", "::2", "::-1", "1:3", "-2:", "np.newaxis", ":2"]
    ),
    st.sampled_from(
        ["[0, 1]", "[1]", "[True, False]", "np.array([0, 0, 1])", "np.array([[0], [1]])"]
    ),
)
subscript = st.lists(index, min_size=1, max_size=4).map(lambda items: f"{{x}}[{joined(items)}]")
orders = st.permutations(range(4)), st.integers(1, 4)
reductions = st.sampled_from(["sum", "mean", "max", "std", "any", "prod", "argmax"])
stacks = st.sampled_from(["vstack", "hstack", "dstack", "column_stack"])


def call(name: str, *arguments: Any, **keywords: Any) -> str:
    """``np.name({x}, …)``."""
    given = [str(value) for value in arguments]
    return f"np.{name}({joined(['{x}', *given, *(f'{k}={v}' for k, v in keywords.items())])})"


def transposed(order: list[int], rank: int) -> str:
    return f"{{x}}.transpose({joined([str(i) for i in order if i < rank])})"


def together(name: str, times: int, **keywords: Any) -> str:
    more = "".join(f", {key}={value}" for key, value in keywords.items())
    return f"np.{name}([{joined(['{x}'] * times)}]{more})"


steps = st.one_of(
    subscript,
    st.builds(transposed, *orders),
    st.builds(call, st.just("expand_dims"), axis | axes),
    st.builds(call, st.just("squeeze"), st.none() | axis | axes),
    st.builds(call, st.just("reshape"), st.lists(st.integers(-1, 6), min_size=1, max_size=3)),
    st.builds(call, reductions, axis=axis, keepdims=st.booleans()),
    st.builds(call, st.sampled_from(["sum", "min", "all"]), axis=axes),
    st.builds(together, st.just("concatenate"), st.integers(1, 3), axis=axis | st.none()),
    st.builds(together, st.just("stack"), st.integers(1, 3), axis=axis),
    st.builds(together, stacks, st.integers(1, 3)),
    st.builds(call, st.sampled_from(["swapaxes", "moveaxis", "rollaxis"]), axis, axis),
    st.builds(call, st.just("tile"), small | st.lists(small, min_size=1, max_size=3)),
    st.builds(call, st.just("repeat"), small, axis=st.none() | axis),
    st.builds(call, st.just("pad"), small | st.tuples(small, small)),
    st.builds(call, st.sampled_from(["split", "array_split"]), st.integers(1, 4), axis=axis).map(
        lambda text: f"{text}[-1]"
    ),
    st.lists(st.integers(0, 5), min_size=1, max_size=3).map(lambda p: f"np.split({{x}}, {p})[1]"),
    st.sampled_from(
        [
            "{x} + 1",
            "{x} / 2",
            "{x} > 0",
            "{x} * 1.5",
            "{x} + {x}.T",
            "{x} @ {x}.T",
            "np.dot({x}, {x}.T)",
            "np.matmul({x}, {x})",
            "np.outer({x}, {x})",
            "np.tensordot({x}, {x}, 1)",
            "{x} + np.ones((3, 1))",
            "np.where({x} > 0, {x}, 0)",
            "np.clip({x}, 0, 1)",
            "np.exp({x})",
            "{x}[{x} > 0]",
            "{x}.T",
            "{x}.flatten()",
            "{x}.ravel()",
            "{x}.astype('float32')",
            "{x}.astype(int)",
            "np.cumsum({x})",
            "np.cumsum({x}, axis=0)",
            "np.diff({x})",
            "np.diff({x}, n=2, axis=0)",
            "np.argsort({x})",
            "np.sort({x}, axis=None)",
            "np.unique({x})",
            "np.atleast_1d({x})",
            "np.atleast_2d({x})",
            "np.append({x}, [1, 2])",
            "np.append({x}, {x}, axis=0)",
            "np.take({x}, [0, 0], axis=0)",
            "np.percentile({x}, [5, 50], axis=0)",
            "np.median({x})",
            "np.zeros_like({x})",
            "np.full_like({x}, 2)",
            "np.array([{x}, {x}])",
            "np.eye(3)[{x}]",
            "np.einsum('...i,...i->...', {x}, {x})",
            "np.einsum('ij,jk->ik', {x}, {x})",
            "np.einsum('ij->j', {x})",
            "np.meshgrid({x}, [1, 2])[0]",
            "np.broadcast_to({x}, (2, 3))",
            "np.linalg.norm({x}, axis=-1)",
            "np.rot90({x})",
            "np.flip({x})",
            "np.max({x}) + {x}",
            "{x} - {x}.mean(axis=0)",
            "np.c_[{x}, {x}]",
            "np.r_[{x}, {x}]",
            "np.histogram({x}, 3)[1]",
            "{x}.reshape({x}.shape[0], -1)",
            "{x}.reshape(-1, *{x}.shape[1:])",
            "{x}.reshape({x}.shape + (1,))",
            "{x}[:len({x}) - 1]",
            "np.lib.stride_tricks.sliding_window_view({x}, 2, axis=0)",
            "np.zeros({x}.shape[::-1])",
            "np.arange({x}.size)",
        ]
    ),
)


@st.composite
def programs(draw: Any) -> tuple[str, list[int]]:
    """A program that makes ``v0 = np.ones(shape, dtype)`` and computes on, and the shape."""
    shape = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    dtype = draw(st.sampled_from(DTYPES))
    lines = [f"v0 = np.ones((SHAPE), {dtype!r})"]
    for number, step in enumerate(draw(st.lists(steps, min_size=1, max_size=4))):
        lines.append(f"v{number + 1} = {step.replace('{x}', f'v{number}')}")
    return "\n".join(lines), shape


def run(code: str) -> dict[str, Any]:
    """The names a program leaves, up to its first error."""
    names: dict[str, Any] = {"np": np}
    with (
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
        suppress(ValueError, IndexError, TypeError, ArithmeticError),
    ):
        warnings.simplefilter("ignore")
        exec(code, names)
    return names


def literal(dims: list[Any]) -> str:
    return "".join(f"{dim}, " for dim in dims)


@given(programs())
def test_known_shapes_are_true(program: tuple[str, list[int]]) -> None:
    code, shape = program
    text = code.replace("SHAPE", literal(shape))
    real = run(text)
    known = interpret(f"import numpy as np\n{text}")
    for name in [name for name in real if name.startswith("v")]:
        assert_sound(known[name], real[name], text)


@given(programs(), st.sets(st.integers(0, 3), min_size=1))
def test_shapes_with_hidden_lengths_are_true(
    program: tuple[str, list[int]], hidden: set[int]
) -> None:
    code, shape = program
    assume(any(at < len(shape) for at in hidden))
    real = run(code.replace("SHAPE", literal(shape)))
    dims = [f"h{at}" if at in hidden else dim for at, dim in enumerate(shape)]
    setup = "".join(f"h{at} = len(open('f').read())\n" for at in hidden)
    known = interpret(f"import numpy as np\n{setup}{code.replace('SHAPE', literal(dims))}")
    for name in [name for name in real if name.startswith("v")]:
        assert_sound(known[name], real[name], code)


@given(programs())
def test_most_shapes_are_known(program: tuple[str, list[int]]) -> None:
    """An array whose making is all plain is known but for lengths that depend on its numbers."""
    code, shape = program
    dependent = ("unique", "> 0]", "np.eye", "[True", "np.array([")
    assume(not any(word in code for word in dependent))
    text = code.replace("SHAPE", literal(shape))
    real = run(text)
    known = interpret(f"import numpy as np\n{text}")
    for name in [name for name in real if name.startswith("v")]:
        if np.ndim(real[name]) == 0:
            break
        assert not isinstance(known[name], Unknown), (name, text)
        if isinstance(known[name], Tensor):
            assert known[name].spec.shape == real[name].shape, (name, text)
