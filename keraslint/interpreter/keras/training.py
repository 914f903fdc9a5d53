"""``compile``, ``fit`` and their like: what is noted of them, and what they build."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import libcst as cst

from keraslint.analysis import Data, DataSource, Feed, GivenArgument, Place, TrainingRecord
from keraslint.interpreter.calls import call
from keraslint.interpreter.classes import find_method, lookup
from keraslint.interpreter.keras.configured import check_call
from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.feeding import Feeder
from keraslint.interpreter.keras.functional import FunctionalObject
from keraslint.interpreter.keras.models import ModelObject
from keraslint.interpreter.keras.objects import KerasObject
from keraslint.interpreter.keras.reporting import (
    call_place,
    given,
    is_registered,
    note_fault,
    stack_of,
)
from keraslint.interpreter.values import (
    Arguments,
    Builtin,
    Dict,
    External,
    Instance,
    Iterator_,
    Opaque,
    Sequence_,
    Tensor,
    Value,
    is_constant,
)
from keraslint.knowledge.api import Api
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec, map_nest

if TYPE_CHECKING:
    from keraslint.interpreter.scopes import Frame

METHODS = frozenset(
    (
        "compile",
        "fit",
        "evaluate",
        "predict",
        "train_on_batch",
        "test_on_batch",
        "predict_on_batch",
        "fit_generator",
        "evaluate_generator",
        "predict_generator",
        "predict_classes",
        "predict_proba",
    )
)
OWN = ("train_step", "test_step", "compute_loss", "compile", "fit", "make_train_function")
"""Methods of a model that, if the program defines them, may train in another way."""

PREDICTIONS = ("predict", "predict_on_batch", "predict_generator")


def training_method(model: ModelObject, method: str) -> Builtin:
    """A bound training method of a model."""
    return Builtin(method, lambda frame, arguments: _train(frame, model, method, arguments))


def _train(frame: Frame, model: ModelObject, method: str, arguments: Arguments) -> Value:
    machine = frame.machine
    place = call_place(frame, machine.current_call)
    before = model.input_specs() is not None
    symbol = Api.load("keras3").resolve(f"keras.Model.{method}")
    if symbol is not None:
        check_call(frame, symbol, arguments, place)
    given = given_training(frame, method, arguments)
    feeds = () if method == "compile" else _feeds(frame, model, method, arguments, given)
    record = TrainingRecord(
        method=method,
        model=model.record(),
        place=place,
        entry=machine.entry,
        arguments=given,
        compiled=model.compiled,
        built=before,
        last_layers=model.last_layers(),
        output_keys=output_keys(model),
        stack=stack_of(frame),
        feeds=feeds,
        own_step=trains_itself(model),
    )
    if not machine.replaying and not machine.catching:
        machine.recorder.training.append(record)
    if method == "compile":
        machine.heap.touch(model)
        model.compiled = record
        return None
    if method in PREDICTIONS:
        return _prediction(model, arguments.get(0, "x", UNKNOWN))
    return Opaque("keras.callbacks.History") if method.startswith("fit") else UNKNOWN


def _feeds(
    frame: Frame,
    model: ModelObject,
    method: str,
    arguments: Arguments,
    given: dict[str, GivenArgument],
) -> tuple[Feed, ...]:
    labels: Any = None
    if method not in PREDICTIONS:
        labels = given["y"].known if "y" in given else UNKNOWN if arguments.open else None
    return Feeder(frame, model, call_place(frame, frame.machine.current_call)).feeds(given, labels)


def call_on_data(frame: Frame, model: KerasObject, arguments: Arguments, node: Any) -> Value:
    """Call a layer or model; data that a model does not take are noted as they are in training."""
    machine = frame.machine
    if _has_no_inputs(arguments):
        return _refuse(frame, model, call_place(frame, node))
    x = arguments.get(0, "inputs", UNKNOWN)
    on_data = isinstance(x, Tensor) and x.flavour != "keras" and isinstance(node, cst.Call)
    quiet = machine.replaying or machine.catching or arguments.open
    if quiet or not on_data or not isinstance(model, ModelObject) or model.input_specs() is None:
        return model.call(frame, arguments, node)
    found = given(frame, arguments, ("inputs",)).get("inputs")
    feeds: tuple[Feed, ...] = ()
    if found is not None:
        argument = replace(found, name="x", known=to_data(x))
        feeds = Feeder(frame, model, call_place(frame, node)).feeds({"x": argument}, None)
    if not feeds or feeds[0].refusal is None:
        return model.call(frame, arguments, node)
    machine.recorder.training.append(
        TrainingRecord(
            method="__call__",
            model=model.record(),
            place=call_place(frame, node),
            entry=machine.entry,
            arguments={"x": argument},
            compiled=model.compiled,
            built=True,
            last_layers=model.last_layers(),
            stack=stack_of(frame),
            feeds=feeds,
        )
    )
    return UNKNOWN


def _has_no_inputs(arguments: Arguments) -> bool:
    more = arguments.positional or arguments.open or arguments.more
    return not more and arguments.keywords.keys() <= {"training", "mask"}


def _refuse(frame: Frame, called: KerasObject, place: Place) -> Value:
    """Note that something is called on nothing."""
    site = getattr(called, "site", None)
    name = site.layer if site is not None else "keras.Model"
    note_fault(frame, Fault(FaultKind.CALL_WITHOUT_INPUTS), name, place)
    return UNKNOWN


def output_keys(model: ModelObject) -> tuple[str, ...] | None:
    """The keys of a functional model's outputs, `None` if they are not in a dict."""
    outputs = model.outputs if isinstance(model, FunctionalObject) else None
    return tuple(outputs.items) if isinstance(outputs, Dict) and not outputs.open else None


