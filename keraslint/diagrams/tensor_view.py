"""The tensor view: every tensor as a box, every window where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keraslint.diagrams.axes import DEPTH, SIDE, STEPS
from keraslint.diagrams.boxes import Box
from keraslint.diagrams.chains import Chain, chain_of, receptive_fields, sentence
from keraslint.diagrams.display import Item, Picture, Text, move
from keraslint.diagrams.kernels import explained
from keraslint.diagrams.language import say
from keraslint.diagrams.legend import Entry, heading, legend
from keraslint.diagrams.measure import wrap
from keraslint.diagrams.network import Node, is_chain
from keraslint.diagrams.options import MARGIN, Options
from keraslint.diagrams.placing import Placed, across, down, pair_of
from keraslint.diagrams.segments import segments
from keraslint.diagrams.windows import WHOLE, Window, effective

GAP = 18
MOST_ACROSS = 3


def draw(nodes: Sequence[Node], title: str, options: Options) -> Picture:
    """A picture of the tensors of a model."""
    seen = receptive_fields(nodes)
    parts = [list(nodes)] if nodes and is_chain(nodes) else segments(nodes)
    chains = [chain_of(part, seen, options.axes) for part in parts]
    entries, results = _entries(chains)
    room = options.width - 2 * MARGIN
    items, y = heading(title, _explanation(chains), MARGIN, room)
    y += GAP // 2
    for chain in chains:
        placed = _place(chain, options, results)
        items += move(placed.items, MARGIN - placed.bounds.left, y - placed.bounds.top)
        y += placed.bounds.height + GAP
    key, height = legend(entries, MARGIN, y, room)
    note, below = _scale(chains, y + height, room)
    text = " ".join(sentence(chain) for chain in chains)
    return Picture(options.width, below + 6, title, text, (*items, *key, *note))


def _place(chain: Chain, options: Options, results: bool) -> Placed:
    short = len(chain.stops) <= MOST_ACROSS and all(len(step.nodes) == 1 for step in chain.steps)
    if options.direction == "right" or (options.direction == "auto" and short):
        placed = across(chain, options, results)
        if placed.bounds.width <= options.width - 2 * MARGIN:
            return placed
    return down(chain, options, results)


def _scale(chains: Sequence[Chain], y: int, room: int) -> tuple[list[Item], int]:
    """What the sizes of the boxes mean, and where the picture ends."""
    boxes = [stop.box for chain in chains for stop in chain.stops]
    scales = {axis.scale for box in boxes for axis in box.axes}
    named = ((say("steps"), STEPS), (say("sides"), SIDE), (say("depth"), DEPTH))
    said = [f"{name} {scale.text()}" for name, scale in named if scale in scales]
    if not said:
        return [], y
    text = say("log scale, n = size of the axis: {}", ", ".join(said))
    lines = wrap(text, room, 8)
    items: list[Item] = [
        Text(MARGIN, y + 10 + 11 * i, line, "note", 8) for i, line in enumerate(lines)
    ]
    return items, y + 11 * len(lines) + 4


def _explanation(chains: Sequence[Chain]) -> str:
    """What the windows of a model with one kind of window do."""
    steps = [step for chain in chains for step in chain.steps if step.window]
    layers = [node.row.operation for step in steps for node in step.nodes[:1]]
    kinds = {type(layer) for layer in layers}
    if len(kinds) != 1:
        return ""
    return explained(layers[0], steps[0].window)


def _entries(chains: Sequence[Chain]) -> tuple[list[Entry], bool]:
    """What the legend explains, and whether the cards must say what the windows make."""
    pairs = [
        (step.window, after if step.window.on_target else stop)
        for chain in chains
        for step, stop, after in zip(chain.steps, chain.stops, chain.stops[1:], strict=False)
        if step.window is not None and not step.failed
    ]
    shown = [(window, stop.box) for window, stop in pairs if window.label or window.frame]
    labelled = [(window, box) for window, box in shown if window.label]
    results = list(dict.fromkeys(_result(window, box) for window, box in labelled))
    placed = [pair_of(chain, i) for chain in chains for i in range(len(chain.steps))]
    moves = any(pair is not None and pair.following for pair in placed)
    entries = [*_windows(shown, moves=moves)]
    if len(results) == 1:
        entries.insert(1, Entry("result", results[0]))
    elif results:
        entries.insert(1, Entry("result", say("what one window makes")))
    boxes = [stop.box for chain in chains for stop in chain.stops]
    if any(not axis.known for box in boxes for axis in box.axes):
        entries.append(Entry("edge-unknown", say("size not fixed"), line=True))
    if any(step.failed for chain in chains for step in chain.steps):
        entries.append(Entry("error", say("error: the card leads to the rule")))
    return list(dict.fromkeys(entries)), len(results) > 1


def _windows(shown: Sequence[tuple[Window, Box]], *, moves: bool) -> Iterator[Entry]:
    windows = [window for window, _ in shown]
    nouns = list(dict.fromkeys(window.noun for window in windows if window.label))
    if nouns:
        enlarged = any(_enlarged(window, box) for window, box in shown)
        noun = say(nouns[0] if len(nouns) == 1 else "one window")
        yield Entry("kernel", say("{} (drawn enlarged)", noun) if enlarged else noun)
    if moves:
        yield Entry("kernel-next", say("the next window"))
    padded = [w.zeros for w in windows if any(n for pair in w.padding for n in pair)]
    if padded:
        yield Entry("padding", say("zero padding ({})", ", ".join(dict.fromkeys(padded))))
    for window in windows:
        if window.frame:
            yield Entry("kernel-next", window.result)


def _enlarged(window: Window, box: Box) -> bool:
    spatial = [axis for axis in box.axes if axis.kind == "space"]
    patch = window.target if window.on_target else window.source
    extents = [
        effective(size, spread)
        for size, spread in zip(patch.spatial, window.dilation, strict=False)
        if size is not None
    ]
    return any(not axis.scaled(n) for axis, n in zip(spatial, extents, strict=False))


def _result(window: Window, box: Box) -> str:
    """What one position of the output is called, and what it holds."""
    spatial = [axis for axis in box.axes if axis.kind == "space"]
    if window.on_target or not window.slides or WHOLE in window.target.spatial:
        return window.result
    names = {1: "one output step: {}", 2: "one output pixel: {}"}
    return say(names.get(len(spatial), "one position: {}"), window.result)
