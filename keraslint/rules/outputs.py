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
    from keraslint.analysis import Analysis, GivenArgument, LayerRow


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
        yield from self._keys(record, compiled)

    def _keys(self, record: TrainingRecord, compiled: TrainingRecord) -> Iterator[Finding]:
        """Findings for losses, metrics and labels under other keys than the outputs have."""
        wanted = output_names(record)
        given = [compiled.arguments.get(n) for n in ("loss", "loss_weights", "metrics")]
        for argument in (*given, record.arguments.get("y")):
            if wanted is None or argument is None or not isinstance(argument.known, dict):
                continue
            what = _other_keys(
                argument.name, argument.known, wanted, record.output_keys is not None
            )
            if what:
                message = f"the model's outputs are {' and '.join(map(repr, wanted))}, but {what}"
                yield self.finding(argument.value.location, message, entry=record.entry)

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


def _other_keys(
    argument: str, given: dict[Any, Any], wanted: tuple[str, ...], is_dict: bool
) -> str | None:
    """What Keras minds about the keys of an argument; ``is_dict`` if the outputs are a dict, too.

    It takes losses for some outputs only in a dict, and metrics for some of them always. Weights of
    losses it only counts in a dict.
    """
    wrong = [key for key in given if key not in wanted]
    missing = [name for name in wanted if name not in given]
    if not all(isinstance(key, str) for key in given):
        return None
    if argument == "metrics" and len(wanted) == 1:
        return None
    if argument == "loss_weights" and (len(given) == len(wanted) if is_dict else not missing):
        return None
    if wrong:
        return f"{argument} has {wrong[0]!r}"
    may_miss = argument == "metrics" or (argument == "loss" and is_dict)
    return f"{argument} has nothing for {missing[0]!r}" if missing and not may_miss else None


def output_names(record: TrainingRecord) -> tuple[str, ...] | None:
    """What dicts of losses and labels call the outputs; `None` if that is not certain.

    The names of layers are certain where the program gives them.
    """
    if record.output_keys is not None:
        return record.output_keys
    model = record.model
    if model is None or model.kind != "Functional":
        return None
    rows = [row for row in record.last_layers if row is not None and _is_named(row)]
    names = tuple(str(row.name) for row in rows)
    return names if len(rows) == len(record.last_layers) == len({*names}) else None


def _is_named(row: LayerRow) -> bool:
    arguments = getattr(row.place.node, "args", ()) if row.place is not None else ()
    given = any(argument.keyword and argument.keyword.value == "name" for argument in arguments)
    return given and not row.is_operation and isinstance(row.name, str)


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
