"""MultiHeadAttention and GroupQueryAttention."""

from __future__ import annotations

from collections.abc import Iterable

from keraslint.knowledge.arguments import (
    as_dim,
    compute_dtype,
    constraint,
    flag,
    initializer,
    number,
    plain,
    regularizer,
    strict_positive_int,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.attention import SCORES
from keraslint.knowledge.layers.base import Call, Layer, Weight, tensor, when
from keraslint.knowledge.layers.recurrent_cells import check_seed
from keraslint.knowledge.values import Callable_, ClassObject, NumpyScalar
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown, differ, modulo
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec

Dims = tuple[Dim, ...]
OPERANDS = ("query", "value", "key")
MASKS = ("query_mask", "value_mask", "key_mask", "attention_mask")


class HeadedAttention(Layer):
    """What both layers share: query, value and an optional key, projected for several heads."""

    call_arguments = (*OPERANDS, *MASKS, SCORES, "training", "use_causal_mask")
    required_inputs = 2
    masking = "same"
    names_at_build = ("softmax", "dropout")
    freezes_weights = False

    def check_projections(self) -> None:
        """Check what makes and holds the weights, and flash attention."""
        for part in ("kernel", "bias"):
            initializer(self.arguments, f"{part}_initializer")
            regularizer(self.arguments, f"{part}_regularizer")
            constraint(self.arguments, f"{part}_constraint")
        self.use_bias = flag(self.arguments, "use_bias")
        self.use_gate = flag(self.arguments, "use_gate")
        self.check_sliding_window()
        if flag(self.arguments, "flash_attention") is True:
            number(self.arguments, "dropout")
            rate = plain(self.arguments["dropout"])
            if isinstance(rate, (int, float)) and rate > 0:
                raise Fault(
                    FaultKind.INVALID_VALUE,
                    argument="dropout",
                    expected="0 with flash_attention",
                    found=rate,
                )

    def check_sliding_window(self) -> None:
        """A window is ``None`` or a positive integer."""
        if self.arguments["sliding_window"] is not None:
            strict_positive_int(self.arguments, "sliding_window")

    def check_for_build(self) -> None:
        """Check what Keras finds out only when it builds the layers inside."""
        for name in ("kernel_initializer", "bias_initializer"):
            if self.arguments[name] is None:
                raise Fault(
                    FaultKind.INVALID_VALUE, argument=name, expected="an initializer", found=None
                )
        rate = number(self.arguments, "dropout", low=0, high=1)
        if not isinstance(rate, Unknown) and rate > 0:
            check_seed(self.arguments)

    def operands(self, call: Call) -> tuple[Shape, Shape, Shape]:
        """The shapes of query, value and key (by default the value).

        Raises:
            Fault: one is missing or is not a single tensor.
        """
        query, value = self.operand(call, 0), self.operand(call, 1)
        key = call.argument(2, "key")
        return query, value, value if key is None else self.operand(call, 2)

    def operand(self, call: Call, index: int) -> Shape:
        """The shape of one of them."""
        name = OPERANDS[index]
        given = call.argument(index, name)
        if isinstance(given, (list, tuple, dict)):
            raise Fault(FaultKind.INPUT_STRUCTURE, input=index, expected=1, found=len(given))
        if given is None:
            raise Fault(FaultKind.MISSING_ARGUMENT, argument=name)
        return tensor(given).shape

    def projections(self, parts: Iterable[tuple[str, Dim, tuple[Dim, ...]]]) -> tuple[Weight, ...]:
        """A kernel ``(features, *out)`` and a bias ``out`` for each."""
        weights: list[Weight] = []
        for name, features, out in parts:
            weights.append(Weight((features, *out), name=f"{name}/kernel"))
            weights.extend(when(self.use_bias, Weight(out, name=f"{name}/bias")))
        return tuple(weights)

    def gated(self, weights: tuple[Weight, ...]) -> tuple[Weight, ...]:
        """The weights of the gate, if there is one."""
        return when(self.use_gate, *weights)

    def with_scores(self, call: Call, output: Shape, scores: Shape) -> Nest:
        """The output, with ``return_attention_scores`` a tuple of it and the scores."""
        dtype = compute_dtype(self.arguments)
        wanted = flag({SCORES: call.keyword(SCORES, False)}, SCORES)
        if isinstance(wanted, Unknown):
            return UNKNOWN
        result = TensorSpec(output, dtype)
        return (result, TensorSpec(scores, dtype)) if wanted else result


class MultiHeadAttention(HeadedAttention):
    """``(query, value, key=value)`` → query's shape, its last axis replaced by ``output_shape``.

    Weights, h heads, k = key_dim, v = value_dim, o = output features: h·k(query features + 1)
    + h·k(key features + 1) + h·v(value features + 1) + o(h·v + 1); a gate is another h·v(query
    features + 1). The attention scores show ``(batch, h, query steps, query steps)``.
    """

    names = ("MultiHeadAttention",)

    def configure(self) -> None:
        """Check heads, dims, the output's shape and the axes of attention."""
        self.num_heads = strict_positive_int(self.arguments, "num_heads")
        self.key_dim = strict_positive_int(self.arguments, "key_dim")
        self.value_dim = self.key_dim
        if self.arguments["value_dim"] is not None:
            self.value_dim = strict_positive_int(self.arguments, "value_dim")
        self.output_shape = self.check_output_shape()
        axes = self.arguments["attention_axes"]
        if isinstance(axes, NumpyScalar) or (isinstance(axes, (float, str, dict)) and axes):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="attention_axes", expected="integers", found=axes
            )
        self.check_projections()

    def check_output_shape(self) -> Shape | None:
        """The features of the output as a tuple, ``None`` for those of the query."""
        value = self.arguments["output_shape"]
        if isinstance(value, Unknown):
            return UNKNOWN
        if isinstance(value, (float, NumpyScalar, Callable_, ClassObject)) and plain(value) != 0:
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="output_shape", expected="integers", found=value
            )
        if not isinstance(value, (int, tuple, list, str)):
            return None if not value else UNKNOWN
        items = (value,) if isinstance(value, int) and value else tuple(value or ())
        return tuple(int(i) if isinstance(i, bool) else as_dim(i) for i in items) or None

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Project query, key and value for each head, and the result back."""
        shapes = self.operands(call)
        check_same_steps(*shapes[1:])
        self.check_for_build()
        self.check_output_items()
        query, value, key = (known_features(s, i) for i, s in enumerate(shapes))
        h, k, v = self.num_heads, self.key_dim, self.value_dim
        out = (query,) if self.output_shape is None else self.output_shape
        return (
            *self.projections((("query", query, (h, k)), ("key", key, (h, k)))),
            *self.gated(self.projections((("gate", query, (h, v)),))),
            *self.projections((("value", value, (h, v)),)),
            *self.projection_back(out),
        )

    def projection_back(self, out: Shape) -> tuple[Weight, ...]:
        """The projection from the heads to the output."""
        if isinstance(out, Unknown):
            return (Weight(UNKNOWN, name="attention_output/kernel"),)
        kernel = Weight((self.num_heads, self.value_dim, *out), name="attention_output/kernel")
        return (kernel, *when(self.use_bias, Weight(out, name="attention_output/bias")))

    def check_output_items(self) -> None:
        """Check that the output's shape holds sizes."""
        value = self.arguments["output_shape"]
        for item in value if isinstance(value, (tuple, list, dict, str)) else (value,):
            size = plain(item)
            if isinstance(size, (float, str, tuple, list)) or (isinstance(size, int) and size < 0):
                raise Fault(
                    FaultKind.ARGUMENT_TYPE,
                    argument="output_shape",
                    expected="integers",
                    found=value,
                )

    def output(self, call: Call) -> Nest:
        """The query with its last axis replaced, and perhaps the scores."""
        query, value, key = self.operands(call)
        check_same_steps(value, key)
        if isinstance(query, Unknown):
            return self.with_scores(call, UNKNOWN, UNKNOWN)
        output: Shape = query
        if isinstance(self.output_shape, Unknown):
            output = UNKNOWN
        elif self.output_shape is not None:
            output = (*query[:-1], *self.output_shape)
        steps = query[1] if len(query) > 1 else UNKNOWN
        return self.with_scores(call, output, (query[0], self.num_heads, steps, steps))


