import time
import tokenize
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from keraslint.syntax.tokens import tokens
from tests.endurance.mutations import SPICE


def shown(text: str, *, operators: bool = True) -> str:
    letters = {"open": "(", "close": ")", "string": "s", "newline": "n", "operator": "o"}
    return "".join(
        letters.get(kind, text[start:end]) for kind, start, end in tokens(text, operators=operators)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("f(x)[0]", "()()"),
        ("a + b.c\n", "oon"),
        ("a.  b, 1.5; 1 .real", "o,;o"),
        ("x = [1, # ) +\n 2]", "o(,n)"),
        ("'(' \"'\" '''\n'' \\''' '''", "sss"),
        ("x = 'not closed (\n(", "osn("),
        ("'''not closed (\n(", "s"),
        ("a + \\\n b - c", "oo"),
        ("rb'(' bR'{' u'('", "sss"),
        ("f'{a + b}' + 1", "s(o)o"),
        ("f'a + b' + 1", "so"),
        ("f'{{a + b}}' + 1", "so"),
        ("rf'{a:{b + 1}.2f}' + 1", "s((o))o"),
        ("f'{a!r:>+{b + 1}}+' + 1", "s((o))o"),
        ("f'{d[1:2 + 1]}'", "s((o))"),
        ('f"{" (+ "}" + 1', "s(s)o"),
        ("f'{f'{f'{a + b}'}'}' + 1", "s(s(s(o)))o"),
        ("f'''{a + \nb}\n''' + 1", "s(on)o"),
        ("f'{lambda: 1}'", "s(o)"),
        ("f'not closed {a} (\n(", "s()n("),
        ("t'{a + b}' 1f'{a}'", "s(o)s()"),
        ("if_f'{'", "s"),
    ],
)
def test_what_is_found(text: str, found: str) -> None:
    assert shown(text) == found


@pytest.mark.parametrize("seed", range(100))
def test_any_text_is_read_to_its_end(seed: int) -> None:
    draw = Random(seed)
    text = "".join(draw.choice(SPICE).decode(errors="replace") for _ in range(50))
    found = [*tokens(text, operators=True)]
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)
    plain = {(kind, start) for kind, start, _ in tokens(text)}
    assert plain <= {(kind, start) for kind, start, _ in found}


def test_brackets_stand_where_python_sees_them() -> None:
    text = Path(tokenize.__file__).read_text(encoding="utf-8")
    rows = [0]
    for line in text.splitlines(keepends=True):
        rows.append(rows[-1] + len(line))
    python = [
        rows[token.start[0] - 1] + token.start[1]
        for token in tokenize.generate_tokens(StringIO(text).readline)
        if token.type == tokenize.OP and token.string in "()[]{}"
    ]
    assert python == [start for kind, start, _ in tokens(text) if kind in {"open", "close"}]


@pytest.mark.parametrize("operators", [False, True])
@pytest.mark.parametrize(
    "text", ["'" * 3, "f'{", "f'", '"\\', "((((", "f'{x:{", "# f'", "\\\n", "\\a", "'"]
)
def test_long_texts_take_linear_time(text: str, operators: bool) -> None:
    start = time.process_time()
    assert len([*tokens(text * 200_000, operators=operators)]) <= 1_200_000
    assert time.process_time() - start < 10
