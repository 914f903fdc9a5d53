"""One program, run by the real Keras and read by keraslint: where do they agree?"""

from __future__ import annotations

import io
import linecache
import re
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keraslint.defects import Shield
from keraslint.engine import analyse_source
from keraslint.findings import Severity
from keraslint.rules import Checker, Selection
from keraslint.sources import Source
from keraslint.verify.comparing import DIFFERS, NOT_RUN, UNKNOWN, Comparison, compare
from keraslint.verify.recorder import Recorder

PATH = "program.py"
EVERYTHING = Selection(select=("ALL",))

AGREED, SILENT = "agreed", "left open"
CAUGHT, MISSED = "refusals caught", "refusals missed"
WRONG, FALSE, BROKEN = "wrong", "false errors", "internal errors"
BUGS = (WRONG, FALSE, BROKEN)


@dataclass(frozen=True)
class Outcome:
    """How one program went.

    Attributes:
        kind: one of the words above; `BUGS` are keraslint's mistakes.
        details: what either side says.
    """

    text: str
    kind: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = "\n".join(f"    {line}" for line in self.text.splitlines())
        return "\n".join((f"{self.kind}:", lines, *(f"  {line}" for line in self.details)))


def judge(keras: Any, text: str) -> Outcome:
    """Run a program with Keras, read it with keraslint, and hold one against the other."""
    shield = Shield()
    analysis = analyse_source(Source(PATH, text, text))
    checker = Checker(EVERYTHING, Path(), shield)
    findings = checker.check(analysis)
    broken = (*map(str, shield.defects), *(problem.message for problem in analysis.problems))
    if broken:
        return Outcome(text, BROKEN, broken)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    told = tuple(f"keraslint, row {f.location.row}: {f.code} {f.message}" for f in errors)
    observed = observe(keras, text)
    error = observed["error"]
    verdict = compare(analysis, observed)
    judged = [*verdict.layers, *verdict.models]
    if error is not None:  # models may be half done
        judged = [one for one in verdict.layers if one.row < error["row"]]
    said = () if error is None else (error["reason"],)
    different = tuple(_describe(one) for one in judged if one.status == DIFFERS)
    if different:
        return Outcome(text, WRONG, (*different, *told, *said))
    if error is not None:
        caught = any(finding.location.row <= error["row"] for finding in errors)
        return Outcome(text, CAUGHT if caught else MISSED, (*said, *told))
    if errors:
        return Outcome(text, FALSE, told)
    left = tuple(_describe(one) for one in judged if one.status in {UNKNOWN, NOT_RUN})
    return Outcome(text, SILENT if left else AGREED, left)


def _describe(one: Comparison) -> str:
    return f"{one.subject} {one.status}: keraslint {one.static}, keras {one.real}"


def observe(keras: Any, text: str) -> dict[str, Any]:
    """What the real Keras does in a program, from a fresh session on."""
    keras.utils.clear_session()
    linecache.cache[PATH] = (len(text), None, text.splitlines(keepends=True), PATH)
    recorder, raised = Recorder(keras), Raised()
    with recorder, redirect_stdout(io.StringIO()), warnings.catch_warnings(), raised:
        warnings.simplefilter("ignore")
        exec(compile(text, PATH, "exec"), {"__name__": "__main__"})
    return {"error": raised.error, "keras": keras.__version__, **recorder.as_data()}


class Raised:
    """Catches and keeps whatever a program raises: its row and its reason."""

    error: dict[str, Any] | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        self.error = {"row": _row(error), "reason": reason(error)}
        return True


def _row(error: Exception) -> int:
    """The row of the program that raised."""
    row, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == PATH:
            row = trace.tb_lineno
        trace = trace.tb_next
    return row


def reason(error: Exception) -> str:
    """The complaint in one line that looks the same for other numbers and names."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = next((line for line in lines if "encountered when calling" not in line), "")
    line = re.sub(r"\x1b\[[0-9;]*m", "", line)
    line = re.sub(r"<[^<>]*>|'[^']*'|\"[^\"]*\"|`[^`]*`", "…", line)
    line = re.sub(r"-?\d+(\.\d+)?|\bNone\b", "#", line)
    line = re.sub(r"[\[(](#(, ?#)*,?)?[\])]", "(#)", line)
    return f"{type(error).__name__}: {line[:110]}"