class GroupQueryAttention(HeadedAttention):
    """``(query, value, key=value)``, all ``(batch, steps, features)`` → query's shape.

    Weights, d = head_dim, q and kv heads, f features: q·d(f + 1) + 2·kv·d(f + 1) + f(q·d + 1);
    a gate is another q·d(f + 1). The scores are ``(batch, q, query steps, key steps)``.
    """

    names = ("GroupQueryAttention", "GroupedQueryAttention")
    hidden_name = "GroupedQueryAttention"

    def configure(self) -> None:
        """Check the heads, which must divide."""
        sizes = ("head_dim", "num_query_heads", "num_key_value_heads")
        for name in sizes:
            number(self.arguments, name)
        self.head_dim, self.query_heads, self.key_heads = (self.size(name) for name in sizes)
        queries, keys = (plain(self.arguments[name]) for name in sizes[1:])
        if isinstance(keys, (int, float)) and keys == 0:
            self.refuse("num_key_value_heads", ">= 1")
        if isinstance(queries, (int, float)) and isinstance(keys, (int, float)):
            divides = queries % keys == 0
        else:
            divides = not differ(modulo(self.query_heads, self.key_heads), 0)
        if not divides:
            raise Fault(FaultKind.GROUPS, argument="num_query_heads", expected=keys, found=queries)
        self.check_projections()
        head_dim = plain(self.arguments["head_dim"])
        if isinstance(head_dim, (int, float)) and head_dim <= 0:
            self.refuse("head_dim", ">= 1")

    def size(self, name: str) -> Dim:
        """An argument as a dim."""
        value = plain(self.arguments[name])
        return int(value) if isinstance(value, bool) else as_dim(value)

    def refuse(self, name: str, expected: str) -> None:
        """Raise the fault about a number of the wrong size or type."""
        kind = FaultKind.INVALID_VALUE if expected.startswith(">") else FaultKind.ARGUMENT_TYPE
        raise Fault(kind, argument=name, expected=expected, found=self.arguments[name])

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Project query, key and value for their heads, and the result back."""
        shapes = self.operands(call)
        for name in ("head_dim", "num_query_heads", "num_key_value_heads"):
            size = plain(self.arguments[name])
            if isinstance(size, float):
                self.refuse(name, "an integer")
            if isinstance(size, int) and size < 0:
                self.refuse(name, ">= 1")
        self.check_for_build()
        query, value, key = (third_axis(s, i) for i, s in enumerate(shapes))
        features = UNKNOWN if isinstance(shapes[0], Unknown) else shapes[0][-1]
        heads, shared = (self.query_heads, self.head_dim), (self.key_heads, self.head_dim)
        back = Weight((*heads, features), name="attention_output/kernel")
        return (
            *self.projections((("query", query, heads), ("key", key, shared))),
            *self.gated(self.projections((("gate", query, heads),))),
            *self.projections((("value", value, shared),)),
            back,
            *when(self.use_bias, Weight((features,), name="attention_output/bias")),
        )

    def output(self, call: Call) -> Nest:
        """The query's shape, and perhaps the scores."""
        query, value, key = self.operands(call)
        if isinstance(query, Unknown):
            return self.with_scores(call, UNKNOWN, UNKNOWN)
        if not isinstance(value, Unknown) and unequal(query[-1], value[-1]):
            raise Fault(
                FaultKind.INPUT_DIMENSION, input=1, expected=query[-1], found=value, axis=-1
            )
        check_same_steps(value, key)
        steps = key[1] if not isinstance(key, Unknown) and len(key) > 1 else UNKNOWN
        return self.with_scores(call, query, (query[0], self.query_heads, query[1], steps))


