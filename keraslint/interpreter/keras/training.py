"""``compile``, ``fit`` and their like: what is noted of them, and what they build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.analysis import Data, DataSource, TrainingRecord
from keraslint.interpreter.keras.convert import tensors_in
from keraslint.interpreter.keras.reporting import call_place, given, stack_of
from keraslint.interpreter.values import (
    Arguments,
    Builtin,
    Dict,
    Opaque,
    Sequence_,
    Tensor,
    Value,
    is_constant,
)
from keraslint.knowledge.api import Api
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import TensorSpec

if TYPE_CHECKING:
    from keraslint.interpreter.keras.models import ModelObject
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
    )
)
PREDICTIONS = ("predict", "predict_on_batch", "predict_generator")


def training_method(model: ModelObject, method: str) -> Builtin:
    """A bound training method of a model."""
    return Builtin(method, lambda frame, arguments: _train(frame, model, method, arguments))


def _train(frame: Frame, model: ModelObject, method: str, arguments: Arguments) -> Value:
    machine = frame.machine
    node = machine.current_call
    data = arguments.get(0, "x", UNKNOWN)
    before = model.input_specs() is not None
    if method != "compile" and not before:
        _build_from(frame, model, data)
    record = TrainingRecord(
        method=method,
        model=model.record(),
        place=call_place(frame, node),
        entry=machine.entry,
        arguments=given_training(frame, method, arguments),
        compiled=model.compiled,
        built=before,
        last_layers=model.last_layers(),
        stack=stack_of(frame),
    )
    if not machine.replaying and not machine.catching:
        machine.recorder.training.append(record)
    if method == "compile":
        machine.heap.touch(model)
        model.compiled = record
        return None
    if method in PREDICTIONS:
        return _prediction(model, data)
    return Opaque("keras.callbacks.History") if method.startswith("fit") else UNKNOWN


def given_training(frame: Frame, method: str, arguments: Arguments) -> Any:
    """The arguments by parameter name."""
    symbol = Api.load("keras3").resolve(f"keras.Model.{method}")
    signature = symbol.signature if symbol is not None else None
    names = tuple(p.name for p in signature.parameters) if signature is not None else ()
    found = given(frame, arguments, tuple(name for name in names if name != "self"))
    from dataclasses import replace

    for name, argument in found.items():
        value = arguments.keywords.get(name)
        if value is None and not argument.keyword:
            index = [n for n in names if n != "self"].index(name)
            value = arguments.positional[index]
        found[name] = replace(argument, known=training_value(argument.known, value))
    return found


def training_value(known: Any, value: Value) -> Any:
    """Arrays as nests of `Data`, datasets as `DataSource`, other arguments as they are known."""
    if isinstance(value, Opaque):
        if "element" not in value.attributes:
            return known
        return DataSource(value.path, to_data(value.attributes["element"]))
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


def _build_from(frame: Frame, model: ModelObject, data: Value) -> None:
    """The first batch builds a model without input: the data's shape, a dynamic batch."""
    if isinstance(data, Opaque):
        element = data.attributes.get("element", UNKNOWN)
        data = element[0] if isinstance(element, tuple) and element else element
    if isinstance(data, Tensor) and not isinstance(data.spec.shape, Unknown) and data.spec.shape:
        shape = (None, *data.spec.shape[1:])
        frame.machine.catching += 1
        try:
            target = getattr(model, "instance_call", model.call)
            target(
                frame, Arguments([Tensor(TensorSpec(shape, data.spec.dtype), "keras")]), model.place
            )
        finally:
            frame.machine.catching -= 1


def _prediction(model: ModelObject, data: Value) -> Value:
    outputs = model.output_specs()
    if outputs is None or len(outputs) != 1 or isinstance(outputs[0].shape, Unknown):
        return UNKNOWN
    rows: Any = UNKNOWN
    if isinstance(data, Tensor) and not isinstance(data.spec.shape, Unknown) and data.spec.shape:
        rows = data.spec.shape[0]
    shape = tuple(UNKNOWN if dim is None else dim for dim in outputs[0].shape[1:])
    return Tensor(TensorSpec((rows, *shape), outputs[0].dtype), "numpy")
