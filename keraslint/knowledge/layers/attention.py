"""Attention and AdditiveAttention over a list of tensors."""

from __future__ import annotations

from typing import Any

from keraslint.knowledge.arguments import choice, compute_dtype, flag, number
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, tensor, when
from keraslint.knowledge.layers.recurrent_cells import check_seed
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec

SCORES = "return_attention_scores"


class Attention(Layer):
    """``[query, value]`` or ``[query, value, key]`` → the query with the features of the value.

    Keras compares none of the shapes. Weights: a scalar for ``use_scale`` and one for
    ``score_mode="concat"``.
    """

    names = ("Attention",)
    masking = "first"
    call_arguments = ("inputs", "mask", "training", SCORES, "use_causal_mask")

    def configure(self) -> None:
        """Check the dropout, its seed and the score mode."""
        self.use_scale = flag(self.arguments, "use_scale")
        dropout = number(self.arguments, "dropout")
        if not isinstance(dropout, Unknown) and dropout > 0:
            check_seed(self.arguments)
        arguments = {"score_mode": "dot", **self.arguments}
        self.score_mode = choice(arguments, "score_mode", ("dot", "concat"))

    def build(self, call: Call) -> tuple[Weight, ...]:
        """A scale for the scores and a weight for their sum, each a single number."""
        operands(call)
        concat = UNKNOWN if isinstance(self.score_mode, Unknown) else self.score_mode == "concat"
        return (
            *when(self.use_scale, Weight((), name="scale")),
            *when(concat, Weight((), name="concat_score_weight")),
        )

    def output(self, call: Call) -> Nest:
        """The attended values, with ``return_attention_scores`` a tuple of them and the scores."""
        query, value, key = operands(call)
        check_mask(call)
        dtype = compute_dtype(self.arguments)
        output = TensorSpec(attended(query, value), dtype)
        wants_scores = flag({SCORES: call.keyword(SCORES, False)}, SCORES)
        if isinstance(wants_scores, Unknown):
            return UNKNOWN
        return (output, TensorSpec(scores(query, key), dtype)) if wants_scores else output


class AdditiveAttention(Attention):
    """`Attention` by sums; with ``use_scale`` it has a weight for each feature of the query."""

    names = ("AdditiveAttention",)
    extra_arguments = frozenset(("score_mode", "seed"))

    def build(self, call: Call) -> tuple[Weight, ...]:
        """A scale for every feature of the query."""
        query, _, _ = operands(call)
        features = UNKNOWN if isinstance(query, Unknown) or not query else query[-1]
        return when(self.use_scale, Weight((features,), name="scale"))


def operands(call: Call) -> tuple[Shape, Shape, Shape]:
    """The shapes of query, value and key.

    Raises:
        Fault: they are not given as a list of 2 or 3 tensors.
    """
    given: Any = call.argument(0, "inputs", UNKNOWN)
    if isinstance(given, Unknown):
        return UNKNOWN, UNKNOWN, UNKNOWN
    if not isinstance(given, list) or not 2 <= len(given) <= 3:
        found = len(given) if isinstance(given, (list, tuple, dict)) else 1
        raise Fault(
            FaultKind.INPUT_STRUCTURE,
            input=0,
            expected="a list of 2 or 3 tensors",
            found=found,
            is_list=isinstance(given, list),
        )
    query, value, *rest = (tensor(item).shape for item in given)
    return query, value, rest[0] if rest else value


def check_mask(call: Call) -> None:
    """Refuse a mask that is not a list of 2 or 3.

    Raises:
        Fault: it is something else.
    """
    mask = call.keyword("mask", None)
    if mask is None or isinstance(mask, Unknown):
        return
    if not isinstance(mask, list) or not 2 <= len(mask) <= 3:
        raise Fault(FaultKind.INPUT_STRUCTURE, argument="mask", expected="a list of 2 or 3 masks")


def attended(query: Shape, value: Shape) -> Shape:
    """The shape of the attended values."""
    if isinstance(query, Unknown):
        return UNKNOWN
    features = UNKNOWN if isinstance(value, Unknown) or not value else value[-1]
    return (*query[:-1], features)


def scores(query: Shape, key: Shape) -> Shape:
    """The shape of the scores.

    Raises:
        Fault: the key has no axis of steps.
    """
    if not isinstance(key, Unknown) and len(key) < 2:
        raise Fault(FaultKind.INPUT_RANK, input=0, expected=2, found=key, minimum=True)
    if isinstance(query, Unknown):
        return UNKNOWN
    return (*query[:-1], UNKNOWN if isinstance(key, Unknown) else key[-2])
