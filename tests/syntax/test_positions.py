import importlib.util
import sys
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider

from keraslint.sources import LineIndex, Position, Span
from keraslint.syntax import positions

TRICKY = {
    "parentheses": "x = ((f)(a, (b)), (c,), (yield_))\ny = (\n  f(\n    a,\n  )\n)\n",
    "decorators": (
        "@d\n@e(1)\nclass A(B, metaclass=C):\n\n  @f\n  def g(self, *a, b=1, **c) -> int: pass\n"
    ),
    "comments": (
        "# one\n\n# two\nx = 1  # three\nif x:  # four\n    # five\n    y = f(  # six\n"
        "        1,  # seven\n    )\n# eight\n"
    ),
    "non-ascii": "名前 = f('形状', é=1)  # 😀\n'😀'; g(名前)\n",
    "tabs": "if x:\n\ty\t=\tf(\t1 )\n\tif y:\n\t        z = 1\n",
    "form feeds": "x = 1\n\x0c\ny = f(2)\n\x0cdef g(): pass\n",
    "CR LF": "def f(\r\n    a,\r\n):\r\n    return g(a)\r\n",
    "CR": "x = f(1)\ry = g(2)\r",
    "mixed line breaks": "x = f(1)\r\ny = g(2)\rz = h(3)\n",
    "backslashes": "x = \\\n    f(1) + \\\n    g(2)\nassert x, \\\n  y\n",
    "strings": "x = f'''a\n{g(1)}\n''' 'b'\ny = '''\n\n''' .join(f(2))\n",
    "no final line break": "x = f(1)",
    "a final comment": "x = f(1)\n# end",
    "empty": "",
    "blank": "\n\n  \n",
    "semicolons": "f(1); g(2);\nif x: f(3); g(4)\nelse: h(5)\n",
    "compound": (
        "try:\n  a()\nexcept (B, C) as e:\n  pass\nelse:\n  d()\nfinally:\n  e()\n"
        "with a() as b, c():\n  pass\nwhile x: pass\nelse: pass\n"
    ),
    "comprehensions": (
        "[a for b in c() if d() for e in f()]\n{**a, 'b': c()}\nlambda a, b=f(): g()\n"
        "x = a if b() else c()\n"
    ),
    "match": "match f(x):\n  case [A(b), *c] if d(): e()\n  case {'k': 1} | None: pass\n",
    "async": "async def f():\n  async with a() as b:\n    await c()\n  async for d in e(): pass\n",
    "subscripts": "a[f(1):2, ..., None] = b[c](d)[e]\ndel a[1], b\n",
    "types": "x: int = f()\ndef g[T: int](a: T, /, *, b: T = h()): pass\ntype A[T] = B[T]\n",
    "global": (
        "def f():\n    global x\n    import a.b as c\n    from . import (d, e as f,)\n"
        "    raise A(b) from c\n"
    ),
}


def all_nodes(module: cst.Module) -> list[cst.CSTNode]:
    nodes: list[cst.CSTNode] = []
    stack: list[cst.CSTNode] = [module]
    while stack:
        node = stack.pop()
        nodes.append(node)
        stack.extend(node.children)
    return nodes


def provided(module: cst.Module) -> dict[cst.CSTNode, Span]:
    index = LineIndex(module.code)
    end = index.position(len(module.code))  # the provider sees a line break behind the last row
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    return {
        node: Span(
            Position(place.start.line, place.start.column + 1),
            min(Position(place.end.line, place.end.column + 1), end),
        )
        for node, place in wrapper.resolve(PositionProvider).items()
    }


def assert_same(text: str) -> None:
    module = cst.parse_module(text)
    nodes = all_nodes(module)
    expected = provided(module)
    assert positions(module, nodes) == {node: expected[node] for node in nodes if node in expected}
    some = [node for node in nodes if isinstance(node, (cst.Call, cst.FunctionDef, cst.ClassDef))]
    assert positions(module, some) == {node: expected[node] for node in some}


@pytest.mark.parametrize("name", TRICKY)
def test_as_libcst_places_them(name):
    assert_same(TRICKY[name])


@given(st.lists(st.sampled_from(sorted(TRICKY.values())), max_size=4))
def test_as_libcst_places_them_in_any_order(texts):
    try:
        cst.parse_module("\n".join(texts))
    except cst.ParserSyntaxError:
        return
    assert_same("\n".join(texts))


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def real_files() -> list[Path]:
    library = package_folder("json").parent
    return [library / "ast.py", package_folder("libcst") / "_nodes/module.py", Path(__file__)]


@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_as_libcst_places_them_in_real_files(path):
    assert_same(path.read_text(encoding="utf-8"))


@pytest.mark.oracle
def test_as_libcst_places_them_in_keras_applications():
    for path in sorted((package_folder("keras") / "src/applications").glob("*.py")):
        if "_test" not in path.name:
            assert_same(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", TRICKY.values(), ids=TRICKY)
def test_a_call_spans_its_own_code(text):
    module = cst.parse_module(text)
    index = LineIndex(text)
    calls = [node for node in all_nodes(module) if isinstance(node, cst.Call)]
    for node, (start, end) in positions(module, calls).items():
        code = text[index.offset(*start) : index.offset(*end)]
        assert code.endswith(")")
        written = module.code_for_node(node.with_changes(lpar=[], rpar=[]))
        assert code.split() == written.split()


def test_a_node_of_another_module_has_no_position():
    module = cst.parse_module("f(1)\n")
    assert positions(module, [cst.Name("x")]) == {}
    assert positions(module, []) == {}


def test_code_nested_deeper_than_the_stack():
    depth = 600  # more than Python allows at first; 900 are more than 3.12 ever allows
    module = cst.parse_module(
        "x = 1" + " + 1" * depth + " + f(2)\n" + "if a: b\n" + "elif a: b\n" * depth
    )
    limit = sys.getrecursionlimit()
    assert positions(module, [module])[module].end == Position(depth + 3, 1)
    assert sys.getrecursionlimit() == limit
