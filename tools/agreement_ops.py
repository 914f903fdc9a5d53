"""Hold keraslint against the real Keras on random calls of its functions on tensors.

    python -m tools.agreement_ops --programs 2000 --seed 1

Every program calls one function of ``keras.ops``, ``keras.random`` or ``keras.activations``, mostly
on symbolic tensors, others on tensors with data or on numbers; arguments are good and bad.
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections import defaultdict
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from keraslint.defects import Shield
from keraslint.engine import analyse_source
from keraslint.findings import Severity
from keraslint.interpreter.keras.convert import to_nest
from keraslint.interpreter.programs import Program
from keraslint.interpreter.roots import run as interpret
from keraslint.rules import Checker
from keraslint.sources import Source
from keraslint.syntax import parse
from keraslint.tensors.dims import UNKNOWN, Expr, Unknown
from keraslint.tensors.specs import TensorSpec, flatten
from tools.agreement import real_keras, report
from tools.agreement_judging import (
    AGREED,
    BROKEN,
    BUGS,
    CAUGHT,
    EVERYTHING,
    FALSE,
    MISSED,
    SILENT,
    WRONG,
    Outcome,
    Raised,
)
from tools.agreement_op_arguments import program

NO_TENSORS = ("custom_gradient", "deserialize", "get", "serialize", "vectorize")
MODULES = ("ops", "ops.image", "ops.linalg", "ops.nn", "random", "activations")


def names(keras: Any) -> list[str]:
    """The functions, each by one name below ``keras``."""
    found: dict[Any, str] = {}
    for module in MODULES:
        owner = keras
        for part in module.split("."):
            owner = getattr(owner, part)
        for name, value in inspect.getmembers(owner, callable):
            plain = not name.startswith("_") and not isinstance(value, (type, ModuleType))
            if plain and name not in NO_TENSORS:
                found.setdefault((value, module == "activations"), f"{module}.{name}")
    return sorted(found.values())


def judge(keras: Any, text: str) -> Outcome:
    """Run a program with Keras, read it with keraslint, and compare its ``z``."""
    shield = Shield()
    analysis = analyse_source(Source("program.py", text, text))
    findings = Checker(EVERYTHING, Path(), shield).check(analysis)
    if shield.defects or analysis.problems:
        return Outcome(text, BROKEN, (*map(str, shield.defects), *map(str, analysis.problems)))
    told = tuple(
        f"keraslint: {found.code} {found.message}"
        for found in findings
        if found.severity is Severity.ERROR
    )
    keras.utils.clear_session()
    scope: dict[str, Any] = {"__name__": "__main__"}
    raised = Raised()
    with raised:
        exec(compile(text, "program.py", "exec"), scope)
    if raised.error is not None:
        return Outcome(text, CAUGHT if told else MISSED, (raised.error["reason"], *told))
    if told:
        return Outcome(text, FALSE, told)
    module = Program(parse(Source("program.py", text, text)))
    interpret(module)
    return compare(text, to_nest(module.main.scope.names["z"]), scope["z"], keras)


def compare(text: str, mine: Any, real: Any, keras: Any) -> Outcome:
    """Whether what is known of a value is true, and whether all is known."""
    ours, theirs = list(flatten(mine)), list(keras.tree.flatten(real))
    if isinstance(mine, Unknown) or mine == TensorSpec(UNKNOWN, UNKNOWN):
        return Outcome(text, SILENT, ("unknown",))
    if any(leaf is None for leaf in ours):
        theirs = list(flatten(real))
    said = f"keraslint {ours}, keras {theirs}"
    if len(ours) != len(theirs):
        return Outcome(text, WRONG, (said,))
    verdicts = [_true(a, b, keras) for a, b in zip(ours, theirs, strict=True)]
    if False in verdicts:
        return Outcome(text, WRONG, (said,))
    return Outcome(text, AGREED if all(verdicts) else SILENT, ("a shape that is not known",))


def _true(mine: Any, real: Any, keras: Any) -> bool | None:
    """Whether one leaf is as it is said to be; `None` if too little is said."""
    if isinstance(mine, (Unknown, Expr)):
        return None
    if not isinstance(mine, TensorSpec):
        return bool(mine == real)
    shape = getattr(real, "shape", None)
    if shape is None:
        return False
    if isinstance(mine.dtype, str) and mine.dtype != keras.backend.standardize_dtype(real.dtype):
        return False
    if isinstance(mine.shape, Unknown):
        return None
    if len(mine.shape) != len(shape):
        return False
    known = [(a, b) for a, b in zip(mine.shape, shape, strict=True) if not isinstance(a, Unknown)]
    if any(a != b for a, b in known):
        return False
    return True if len(known) == len(shape) else None


def run(programs: int, seed: int, only: str | None = None) -> dict[str, list[Outcome]]:
    """The outcomes of random programs by function."""
    keras = real_keras()
    every = [only] if only else names(keras)
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for index in range(programs):
        draw = Random(f"{seed}:{index}")
        name = draw.choice(every)
        symbolic = bool(draw.randrange(5))
        text = program(keras, name, draw, symbolic=symbolic)
        outcome = judge(keras, text)
        call = next(row for row in text.splitlines() if row.startswith("z = "))
        symbolic = symbolic and bool(re.search(r"\b[abc]\b", call.partition("(")[2]))
        outcomes[name if symbolic else f"{name} (data)"].append(outcome)
        if outcome.kind in BUGS:
            sys.stdout.write(f"{seed}:{index} {outcome}\n\n")
            sys.stdout.flush()
    return outcomes


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; 1 if keraslint said something wrong."""
    parser = argparse.ArgumentParser(description="Hold keraslint against Keras's functions.")
    parser.add_argument("--programs", type=int, default=1000, help="how many programs")
    parser.add_argument("--seed", type=int, default=0, help="which programs")
    parser.add_argument("--only", help="one function only, as ops.image.resize")
    options = parser.parse_args(arguments)
    outcomes = run(options.programs, options.seed, options.only)
    for kind in (" (data)", ""):
        chosen = {k: v for k, v in outcomes.items() if k.endswith(" (data)") == bool(kind)}
        title = "on tensors with data" if kind else "on symbolic tensors"
        sys.stdout.write(f"\n{title}: {report(chosen)}\n")
    return int(any(one.kind in BUGS for found in outcomes.values() for one in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
