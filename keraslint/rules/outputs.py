"""KL3: losses, metrics and labels of models with several outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from keraslint.analysis import Data, TrainingRecord
from keraslint.findings import Finding, Related
from keraslint.knowledge.values import Callable_, ClassObject, KerasObject
from keraslint.rules import words
from keraslint.rules.training import LEARNING, TrainingRule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, GivenArgument


class LossCount(TrainingRule):
    """The losses or labels are not as many as the outputs.

    ## What it does

    Compares the number of outputs of a model with the lists of losses and metrics that it is
    compiled with, and with the labels it is given.

    ## Why is this bad?

    Keras pairs them one by one, and raises an error when training starts if that does not come out
    even.

    ## Example

    ```python
    import keras
    import numpy as np

    inputs = keras.Input((4,))
    price = keras.layers.Dense(1)(inputs)
    kind = keras.layers.Dense(3, activation="softmax")(inputs)
    model = keras.Model(inputs, [price, kind])
    model.compile(loss=["mse", "categorical_crossentropy"])
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    inputs = keras.Input((4,))
    price = keras.layers.Dense(1)(inputs)
    kind = keras.layers.Dense(3, activation="softmax")(inputs)
    model = keras.Model(inputs, [price, kind])
    model.compile(loss=["mse", "categorical_crossentropy", "mse"])
    model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 3))], verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    inputs = keras.Input((4,))
    price = keras.layers.Dense(1)(inputs)
    kind = keras.layers.Dense(3, activation="softmax")(inputs)
    model = keras.Model(inputs, [price, kind])
    model.compile(loss=["mse", "categorical_crossentropy"])
    model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 3))], verbose=0)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL308"
    name = "loss-count"
    least_keras = 3

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for losses, metrics or labels that are not one for each output."""
        model, compiled = record.model, record.compiled
        if record.method not in LEARNING or record.own_step or model is None:
            return
        if not isinstance(compiled, TrainingRecord) or not model.complete or not model.outputs:
            return
        count = len(model.outputs)
        loss, metrics = compiled.arguments.get("loss"), compiled.arguments.get("metrics")
        if loss is None or model.kind not in ("Functional", "Sequential"):
            return
        if count > 1 and isinstance(loss.known, (list, tuple)) and len(loss.known) > count:
            yield self._finding(compiled, loss, f"{len(loss.known)} losses", count)
        several = count > 1 and metrics is not None and _is_flat(metrics.known)
        if several and metrics is not None and len(metrics.known) != count:
            listed = f"a list of {words.plural(len(metrics.known), 'metric')}"
            yield self._finding(compiled, metrics, listed, count)
        yield from self._labels(record, count, loss)

    def _labels(self, record: TrainingRecord, count: int, loss: GivenArgument) -> Iterator[Finding]:
        given = record.arguments.get("y")
        if given is None or (count > 1 and not _for_each(loss.known, count)):
            return
        found = _arrays_given(given.known)
        if found is not None and found != count and max(found, count) > 1:
            yield self._finding(record, given, f"{words.plural(found, 'array')} of labels", count)

    def _finding(
        self, record: TrainingRecord, given: GivenArgument, what: str, count: int
    ) -> Finding:
        model = record.model
        related = []
        if model is not None and model.place.location != given.value.location:
            related = [Related("the model is made here", model.place.location)]
        return self.finding(
            given.value.location,
            f"the model has {words.plural(count, 'output')}, but gets {what}",
            entry=record.entry,
            related=related,
        )


def _is_flat(metrics: Any) -> bool:
    """Whether metrics are a list with something in it, which Keras pairs with the outputs."""
    known = isinstance(metrics, (list, tuple))
    return known and any(item not in ([], (), None) for item in metrics)


def _for_each(loss: Any, count: int) -> bool:
    """Whether a loss certainly compares every one of several outputs."""
    if isinstance(loss, (list, tuple)):
        return len(loss) >= count and all(item is not None for item in loss)
    return isinstance(loss, (str, KerasObject, ClassObject, Callable_))


def _arrays_given(labels: Any) -> int | None:
    """How many arrays of labels there are, `None` if that is not known."""
    if isinstance(labels, Data):
        return 1
    if isinstance(labels, (list, tuple)) and all(isinstance(item, Data) for item in labels):
        return len(labels)
    return None
