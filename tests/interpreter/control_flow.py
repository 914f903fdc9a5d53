"""Small programs of branches and loops over an unknown ``flag``; they end, and may raise."""

from __future__ import annotations

import textwrap
from typing import Any

from hypothesis import strategies as st

SETUP = "a, b, n = 1, 2, 0\nxs = [3, 1]\nys = xs\n"
CONDITIONS = [
    "flag",
    "not flag",
    "a > b",
    "n == 2",
    "xs",
    "len(xs) > 2",
    "flag and a > 1",
    "a in xs",
]
SIMPLE = [
    "a = b + 1",
    "b = a * 2",
    "a, b = b, a",
    "n += 1",
    "a = n",
    "xs.append(a)",
    "ys.append(b)",
    "xs = [a, b]",
    "ys = xs",
    "xs += [n]",
    "xs[0] = a",
    "a = xs[-1]",
    "b = len(ys)",
    "a = b if flag else n",
    "a = flag and b",
    "b = (n := n + 2)",
    "ys = [v + 1 for v in xs if v > a]",
    "ys = xs[:2]",
    "xs.pop()",
    "b = ys[3]",
    "b = helper(a)",
    "b = change(xs, b)",
]
LOOPS = ["for v in xs[:3]:", "for v in range(3):", "for i, v in enumerate(ys[:3]):"]
ENDS = ["break", "continue", "return"]
HELPERS = """\
from contextlib import suppress
def helper(v):
    if flag:
        return v + 1
    for w in range(v % 4):
        if w == 2:
            return w
    return v
def change(items, v):
    if not flag:
        items.append(v)
        return v
    items[0] = v
    return len(items)
"""


@st.composite
def blocks(draw: Any, depth: int, *, in_loop: bool) -> str:
    """The text of one to four statements."""
    lines = [draw(statements(depth, in_loop=in_loop)) for _ in range(draw(st.integers(1, 4)))]
    return "\n".join(lines)


@st.composite
def statements(draw: Any, depth: int, *, in_loop: bool) -> str:
    """The text of one statement."""
    kind = draw(st.integers(0, 11)) if depth else 0
    if kind < 4:
        return str(draw(st.sampled_from(SIMPLE)))

    def inner(*, loop: bool = in_loop) -> str:
        return textwrap.indent(draw(blocks(depth - 1, in_loop=loop)), "    ")

    if kind < 6:
        text = f"if {draw(st.sampled_from(CONDITIONS))}:\n{inner()}"
        return f"{text}\nelse:\n{inner()}" if draw(st.booleans()) else text
    if kind == 6:
        return f"{draw(st.sampled_from(LOOPS))}\n{inner(loop=True)}"
    if kind == 7:
        counted = f"k{depth} = 0\nwhile k{depth} < 3:\n    k{depth} += 1\n{inner(loop=True)}"
        return f"{counted}\nelse:\n{inner()}" if draw(st.booleans()) else counted
    if kind == 8:
        return f"try:\n{inner()}\nexcept IndexError:\n{inner()}\nfinally:\n    n += 1"
    if kind == 9:
        return f"with suppress(IndexError):\n{inner()}"
    if kind == 10:
        stop = f"    k{depth} += 1\n    if k{depth} == 3:\n        break"
        return f"k{depth} = 0\nwhile True:\n{stop}\n{inner(loop=True)}"
    end = draw(st.sampled_from(ENDS if in_loop else ["return"]))
    returned = " (a, b, n, xs, ys)" if end == "return" else ""
    text = f"if {draw(st.sampled_from(CONDITIONS))}:\n    {end}{returned}"
    if draw(st.booleans()):
        return text
    nested = textwrap.indent(text, "    ")
    return f"if {draw(st.sampled_from(CONDITIONS))}:\n    n += 1\nelse:\n{nested}"


@st.composite
def programs(draw: Any) -> str:
    """A program that leaves what it did in ``result``."""
    body = f"{SETUP}{draw(blocks(3, in_loop=False))}\nreturn a, b, n, xs, ys"
    main = f"def main():\n{textwrap.indent(body, '    ')}\n"
    return f"{HELPERS}{main}result = main()\n"
