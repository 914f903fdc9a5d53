"""Small models, each written twice: as it should be, and with mistakes in some of its layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

Arguments = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A layer in a model.

    Attributes:
        name: its class.
        arguments: names and values, as the code has them.
        followed: whether a layer behind it needs every step of what it gives.
        input: the shape of the model's input, if it states that as its own argument.
    """

    name: str
    arguments: Arguments
    followed: bool = False
    input: tuple[int, ...] | None = None

    def get(self, name: str) -> str | None:
        """The value of an argument."""
        return dict(self.arguments).get(name)

    def renamed(self, old: str, new: str, value: str | None = None) -> Line:
        """The same layer with another name, or value, for an argument."""
        changed = tuple(
            (new, v if value is None else value) if n == old else (n, v) for n, v in self.arguments
        )
        return replace(self, arguments=changed)

    def without(self, name: str) -> Line:
        """The same layer without an argument."""
        return replace(self, arguments=tuple(a for a in self.arguments if a[0] != name))


@dataclass(frozen=True, slots=True)
class Draft:
    """A program, right and wrong.

    Attributes:
        right: as it should be.
        wrong: with its mistakes.
        kept: the rows of the wrong one that no fix has to touch.
        mistakes: what is wrong.
    """

    right: str
    wrong: str
    kept: tuple[str, ...]
    mistakes: tuple[str, ...]


_CONV = {
    "filters": "nb_filter",
    "padding": "border_mode",
    "use_bias": "bias",
    "kernel_initializer": "init",
    "kernel_regularizer": "W_regularizer",
}
_RECURRENT = {"units": "output_dim", "kernel_initializer": "init", "unroll": ""}
OLD = {
    "Dense": {"units": "output_dim", "kernel_initializer": "init", "use_bias": "bias"},
    "Conv1D": {**_CONV, "kernel_size": "filter_length", "strides": "subsample_length"},
    "Conv2D": {**_CONV, "strides": "subsample"},
    "LSTM": {**_RECURRENT, "recurrent_initializer": "inner_init"},
    "GRU": _RECURRENT,
    "SimpleRNN": _RECURRENT,
    "MaxPooling1D": {"pool_size": "pool_length", "padding": "border_mode"},
    "MaxPooling2D": {"padding": "border_mode"},
    "Dropout": {"rate": "p"},
}
HOMES = {
    "Conv1D": "convolutional",
    "Conv2D": "convolutional",
    "MaxPooling1D": "pooling",
    "MaxPooling2D": "pooling",
    "LSTM": "recurrent",
    "GRU": "recurrent",
    "SimpleRNN": "recurrent",
    "BatchNormalization": "normalization",
}
RECURRENT = ("LSTM", "GRU", "SimpleRNN")


def _misspelt(word: str) -> str:
    """A word with two of its letters in the wrong order."""
    at = next(i for i in range(1, len(word) - 1) if word[i] != word[i + 1] and word[i] != "_")
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _old_name(line: Line) -> Line | None:
    old = OLD.get(line.name, {})
    for name, _ in line.arguments:
        line = line.renamed(name, old.get(name) or name)
    return line


def _old_window(line: Line) -> Line | None:
    size = line.get("kernel_size")
    if line.name != "Conv2D" or size is None or not size.startswith("("):
        return None
    rows, columns = size.strip("()").split(", ")
    at = [name for name, _ in line.arguments].index("kernel_size")
    arguments = list(line.arguments)
    arguments[at : at + 1] = [("nb_row", rows), ("nb_col", columns)]
    return replace(line, arguments=tuple(arguments))


def _misspelt_name(line: Line) -> Line | None:
    long = [name for name, _ in line.arguments if len(name) > 7 and name != "input_shape"]
    return line.renamed(long[0], _misspelt(long[0])) if long else None


def _misspelt_value(line: Line) -> Line | None:
    for name, value in line.arguments:
        if name in ("activation", "padding") and value[0] in "\"'":
            return line.renamed(name, name, _misspelt(value))
    return None


def _shouted_value(line: Line) -> Line | None:
    value = line.get("activation")
    return line.renamed("activation", "activation", value.upper()) if value else None


def _batch_axis(line: Line) -> Line | None:
    shape = line.get("input_shape")
    if shape is None or line.name not in ("Conv2D", "Conv1D", *RECURRENT):
        return None
    return line.renamed("input_shape", "input_shape", f"(None, {shape[1:]}")


def _batch_shape(line: Line) -> Line | None:
    shape = line.get("input_shape")
    return (
        line.renamed("input_shape", "batch_input_shape", f"(None, {shape[1:]}") if shape else None
    )


