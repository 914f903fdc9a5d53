"""What keraslint knows of a draft."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from keraslint.analysis import Analysis
from keraslint.defects import Shield
from keraslint.editor.drafts import Draft
from keraslint.findings import Finding
from keraslint.settings import Settings
from keraslint.sources import Source

DEFECT = "defect"


@dataclass(slots=True)
class Examined:
    """A draft and what is known of it.

    Attributes:
        draft: the draft.
        settings: those of its project.
        analyses: one for each of its programs.
        findings: what is wrong with it.
        troubles: what keraslint could not do, and why.
    """

    draft: Draft
    settings: Settings = field(default_factory=Settings)
    analyses: list[Analysis] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def dependencies(self) -> set[str]:
        """The files of the modules that it imports."""
        return {os.path.realpath(path) for each in self.analyses for path in each.dependencies}

    def programs(self) -> Iterator[tuple[Analysis, Source]]:
        """The analyses of what could be read, each with its program."""
        for analysis in self.analyses:
            if analysis.syntax is not None:
                yield analysis, analysis.syntax.source

    def found_in(self, source: Source) -> list[Finding]:
        """The findings in one of its programs."""
        return [f for f in self.findings if source.holds(f.location.row)]


def examine(draft: Draft) -> Examined:
    """Analyse and check a draft. Never raises for what it holds."""
    from keraslint.engine import analyse_programs
    from keraslint.project import excludes, source_folders
    from keraslint.settings import settings_for
    from keraslint.sources import is_excluded
    from keraslint.usage import UsageError

    examined = Examined(draft)
    shield = Shield()
    try:
        with shield.over(f"reading {draft.path}"):
            settings = examined.settings = settings_for(draft.path)
            folders = source_folders(settings)
            examined.analyses = list(analyse_programs(draft.path, draft.data, src=folders))
            if not is_excluded(draft.path, str(settings.root), excludes(settings)):
                examined.findings = check(examined.analyses, settings, shield)
    except UsageError as error:
        examined.troubles.append(str(error))
    examined.findings = [f for f in examined.findings if draft.is_at(f.location.filename)]
    problems = [p for each in examined.analyses for p in each.problems if p.kind == DEFECT]
    examined.troubles += [problem.message for problem in problems]
    examined.troubles += map(str, shield.defects)
    return examined


def check(analyses: list[Analysis], settings: Settings, shield: Shield) -> list[Finding]:
    """What is wrong with programs.

    Raises:
        UsageError: the settings select rules that there are not.
    """
    from keraslint.project import validated
    from keraslint.rules import Checker, merge

    checker = Checker(validated(settings), settings.root, shield)
    findings = [finding for analysis in analyses for finding in checker.check(analysis)]
    return merge([*findings, *checker.finish()])


def recheck(settings: Settings, source: Source) -> list[Finding] | None:
    """What is wrong with one program; `None` if that cannot be told."""
    from keraslint.engine import analyse_source
    from keraslint.project import source_folders

    analysis = analyse_source(source, src=source_folders(settings))
    if any(problem.kind == DEFECT for problem in analysis.problems):
        return None
    path = os.path.realpath(source.path)
    return [
        finding
        for finding in check([analysis], settings, Shield())
        if os.path.realpath(finding.location.filename) == path
    ]
