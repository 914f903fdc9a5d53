"""Hold keraslint against the real Keras on random programs, for as long as you like.

    python -m tools.agreement --programs 2000 --seed 1

Most programs make one layer, with arguments and inputs good and bad; every fourth chains a model of
up to 15 layers. What keraslint says wrongly is shown with the program; what Keras refuses and
keraslint does not is counted by class and reason.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections import Counter, defaultdict
from random import Random
from typing import Any

from tools import agreement_layers, agreement_models
from tools.agreement_judging import BUGS, CAUGHT, MISSED, SILENT, Outcome, judge

MODEL = "(model)"


def run(programs: int, seed: int, only: str | None = None) -> dict[str, list[Outcome]]:
    """The outcomes of random programs by layer class."""
    keras = real_keras()
    names = [only] if only else agreement_layers.names(keras)
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for index in range(programs):
        draw = Random(f"{seed}:{index}")
        name = MODEL if index % 4 == 3 and not only else draw.choice(names)
        if name == MODEL:
            text = agreement_models.program(draw)
        else:
            text = agreement_layers.program(keras, name, draw)
        outcome = judge(keras, text)
        outcomes[name].append(outcome)
        if outcome.kind in BUGS:
            sys.stdout.write(f"{seed}:{index} {outcome}\n\n")
            sys.stdout.flush()
    return outcomes


def real_keras() -> Any:
    """Keras, quiet and without a graphics card."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    keras = importlib.import_module("keras")
    gc.freeze()  # every new session collects garbage; what Keras itself consists of is none
    return keras


def report(outcomes: dict[str, list[Outcome]]) -> str:
    """Totals, then what is left open and what is missed, by class."""
    every = [outcome for found in outcomes.values() for outcome in found]
    kinds = Counter(outcome.kind for outcome in every)
    refused = kinds[CAUGHT] + kinds[MISSED]
    lines = [f"{len(every)} programs of {len(outcomes)} kinds"]
    lines += [f"{count:6} {kind}" for kind, count in kinds.most_common()]
    lines += [f"{kinds[CAUGHT] / max(refused, 1):6.1%} of {refused} refusals caught"]
    for title, wanted in (("left open", SILENT), ("refusals missed", MISSED)):
        lines += ["", f"{title}:"]
        for name in sorted(outcomes):
            found = [outcome for outcome in outcomes[name] if outcome.kind == wanted]
            for reason, count in Counter(_reason(one, name) for one in found).most_common():
                lines.append(f"  {name} ×{count}: {reason}")
    return "\n".join(lines)


def _reason(outcome: Outcome, name: str) -> str:
    row = outcome.text.splitlines()[-2]
    return outcome.details[0] + ("" if name == MODEL else f"\n      {row}")


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; 1 if keraslint said something wrong."""
    parser = argparse.ArgumentParser(description="Hold keraslint against Keras.")
    parser.add_argument("--programs", type=int, default=200, help="how many programs")
    parser.add_argument("--seed", type=int, default=0, help="which programs")
    parser.add_argument("--only", help="one layer class only")
    options = parser.parse_args(arguments)
    outcomes = run(options.programs, options.seed, options.only)
    sys.stdout.write(report(outcomes) + "\n")
    return int(any(one.kind in BUGS for found in outcomes.values() for one in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
