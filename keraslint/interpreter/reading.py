"""From what the interpreter noted to an `Analysis`."""

from __future__ import annotations

from keraslint.analysis import Analysis
from keraslint.interpreter.machine import Machine
from keraslint.interpreter.programs import Program
from keraslint.interpreter.roots import run


def read(program: Program, wanted: str | None = None) -> Analysis:
    """Run a program and put together what is known of it; ``wanted`` as in `run`."""
    machine = run(program, wanted)
    analysis = collect(machine)
    machine.heap.pop()
    return analysis


def collect(machine: Machine) -> Analysis:
    """The analysis of what a machine noted."""
    recorder = machine.recorder
    for site, call in recorder.calls:
        site.calls.append(call)
    return Analysis(
        machine.program.main.path,
        sites=list(recorder.sites.values()),
        models=[model.record() for model in recorder.models],
        faults=recorder.faults,
        training=recorder.training,
        limits=recorder.limits,
        dependencies=[module.path for module in machine.program.reached.values()],
        evidence=machine.program.evidence(),
    )
