"""Shapes, values and choices as a message says them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from keraslint.knowledge.api.names import closest
from keraslint.knowledge.values import (
    ArrayValue,
    Callable_,
    ClassObject,
    KerasObject,
    NumpyScalar,
)
from keraslint.tensors.dims import Expr, Unknown
from keraslint.tensors.shapes import Shape, show
from keraslint.tensors.specs import TensorSpec

LONGEST = 60
MOST_CHOICES = 8


def value(given: Any) -> str:
    """A value as the code would write it, shortened if it is long."""
    text = _value(given)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _value(given: Any) -> str:
    if isinstance(given, (Expr, Unknown)):
        return str(given)
    if isinstance(given, NumpyScalar):
        return f"np.{given.dtype}({given.value!r})"
    if isinstance(given, ArrayValue):
        return f"an array of shape {shape(given.shape)}"
    if isinstance(given, TensorSpec):
        return f"a tensor {shape(given.shape)}"
    if isinstance(given, (Callable_, KerasObject, ClassObject)):
        name = given.name if isinstance(given, Callable_) else given.path.rpartition(".")[2]
        return f"{name}(…)" if isinstance(given, KerasObject) else name
    if isinstance(given, (tuple, list)):
        inner = ", ".join(_value(item) for item in given)
        if isinstance(given, list):
            return f"[{inner}]"
        return f"({inner},)" if len(given) == 1 else f"({inner})"
    if isinstance(given, dict):
        return f"{{{', '.join(f'{_value(k)}: {_value(v)}' for k, v in given.items())}}}"
    if isinstance(given, (str, bytes, int, float, complex)) or given is None or given is Ellipsis:
        return repr(given)
    return f"{layer(given)}(…)"


def layer(given: object) -> str:
    """The name of a layer's class, or of whatever else it is."""
    names = (getattr(given, attribute, None) for attribute in ("class_name", "name"))
    return next((name for name in names if isinstance(name, str)), type(given).__name__)


def type_of(given: Any) -> str:
    """What sort of thing a value is, with its article."""
    names: list[tuple[Any, str]] = [
        (bool, "a bool"),
        ((int, Expr), "an int"),
        (float, "a float"),
        (str, "a string"),
        (tuple, "a tuple"),
        (list, "a list"),
        (dict, "a dict"),
        (type(None), "None"),
        (NumpyScalar, "a NumPy number"),
        (ArrayValue, "an array"),
        (TensorSpec, "a tensor"),
        (ClassObject, "a class"),
        (Callable_, "a function"),
    ]
    return next((name for kind, name in names if isinstance(given, kind)), "an object")


def shape(given: object, batch: str | None = None) -> str:
    """A shape as Keras shows it; ``batch`` stands for a batch dim that is not fixed."""
    if not isinstance(given, tuple):
        return "?"
    dims: Shape = given
    text = show(dims)
    if batch and given and given[0] is None:
        return text.replace("None", batch, 1)
    return text


def rank(n: int) -> str:
    """A number of dimensions as an adjective, with its article: ``a 3-D``, ``an 8-D``."""
    return f"{'an' if n in {8, 11, 18} else 'a'} {n}-D"


def axes(names: Sequence[str]) -> str:
    """The names of all axes, the batch first."""
    return f"(batch, {', '.join(names)})"


def listed(items: Iterable[str], word: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *most, last = items
    return f"{', '.join(most)} {word} {last}" if most else last


def expectation(expected: object) -> str:
    """What a fault expected: a few choices, or words."""
    if isinstance(expected, str):
        return expected
    if isinstance(expected, (tuple, list)) and all(isinstance(item, str) for item in expected):
        if len(expected) <= MOST_CHOICES:
            return listed([repr(item) for item in expected]) if expected else "nothing"
        return "one of the names that Keras knows"
    return value(expected)


def meant(found: object, expected: object) -> str | None:
    """The one choice that a string is clearly a misspelling of."""
    if not isinstance(found, str) or not isinstance(expected, (tuple, list, frozenset)):
        return None
    return closest(found, [item for item in expected if isinstance(item, str)])


def completions(found: object, expected: object) -> list[str]:
    """The choices that begin like a string, if they are few."""
    if not isinstance(found, str) or not found or not isinstance(expected, (tuple, list)):
        return []
    matches = [c for c in expected if isinstance(c, str) and c.startswith(found.lower())]
    return matches if len(matches) <= MOST_CHOICES else []


def plural(n: int, word: str) -> str:
    """``1 input``, ``2 inputs``."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