def _no_channels(line: Line) -> Line | None:
    if line.name != "Conv2D" or line.input is None or line.input[-1] != 1:
        return None
    rows, columns, _ = line.input
    return line.renamed("input_shape", "input_shape", f"({rows}, {columns})")


def _only_last(line: Line) -> Line | None:
    return line.without("return_sequences") if line.followed else None


def _fewer_axes(line: Line) -> Line | None:
    size = line.get("kernel_size") or "("
    if line.name != "Conv2D" or line.input is None or "(" in size + (line.get("strides") or ""):
        return None
    return replace(line, name="Conv1D")


def _alias(line: Line) -> Line | None:
    if line.name not in ("Conv1D", "Conv2D"):
        return None
    return replace(line, name=line.name.replace("Conv", "Convolution"))


MISTAKES: dict[str, Callable[[Line], Line | None]] = {
    "old-name": _old_name,
    "old-window": _old_window,
    "misspelt-name": _misspelt_name,
    "misspelt-value": _misspelt_value,
    "shouted-value": _shouted_value,
    "batch-axis": _batch_axis,
    "batch-shape": _batch_shape,
    "no-channels": _no_channels,
    "only-last": _only_last,
    "fewer-axes": _fewer_axes,
    "alias": _alias,
}

_small = st.integers(1, 4).map(str)
_quote = st.sampled_from(['"', "'"])


@st.composite
def _text(draw: Any, *choices: str) -> str:
    quote = draw(_quote)
    return f"{quote}{draw(st.sampled_from(choices))}{quote}"


@st.composite
def _arguments(draw: Any, needed: dict[str, Any], /, **others: Any) -> Arguments:
    chosen = [name for name in others if draw(st.integers(0, 2)) == 2]
    values = {**needed, **{name: others[name] for name in chosen}}
    return tuple((name, draw(strategy)) for name, strategy in values.items())


_ACTIVATION = _text("relu", "tanh", "sigmoid")
_INITIALIZER = _text("zeros", "he_normal", "glorot_uniform")
_BOOL = st.sampled_from(["True", "False"])


def _dense() -> st.SearchStrategy[Line]:
    return _arguments(
        {"units": _small},
        activation=_ACTIVATION,
        kernel_initializer=_INITIALIZER,
        use_bias=_BOOL,
    ).map(lambda given: Line("Dense", given))


def _conv(axes: int) -> st.SearchStrategy[Line]:
    size = st.sampled_from(["1", "2", "3"])
    window = (
        size if axes == 1 else st.one_of(size, st.tuples(size, size).map("({0[0]}, {0[1]})".format))
    )
    return _arguments(
        {"filters": _small, "kernel_size": window},
        strides=size if axes == 1 else st.sampled_from(["1", "2", "(1, 2)"]),
        padding=_text("same", "valid"),
        activation=_ACTIVATION,
        use_bias=_BOOL,
        kernel_regularizer=_text("l2", "l1"),
    ).map(lambda given: Line(f"Conv{axes}D", given))


def _recurrent(followed: bool) -> st.SearchStrategy[Line]:
    needed = {"units": _small}
    if followed:
        needed["return_sequences"] = st.just("True")
    return st.builds(
        lambda name, given: Line(name, given, followed),
        st.sampled_from(RECURRENT),
        _arguments(needed, activation=_ACTIVATION, kernel_initializer=_INITIALIZER),
    )


_dropout = st.sampled_from(["0.1", "0.5"]).map(lambda rate: Line("Dropout", (("rate", rate),)))
_norm = st.just(Line("BatchNormalization", ()))


def _pool(axes: int) -> st.SearchStrategy[Line]:
    size = "2" if axes == 1 else "(2, 2)"
    return _arguments({"pool_size": st.just(size)}, padding=_text("same", "valid")).map(
        lambda given: Line(f"MaxPooling{axes}D", given)
    )


@st.composite
def _images(draw: Any) -> tuple[tuple[int, ...], list[Line]]:
    lines = [draw(_conv(2))]
    lines += draw(st.lists(st.one_of(_conv(2), _pool(2), _norm, _dropout), max_size=2))
    shape = (draw(st.integers(24, 30)), 28, draw(st.sampled_from([1, 1, 3])))
    return shape, [*lines, Line("Flatten", ())]


@st.composite
def _sequences(draw: Any) -> tuple[tuple[int, ...], list[Line]]:
    lines = draw(st.lists(st.one_of(_conv(1), _recurrent(True), _pool(1)), max_size=3))
    return (draw(st.integers(30, 40)), draw(st.integers(1, 4))), [*lines, draw(_recurrent(False))]