def trains_itself(model: ModelObject) -> bool:
    """Whether the class of a model changes what training does."""
    cls = model.subclass or getattr(getattr(model, "instance", None), "cls", None)
    return cls is not None and any(lookup(cls, name) is not None for name in OWN)


def given_training(frame: Frame, method: str, arguments: Arguments) -> dict[str, GivenArgument]:
    """The arguments by parameter name."""
    symbol = Api.load("keras3").resolve(f"keras.Model.{method}")
    signature = symbol.signature if symbol is not None else None
    parameters = signature.parameters if signature is not None else ()
    names = tuple(p.name for p in parameters if p.name != "self")
    found = given(frame, arguments, names)
    for name, argument in found.items():
        value = arguments.keywords.get(name)
        if value is None and not argument.keyword:
            value = arguments.positional[names.index(name)]
        known = training_value(argument.known, batches(frame, value))
        found[name] = replace(argument, known=map_nest(partial(_as_keras_knows, frame), known))
    return found


def _as_keras_knows(frame: Frame, value: Any) -> Any:
    """A value; unknown if it is a name that the program may have registered."""
    return UNKNOWN if isinstance(value, str) and is_registered(frame, value) else value


def batches(frame: Frame, value: Value) -> Value:
    """A dataset that the program defines as a class, as what its ``__getitem__`` gives."""
    if not isinstance(value, Instance) or not any(
        isinstance(base, External) and base.name in ("PyDataset", "Sequence")
        for base in value.cls.mro
    ):
        return value
    method = find_method(frame, value, "__getitem__")
    if method is None:
        return UNKNOWN
    frame.machine.catching += 1
    try:
        element = call(frame, method, Arguments([UNKNOWN]), None)
    finally:
        frame.machine.catching -= 1
    return Opaque("keras.utils.PyDataset", {"element": element})


def training_value(known: Any, value: Value) -> Any:
    """Arrays as nests of `Data`, datasets as `DataSource`, other arguments as they are known."""
    if isinstance(value, Opaque):
        if "element" not in value.attributes:
            return known
        return DataSource(value.path, to_data(value.attributes["element"]), value.place)
    if isinstance(value, Iterator_):
        first = value.items[0] if value.items and not value.position else UNKNOWN
        return DataSource("generator", to_data(first))
    return to_data(value) if tensors_in(value) else known


def to_data(value: Value) -> Any:
    """A nest of arrays as a nest of `Data`; what is not known stays unknown."""
    if isinstance(value, Tensor):
        return Data(value.spec, dict(value.facts), value.place)
    if isinstance(value, tuple):
        return tuple(to_data(item) for item in value)
    if isinstance(value, Sequence_):
        return UNKNOWN if value.open else [to_data(item) for item in value.items]
    if isinstance(value, Dict):
        return UNKNOWN if value.open else {k: to_data(v) for k, v in value.items.items()}
    return value if is_constant(value) else UNKNOWN


def _prediction(model: ModelObject, data: Value) -> Value:
    outputs = model.output_specs()
    if outputs is None or len(outputs) != 1 or isinstance(outputs[0].shape, Unknown):
        return UNKNOWN
    rows: Any = UNKNOWN
    if isinstance(data, Tensor) and not isinstance(data.spec.shape, Unknown) and data.spec.shape:
        rows = data.spec.shape[0]
    shape = tuple(UNKNOWN if dim is None else dim for dim in outputs[0].shape[1:])
    return Tensor(TensorSpec((rows, *shape), outputs[0].dtype), "numpy")
