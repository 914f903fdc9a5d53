"""One dimension of a shape: an integer, ``None`` (dynamic), a symbolic expression, or unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

Monomial: TypeAlias = tuple["Atom", ...]


class Unknown:
    """The one value about which nothing is known; contagious and silent."""

    _instance: Unknown | None = None
    __slots__: tuple[str, ...] = ()

    def __new__(cls) -> Unknown:
        """The one instance."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self) -> str:
        return "?"

    def __bool__(self) -> bool:
        raise TypeError("the truth of an unknown value is unknown")

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: object) -> Unknown:
        return self


UNKNOWN: Final = Unknown()


class Atom:
    """What a symbolic expression is made of: a named integer, or a quotient that stays as it is.

    Two atoms are the same number exactly if their keys are equal; the text is for people.
    """

    __slots__ = ("key", "text")

    def __init__(self, text: str, key: object = None) -> None:
        self.text = text
        self.key = (text, key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Atom) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __lt__(self, other: Atom) -> bool:
        return self.text < other.text


class Expr:
    """A polynomial with integer coefficients over atoms, in a normal form.

    Equal expressions compare equal; a polynomial without atoms is never an `Expr` but an `int`.
    """

    __slots__ = ("terms",)
    MAX_TERMS = 8

    def __init__(self, terms: tuple[tuple[Monomial, int], ...]) -> None:
        self.terms = terms

    @staticmethod
    def symbol(name: str, key: object = None) -> Expr:
        """An integer that is only known by name; ``key`` tells namesakes apart."""
        return Expr((((Atom(name, key),), 1),))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expr) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.terms)

    def __repr__(self) -> str:
        return self.text()

    def text(self) -> str:
        """The expression as people write it, such as ``2*n + 1``."""
        parts: list[str] = []
        for monomial, factor in self.terms:
            body = "*".join(atom.text for atom in monomial)
            size = abs(factor)
            alone = len(monomial) == 1 and size == 1 and (parts or factor > 0)
            if alone and body.startswith("("):
                body = body[1:-1]
            if not body:
                body = str(size)
            elif size != 1:
                body = f"{size}*{body}"
            if not parts:
                parts.append(body if factor > 0 else f"-{body}")
            else:
                parts.append(f"{'+' if factor > 0 else '-'} {body}")
        return " ".join(parts)


class Named(Unknown):
    """An unknown value with a name: an integer expression if it is a number at all.

    What nobody gave a function is such a value. It is as unknown as any other until it is used as a
    dim, and then it is its expression.
    """

    __slots__ = ("expr",)
    expr: Expr

    def __new__(cls, expr: Expr) -> Named:
        """One of many, unlike what it is derived from."""
        made = object.__new__(cls)
        made.expr = expr
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.expr == other.expr

    def __hash__(self) -> int:
        return hash(self.expr)

    def __repr__(self) -> str:
        return self.expr.text()


Dim: TypeAlias = "int | None | Expr | Unknown"


def _terms(value: int | Expr) -> dict[Monomial, int]:
    if isinstance(value, Expr):
        return dict(value.terms)
    return {(): value} if value else {}


def _expr(terms: dict[Monomial, int]) -> int | Expr | Unknown:
    kept = {monomial: factor for monomial, factor in terms.items() if factor}
    if not kept:
        return 0
    if set(kept) == {()}:
        return kept[()]
    if len(kept) > Expr.MAX_TERMS:
        return UNKNOWN
    return Expr(tuple(sorted(kept.items(), key=lambda term: (-len(term[0]), term[0]))))


def _add(a: int | Expr, b: int | Expr) -> int | Expr | Unknown:
    terms = _terms(a)
    for monomial, factor in _terms(b).items():
        terms[monomial] = terms.get(monomial, 0) + factor
    return _expr(terms)


def _multiply(a: int | Expr, b: int | Expr) -> int | Expr | Unknown:
    terms: dict[Monomial, int] = {}
    for left, m in _terms(a).items():
        for right, n in _terms(b).items():
            monomial = tuple(sorted(left + right))
            terms[monomial] = terms.get(monomial, 0) + m * n
    return _expr(terms)


def _floor_divide(a: int | Expr, b: int | Expr) -> int | Expr | Unknown:
    if b == 0:
        return UNKNOWN
    if a == b:
        return 1
    if isinstance(b, int):
        terms = _terms(a)
        if all(factor % b == 0 for factor in terms.values()):
            return _expr({monomial: factor // b for monomial, factor in terms.items()})
    return _opaque(a, "//", b)


def _modulo(a: int | Expr, b: int | Expr) -> int | Expr | Unknown:
    if b == 0:
        return UNKNOWN
    if isinstance(b, int) and all(factor % b == 0 for factor in _terms(a).values()):
        return 0
    return _opaque(a, "%", b)


def _opaque(a: int | Expr, sign: str, b: int | Expr) -> Expr:
    def operand(value: int | Expr) -> str:
        text = str(value)
        return f"({text})" if isinstance(value, Expr) and not text.isidentifier() else text

    atom = Atom(f"({operand(a)}{sign}{operand(b)})", (a, sign, b))
    return Expr((((atom,), 1),))


def _lift(
    numbers: Callable[[int, int], int],
    operation: Callable[[int | Expr, int | Expr], int | Expr | Unknown],
) -> Callable[[Dim, Dim], Dim]:
    def lifted(a: Dim, b: Dim) -> Dim:
        if isinstance(a, int) and isinstance(b, int):
            return numbers(a, b) if b or numbers not in _DIVISIONS else UNKNOWN
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return UNKNOWN
        if a is None or b is None:
            return None
        return operation(a, b)

    return lifted


_DIVISIONS = (operator.floordiv, operator.mod)

add: Callable[[Dim, Dim], Dim] = _lift(operator.add, _add)
multiply: Callable[[Dim, Dim], Dim] = _lift(operator.mul, _multiply)
floor_divide: Callable[[Dim, Dim], Dim] = _lift(operator.floordiv, _floor_divide)
modulo: Callable[[Dim, Dim], Dim] = _lift(operator.mod, _modulo)


def subtract(a: Dim, b: Dim) -> Dim:
    """``a - b``; dynamic if either is dynamic, unknown if either is unknown."""
    return add(a, multiply(b, -1))


def product(dims: Iterable[Dim]) -> Dim:
    """The product of all dims: unknown before dynamic before symbolic."""
    result: Dim = 1
    for dim in dims:
        result = multiply(result, dim)
    return result


def total(dims: Iterable[Dim]) -> Dim:
    """The sum of all dims: unknown before dynamic before symbolic."""
    result: Dim = 0
    for dim in dims:
        result = add(result, dim)
    return result


def is_known(dim: object) -> bool:
    """Whether ``dim`` is a plain number."""
    return isinstance(dim, int)


def differ(a: Dim, b: Dim) -> bool:
    """Whether two dims are certainly different numbers: both known, or a constant apart."""
    if isinstance(a, int) and isinstance(b, int):
        return a != b
    gap = subtract(a, b)
    return isinstance(gap, int) and gap != 0


def join(a: Dim, b: Dim) -> Dim:
    """What is known of a dim that is one of two."""
    return a if a is b or (a == b and type(a) is type(b)) else UNKNOWN