@st.composite
def _tables(draw: Any) -> tuple[tuple[int, ...], list[Line]]:
    return (draw(st.integers(2, 9)),), [draw(_dense()), draw(st.one_of(_dropout, _norm))]


@st.composite
def drafts(draw: Any, mistaken: bool = True) -> Draft:
    """Models of images, sequences and tables."""
    shape, lines = draw(st.one_of(_images(), _sequences(), _tables()))
    lines += draw(st.lists(_dense(), min_size=1, max_size=2))
    style = draw(st.sampled_from(["list", "add", "call"]))
    if style != "call":
        first = replace(lines[0], input=shape)
        given = ("input_shape", f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})")
        lines[0] = replace(first, arguments=(*first.arguments, given))
    wrong, names = draw(_mistaken(lines)) if mistaken else (lines, [])
    imports = draw(
        st.sampled_from(["layers", "names", "homes"] if mistaken else ["layers", "names"])
    )
    spread = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    rendering = _Rendering(style, shape, spread)
    right_head = _head("names" if imports == "homes" else imports, lines)
    rows = rendering.rows(wrong, imports != "layers")
    kept = [
        row
        for line, right, piece in zip(wrong, lines, rows.pieces, strict=True)
        if line == right
        for row in piece
    ]
    if imports == "homes":
        names.append("moved-import")
    right_rows = rendering.rows(lines, imports != "layers")
    return Draft(
        "\n".join([*right_head, *right_rows.all]) + "\n",
        "\n".join([*_head(imports, wrong), *rows.all]) + "\n",
        (*kept, *rows.tail),
        tuple(names),
    )


@st.composite
def _mistaken(draw: Any, lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The layers with mistakes in some of them, one in each, and what they are."""
    possible = [
        (number, name)
        for number, line in enumerate(lines)
        for name, make in MISTAKES.items()
        if make(line) not in (None, line)
    ]
    chosen = draw(
        st.lists(st.sampled_from(possible), min_size=1, max_size=4, unique_by=lambda one: one[0])
    )
    wrong = list(lines)
    for number, name in chosen:
        made = MISTAKES[name](lines[number])
        assert made is not None
        wrong[number] = made
    return wrong, [name for _, name in chosen]


def _head(imports: str, lines: Sequence[Line]) -> list[str]:
    used = sorted({line.name for line in lines})
    if imports == "layers":
        return ["import keras", "from keras import layers  # all of them"]
    if imports == "names":
        return ["import keras", f"from keras.layers import {', '.join(used)}"]
    rows = [f"from keras.layers.{HOMES.get(name, 'core')} import {name}" for name in used]
    return ["import keras", *rows]


@dataclass(frozen=True, slots=True)
class _Rows:
    before: list[str]
    pieces: list[list[str]]
    tail: list[str]

    @property
    def all(self) -> list[str]:
        """The rows, in order."""
        return [*self.before, *(row for piece in self.pieces for row in piece), *self.tail]


@dataclass(frozen=True, slots=True)
class _Rendering:
    style: str
    shape: tuple[int, ...]
    spread: list[bool]

    def rows(self, lines: Sequence[Line], bare: bool) -> _Rows:
        """The code of some layers in a model."""
        before = ["", "# the model"]
        tail = ["model.summary()  # print it"]
        prefix, suffix, indent = "", "", ""
        if self.style == "list":
            before.append("model = keras.Sequential([")
            tail.insert(0, "])")
            suffix, indent = ",", "    "
        elif self.style == "add":
            before.append("model = keras.Sequential()")
            prefix, suffix = "model.add(", ")"
        else:
            before.append(f"inputs = x = keras.Input({self.shape})  # of one sample")
            tail.insert(0, "model = keras.Model(inputs, x)")
            prefix, suffix = "x = ", "(x)"
        pieces = []
        for number, (line, spread) in enumerate(zip(lines, self.spread, strict=True)):
            name = line.name if bare else f"layers.{line.name}"
            given = [f"{n}={v}" for n, v in line.arguments]
            comment = f"  # number {number}"
            if spread and given:
                inner = [f"{indent}    {one}," for one in given]
                inner[0] += "  # first"
                rows = [f"{indent}{prefix}{name}(", *inner, f"{indent}){suffix}{comment}"]
            else:
                rows = [f"{indent}{prefix}{name}({', '.join(given)}){suffix}{comment}"]
            pieces.append(rows)
        return _Rows(before, pieces, tail)
