"""What a card says about a layer: the arguments that matter, and how its weights add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

from keraslint.analysis import LayerRow
from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.knowledge.layers.base import Weight
from keraslint.tensors.dims import Unknown
from keraslint.tensors.shapes import Shape

MOST_TERMS = 4


def arguments(row: LayerRow) -> list[str]:
    """The arguments that matter, each in a few characters."""
    said = [text for name, say in SAYINGS if (text := _said(row, name, say))]
    if row.class_name in RECURRENT:
        said = [text for text in said if text not in {"tanh", "sigmoid"}]
    return said


def _said(row: LayerRow, name: str, say: Callable[[Any], str]) -> str:
    if name not in row.arguments:
        return ""
    value = row.arguments[name]
    if value is None:
        return ""
    if name in WINDOWS and not isinstance(value, (tuple, list)):
        value = (value,) * getattr(row.operation, "spatial_rank", 1)
    return say(value)


def _counted(noun: str) -> Callable[[Any], str]:
    return lambda value: words.count(value if isinstance(value, int) else str(value), noun)


def _layer(value: Any) -> str:
    """The layer inside a wrapper with its units."""
    arguments = getattr(value, "arguments", {})
    for name in ("units", "filters"):
        if name in arguments:
            return f"{words.plain(value)} {words.plain(arguments[name])}"
    return words.plain(value)


def _unless(usual: tuple[Any, ...], text: str) -> Callable[[Any], str]:
    def told(value: Any) -> str:
        if not isinstance(value, Unknown) and value in usual:
            return ""
        return say(text, words.sizes(value))

    return told


def _always(text: str) -> Callable[[Any], str]:
    return lambda value: say(text, words.sizes(value))


def _flag(text: str) -> Callable[[Any], str]:
    return lambda value: say(text) if value is True else ""


def _border(value: Any) -> str:
    """What is added or cut: one number if it is the same everywhere."""
    while isinstance(value, (tuple, list)) and value and all(v == value[0] for v in value):
        value = value[0]
    return words.plain(value)


def _activation(value: Any) -> str:
    name = words.plain(value)
    return "" if name in {"linear", "None"} else name


SAYINGS: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("layer", _layer),
    ("filters", _counted("filter")),
    ("units", _counted("unit")),
    ("num_heads", _counted("head")),
    ("key_dim", _always("key {}")),
    ("input_dim", _counted("token")),
    ("output_dim", _always("vectors of {}")),
    ("kernel_size", _always("k={}")),
    ("pool_size", _always("window {}")),
    ("output_size", _always("→ {}")),
    ("size", _always("× {}")),
    ("strides", _unless((1, (1,), (1, 1), (1, 1, 1)), "stride {}")),
    ("dilation_rate", _unless((1, (1,), (1, 1), (1, 1, 1)), "dilation {}")),
    ("groups", _unless((1,), "{} groups")),
    ("depth_multiplier", _unless((1,), "multiplier {}")),
    ("padding", lambda value: value if isinstance(value, str) else say("pad {}", _border(value))),
    ("cropping", lambda value: say("crop {}", _border(value))),
    ("target_shape", lambda value: f"→ {words.plain(value)}"),
    ("dims", lambda value: say("order {}", words.plain(value))),
    ("n", _always("× {}")),
    ("rate", _always("rate {}")),
    ("return_sequences", _flag("every step")),
    ("go_backwards", _flag("backwards")),
    ("merge_mode", _always("{}")),
    ("activation", _activation),
)

WINDOWS = ("kernel_size", "pool_size", "size")
GATE = ("Reshape", "Permute", "Conv1D", "Conv2D", "Dense", "Multiply")
LEAST_GATE = 3
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")


def brief(row: LayerRow) -> list[str]:
    """The arguments as lines of a card: what it makes, then how."""
    said = arguments(row)
    if len(said) > 2:
        return [said[0], " ".join(said[1:])]
    return said


def weights(row: LayerRow) -> tuple[Weight, ...]:
    """The weights of the layer, none if it has none or they are not known."""
    found = getattr(row.operation, "weights", ())
    return found if isinstance(found, tuple) else ()


def formula(row: LayerRow) -> str:
    """How the weights add up, ``3×32×64 + 64``; empty if there is nothing to add up."""
    terms: dict[str, int] = {}
    for weight in weights(row):
        term = _term(weight.shape)
        terms[term] = terms.get(term, 0) + 1
    if not terms or len(terms) > MOST_TERMS:
        return ""
    return " + ".join(term if n == 1 else f"{n}·{term}" for term, n in terms.items())


def _term(shape: Shape) -> str:
    if isinstance(shape, Unknown):
        return "?"
    return words.product(shape) if shape else "1"


def digest(rows: list[LayerRow]) -> str:
    """What a chain of layers does, in a line: ``Conv2D 1×1 · 3×3 · 2 × Dense 8``."""
    return " · ".join(_digest(list(_told(rows))))


def _told(rows: list[LayerRow]) -> Iterator[tuple[str, str]]:
    """What each layer is called and its size; a gate that scales the channels is one thing."""
    at = 0
    while at < len(rows):
        long = _gate(rows, at)
        yield (say("squeeze-excite"), "") if long else (rows[at].class_name, _size(rows[at]))
        at += long or 1


def _gate(rows: list[LayerRow], at: int) -> int:
    """How many layers from there on average each channel, and scale it by what comes of that."""
    if not rows[at].class_name.startswith("GlobalAveragePooling"):
        return 0
    long = 1
    inside = takewhile(lambda row: row.class_name in GATE, rows[at + 1 :])
    for i, row in enumerate(inside, 2):
        if row.class_name == "Multiply" and i > LEAST_GATE:
            long = i
    return long if long > 1 else 0


def _digest(layers: list[tuple[str, str]]) -> Iterator[str]:
    at, previous = 0, ""
    while at < len(layers):
        period, times = _repeat(layers, at)
        if times > 1:
            inner = " · ".join(_digest(layers[at : at + period]))
            yield f"{times} × {inner}" if period == 1 else f"{times} × ({inner})"
            previous = ""
        else:
            name, size = layers[at]
            yield size if size and name == previous else f"{name} {size}".rstrip()
            previous = name
        at += period * times


def _repeat(layers: list[tuple[str, str]], at: int) -> tuple[int, int]:
    """The period and number of times of the repeat that covers most from there on."""
    best = (1, 1)
    for period in range(1, (len(layers) - at) // 2 + 1):
        pattern, times = layers[at : at + period], 1
        while layers[at + times * period : at + (times + 1) * period] == pattern:
            times += 1
        if times > 1 and period * times > best[0] * best[1]:
            best = (period, times)
    return best


def _size(row: LayerRow) -> str:
    """The size of the window of a layer, or its units."""
    if "units" in row.arguments:
        return words.plain(row.arguments["units"])
    rank = getattr(row.operation, "spatial_rank", 1)
    for name in ("kernel_size", "pool_size"):
        if name in row.arguments:
            size = row.arguments[name]
            size = size if isinstance(size, (tuple, list)) else (size,) * rank
            return words.sizes(size) if rank > 1 else f"k={words.sizes(size)}"
    return ""