def known_features(shape: Shape, index: int) -> Dim:
    """The last dim of an input.

    Raises:
        Fault: it is dynamic.
    """
    if isinstance(shape, Unknown) or not shape:
        return UNKNOWN
    if shape[-1] is None:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=index, found=shape, axis=-1)
    return shape[-1]


def third_axis(shape: Shape, index: int) -> Dim:
    """The dim of an input that a projection of ``(batch, steps, features)`` takes for features.

    Raises:
        Fault: there is none, or it is dynamic.
    """
    if isinstance(shape, Unknown):
        return UNKNOWN
    if len(shape) < 3:
        raise Fault(FaultKind.INPUT_RANK, input=index, expected=3, found=shape)
    if shape[2] is None:
        raise Fault(FaultKind.UNDEFINED_DIMENSION, input=index, found=shape, axis=2)
    return shape[2]


def check_same_steps(value: Shape, key: Shape) -> None:
    """Refuse a key whose axes between batch and features are not those of the value.

    Raises:
        Fault: they certainly differ; a dynamic dim is not a known one.
    """
    if isinstance(value, Unknown) or isinstance(key, Unknown):
        return
    a, b = value[1:-1], key[1:-1]
    if len(a) != len(b) or any(unequal(m, n) for m, n in zip(a, b, strict=True)):
        raise Fault(FaultKind.MERGE_SHAPE, input=2, expected=value, found=key)


def unequal(a: Dim, b: Dim) -> bool:
    """Whether two dims are certainly unequal, a dynamic one to any number."""
    if a is None or b is None:
        return isinstance(a, int) or isinstance(b, int)
    return differ(a, b)
