"""KL0: comments that allow what there is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from keraslint.analysis import Location
from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.rules import words
from keraslint.rules.registry import rules, strength
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis
    from keraslint.sources import Source
    from keraslint.syntax.suppressions import Suppression


class UnusedSuppression(Rule):
    """A comment allows something that does not occur.

    ## What it does

    Reports `# keraslint: ignore[…]` and `# noqa: KL…` comments that allowed nothing, and rules in
    them that do not exist.

    ## Why is this bad?

    The comment would hide the next mistake at that place. If a function is only called from
    another file, check both together: there the comment may be needed.

    ## Example

    ```python
    import keras

    layer = keras.layers.Dense(10)  # keraslint: ignore[unknown-argument]
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Dense(10)
    ```

    ## Fix safety

    Safe: the fix removes the comment, or the rules in it that are not needed.

    ## See

    The rules are listed by `keraslint rule --all`.
    """

    code = "KL003"
    name = "unused-suppression"
    severity = Severity.INFO
    fix = "safe"

    def check(self, _analysis: Analysis) -> Iterator[Finding]:
        """Nothing: only all files together show what is unused."""
        return iter(())

    def check_comments(
        self,
        comments: Iterable[tuple[Source, Suppression, set[str]]],
        selected: Iterable[type[Rule]],
    ) -> Iterator[Finding]:
        """A finding for each comment, or part of it, that allowed nothing.

        Args:
            comments: each with the codes of what it allowed.
            selected: the rules that were looked for; nothing is said about others.
        """
        sought = set(selected)
        for source, suppression, used in comments:
            if suppression.shared:
                continue
            if suppression.rules is None:
                unused: tuple[str, ...] = () if used or sought != set(rules()) else ("",)
            else:
                unused = tuple(r for r in suppression.rules if _is_unused(r, used, sought))
            if unused:
                yield self._about(source, suppression, unused)

    def _about(self, source: Source, suppression: Suppression, unused: tuple[str, ...]) -> Finding:
        span, content = suppression.without(unused)
        return self.finding(
            Location.of(source, suppression.span),
            _complaint([name for name in unused if name]),
            fix=Fix("Remove it", (Edit(content, Location.of(source, span)),)),
        )


def _complaint(unused: list[str]) -> str:
    strange = [name for name in unused if not any(strength(name, rule) for rule in rules())]
    if strange:
        what = f"no rule is called {words.listed(strange, 'or')}"
    else:
        named = f"{words.listed(unused, 'or')} is not" if unused else "nothing is"
        what = f"{named} reported here"
    return f"this comment is of no use: {what}"


def _is_unused(selector: str, used: set[str], sought: set[type[Rule]]) -> bool:
    meant = {rule for rule in rules() if strength(selector, rule) is not None}
    return meant <= sought and not any(rule.code in used for rule in meant)
