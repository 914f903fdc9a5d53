"""Rules that tell what Keras refuses: each fault is told by exactly one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from keraslint.findings import Finding, Fix, Related
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.rules import words
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, FaultRecord, GivenArgument, Location, Place, Site

MAX_CALLS = 3
"""How many of the calls that lead to a fault are told."""


@dataclass(frozen=True)
class Case:
    """A fault, with what the messages about it need to know."""

    analysis: Analysis
    record: FaultRecord

    @property
    def fault(self) -> Fault:
        """What Keras refuses."""
        return self.record.fault

    @property
    def layer(self) -> str:
        """Keras's name of the layer or function, without its module."""
        return self.record.layer.rpartition(".")[2]

    def fact(self, name: str) -> Any:
        """A further value of the fault, `None` if it has no such value."""
        return self.fault.facts.get(name)

    def given(self, name: str | None) -> GivenArgument | None:
        """An argument as the code gives it, in this call or where the layer was made."""
        if name is None:
            return None
        own = self.record.arguments.get(name)
        if own is None and self.record.site is not None:
            own = self.record.site.arguments.get(name)
        return own

    @property
    def argument(self) -> GivenArgument | None:
        """The argument to blame, if the code gives it."""
        return self.given(self.fault.argument)

    @cached_property
    def location(self) -> Location:
        """Where the layer is made, if that is part of the call that raises; otherwise that call."""
        site, call = self.record.site, self.record.call.location
        if site is not None and _encloses(call, site.place.location):
            return site.place.location
        return self.record.place.location

    @property
    def found(self) -> tuple[Any, ...]:
        """The shape found; empty if it is no shape."""
        found = self.fault.found
        return found if isinstance(found, tuple) else ()

    @cached_property
    def origin(self) -> Place | None:
        """Where the tensor to blame was made, if known."""
        index = self.fault.input
        origins = self.record.origins
        return origins[index] if index is not None and index < len(origins) else None

    @cached_property
    def maker(self) -> Site | None:
        """The construction site of the layer that made the tensor to blame, if known."""
        if self.origin is None:
            return None
        for site in self.analysis.sites:
            if site.place == self.origin or any(call.place == self.origin for call in site.calls):
                return site
        return None

    @property
    def source(self) -> str:
        """The name of the layer that made the tensor to blame; empty if not known."""
        return self.maker.layer.rpartition(".")[2] if self.maker else ""

    @cached_property
    def own_shape(self) -> GivenArgument | None:
        """The layer's own ``input_shape`` or ``input_dim``, if the tensor to blame has it."""
        site = self.record.site
        if site is None:
            return None
        for name in ("input_shape", "input_dim"):
            given = site.arguments.get(name)
            if given is None:
                continue
            known = (given.known,) if name == "input_dim" else given.known
            places = (None, given.value, given.whole, site.place, self.record.call)
            if isinstance(known, (tuple, list)) and tuple(known) == self.found[1:]:
                return given if self.origin in places else None
        return None

    @cached_property
    def shape_argument(self) -> GivenArgument | None:
        """The argument that states the tensor's shape: the layer's own, or that of `Input`."""
        if self.own_shape is not None:
            return self.own_shape
        return self.maker.arguments.get("shape") if self.maker and self.is_input else None

    @property
    def is_input(self) -> bool:
        """Whether the tensor to blame is an input of the model."""
        return self.source in {"Input", "InputLayer"}

    def related(self) -> list[Related]:
        """The other end: where the tensor to blame comes from."""
        if self.origin is None or self.own_shape is not None:
            return []
        shape = self.input_shape
        location = self.origin.location
        if shape is None or location == self.location:
            return []
        return [Related(f"{words.shape(shape)} comes from here", location)]

    def way(self) -> list[Related]:
        """The calls that lead there: the last ones, and where it all begins."""
        places = [place.location for place in self.record.stack if place.location != self.location]
        shown = [*reversed(places[1:][-MAX_CALLS + 1 :]), *places[:1]]
        return [Related("called from here", location) for location in shown]

    @property
    def input_shape(self) -> tuple[Any, ...] | None:
        """The shape of the tensor to blame, if it is known."""
        index = self.fault.input
        inputs = self.record.inputs
        if index is not None and index < len(inputs):
            shape = inputs[index].shape
            return shape if isinstance(shape, tuple) else None
        return self.found or None


class FaultRule(Rule):
    """A rule that tells faults of one kind, or some of them.

    Attributes:
        kind: the kind of fault.
        refines: whether it tells only those that it `claims`, and these before the others do.
    """

    kind: ClassVar[FaultKind | None] = None
    refines: ClassVar[bool] = False

    def claims(self, _case: Case) -> bool:
        """Whether a refining rule tells this fault."""
        return True

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each fault that this rule owns."""
        for record in analysis.faults:
            if record.fault.kind is self.kind:
                case = Case(analysis, record)
                if owner(case) is type(self):
                    yield self.tell(case)

    def tell(self, case: Case) -> Finding:
        """The finding about a fault."""
        return self.finding(
            self.location(case),
            self.message(case),
            help=self.advice(case),
            entry=case.record.entry,
            fix=self.repair(case),
            related=[*self.related(case), *case.way()],
        )

    def location(self, case: Case) -> Location:
        """Where to look: the argument to blame, otherwise the call."""
        return case.argument.value.location if case.argument else case.location

    def message(self, case: Case) -> str:
        """What is wrong, in one line."""
        raise NotImplementedError

    def advice(self, _case: Case) -> list[str]:
        """What to do about it."""
        return []

    def related(self, case: Case) -> list[Related]:
        """The other ends."""
        return case.related()

    def repair(self, _case: Case) -> Fix | None:
        """How to mend it."""
        return None


@cache
def _tellers(kind: FaultKind) -> tuple[FaultRule, ...]:
    from keraslint.rules.registry import rules

    found = [rule() for rule in rules() if issubclass(rule, FaultRule) and rule.kind is kind]
    return tuple(sorted(found, key=lambda rule: not rule.refines))


def owner(case: Case) -> type[FaultRule] | None:
    """The rule that tells a fault: a refining one that claims it, otherwise its kind's own."""
    for rule in _tellers(case.fault.kind):
        if not rule.refines or rule.claims(case):
            return type(rule)
    return None


def _encloses(outer: Location, inner: Location) -> bool:
    if (outer.filename, outer.cell) != (inner.filename, inner.cell):
        return False
    starts = (outer.row, outer.column) <= (inner.row, inner.column)
    return starts and (inner.end_row, inner.end_column) <= (outer.end_row, outer.end_column)
