"""What a rule is: a code, a page, and a check."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from keraslint.findings import Applicability, Finding, Fix, Related, Severity

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, Location

PAGES = "https://keraslint.readthedocs.io/en/latest/rules"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
CODE_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's documentation: Markdown, by section."""

    summary: str
    sections: dict[str, str]

    @property
    def bad(self) -> tuple[str, ...]:
        """The examples that the rule reports."""
        return self._examples("Example")

    @property
    def good(self) -> tuple[str, ...]:
        """What to write instead."""
        return self._examples("Use instead")

    def _examples(self, section: str) -> tuple[str, ...]:
        return tuple(CODE_BLOCK.findall(self.sections.get(section, "")))


class Rule:
    """One thing that can be wrong. Its docstring is its page.

    Attributes:
        code: ``KL`` and three digits.
        name: in kebab-case; "allow *name*" reads well.
        severity: of its findings, unless the settings say otherwise.
        fix: whether it offers fixes, and how safe they are.
        always: whether it is used even if the selection does not name it.
        least_keras: the least major version of Keras that it speaks of.
        in_excerpts: whether it says anything of code in documents, which may go on elsewhere.
    """

    code: ClassVar[str] = ""
    name: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR
    fix: ClassVar[Applicability | None] = None
    always: ClassVar[bool] = False
    least_keras: ClassVar[int] = 1
    in_excerpts: ClassVar[bool] = True

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in an analysis."""
        raise NotImplementedError

    def finding(
        self,
        location: Location,
        message: str,
        *,
        help: Sequence[str] = (),
        entry: str = "<module>",
        fix: Fix | None = None,
        related: Sequence[Related] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message,
            location,
            tuple(help),
            entry,
            fix,
            self.url(),
            tuple(related),
        )

    @classmethod
    def url(cls) -> str:
        """Where the page is published."""
        return f"{PAGES}/{cls.name}/"

    @classmethod
    def page(cls) -> Page:
        """The documentation, from the docstring."""
        text = inspect.cleandoc(cls.__doc__ or "")
        summary, *rest = HEADING.split(text)
        sections = {title: body.strip() for title, body in zip(rest[::2], rest[1::2], strict=True)}
        return Page(summary.strip(), sections)

    @classmethod
    def markdown(cls) -> str:
        """The documentation as a Markdown document."""
        fix = {None: "none", "safe": "safe", "unsafe": "unsafe"}[cls.fix]
        facts = f"Severity: {cls.severity.value}. Fix: {fix}."
        page = cls.page()
        parts = [f"# {cls.name} ({cls.code})", page.summary, facts]
        parts += [f"## {title}\n\n{body}" for title, body in page.sections.items()]
        return "\n\n".join(parts) + "\n"
