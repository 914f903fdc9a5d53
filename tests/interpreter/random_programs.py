"""Programs of random calls of built-ins and methods, none of which raises."""

from __future__ import annotations

import builtins
import copy
import textwrap
import types
from typing import Any

from hypothesis import strategies as st

NAMES = {
    "integer": ("i", "u"),
    "text": ("s",),
    "items": ("xs", "ys"),
    "mapping": ("d", "e"),
    "group": ("g",),
}
SETUP = """\
import collections, functools, itertools, math, operator
i = 3
s = "a-b c"
xs = [3, 1, 2]
ys = [2, 5]
d = {1: 2, "k": 0}
e = dict(a=1)
g = {1, 4}
q = collections.deque([1, 2], maxlen=3)
"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


# What expressions look like; ``{integer}`` stands for any expression of that kind.
EXPRESSIONS: dict[str, list[str]] = {
    "integer": _lines(
        """
        0
        1
        2
        -1
        7
        i
        u
        len({items})
        len({text})
        len({mapping})
        len({group})
        sum({items})
        max({items})
        min({integer}, {integer})
        abs({integer})
        max({items}, key=lambda v: -v)
        min({items}, default={integer})
        len(set({items}))
        {items}.count({integer})
        {items}.index({integer})
        {text}.find({text})
        int({text})
        int(2.5)
        round(2.567)
        divmod({integer}, {integer})[1]
        ord({text})
        pow({integer}, 2)
        {mapping}.get({integer}, {integer})
        {mapping}.get('a', 5)
        math.ceil({integer} / 2)
        math.prod({items})
        math.gcd({integer}, 12)
        {items}.pop()
        next(iter({items}))
        next(iter({items}), {integer})
        functools.reduce(max, {items})
        operator.add({integer}, {integer})
        {mapping}.pop({integer}, 9)
        q.popleft()
        {mapping}.setdefault({integer}, {integer})
        {items}.pop({integer})
        ({integer}).bit_length()
        getattr({items}, 'count')(1)
        list.index({items}, {integer})
        hash({integer}) * 0
        """
    ),
    "text": _lines(
        """
        ''
        'a'
        'b c'
        '12'
        s
        str({integer})
        {text}.upper()
        {text}.title()
        {text}.replace({text}, {text})
        {text}.strip()
        {text}.center({integer} % 20, '*')
        {text}.zfill({integer} % 20)
        '-'.join(map(str, {items}))
        repr({items})
        {text}.split()[0]
        '{{}}:{{:>3}}'.format({integer}, {integer})
        format({integer}, '04d')
        str({items})
        {text}.removeprefix({text})
        {text}.partition('-')[0]
        chr(97 + abs({integer}) % 20)
        str.lower({text})
        bin({integer})
        str({mapping})
        ''.join(sorted({text}))
        """
    ),
    "items": _lines(
        """
        xs
        ys
        []
        [{integer}, {integer}]
        list(range({integer} % 20))
        sorted({items})
        sorted({items}, reverse=True)
        sorted({items}, key=lambda v: (v % 2, v))
        {items}.copy()
        list(reversed({items}))
        list(map(lambda v: v + {integer}, {items}))
        {items}[:2]
        list(filter(lambda v: v > {integer}, {items}))
        [a + b for a, b in zip({items}, {items})]
        [a * b for a, b in enumerate({items}, {integer})]
        list(set({items}))
        list({group})
        list(itertools.chain({items}, {items}))
        list(itertools.accumulate({items}))
        list(q)
        [a - b for a, b in itertools.product({items}[:9], {items}[:9])]
        list(itertools.islice({items}, 1, 3))
        list(itertools.takewhile(lambda v: v > 0, {items}))
        list(map(max, {items}, {items}))
        [v for v in {mapping}.values()]
        list(filter(None, {items}))
        [len(k) for k in e.keys()]
        sum([{items}, {items}], [])
        list({items})
        list(map(len, {text}.split('-')))
        [a for a, b in itertools.zip_longest({items}, {items}, fillvalue=0)]
        sorted({group})
        [next(it) for it in [iter({items})]]
        list(itertools.starmap(pow, zip({items}, [2, 2])))
        """
    ),
    "mapping": _lines(
        """
        d
        e
        {{}}
        dict(zip({items}, {items}))
        dict.fromkeys({items}, {integer})
        dict({mapping}, b={integer})
        collections.Counter({items})
        {mapping}.copy()
        dict(enumerate({items}))
        {{k: v for k, v in {mapping}.items()}}
        dict(({items}, ({integer}, 1)))
        collections.OrderedDict({mapping})
        dict(sorted(dict(enumerate({items})).items()))
        """
    ),
    "group": _lines(
        """
        g
        set()
        set({items})
        {group}.union({items})
        {group}.difference({group})
        {group}.copy()
        {group}.intersection({items})
        {group}.symmetric_difference({items})
        frozenset({items})
        """
    ),
    "truth": _lines(
        """
        any({items})
        all({items})
        isinstance({integer}, int)
        isinstance({items}, (tuple, list))
        isinstance({text}, (int, float))
        isinstance({mapping}, dict)
        isinstance(None, type(None))
        issubclass(bool, int)
        hasattr({text}, 'upper')
        hasattr({items}, 'shape')
        callable(len)
        bool({items})
        {group}.issubset({items})
        {group}.isdisjoint({items})
        bool({text})
        {integer} in {items}
        {text}.startswith({text})
        type({integer}) is int
        callable({items})
        {text}.isdigit()
        {items} == {items}
        operator.lt({integer}, {integer})
        bool({mapping})
        """
    ),
}
STATEMENTS = [
    *_lines(
        """
        i = {integer}
        s = {text}
        xs = {items}
        ys = {items}
        d = {mapping}
        g = set({group})
        xs.append({integer})
        xs.extend({items})
        xs.insert({integer}, {integer})
        xs.sort()
        xs.remove({integer})
        del xs[0]
        xs.reverse()
        xs.clear()
        xs += {items}
        ys = xs
        xs.sort(key=lambda v: -v)
        xs.sort(reverse=True)
        xs[0] = {integer}
        d[{integer}] = {integer}
        d.update({mapping})
        d.update(e, z={integer})
        d.pop({integer}, None)
        d.setdefault(7, {integer})
        d.popitem()
        d.clear()
        e.update(d) if all(isinstance(k, str) for k in d) else None
        e = d
        g.add({integer})
        g.discard({integer})
        g.update({items})
        g.remove({integer})
        q.append({integer})
        q.appendleft({integer})
        q.extend({items})
        q.rotate({integer})
        t = {truth}
        z = {group}
        list(map(xs.append, list({items})))
        it = iter({items}); z = next(it); ys = list(it)
        z = tuple({items})
        z = {truth} and {truth}
        p = functools.partial(max, {integer}); i = p({integer})
        z = list(zip({items}, {text}, {items}))
        it = iter({items}); z = list(zip(it, it))
        z = range({integer})
        z = list(reversed({items}))
        """
    ),
    "for v in list({items}):\n    xs.append(v)",
    "for k, v in dict({mapping}).items():\n    d[k] = v",
]


@st.composite
def expressions(draw: Any, kind: str, depth: int) -> str:
    """The text of a random expression."""
    if depth == 0:
        return str(draw(st.sampled_from(NAMES.get(kind, ("True",)))))
    form: str = draw(st.sampled_from(EXPRESSIONS[kind]))
    return _fill(draw, form, depth)


def _fill(draw: Any, form: str, depth: int) -> str:
    parts: dict[str, str] = {}
    for kind in EXPRESSIONS:
        while "{" + kind + "}" in form:
            place = f"<{len(parts)}>"
            form = form.replace("{" + kind + "}", place, 1)
            parts[place] = draw(expressions(kind, depth - 1))
    form = form.replace("{{", "{").replace("}}", "}")
    for place, text in parts.items():
        form = form.replace(place, text)
    return form


@st.composite
def programs(draw: Any) -> tuple[str, dict[str, Any]]:
    """A program and the names it leaves; the interpreter knows nothing of ``u`` and ``w``."""
    scope: dict[str, Any] = {"u": draw(st.integers(-2, 4)), "w": draw(st.booleans())}
    exec(SETUP, scope)
    lines = [SETUP]
    for _ in range(draw(st.integers(1, 7))):
        line = _fill(draw, draw(st.sampled_from(STATEMENTS)), draw(st.integers(1, 2)))
        if draw(st.integers(0, 3)) == 0 and not changes_a_list(line):
            line = "if w:\n" + textwrap.indent(line, "    ")
        after = attempt(line, scope)
        if after is not None:
            scope = after
            lines.append(line)
    return "\n".join(lines), scope


def changes_a_list(line: str) -> bool:
    """Whether a line may change a list in place, or which list a name stands for."""
    return line.startswith(("xs", "ys", "del", "q.", "list", "for", "it")) or ".pop" in line


def attempt(line: str, scope: dict[str, Any]) -> dict[str, Any] | None:
    """The names after a line, `None` if it raises or makes things too big."""
    fixed = {name: value for name, value in scope.items() if _is_fixed(value)}
    moving = {name: value for name, value in scope.items() if name not in fixed}
    after = {**fixed, **copy.deepcopy(moving)}
    try:
        exec(line, after)
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, StopIteration):
        return None
    return (
        after if all(_is_small(value) for name, value in after.items() if name[0] != "_") else None
    )


def _is_fixed(value: Any) -> bool:
    return isinstance(value, types.ModuleType) or value is vars(builtins) or callable(value)


def _is_small(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < 10**9
    return not isinstance(value, (str, list, tuple)) or len(value) < 60
