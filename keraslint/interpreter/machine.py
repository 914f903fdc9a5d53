"""The interpreter's state while it works on one file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from keraslint.interpreter.heap import Delta, Heap
from keraslint.interpreter.joining import join
from keraslint.interpreter.recorder import Recorder
from keraslint.interpreter.values import Value

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Place
    from keraslint.interpreter.programs import Program
    from keraslint.interpreter.scopes import Frame
    from keraslint.interpreter.values import Function

MAX_STEPS = 250_000
MAX_MODULE_STEPS = 200_000
MAX_ROOT_STEPS = 20_000


class LimitReached(Exception):
    """A budget is used up; what this root still had to do stays unknown."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Machine:
    """What one analysis shares: the heap, the records, the names Keras hands out, the budgets.

    Attributes:
        entry: the root being worked on.
        defaults: what holds for all of Keras, as the program sets it.
        allowance: how many steps that root may take.
        called: the functions that were called.
        branching: how many branches of unknown outcome it is in.
        current_call: the call whose callee is being run, for methods that note their place.
        catching: how many enclosing ``try``, ``suppress`` or ``raises`` would catch Keras's errors.
    """

    def __init__(self, program: Program) -> None:
        from keraslint.interpreter.keras.defaults import Defaults
        from keraslint.interpreter.keras.names import Names

        self.program = program
        self.heap = Heap(join)
        self.recorder = Recorder()
        self.names = Names(self.heap)
        self.entry = "<module>"
        self.defaults = Defaults()
        self.resolving: set[Value] = set()
        self.called: set[Function] = set()
        self.custom_objects = False
        self.keras2 = False
        self.masks = False
        self.catching = 0
        self.replaying = 0
        self.steps = 0
        self.root_steps = 0
        self.allowance = MAX_MODULE_STEPS
        self.branching = 0
        self.at: Place | None = None
        self.current_call: cst.Call | None = None
        self.constants: dict[int, Value] = {}
        self.built_in: dict[str, Value] = {}
        self.signatures: dict[int, Any] = {}
        self.questions: dict[int, list[tuple[str, Any]]] = {}

    def step(self, frame: Frame, node: cst.CSTNode, cost: int = 1) -> None:
        """Count one statement or call, or what costs as much as several, against the budgets.

        Raises:
            LimitReached: there have been too many.
        """
        self.steps += cost
        self.root_steps += cost
        if self.root_steps > self.allowance or self.steps > MAX_STEPS:
            self.at = frame.place(node)
            raise LimitReached("steps")

    def note_limit(self, kind: str, place: Place | None) -> None:
        """Note that something was left unknown here."""
        from keraslint.analysis import Limit

        if not any(
            limit.kind == kind and limit.entry == self.entry for limit in self.recorder.limits
        ):
            self.recorder.limits.append(Limit(kind, place, self.entry))

    def alternatives(self, runs: list[Callable[[], Value]]) -> list[tuple[Value, Delta]]:
        """Run several branches, each from the present state, and undo each."""
        outcomes = []
        depth = len(self.heap.layers)
        for run in runs:
            self.heap.push()
            self.branching += 1
            try:
                value = run()
            except BaseException:
                self.heap.unwind(depth)
                raise
            finally:
                self.branching -= 1
            outcomes.append((value, self.heap.pop()))
        return outcomes

    def either(self, runs: list[Callable[[], Value]]) -> Value:
        """The join of several expressions of which one is evaluated."""
        outcomes = self.alternatives(runs)
        self.heap.merge([delta for _, delta in outcomes])
        value = outcomes[0][0]
        for other, _ in outcomes[1:]:
            value = join(value, other)
        return value
