"""Noting faults and calls with everything around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import FaultRecord, GivenArgument, Place, Site
from keraslint.analysis import Frame as Provenance
from keraslint.interpreter.keras.convert import to_knowledge
from keraslint.interpreter.values import Arguments, Tensor
from keraslint.knowledge.earlier import refuses
from keraslint.knowledge.faults import Fault, FaultKind

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame


def stack_of(frame: Frame) -> tuple[Place, ...]:
    """The call sites that lead to a frame, outermost first."""
    places = []
    current: Frame | None = frame
    while current is not None:
        if current.call is not None:
            places.append(current.call)
        current = current.parent
    return tuple(reversed(places))


def provenance_of(frame: Frame) -> tuple[Provenance, ...]:
    """The helper calls and loop iterations a frame is in, outermost first."""
    levels: list[Provenance] = []
    current: Frame | None = frame
    while current is not None:
        if current.function is not None and current.call is not None:
            levels.append(Provenance(current.qualname, current.call, current.iteration))
        elif current.iteration:
            levels.append(
                Provenance(
                    "", Place(current.module, current.module.parsed.module), current.iteration
                )
            )
        current = current.parent
    return tuple(reversed(levels))


def given(
    frame: Frame,
    arguments: Arguments,
    names: tuple[str, ...],
    known: dict[str | int, Any] | None = None,
) -> dict[str, GivenArgument]:
    """The arguments of a call by parameter name, with their places.

    Args:
        frame: where the call stands.
        arguments: those of the call.
        names: of the parameters that can be given by position.
        known: what is known of the arguments, if somebody has worked it out.
    """
    found: dict[str, GivenArgument] = {}
    for key, arg in arguments.nodes.items():
        if isinstance(key, int):
            if key >= len(names):
                continue
            name, value = names[key], arguments.positional[key]
        else:
            name, value = key, arguments.keywords[key]
        if arg.star:
            continue
        found[name] = GivenArgument(
            name,
            frame.place(arg.value),
            frame.place(arg),
            isinstance(key, str),
            to_knowledge(frame, value) if known is None else known[key],
        )
    return found


def note_fault(
    frame: Frame,
    fault: Fault,
    layer: str,
    call: Place,
    *,
    site: Site | None = None,
    arguments: dict[str, GivenArgument] | None = None,
    tensors: tuple[Tensor, ...] = (),
) -> None:
    """Note that Keras raises here, unless the program expects it or uses Keras 2.

    Keras 2 (the package ``tf_keras``) takes much that Keras 3 refuses.
    """
    machine = frame.machine
    if machine.catching or machine.replaying or _is_custom(frame, fault):
        return
    if machine.keras2 and not refuses(fault, layer, 2):
        return
    arguments = arguments or {}
    blamed = arguments.get(fault.argument) if fault.argument is not None else None
    if machine.branching and blamed is not None and _depends_on_names(fault, blamed):
        return
    place = blamed.value if blamed is not None else call
    machine.recorder.faults.append(
        FaultRecord(
            fault,
            layer,
            place,
            call,
            machine.entry,
            tuple(tensor.spec for tensor in tensors),
            tuple(tensor.place for tensor in tensors),
            site,
            stack_of(frame),
            arguments,
        )
    )


def _is_custom(frame: Frame, fault: Fault) -> bool:
    """Whether a name that Keras does not know may be one that the program has registered.

    Keras looks for registered initializers and the like, but never for activations.
    """
    if fault.kind is not FaultKind.INVALID_VALUE or not isinstance(fault.found, str):
        return False
    if "activation" in (fault.argument or ""):
        return False
    return is_registered(frame, fault.found)


def is_registered(frame: Frame, name: str) -> bool:
    """Whether the program may have told Keras what a name means."""
    program = frame.machine.program
    definitions = (*program.functions, *program.classes)
    return frame.machine.custom_objects or any(
        isinstance(node, (cst.FunctionDef, cst.ClassDef))
        and node.decorators
        and node.name.value == name
        for node in definitions
    )


_ABOUT_NAMES = (FaultKind.UNKNOWN_ARGUMENT, FaultKind.MISSING_ARGUMENT, FaultKind.EXTRA_POSITIONAL)


def _depends_on_names(fault: Fault, blamed: GivenArgument) -> bool:
    """Whether a refused value is computed: an unknown condition may exclude that value."""
    return fault.kind not in _ABOUT_NAMES and not is_literal(blamed.value.node)


def is_literal(node: Any) -> bool:
    """Whether an expression consists of constants only."""
    if isinstance(node, (cst.Tuple, cst.List)):
        return all(is_literal(element.value) for element in node.elements)
    if isinstance(node, cst.UnaryOperation):
        return is_literal(node.expression)
    if isinstance(node, cst.Name):
        return node.value in ("None", "True", "False")
    return isinstance(node, (cst.Integer, cst.Float, cst.SimpleString))


def call_place(frame: Frame, node: Any) -> Place:
    """The place of a call; of the caller's call where there is no syntax of its own."""
    if isinstance(node, Place):
        return node
    if node is not None:
        return frame.place(node)
    current: Frame | None = frame
    while current is not None:
        if current.call is not None:
            return current.call
        current = current.parent
    return frame.place(frame.module.parsed.module)
