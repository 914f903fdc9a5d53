"""KL0: the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from keraslint.findings import Finding, Severity
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis


class ProblemRule(Rule):
    """A rule that reports one kind of `Problem`."""

    always = True
    kind: ClassVar[str]

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each problem of the kind."""
        for problem in analysis.problems:
            if problem.kind == self.kind:
                yield self.finding(problem.location, problem.message)


class SyntaxErrorRule(ProblemRule):
    """The file is not valid Python.

    ## What it does

    Reports the first place at which Python's grammar does not allow what is written.

    ## Why is this bad?

    The file cannot be imported or run, and keraslint cannot know what is in it.

    ## Example

    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(10)
    ```

    ## Use instead

    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(10)])
    ```

    ## See

    [Python: errors and exceptions](https://docs.python.org/3/tutorial/errors.html#syntax-errors)
    """

    code = "KL001"
    name = "syntax-error"
    kind = "syntax"


class UnreadableFile(ProblemRule):
    """The file cannot be read.

    ## What it does

    Reports a path that does not exist, a file that may not be read, bytes that do not follow the
    file's encoding, and an `.ipynb` file that is no notebook.

    ## Why is this bad?

    What cannot be read cannot be checked. A path that was mistyped would otherwise look like a
    clean result.

    ## See

    [PEP 263](https://peps.python.org/pep-0263/) on how a Python file declares its encoding.
    """

    code = "KL002"
    name = "unreadable-file"
    kind = "unreadable"


class AnalysisLimit(Rule):
    """The analysis stopped early somewhere.

    ## What it does

    Reports where a budget of the analysis was used up, so that what follows there is unknown to
    keraslint: a loop with very many rounds, calls nested very deeply, a value with too many
    alternatives, a constant too big to compute.

    ## Why is this bad?

    It is not: the program may be in order. But a clean result says less about such a place.

    ## Example

    ```python
    import keras


    def deepen(x):
        return deepen(keras.layers.Dense(8)(x))


    outputs = deepen(keras.Input((8,)))
    ```

    ## Use instead

    ```python
    import keras


    def deepen(x, times):
        return deepen(keras.layers.Dense(8)(x), times - 1) if times else x


    outputs = deepen(keras.Input((8,)), 3)
    ```

    ## See

    The limits are generous: models that people write stay far below them.
    """

    code = "KL004"
    name = "analysis-limit"
    severity = Severity.INFO
    words: ClassVar[dict[str, str]] = {
        "steps": "the program takes more steps than are followed",
        "depth": "calls are nested more deeply than is followed",
        "alternatives": "a value has more alternatives than are followed",
        "size": "a constant is bigger than is computed",
        "time": "the analysis took longer than it may",
    }

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each budget that was reached at a known place, and for code not read."""
        for problem in analysis.problems:
            if problem.kind == "limit":
                message = f"what stands here is not analysed: {problem.message}"
                yield self.finding(problem.location, message)
        for limit in analysis.limits:
            if limit.place is not None:
                what = self.words.get(limit.kind, f"the limit on {limit.kind} was reached")
                message = f"what follows is unknown: {what}"
                yield self.finding(limit.place.location, message, entry=limit.entry)
