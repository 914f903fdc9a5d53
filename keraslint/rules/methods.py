"""KL5: methods of models that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from keraslint.analysis import Place
from keraslint.findings import Edit, Finding, Fix
from keraslint.knowledge.api.migration import Replacement, removed_argument, removed_method
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, TrainingRecord


class RemovedMethod(Rule):
    """Keras 3's models do not have the method.

    ## What it does

    Reports `fit_generator`, `evaluate_generator`, `predict_generator`, `predict_classes` and
    `predict_proba` of models.

    ## Why is this bad?

    They are gone: `fit`, `evaluate` and `predict` take generators themselves, and the classes are
    the `argmax` of what `predict` gives. The call raises an `AttributeError`.

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
