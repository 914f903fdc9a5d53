"""Graphs in the languages of other tools: Mermaid and DOT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from keraslint.diagrams import words
from keraslint.diagrams.language import say
from keraslint.diagrams.network import Node
from keraslint.diagrams.opening import arranged, levels
from keraslint.diagrams.options import Options
from keraslint.diagrams.sheet import Sheet, Unit, sheet
from keraslint.diagrams.traits import traits
from keraslint.terminal import printable


def mermaid(nodes: Sequence[Node], title: str, options: Options) -> str:
    """The graph as a Mermaid flow chart."""
    direction = "LR" if options.direction == "right" else "TD"
    seen = _seen(nodes, options)
    lines = [f"%% {_mermaid_text(title)}", f"flowchart {direction}"]
    lines += _mermaid_units(seen, "n", 1)
    lines += [f"  {a} --> {b}" for a, b in _edges(seen, "n")]
    lines += [f"  {b} -.-> {a}" for b, a in _again(seen, "n")]
    failed = list(_failed(seen, "n"))
    if failed:
        lines.append("  classDef error fill:#ffebe9,stroke:#c21f2b,color:#1c2630")
        lines.append(f"  class {','.join(failed)} error")
    return "\n".join(lines) + "\n"


def _mermaid_units(seen: Sheet, name: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for i, unit in enumerate(seen.units):
        label = "<br/>".join(_mermaid_text(line) for line in _label(unit, seen))
        if unit.inside is None:
            yield f'{indent}{name}{i}["{label}"]'
            continue
        yield f'{indent}subgraph {name}{i}["{label}"]'
        yield from _mermaid_units(unit.inside, f"{name}{i}_", depth + 1)
        yield f"{indent}end"


def _mermaid_text(text: str) -> str:
    """A text in which nothing has a meaning for Mermaid or for HTML."""
    return "".join(
        char if char.isalnum() or char in " .,:+-=()/_×·→…?" else f"#{ord(char)};"
        for char in printable(text)
    )


def dot(nodes: Sequence[Node], title: str, options: Options) -> str:
    """The graph in the DOT language of Graphviz."""
    direction = "LR" if options.direction == "right" else "TB"
    seen = _seen(nodes, options)
    lines = [
        f'digraph "{_dot_text(title)}" {{',
        f"  rankdir={direction};",
        '  node [shape=box, style=rounded, fontname="monospace", fontsize=10];',
    ]
    lines += _dot_units(seen, "n", 1)
    lines += [f"  {a} -> {b};" for a, b in _edges(seen, "n")]
    lines += [f"  {a} -> {b} [style=dashed, constraint=false];" for a, b in _again(seen, "n")]
    lines += [f'  {unit} [color="#c21f2b"];' for unit in _failed(seen, "n")]
    return "\n".join([*lines, "}"]) + "\n"


def _dot_units(seen: Sheet, name: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for i, unit in enumerate(seen.units):
        label = "\\n".join(_dot_text(line) for line in _label(unit, seen))
        if unit.inside is None:
            yield f'{indent}{name}{i} [label="{label}"];'
            continue
        yield f"{indent}subgraph cluster_{name}{i} {{"
        yield f'{indent}  label="{label}";'
        yield from _dot_units(unit.inside, f"{name}{i}_", depth + 1)
        yield f"{indent}}}"


def _dot_text(text: str) -> str:
    """A text in which nothing has a meaning for Graphviz, which also reads entities of HTML."""
    text = printable(text).replace("&", "&amp;")
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _seen(nodes: Sequence[Node], options: Options) -> Sheet:
    root = arranged(nodes, options.collapse)
    return sheet(nodes, root, levels(root, options.collapse))


def _label(unit: Unit, seen: Sheet) -> list[str]:
    said = traits(unit.part, seen.nodes)
    times = f" × {said.count}" if said.count > 1 else ""
    lines = [f"{said.title}{times}"]
    if unit.inside is None and said.summary:
        lines.append(said.summary)
    failure = unit.part.failure if isinstance(unit.part, Node) else None
    if failure is not None:
        lines += [
            f"✖ {failure.code} {failure.expected}",
            say("got {}", failure.found),
            failure.where,
        ]
    lines.append(said.shapes)
    if said.params or said.params is None:
        lines.append(words.params(said.params))
    return lines


def _edges(seen: Sheet, name: str) -> Iterator[tuple[str, str]]:
    """All edges, those over the border of a cluster from and to what is inside it."""
    for a, b in seen.edges:
        starts = _ends(seen, a, name, b, leaving=True)
        ends = _ends(seen, b, name, a, leaving=False)
        for start in starts:
            for end in ends:
                yield start, end
    for i, unit in enumerate(seen.units):
        if unit.inside is not None:
            yield from _edges(unit.inside, f"{name}{i}_")


def _ends(seen: Sheet, unit: int, name: str, other: int, *, leaving: bool) -> list[str]:
    inside = seen.units[unit].inside
    if inside is None:
        return [f"{name}{unit}"]
    outside = seen.units[other].members
    pairs: Callable[[], list[tuple[int, int]]] = (
        (lambda: [(node, inner) for inner, node in inside.exits])
        if leaving
        else (lambda: inside.entries)
    )
    found: list[str] = []
    for node, inner in pairs():
        if node in outside:
            found += _deepest(inside, inner, f"{name}{unit}_", leaving=leaving)
    return list(dict.fromkeys(found)) or [f"{name}{unit}_0"]


def _deepest(seen: Sheet, unit: int, name: str, *, leaving: bool) -> list[str]:
    """The first or last card inside a cluster inside a cluster."""
    inside = seen.units[unit].inside
    if inside is None:
        return [f"{name}{unit}"]
    at = len(inside.units) - 1 if leaving else 0
    return _deepest(inside, at, f"{name}{unit}_", leaving=leaving)


def _again(seen: Sheet, name: str) -> Iterator[tuple[str, str]]:
    for a, b in seen.again:
        if seen.units[a].inside is None and seen.units[b].inside is None:
            yield f"{name}{a}", f"{name}{b}"


def _failed(seen: Sheet, name: str) -> Iterator[str]:
    for i, unit in enumerate(seen.units):
        if unit.inside is not None:
            yield from _failed(unit.inside, f"{name}{i}_")
        elif isinstance(unit.part, Node) and unit.part.failure is not None:
            yield f"{name}{i}"
