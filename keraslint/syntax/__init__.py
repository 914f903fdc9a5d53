"""Syntax trees of programs: parsing, where nodes stand, and what comments ask for."""

from keraslint.syntax.comments import Comment, Comments, find_comments
from keraslint.syntax.parsing import ParsedModule, SyntaxProblem, parse
from keraslint.syntax.positions import positions
from keraslint.syntax.recursion import with_room
from keraslint.syntax.suppressions import Suppression, suppressions

__all__ = [
    "Comment",
    "Comments",
    "ParsedModule",
    "Suppression",
    "SyntaxProblem",
    "find_comments",
    "parse",
    "positions",
    "suppressions",
    "with_room",
]
