"""KL5: methods and attributes that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from keraslint.analysis import Place
from keraslint.findings import Edit, Finding, Fix
from keraslint.knowledge.api.migration import Replacement, removed_argument, removed_method
from keraslint.knowledge.faults import FaultKind
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, FaultRecord, TrainingRecord


ON_LAYERS = {
    "output_shape": "output.shape",
    "input_shape": "input.shape",
    "get_output_at": "output",
    "get_input_at": "input",
    "get_output_shape_at": "output.shape",
    "get_input_shape_at": "input.shape",
}
MECHANICAL = {"get_shape", "output_shape", "input_shape"}
AS_LIST = ".as_list()"


class RemovedMethod(Rule):
    """Keras 3 does not have the method or attribute.

    ## What it does

    Reports `fit_generator`, `evaluate_generator`, `predict_generator`, `predict_classes` and
    `predict_proba` of models, `output_shape`, `input_shape`, `get_output_at` and the like of
    layers, and `get_shape` of symbolic tensors.

    ## Why is this bad?

    They are gone: `fit`, `evaluate` and `predict` take generators themselves, and the classes are
    the `argmax` of what `predict` gives. The shape of a symbolic tensor is its `shape`, a tuple.
    Python raises an `AttributeError`.

    ## Example

    ```python
    import keras
    import numpy as np


    def batches():
        while True:
            yield np.zeros((8, 4)), np.zeros((8, 1))


    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit_generator(batches(), steps_per_epoch=2, epochs=1)
    ```

    ```python
    import keras

    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(8, 3)(inputs)
    channels = x.get_shape().as_list()[-1]
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np


    def batches():
        while True:
            yield np.zeros((8, 4)), np.zeros((8, 1))


    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit(batches(), steps_per_epoch=2, epochs=1)
    ```

    ```python
    import keras

    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(8, 3)(inputs)
    channels = x.shape[-1]
    ```

    ## Fix safety

    Safe: offered where another name, for the method and its arguments, is all that is needed.

    ## See

    [Model training APIs](https://keras.io/api/models/model_training_apis/)
    """

    code = "KL504"
    name = "removed-method"
    fix = "safe"
    least_keras = 3

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each call of a method that is gone."""
        for record in analysis.training:
            gone = removed_method(f"keras.Model.{record.method}")
            if gone is not None and record.model is not None:
                new = (gone.new or "").rpartition(".")[2]
                yield self.finding(
                    record.place.location,
                    f"models have no {record.method} any more",
                    help=[f"use {new}: {gone.advice or 'it does the same'}"],
                    entry=record.entry,
                    fix=_fix(record, gone, new),
                )
        for fault in analysis.faults:
            if fault.fault.kind is FaultKind.REMOVED_METHOD:
                yield self._attribute(fault, analysis)

    def _attribute(self, record: FaultRecord, analysis: Analysis) -> Finding:
        """The finding about an attribute that is gone."""
        name = str(record.fault.found)
        if name == "get_shape":
            message, new = "symbolic tensors have no get_shape any more", "shape"
        else:
            kind = record.layer.rpartition(".")[2]
            message, new = f"{kind} has no {name} any more", ON_LAYERS.get(name, "")
        fix = _shape_of(record, new, analysis) if name in MECHANICAL else None
        advice = [f"use {new}"] if new else []
        return self.finding(
            record.place.location, message, help=advice, entry=record.entry, fix=fix
        )


def _shape_of(record: FaultRecord, new: str, analysis: Analysis) -> Fix | None:
    """Ask for the shape of a tensor; `None` if it is not certain which tensor is meant."""
    node, name = record.place.node, str(record.fault.found)
    attribute = node.func if name == "get_shape" else node
    if name != "get_shape" and not record.fault.facts.get("once"):
        return None
    whole, attr = record.place.location, Place(record.place.module, attribute.attr).location
    if whole.filename != analysis.filename:
        return None
    old = replace(attr, end_row=whole.end_row, end_column=whole.end_column)
    source = analysis.syntax.source
    row, column = whole.span_in(source).end
    rest = source.text.split("\n")[row - 1][column - 1 :]
    if name != "get_shape" or not rest.startswith(AS_LIST):
        return Fix(f"Ask for {new}", (Edit(new, old),))
    start = replace(whole, end_row=whole.row, end_column=whole.column)
    old = replace(old, end_column=old.end_column + len(AS_LIST))
    return Fix(f"Ask for {new}", (Edit("list(", start), Edit(f"{new})", old)))


def _fix(record: TrainingRecord, gone: Replacement, new: str) -> Fix | None:
    """Call the new method; `None` if it does not take the same arguments."""
    call = record.place.node
    if record.method == "predict_classes":
        return _classes(record)
    method = getattr(getattr(call, "func", None), "attr", None)
    if method is None or not gone.mechanical or any(argument.star for argument in call.args):
        return None
    keywords = [argument.keyword.value for argument in call.args if argument.keyword]
    fits = gone.positional is None or len(call.args) - len(keywords) <= gone.positional
    old = [removed_argument(f"keras.Model.{new}", name) for name in keywords]
    if not fits or any(old) or not gone.arguments.keys().isdisjoint(keywords):
        return None
    return Fix(f"Call {new}", (Edit(new, Place(record.place.module, method).location),))


def _classes(record: TrainingRecord) -> Fix | None:
    """Take the class with the highest probability, where there are several."""
    call = record.place.node
    method = getattr(getattr(call, "func", None), "attr", None)
    outputs = record.model.outputs if record.model else None
    units = outputs[0][-1] if outputs and isinstance(outputs[0], tuple) and outputs[0] else None
    if method is None or not isinstance(units, int) or units < 2:
        return None
    whole = record.place.location
    end = replace(whole, row=whole.end_row, column=whole.end_column)
    edits = (
        Edit("predict", Place(record.place.module, method).location),
        Edit(".argmax(axis=-1)", end),
    )
    return Fix("Take the argmax of predict", edits)
