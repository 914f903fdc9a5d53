import time

import pytest

from keraslint.sources import Source
from keraslint.syntax import parse, positions
from keraslint.syntax.nesting import MAX_BRACKETS, MAX_CHAIN, find_excess

SHAPES = {
    "parentheses": lambda n: "x = " + "(" * n + "1" + ")" * n,
    "lists": lambda n: "x = " + "[" * n + "]" * n,
    "calls": lambda n: "x = f" + "()" * n,
    "attributes": lambda n: "x = f" + ".a" * n,
    "sums": lambda n: "x = 1" + " + 1" * n,
    "sums over rows": lambda n: "x = (1" + "\n  + 1" * n + ")",
    "sums at the margin": lambda n: "x = (1" + "\n+ 1" * n + ")",
    "attributes at the margin": lambda n: "x = (f" + "\n.a" * n + ")",
    "signs at the margin": lambda n: "x = (\n" + "~\n" * n + "1)",
    "names at the margin": lambda n: "x = (\na\n" + "+\na\n" * n + ")",
    "sums in a string": lambda n: "x = f'{1" + " + 1" * n + "}'",
    "sums in quotes in a string": lambda n: "x = f'{' '" + " + 1" * n + " + ' '}'",
    "sums in a format": lambda n: "x = f'{1:{1" + " + 1" * n + "}}'",
    "backslashes": lambda n: "x = 1" + " \\\n  + 1" * n,
    "signs": lambda n: "x = " + "-" * n + "1",
    "negations": lambda n: "x = " + "not " * n + "1",
    "powers": lambda n: "x = 1" + " ** 1" * n,
    "lambdas": lambda n: "x = " + "lambda: " * n + "1",
    "conditions": lambda n: "x = " + "1 if a else " * n + "2",
    "ands": lambda n: "x = a" + " and a" * n,
    "strings": lambda n: "x = " + "'a' " * n,
    "branches": lambda n: "if a: b\n" + "elif a: b\n" * n,
    "f-strings": lambda n: "x = " + 'f"{' * n + "a" + '}"' * n,
    "indentation": lambda n: (
        "".join(" " * i + "if x:\n" for i in range(min(n, 300))) + " " * min(n, 300) + "x"
    ),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("depth", [MAX_CHAIN + 1, 4_000])
def test_too_deep_is_a_problem_and_no_crash(name, depth):
    text = SHAPES[name](depth) + "\n"
    (problem,) = parse(Source("m.py", text, text)).problems
    assert problem.message
    assert problem.invalid == (name in {"parentheses", "lists", "f-strings", "indentation"})


@pytest.mark.parametrize("name", SHAPES)
def test_what_people_write_is_not_too_deep(name):
    text = SHAPES[name](90) + "\n"
    parsed = parse(Source("m.py", text, text))
    assert parsed.problems == () or name == "f-strings"  # which nest since Python 3.12 only
    assert parsed.module in positions(parsed.module, [parsed.module])


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "-1.5, (f(2), 'a'),\n" * 5000 + "]\n",
        "x = {" + "'a': f(-1) + 2,\n" * 5000 + "}\n",
        "class A:\n" + "    x = f(1) + g.h[2] if a else -b\n" * 5000,
        "x = '''" + "((((" * 500 + "'''\n" + "y = 1\n" * 10,
        "# " + "((((" * 500 + "\n",
        "x = 1\n" + "y = '('\n" * 500,
    ],
)
def test_long_is_not_deep(text):
    assert find_excess(text) is None


def test_the_first_bracket_too_many():
    text = "x = " + "(" * 400 + ")" * 400
    excess = find_excess(text)
    assert excess is not None
    assert excess.offset == len("x = ") + MAX_BRACKETS


def test_looking_takes_no_time():
    text = "class A:\n" + "    x = f(1, '(') + g.h[2] if a else -b\n" * 20_000
    started = time.process_time()
    find_excess(text)
    assert time.process_time() - started < 3
