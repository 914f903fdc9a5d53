"""The nodes inside a node are those that libcst finds, without the layout."""

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
    punctuation = (cst.Newline, cst.Comment, cst.Semicolon, cst.LeftParen, cst.RightParen)
    return isinstance(node, (*kinds, *punctuation))


def test_every_node_but_the_layout_is_found():
    module = cst.parse_module(PROGRAM)
    expected = [n for n in nodes(module, lambda node: node.children) if not is_layout(n)]
    assert {id(n) for n in nodes(module, children)} == {id(n) for n in expected}
