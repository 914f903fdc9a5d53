"""Budgets: what is too big is left unknown at once, and noted."""

from __future__ import annotations

import time

import pytest

from tests.interpreter.keras_programs import analyse

MODEL = "m = keras.Sequential([keras.Input((2,)), layers.Dense(3)])\n"
LAST = "layers.Dense(3)(keras.Input((2,)))\n"
RECORDED = {
    "calls that double": (
        "def f(n, x):\n    return f(n - 1, x) + f(n - 1, x) if n else 1\nf(40, 1)\n",
        "steps",
    ),
    "functions that double": (
        "def f0():\n    return 1\n"
        + "".join(f"def f{i}():\n    return f{i - 1}() + f{i - 1}()\n" for i in range(1, 40))
        + "f39()\n",
        "steps",
    ),
    "endless recursion": ("def f(n):\n    return f(n + 1)\nf(0)\n", "depth"),
    "loops in loops": (
        "for i in range(2000):\n    for j in range(2000):\n        k = i\n",
        "steps",
    ),
}
DEEP = {
    "a list in itself": "a = []\na.append(a)\nb = a == a, str(a), len(a)\nlayers.Dense(a)\n",
    "a dict in itself": "a = {}\na['a'] = a\nb = str(a)\nlayers.Dense(kernel_regularizer=a)\n",
    "a list in itself as an input": "a = []\na.append(a)\nlayers.Dense(3)(a)\n",
    "lists in a list": "a = []\nfor i in range(2000):\n    a = [a]\nb = a == [a]\n",
    "a long sum": "n = " + "+".join(["flag"] * 900) + "\n",
    "a long condition": "n = " + " or ".join(["flag"] * 900) + "\n",
    "a long text": "n = " + " ".join(["'a'"] * 900) + "\n",
}
HARMLESS = {
    "a long while": "n = 0\nwhile n < 10**9:\n    n += 1\n",
    "a power": "a = 10 ** 10 ** 10\n",
    "a shift": "a = 1 << 10 ** 12\n",
    "a long string": "a = 'a' * 10 ** 12\n",
    "a long list": "a = [0] * 10 ** 12\n",
    "a long range": "for i in range(10 ** 12):\n    pass\n",
    "a list that doubles": "a = [1]\nfor i in range(200):\n    a = a + a\n",
    "a number that squares": "a = 3\nfor i in range(200):\n    a = a * a\n",
    "a string that doubles": "a = 'ab'\nfor i in range(200):\n    a += a\n",
    "a nest that doubles": "a = (1,)\nfor i in range(200):\n    a = (a, a)\nb = a == a\n",
    "an instance in itself": "import copy\nclass A: ...\na = A()\na.a = a\nb = copy.deepcopy(a)\n",
    "unknown branches": "n = 0\n" + "if flag:\n    n += 1\nelse:\n    n += 2\n" * 60,
    "unknown branches in branches": "n = 0\n"
    + "".join("    " * i + f"if flag[{i}]:\n" for i in range(25))
    + "    " * 25
    + "n = 1\n",
    "unknown loops in loops": "".join("    " * i + f"for i{i} in flag:\n" for i in range(9))
    + "    " * 9
    + "n = i0\n",
    "a deep nest": "n = " + "[" * 80 + "]" * 80 + "\n",
}


def timed(code: str) -> list[str]:
    before = time.process_time()
    analysis = analyse(MODEL + code)
    assert time.process_time() - before < 15
    assert analysis.models[0].total_params == 9
    return [limit.kind for limit in analysis.limits]


@pytest.mark.parametrize(("code", "kind"), RECORDED.values(), ids=RECORDED.keys())
def test_a_budget_that_is_used_up_is_noted(code: str, kind: str) -> None:
    assert kind in timed(code)


@pytest.mark.parametrize("code", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_comes_after_is_still_read(code: str) -> None:
    before = time.process_time()
    analysis = analyse(code + LAST)
    assert time.process_time() - before < 3
    assert [call.params for _, call in analysis.calls()][-2:] in ([9, 0], [0, 9], [None, 9], [9, 9])


@pytest.mark.parametrize("code", DEEP.values(), ids=DEEP.keys())
def test_what_comes_after_something_deep_is_still_read(code: str) -> None:
    analysis = analyse(code + LAST)
    assert [call.params for _, call in analysis.calls()][-2:] in ([9, 0], [0, 9], [None, 9], [9, 9])


def test_what_a_deep_statement_may_have_changed_is_unknown() -> None:
    code = (
        "m = keras.Sequential([keras.Input((8, 8, 3))])\nxs = [m]\n"
        f"n = xs[0].add(layers.Flatten(name=flag{'.a' * 900}))\n"
        "m.add(layers.Conv2D(3, 3))\n"
    )
    analysis = analyse(code)
    assert [limit.kind for limit in analysis.limits] == ["depth"]
    assert not analysis.faults


def test_one_root_that_never_ends_leaves_the_others_their_budget() -> None:
    code = "def f(n):\n    while True:\n        for i in range(4000):\n            n = f2(n)\n"
    code += "def f2(n):\n    return [n for _ in range(4000)]\n"
    code += f"def g():\n    {LAST}"
    analysis = analyse(code)
    assert {limit.entry for limit in analysis.limits} == {"f"}
    assert {call.entry for _, call in analysis.calls()} == {"g"}
