"""Knowing less must never lead to another answer, only to a vaguer one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN, Atom, Dim, Expr, Named, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import TensorSpec, flatten
from tests.knowledge.layers.as_values import as_value


def apply(
    name: str, inputs: tuple[Any, ...], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Layer, Any]:
    """Construct a layer and apply it to specs."""
    cls = find(name)
    assert cls is not None, f"nobody knows {name}"
    layer = construct(cls, as_value(args), as_value(kwargs))
    return layer, layer(Call(inputs, {}))


def assert_sound(
    name: str,
    inputs: tuple[Any, ...],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    data: st.DataObject,
    *,
    keep_arguments: bool = False,
) -> None:
    """Assert that a layer on vaguer inputs and arguments says nothing that the exact ones refute.

    Args:
        name: the layer's name.
        inputs: nests of `TensorSpec` with exact shapes, one for each positional call argument.
        args: positional constructor arguments.
        kwargs: keyword constructor arguments.
        data: where the choice of what to forget is drawn from.
        keep_arguments: forget nothing about the arguments.
    """
    try:
        layer, exact = apply(name, inputs, args, kwargs)
    except Fault:
        return
    forget = Forgetting(data)
    vague_inputs = forget.value(inputs)
    vague_args, vague_kwargs = args, kwargs
    if not keep_arguments:
        vague_args = tuple(forget.value(value) for value in args)
        vague_kwargs = {key: forget.value(value) for key, value in kwargs.items()}
    context = f"{name}(*{vague_args}, **{vague_kwargs}) on {vague_inputs}"
    try:
        vague_layer, vague = apply(name, vague_inputs, vague_args, vague_kwargs)
    except Fault as fault:
        raise AssertionError(f"{context}: {fault!r}, but {exact}") from fault
    if not isinstance(vague, Unknown):
        vague_leaves, exact_leaves = list(flatten(vague)), list(flatten(exact))
        assert len(vague_leaves) == len(exact_leaves), context
        for less, more in zip(vague_leaves, exact_leaves, strict=True):
            assert forget.allows(less, more), f"{context}: {less}, but {more}"
    if vague_layer.count_params() is not None:
        assert vague_layer.count_params() == layer.count_params(), context


class Forgetting:
    """Replaces numbers by symbols and anything by unknown, and remembers the symbols."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.symbols: dict[object, Any] = {}

    def value(self, value: Any) -> Any:
        """The same value with parts forgotten."""
        if isinstance(value, TensorSpec):
            return self.spec(value)
        if isinstance(value, (list, tuple)) and value and self.draw(4) != 0:
            return type(value)(self.value(item) for item in value)
        if isinstance(value, TensorSpec) or self.holds_specs(value):
            return value
        choice = self.draw(6)
        if choice == 0:
            return UNKNOWN
        if choice == 1 and isinstance(value, int) and not isinstance(value, bool):
            return self.symbol(value)
        return Named(self.symbol(value)) if choice == 2 else value

    def holds_specs(self, value: Any) -> bool:
        """Whether tensors are in a nest."""
        return any(isinstance(leaf, TensorSpec) for leaf in flatten(value))

    def spec(self, spec: TensorSpec) -> Any:
        """The same tensor of a vaguer shape."""
        if self.draw(10) == 0:
            return UNKNOWN
        if isinstance(spec.shape, Unknown) or self.draw(10) == 0:
            return spec.with_shape(UNKNOWN)
        return spec.with_shape(tuple(self.dim(dim) for dim in spec.shape))

    def dim(self, dim: Dim) -> Dim:
        """The same dim, a symbol for it, or unknown."""
        choice = self.draw(4)
        if choice == 0:
            return UNKNOWN
        return self.symbol(dim) if choice == 1 and isinstance(dim, int) else dim

    def symbol(self, number: Any) -> Expr:
        """A new name for a number, or for what may turn out to be none."""
        expr = Expr.symbol(f"n{len(self.symbols)}")
        self.symbols[f"n{len(self.symbols)}"] = number
        return expr

    def draw(self, n: int) -> int:
        """A number below ``n``."""
        return self.data.draw(st.integers(0, n - 1))

    def allows(self, vague: Any, exact: Any) -> bool:
        """Whether what is said of a tensor is true of the exact one."""
        if isinstance(vague, Unknown) or isinstance(exact, Unknown):
            return isinstance(vague, Unknown)
        if not isinstance(vague, TensorSpec) or not isinstance(exact, TensorSpec):
            return bool(vague == exact)
        dtype = isinstance(vague.dtype, Unknown) or vague.dtype == exact.dtype
        return dtype and self.allows_shape(vague.shape, exact.shape)

    def allows_shape(self, vague: Shape, exact: Shape) -> bool:
        """Whether what is said of a shape is true of the exact one."""
        if isinstance(vague, Unknown):
            return True
        if isinstance(exact, Unknown) or len(vague) != len(exact):
            return False
        return all(self.allows_dim(a, b) for a, b in zip(vague, exact, strict=True))

    def allows_dim(self, vague: Dim, exact: Dim) -> bool:
        """Whether a dim is what is said of it; anything is if a name in it stands for no number."""
        if isinstance(vague, Unknown):
            return True
        try:
            return bool(self.evaluate(vague) == exact)
        except TypeError:
            return True

    def evaluate(self, dim: Any) -> Any:
        """The number that a dim stands for."""
        if not isinstance(dim, Expr):
            return dim
        result = 0
        for monomial, factor in dim.terms:
            for atom in monomial:
                factor *= self.atom(atom)
            result += factor
        return result

    def atom(self, atom: Atom) -> Any:
        """The number that a name or a quotient stands for."""
        text, key = atom.key
        if key is None:
            return self.symbols[text]
        assert isinstance(key, tuple)
        left, operator, right = key
        a, b = self.evaluate(left), self.evaluate(right)
        return a // b if operator == "//" else a % b
