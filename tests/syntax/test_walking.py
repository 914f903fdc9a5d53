"""The nodes inside a node are those that libcst finds, without layout and punctuation."""

import libcst as cst

from keraslint.syntax.walking import children

PROGRAM = '''
import a.b as c  # why
@d(1)
class E(F, metaclass=G):
    """Text."""

    def f(self, /, *args: int, h=lambda: (yield 1), **kw) -> str:
        for i, (j, *k) in zip(args[1:2, ...], [x async for x in y if x]):
            return f"{i!r:>{j}}" if (not k) else {"a": 1, **kw}
        else:
            del i; raise X from None
'''


def nodes(root, inner):
    found, pending = [], [root]
    while pending:
        node = pending.pop()
        found.append(node)
        pending.extend(inner(node))
    return found


def is_layout(node):
    kinds = (cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine)
    round_ = (cst.LeftParen, cst.RightParen)
    square = (cst.LeftSquareBracket, cst.RightSquareBracket)
    curly = (cst.LeftCurlyBrace, cst.RightCurlyBrace)
    marks = (cst.Comma, cst.Colon, cst.Dot, cst.AssignEqual, cst.Semicolon)
    return isinstance(node, (*kinds, cst.Newline, cst.Comment, *round_, *square, *curly, *marks))


def test_every_node_but_layout_and_punctuation_is_found():
    module = cst.parse_module(PROGRAM)
    expected = [n for n in nodes(module, lambda node: node.children) if not is_layout(n)]
    assert {id(n) for n in nodes(module, children)} == {id(n) for n in expected}
