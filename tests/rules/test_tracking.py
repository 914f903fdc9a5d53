"""Where a class may keep layers: what is told, and what Keras counts."""

from typing import Any

import pytest

from tests.rules.test_examples import check

HEAD = """\
from collections import deque

import numpy as np

import keras
from keras import layers


class Plain:
    def __init__(self):
        self.inside = layers.Dense(3)


class Tower(keras.{base}):
    {shared}def __init__(self):
        super().__init__()
{body}
    def call(self, inputs):
        return {layer}(inputs)


tower = Tower()
tower(keras.ops.zeros((2, 3)))
"""
DENSE = "layers.Dense(3)"
SEEN = {
    "attribute": (f"self.a = {DENSE}", "self.a"),
    "list": (f"self.a = [{DENSE}]", "self.a[0]"),
    "append": (f"self.a = []\nself.a.append({DENSE})", "self.a[0]"),
    "nested lists": (f"self.a = [[{DENSE}], [{DENSE}]]", "self.a[1][0]"),
    "grows inside": (f"self.a = [[], []]\nself.a[0].append({DENSE})", "self.a[0][0]"),
    "complete when appended": (
        f"b = []\nb.append({DENSE})\nself.a = []\nself.a.append(b)",
        "self.a[0][0]",
    ),
    "dict": (f"self.a = {{}}\nself.a['x'] = {DENSE}", "self.a['x']"),
    "tuple": (f"self.a = ({DENSE}, [{DENSE}])", "self.a[1][0]"),
    "set elsewhere": (f"self.a = [None]\nself.a[0] = {DENSE}\nself.b = self.a[0]", "self.a[0]"),
    "complete when set": (
        f"self.a = [None]\nself.a[0] = {DENSE}\nself.b = list(self.a)",
        "self.a[0]",
    ),
    "set by name": (
        f"self.a = [None]\nself.a[0] = {DENSE}\nsetattr(self, 'b', self.a[0])",
        "self.a[0]",
    ),
    "taken out": ("self.p = Plain()\nself.d = self.p.inside", "self.p.inside"),
}
UNSEEN = {
    "item": (f"self.a = [None] * 2\nself.a[0] = {DENSE}", "self.a[0]"),
    "grows later": (f"self.a = []\nself.a.append([])\nself.a[-1].append({DENSE})", "self.a[0][0]"),
    "dict of lists": (
        f"self.a = {{}}\nself.a['x'] = []\nself.a['x'].append({DENSE})",
        "self.a['x'][0]",
    ),
    "setdefault": (f"self.a = {{}}\nself.a.setdefault('x', {DENSE})", "self.a['x']"),
    "deque": (f"self.a = deque()\nself.a.append({DENSE})", "self.a[0]"),
    "array": (f"self.a = np.array([{DENSE}, None])", "self.a[0]"),
    "object": ("self.a = Plain()", "self.a.inside"),
    "shared": ("pass", "self.a"),
}


def program(case: str, base: str = "Model") -> str:
    body, layer = (SEEN | UNSEEN)[case]
    lines = "".join(f"        {line}\n" for line in body.split("\n"))
    shared = f"a = {DENSE}\n\n    " if case == "shared" else ""
    return HEAD.format(base=base, shared=shared, body=lines, layer=layer)


@pytest.mark.parametrize("case", [*SEEN, *UNSEEN])
def test_what_keras_does_not_find_is_told(tmp_path, case):
    told = [f for f in check(tmp_path, program(case)) if f.code == "KL416"]
    assert len(told) == (case in UNSEEN)


@pytest.mark.oracle
@pytest.mark.parametrize("base", ["Model", "Layer"])
@pytest.mark.parametrize("case", [*SEEN, *UNSEEN])
def test_keras_counts_no_others(keras, case, base):
    names: dict[str, Any] = {}
    exec(program(case, base), names)
    assert (names["tower"].count_params() == 0) == (case in UNSEEN)


def test_a_class_with_another_base_may_track_them(tmp_path):
    code = program("item").replace("(keras.Model)", "(Mixin, keras.Model)")
    assert "KL416" not in {f.code for f in check(tmp_path, code)}
