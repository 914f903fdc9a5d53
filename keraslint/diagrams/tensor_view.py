"""The tensor view: every tensor as a box, every window where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from keraslint.diagrams.axes import DEPTH, SIDE, STEPS, Axis
from keraslint.diagrams.chains import Chain, chain_of, receptive_fields, sentence
from keraslint.diagrams.display import Item, Picture, move
from keraslint.diagrams.failures import Failure
from keraslint.diagrams.legend import Entry, heading, legend
from keraslint.diagrams.network import Node, is_chain
from keraslint.diagrams.options import MARGIN, WIDEST, Options
from keraslint.diagrams.placing import Placed, across, down, drawn_stops
from keraslint.diagrams.segments import segments
from keraslint.diagrams.windows import WHOLE, Window
from keraslint.knowledge.layers.conv import Conv, DepthwiseConv, SeparableConv

GAP = 18
MOST_ACROSS = 3


def draw(
    nodes: Sequence[Node], title: str, options: Options, failures: Sequence[Failure] = ()
) -> Picture:
    """A picture of the tensors of a model."""
    seen = receptive_fields(nodes)
    parts = [list(nodes)] if is_chain(nodes) else segments(nodes)
    chains = [chain_of(part, seen, options.axes) for part in parts]
    subtitle = _explanation(chains)
    items, y = heading(title, subtitle, MARGIN, WIDEST - 2 * MARGIN)
    y += GAP // 2
    for chain in chains:
        placed = _place(chain, options)
        items += move(placed.items, MARGIN - placed.bounds.left, y - placed.bounds.top)
        y += placed.bounds.height + GAP
    key, height = legend(_entries(chains), MARGIN, y, WIDEST - 2 * MARGIN)
    items += key
    note, tall = legend_note(chains, y + height)
    items += note
    height_of_all = y + height + tall + 6
    text = " ".join(sentence(chain) for chain in chains)
    return Picture(WIDEST, height_of_all, title, text, tuple(items))


def _place(chain: Chain, options: Options) -> Placed:
    stops = drawn_stops(chain)
    short = len(stops) <= MOST_ACROSS and all(len(step.nodes) == 1 for step in chain.steps)
    if options.direction == "right" or (options.direction == "auto" and short):
        placed = across(chain, stops, options)
        if placed.bounds.width <= WIDEST - 2 * MARGIN:
            return placed
    return down(chain, stops, options)


def legend_note(chains: Sequence[Chain], y: int) -> tuple[list[Item], int]:
    """What the sizes of the boxes mean."""
    axes = [axis for chain in chains for stop in chain.stops for axis in stop.box.axes]
    flat = [axis for chain in chains for stop in chain.stops if stop.box.rank == 3
            for axis in stop.box.axes]  # fmt: skip
    scales = []
    if any(axis.name == "steps" or axis in flat and axis.kind == "space" for axis in axes):
        scales.append(f"steps {STEPS.text()}")
    if axes:
        scales.append(f"sides {SIDE.text()}")
    if any(stop.box.back is not None for chain in chains for stop in chain.stops):
        scales.append(f"depth {DEPTH.text()}")
    if not scales:
        return [], 0
    from keraslint.diagrams.display import Text
    from keraslint.diagrams.measure import wrap

    text = f"log scale, n = size of the axis: {', '.join(scales)}"
    lines = wrap(text, WIDEST - 2 * MARGIN, 8)
    return [
        Text(MARGIN, y + 10 + 11 * i, line, "note", 8) for i, line in enumerate(lines)
    ], 11 * len(lines) + 4


def _explanation(chains: Sequence[Chain]) -> str:
    """What the windows of a model with one kind of window do."""
    steps = [step for chain in chains for step in chain.steps if step.window]
    layers = [node.row.operation for step in steps for node in step.nodes[:1]]
    kinds = {type(layer) for layer in layers}
    if len(kinds) != 1 or not isinstance(layers[0], (Conv, DepthwiseConv, SeparableConv)):
        return ""
    rank = layers[0].spatial_rank
    axes = {1: "one axis (steps)", 2: "two axes (rows, cols)", 3: "three axes"}[rank]
    channels = "feature" if rank == 1 else "channel"
    covers = f"covers every {channels}"
    if isinstance(layers[0], (DepthwiseConv, SeparableConv)):
        covers = f"covers one {channels} at a time"
    elif steps[0].window is not None and steps[0].window.source.channels is not None:
        covers = f"covers the {channels}s of its group"
    return f"{layers[0].name}: the kernel {covers} and slides along {axes}"


def _entries(chains: Sequence[Chain]) -> list[Entry]:
    """What the legend explains: only what is there, each once."""
    entries: list[Entry] = []
    for chain in chains:
        for step, stop, after in zip(chain.steps, chain.stops, chain.stops[1:], strict=False):
            if step.window is not None and not step.failed:
                entries += _of_window(step.window, after if step.window.on_target else stop)
        if any(not axis.known for stop in chain.stops for axis in stop.box.axes):
            entries.append(Entry("edge-unknown", "size not fixed", line=True))
        if any(step.failed for step in chain.steps):
            entries.append(Entry("error", "error: the card leads to the rule"))
    return list(dict.fromkeys(entries))


def _position(window: Window, spatial: Sequence[Axis]) -> str:
    """What one position of the output is called."""
    if window.on_target or not window.slides or WHOLE in window.target.spatial:
        return ""
    return {1: "one output step: ", 2: "one output pixel: "}.get(len(spatial), "one position: ")


def _of_window(window: Window, stop: object) -> list[Entry]:
    from keraslint.diagrams.chains import Stop

    assert isinstance(stop, Stop)
    if window.frame:
        return [Entry("kernel-next", window.result)]
    if not window.label:
        return []
    spatial = [axis for axis in stop.box.axes if axis.kind == "space"]
    enlarged = bool(window.strides) and any(not axis.true for axis in spatial)
    size = " (drawn enlarged)" if enlarged else ""
    entries = [Entry("kernel", f"one window{size}")]
    if window.result:
        entries.append(Entry("result", _position(window, spatial) + window.result))
    if any(stride > 1 for stride in window.strides):
        entries.append(Entry("kernel-next", "the next window"))
    if any(n for pair in window.padding for n in pair):
        entries.append(Entry("padding", "zero padding"))
    return entries
