"""KL6: code in docstrings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Severity
from keraslint.rules.faults import FaultRule
from keraslint.rules.rule import Rule

INTENDED = "Traceback (most recent call last)"

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis
    from keraslint.sources import Source


class DocstringExample(Rule):
    """The code in a docstring makes a model that cannot work.

    ## What it does

    Reads the code blocks and the `>>>` examples in docstrings as programs, each docstring's as one,
    and reports what Keras would refuse in them.

    ## Why is this bad?

    Readers copy examples. Nobody runs them, so that they stay behind when the code changes.

    ## Example

    ```python
    def conv_block(filters):
        '''Makes a block.

        >>> import keras
        >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv1D(4, 3)])
        '''
    ```

    ## Use instead

    ```python
    def conv_block(filters):
        '''Makes a block.

        >>> import keras
        >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3)])
        '''
    ```

    ## See

    The code blocks of Markdown and reStructuredText files are checked like any other program.
    """

    code = "KL603"
    name = "docstring-example"
    severity = Severity.WARNING

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each error in each docstring."""
        if analysis.syntax is None:
            return
        source: Source = analysis.syntax.source
        if ">>>" in source.text or "```" in source.text or "::" in source.text:
            for example in _examples(source, analysis.syntax.module):
                yield from self._check_example(example)

    def _check_example(self, example: Source) -> Iterator[Finding]:
        from keraslint.engine import analyse_source

        analysis = analyse_source(example)
        for rule in _fault_rules():
            for found in rule.check(analysis):
                if found.severity is Severity.ERROR:
                    what = f"{found.message} ({found.name})"
                    yield self.finding(found.location, f"in this example {what}", help=found.help)


@cache
def _fault_rules() -> tuple[FaultRule, ...]:
    from keraslint.rules.registry import rules

    return tuple(rule() for rule in rules() if issubclass(rule, FaultRule))


def _examples(source: Source, module: cst.Module) -> Iterator[Source]:
    """The programs in a module's docstrings; their places are those of the file."""
    from keraslint.sources import Source
    from keraslint.sources.documents import code_blocks

    if source.blocks:
        return
    docstrings = [node for node in _docstrings(module) if "keras" in node.value]
    for node, row in _with_rows(docstrings, source, module):
        program = code_blocks(node.value, row=row)
        if "keras" in program.text and INTENDED not in node.value:
            yield Source(source.path, program.text, source.original, blocks=program.blocks)


def _with_rows(
    nodes: list[cst.SimpleString], source: Source, module: cst.Module
) -> Iterator[tuple[cst.SimpleString, int]]:
    """Strings with their first rows: a text that stands in the file once is quickly found."""
    from keraslint.sources import LineIndex
    from keraslint.syntax import positions

    index = LineIndex(source.text)
    several = [node for node in nodes if source.text.count(node.value) != 1]
    spans = positions(module, several)
    for node in nodes:
        known = spans.get(node)
        start = known.start if known else index.position(source.text.index(node.value))
        yield node, start.row


def _docstrings(module: cst.Module) -> Iterator[cst.SimpleString]:
    """The docstrings whose text stands in the file as it is, without escapes."""
    import libcst as cst

    from keraslint.syntax.walking import statements

    for node, _ in statements(module):
        if isinstance(node, (cst.Module, cst.ClassDef, cst.FunctionDef)):
            body = node.body if isinstance(node, cst.Module) else node.body.body
            first = body[0] if body else None
            statement = first.body[0] if isinstance(first, cst.SimpleStatementLine) else None
            value = statement.value if isinstance(statement, cst.Expr) else None
            if isinstance(value, cst.SimpleString):
                raw = "r" in value.prefix.lower()
                if len(value.quote) == 3 and (raw or "\\" not in value.value):
                    yield value
