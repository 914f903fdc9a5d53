"""Random programs that chain 3–15 layers: Sequential models and functional ones with branches.

What is written keeps track of ranks alone, so that most programs run, and some do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

START = "import keras\nfrom keras import layers\n"

KEEPING = (
    *("Dense({n})", "Dense({n}, activation={a})", "Dropout(0.3)", "BatchNormalization()"),
    *("LayerNormalization()", "Activation({a})", "ReLU()", "LeakyReLU()", "PReLU()"),
    *("GaussianNoise(0.1)", "Dense({n}, use_bias=False)", "Dense({n}, name={name})"),
    *("UnitNormalization()", "RMSNormalization()", "Rescaling(2.0)", "Identity()"),
)
SPATIAL = (
    *("Conv{d}D({n}, {k}, padding={p})", "Conv{d}D({n}, {k}, padding='same', strides={k})"),
    *("Conv{d}D({n}, {k}, dilation_rate={k}, padding={p})", "MaxPooling{d}D()"),
    *("AveragePooling{d}D({k}, strides=1, padding={p})", "MaxPooling{d}D({k}, padding='same')"),
    *("UpSampling{d}D()", "ZeroPadding{d}D({k})", "Conv{d}DTranspose({n}, {k}, strides={k})"),
    *("SpatialDropout{d}D(0.2)", "Cropping{d}D(1)", "Conv{d}D({n}, {k}, padding='same')"),
    *("Conv{d}DTranspose({n}, {k}, padding='same', strides=2)", "BatchNormalization()"),
)
PLANAR = ("SeparableConv{d}D({n}, {k}, padding={p})", "DepthwiseConv{d}D({k}, depth_multiplier=2)")
ENDS = (
    *("GlobalMaxPooling{d}D()", "GlobalAveragePooling{d}D()", "Flatten()"),
    "GlobalAveragePooling{d}D(keepdims=True)",
)
BY_RANK: dict[int, dict[str, int]] = {
    2: {
        "RepeatVector({n})": 3,
        "Reshape((-1, 1))": 3,
        "Reshape((1, 1, -1))": 4,
        "Embedding(50, {n})": 3,
        "Embedding(50, {n}, mask_zero=True)": 3,
        "Flatten()": 2,
    },
    3: {
        "LSTM({n}, return_sequences=True)": 3,
        "GRU({n})": 2,
        "SimpleRNN({n}, return_sequences=True)": 3,
        "Bidirectional(layers.LSTM({n}, return_sequences=True))": 3,
        "Bidirectional(layers.GRU({n}), merge_mode='sum')": 2,
        "TimeDistributed(layers.Dense({n}))": 3,
        "Permute((2, 1))": 3,
        "Masking()": 3,
        "Reshape((-1, 2))": 3,
        "Conv1D({n}, {k}, padding='causal')": 3,
    },
    4: {
        "Permute((3, 1, 2))": 4,
        "TimeDistributed(layers.Conv1D({n}, {k}))": 4,
        "Reshape((-1, {n}))": 3,
        "TimeDistributed(layers.Flatten())": 3,
        "Resizing({n}, 6)": 4,
        "Conv2D(4, ({k}, 1), groups=2)": 4,
    },
    5: {
        "ConvLSTM2D({n}, {k}, padding='same')": 4,
        "TimeDistributed(layers.Conv2D({n}, {k}))": 5,
        "TimeDistributed(layers.GlobalAveragePooling2D())": 3,
    },
}
SHAPES = {
    2: ("(16,)", "(7,)", "(8,)"),
    3: ("(12, 8)", "(None, 4)", "(10, 3)", "(16, 1)"),
    4: ("(16, 16, 3)", "(None, None, 3)", "(12, 10, 4)", "(8, 8, 1)"),
    5: ("(4, 8, 8, 3)", "(6, 8, 8, 2)", "(None, 8, 8, 1)"),
}
FUNCTIONS = (
    *("{t} + 1", "{t} * 2.0", "-{t}", "keras.activations.relu({t})", "keras.ops.tanh({t})"),
    *("keras.ops.sqrt({t})", "1 / {t}", "{t} ** 2", "layers.Dense({t}.shape[-1])({t})"),
)
SUMS = ("layers.Add()([{a}, {b}])", "{a} + {b}", "layers.multiply([{a}, {b}])", "{a} * {b}")


def program(draw: Random) -> str:
    """The text of a program with one chained model, or a few inside each other."""
    write = draw.choice((_listed, _added, _functional, _functional, _functional))
    return write(draw)


def layer(draw: Random, rank: int) -> tuple[str, int]:
    """A layer for a tensor of this rank, and the rank it gives."""
    d = rank - 2
    forms: list[tuple[str, int]] = [(form, rank) for form in draw.sample(KEEPING, 5)]
    if d:
        forms += [(form, rank) for form in draw.sample(SPATIAL, 5)]
        forms += [(form, rank if "keepdims" in form else 2) for form in draw.sample(ENDS, 1)]
    if d in {1, 2}:
        forms += [(form, rank) for form in PLANAR]
    forms += list(BY_RANK[rank].items())
    form, after = draw.choice(forms)
    return f"layers.{_filled(draw, form, d)}", after


def _filled(draw: Random, form: str, d: int) -> str:
    return form.format(
        d=d,
        n=draw.choice((1, 2, 3, 4, 5, 8)),
        k=draw.choice((1, 2, 2, 3)),
        p=draw.choice(("'same'", "'valid'")),
        a=draw.choice(("'relu'", "'softmax'", "keras.activations.tanh")),
        name=repr(draw.choice("abcdefgh") + "_layer"),
    )


def _stack(draw: Random, rank: int, least: int, most: int) -> tuple[list[str], int]:
    found = []
    for _ in range(draw.randint(least, most)):
        text, rank = layer(draw, rank)
        found.append(text)
    return found, rank


def _input(draw: Random) -> tuple[str, int]:
    rank = draw.choice((2, 3, 3, 4, 4, 5))
    batch = draw.choice(("", "", "", ", batch_size=2", ", name='start'"))
    return f"keras.Input({draw.choice(SHAPES[rank])}{batch})", rank


def _listed(draw: Random) -> str:
    start, rank = _input(draw)
    found, _ = _stack(draw, rank, 3, 15)
    if draw.random() < 0.2:
        inner = draw.randint(1, len(found) - 1)
        found[inner:] = [f"keras.Sequential([{', '.join(found[inner:])}])"]
    if draw.random() < 0.7:
        return f"{START}model = keras.Sequential([{', '.join([start, *found])}])\n"
    lines = [f"model = keras.Sequential([{', '.join(found)}])", f"y = model({start})"]
    return START + "\n".join(lines) + "\n"


def _added(draw: Random) -> str:
    start, rank = _input(draw)
    lines = ["model = keras.Sequential()"]
    lines += [f"model.add({start})"] if draw.random() < 0.8 else []
    for _ in range(draw.randint(3, 12)):
        text, after = layer(draw, rank)
        if draw.random() < 0.1 and after == rank:
            lines.append(f"for _ in range({draw.randint(1, 3)}):\n    model.add({text})")
        else:
            lines.append(f"model.add({text})")
        if draw.random() < 0.04:
            lines.append("model.pop()")
        else:
            rank = after

    lines += [f"y = model({start})"] if draw.random() < 0.3 else []
    return START + "\n".join(lines) + "\n"


@dataclass
class _Graph:
    """A functional program being written: its lines and the tensors by name, with their ranks."""

    draw: Random
    lines: list[str] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)
    inputs: list[str] = field(default_factory=list)

    def put(self, text: str, rank: int) -> str:
        """Name a tensor."""
        name = f"t{len(self.ranks)}"
        self.lines.append(f"{name} = {text}")
        self.ranks[name] = rank
        return name

    def input(self) -> str:
        """Add an input."""
        name = self.put(*_input(self.draw))
        self.inputs.append(name)
        return name

    def apply(self, tensor: str) -> str:
        """Apply a layer."""
        text, rank = layer(self.draw, self.ranks[tensor])
        return self.put(f"{text}({tensor})", rank)

    def keep(self, tensor: str, tail: str) -> str:
        """Apply something that leaves the rank, from the last dim on."""
        return self.put(f"layers.{tail}({tensor})", self.ranks[tensor])


def _residual(graph: _Graph, tensor: str) -> str:
    """Two branches of the same size, joined."""
    draw, rank = graph.draw, graph.ranks[tensor]
    width = draw.randint(1, 6)
    tail = f"Dense({width})"
    if rank > 2 and draw.random() < 0.6:
        tail = f"Conv{rank - 2}D({width}, 3, padding='same')"
    left, right = graph.keep(tensor, tail), graph.keep(tensor, tail)
    if draw.random() < 0.3:
        right = graph.keep(right, "BatchNormalization()")
    if draw.random() < 0.3:
        return graph.put(f"layers.Concatenate()([{left}, {right}, {tensor}])", rank)
    return graph.put(draw.choice(SUMS).format(a=left, b=right), rank)


def _shared(graph: _Graph, tensor: str) -> str:
    """One layer applied twice."""
    width = graph.draw.randint(1, 5)
    made = graph.draw.choice((f"layers.Dense({width})", "layers.BatchNormalization()"))
    name = f"shared{len(graph.lines)}"
    graph.lines.append(f"{name} = {made}")
    rank = graph.ranks[tensor]
    first = graph.put(f"{name}({tensor})", rank)
    if graph.draw.random() < 0.4:
        return graph.put(f"{name}({first})", rank)  # refused if the width changes
    second = graph.put(f"{name}({tensor})", rank)
    return graph.put(f"layers.Concatenate(axis=-1)([{first}, {second}])", rank)


def _nested(graph: _Graph, tensor: str) -> str:
    """A model inside, applied once or twice."""
    draw, rank = graph.draw, graph.ranks[tensor]
    found, after = _stack(draw, rank, 1, 3)
    name = f"inner{len(graph.lines)}"
    if draw.random() < 0.5:
        start = [f"keras.Input({tensor}.shape[1:])"] if draw.random() < 0.4 else []
        graph.lines.append(f"{name} = keras.Sequential([{', '.join([*start, *found])}])")
    else:
        graph.lines.append(f"u = v = keras.Input({tensor}.shape[1:])")
        graph.lines += [f"v = {text}(v)" for text in found]
        graph.lines.append(f"{name} = keras.Model(u, v)")
    result = graph.put(f"{name}({tensor})", after)
    if draw.random() < 0.3:
        other = graph.put(f"{name}({tensor})", after)
        return graph.put(f"layers.add([{result}, {other}])", after)
    return result


def _helper(graph: _Graph, tensor: str) -> str:
    """A function that applies a few layers, called in a loop."""
    draw, rank = graph.draw, graph.ranks[tensor]
    name = f"block{len(graph.lines)}"
    tail = f"Conv{rank - 2}D(width, 3, padding='same')" if rank > 2 else "Dense(width)"
    graph.lines += [
        f"def {name}(x, width):",
        f"    x = layers.{tail}(x)",
        "    x = layers.BatchNormalization()(x)",
        "    return layers.ReLU()(x)",
    ]
    result = graph.put(tensor, rank)
    widths = ", ".join(str(draw.randint(1, 5)) for _ in range(draw.randint(1, 3)))
    graph.lines += [f"for width in ({widths},):", f"    {result} = {name}({result}, width)"]
    return result


def _computed(graph: _Graph, tensor: str) -> str:
    text = graph.draw.choice(FUNCTIONS).format(t=tensor)
    return graph.put(text, graph.ranks[tensor])


def _attended(graph: _Graph, tensor: str) -> str:
    if graph.ranks[tensor] != 3:
        return graph.apply(tensor)
    heads, size = graph.draw.randint(1, 3), graph.draw.randint(1, 4)
    made = f"layers.MultiHeadAttention({heads}, {size})"
    call = graph.draw.choice((f"({tensor}, {tensor})", f"(query={tensor}, value={tensor})"))
    return graph.put(made + call, 3)


def _stated(graph: _Graph, tensor: str) -> str:
    """A recurrent layer that gives its state as well."""
    if graph.ranks[tensor] != 3:
        return graph.apply(tensor)
    name = graph.put(tensor, 3)
    graph.lines.append(f"{name}, *state = layers.LSTM(3, return_state=True)({name})")
    graph.ranks[name] = 2
    return graph.put(f"layers.Concatenate()([{name}, *state])", 2)


STEPS: tuple[Callable[[_Graph, str], str], ...] = (
    *(_residual, _residual, _shared, _nested, _nested, _helper, _computed, _attended, _stated),
)


def _functional(draw: Random) -> str:
    graph = _Graph(draw)
    tensor = graph.input()
    ends = []
    while len(graph.ranks) < draw.randint(4, 15):
        if draw.random() < 0.12 and len(graph.inputs) < 3:
            ends.append(tensor)
            tensor = graph.input()
        step = draw.choice(STEPS) if draw.random() < 0.4 else _Graph.apply
        tensor = step(graph, tensor)
    ends.append(tensor)
    flat = [graph.put(f"layers.Flatten()({end})", 2) for end in ends] if len(ends) > 1 else ends
    if len(flat) > 1 and draw.random() < 0.7:
        flat = [graph.put(f"layers.concatenate([{', '.join(flat)}])", 2)]
    outputs = flat[0] if len(flat) == 1 else f"[{', '.join(flat)}]"
    inputs = graph.inputs[0] if len(graph.inputs) == 1 else f"[{', '.join(graph.inputs)}]"
    name = ", name='whole'" if draw.random() < 0.3 else ""
    graph.lines.append(f"model = keras.Model({inputs}, {outputs}{name})")
    return START + "\n".join(graph.lines) + "\n"
