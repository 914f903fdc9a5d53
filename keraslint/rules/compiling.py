"""KL3: what a model is compiled with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from keraslint.analysis import TrainingRecord
from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.knowledge.api.names import closest
from keraslint.knowledge.training import Family, is_known, suggestion
from keraslint.knowledge.values import ClassObject, KerasObject
from keraslint.rules import repair, words
from keraslint.rules.training import LEARNING, TrainingRule
from keraslint.tensors.specs import flatten

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, GivenArgument

FAMILIES: dict[str, tuple[Family, str]] = {
    "optimizer": ("optimizers", "an optimizer"),
    "loss": ("losses", "a loss"),
    "metrics": ("metrics", "a metric"),
    "weighted_metrics": ("metrics", "a metric"),
}
METRICS = ("metrics", "weighted_metrics")


class NotCompiled(TrainingRule):
    """A model is trained without having been compiled.

    ## What it does

    Reports `fit`, `evaluate`, `train_on_batch` and `test_on_batch` of a model that nothing has
    compiled.

    ## Why is this bad?

    Without a loss and an optimizer there is nothing to train. Keras raises an error. `predict`
    works.

    ## Example

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ## See

    [Model training APIs](https://keras.io/api/models/model_training_apis/)
    """

    code = "KL307"
    name = "not-compiled"

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for a call that needs a loss."""
        model = record.model
        if record.method not in LEARNING or record.own_step or model is None:
            return
        if record.compiled is None and model.entry == record.entry:
            missing = f"compile is never called on {model.name}"
            yield self.finding(
                record.place.location,
                f"{record.method} needs a compiled model, but {missing}",
                help=['call model.compile(optimizer="adam", loss=…) first'],
                entry=record.entry,
            )


class UnknownLoss(TrainingRule):
    """Keras knows no loss, optimizer or metric of that name.

    ## What it does

    Reports strings in `compile` that Keras cannot resolve, `metrics` that are no list, and an
    optimizer that is a class.

    ## Why is this bad?

    Keras raises an error: for optimizers and for `metrics` that are no list at once, for losses
    and metrics when training starts. Where the program only compiles the model, the finding about
    them is a warning. Losses and metrics know upper and lower case apart.

    ## Example

    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="adamm", loss="mse")
    ```

    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse", metrics="mae")
    ```

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mean_square_error")
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mean_squared_error", metrics=["mae"])
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ## Fix safety

    Safe: the fix writes the one name that is evidently meant, or puts the metric into a list.

    ## See

    [Losses](https://keras.io/api/losses/), [metrics](https://keras.io/api/metrics/) and
    [optimizers](https://keras.io/api/optimizers/)
    """

    code = "KL309"
    name = "unknown-loss"
    least_keras = 3
    fix = "safe"

    def check_record(self, record: TrainingRecord, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each name, and for what is no name at all."""
        if record.method != "compile" or record.own_step:
            return
        at_fit = None if is_trained(record, analysis) else Severity.WARNING
        for name, (family, kind) in FAMILIES.items():
            given = record.arguments.get(name)
            if given is None:
                continue
            if name in METRICS and isinstance(given.known, (str, KerasObject)):
                yield self._no_list(record, given)
                continue
            if name == "optimizer" and isinstance(given.known, ClassObject):
                yield self._class(record, given)
            late = None if name == "optimizer" else at_fit
            for text in flatten(given.known):
                if isinstance(text, str) and not is_known(family, text):
                    message = f"Keras does not know {kind} {text!r}"
                    near = suggestion(family, text)
                    yield self.finding(
                        given.value.location,
                        message,
                        help=_meant(family, text, near),
                        entry=record.entry,
                        fix=_renamed(given, text, near) if near else None,
                        severity=late,
                    )

    def _no_list(self, record: TrainingRecord, given: GivenArgument) -> Finding:
        fix = None
        if repair.is_literal_string(given):
            listed = f'["{given.known}"]'
            fix = repair.replacing(f"Replace with {listed}", given, listed)
        return self.finding(
            given.value.location,
            f"compile needs a list for {given.name}, but gets {words.value(given.known)}",
            entry=record.entry,
            fix=fix,
        )

    def _class(self, record: TrainingRecord, given: GivenArgument) -> Finding:
        name = words.value(given.known)
        return self.finding(
            given.value.location,
            f"compile needs an optimizer, but gets the class {name} itself",
            help=[f"call it: {name}()"],
            entry=record.entry,
        )


def is_trained(compiled: TrainingRecord, analysis: Analysis) -> bool:
    """Whether the program goes on to train or evaluate what it has compiled."""
    later = (record for record in analysis.training if record.method in LEARNING)
    return any(record.compiled is compiled for record in later)


def _meant(family: Family, text: str, near: str | None) -> list[str]:
    if family == "optimizers" and is_known("losses", text):
        return ["the optimizer comes first, then the loss; or name them"]
    return [f"did you mean {near!r}?"] if near else []


def _renamed(given: GivenArgument, text: str, name: str) -> Fix | None:
    """Write a name that is much alike; only where the string itself stands in the argument."""
    if closest(text, [name]) is None:
        return None
    node = given.value.node
    for item in getattr(node, "elements", ()):
        if _says(item.value, text):
            place = type(given.value)(given.value.module, item.value)
            return Fix(f"Replace with {name!r}", (Edit(f'"{name}"', place.location),))
    if _says(node, text):
        return repair.replacing(f"Replace with {name!r}", given, f'"{name}"')
    return None


def _says(node: Any, text: str) -> bool:
    return type(node).__name__ == "SimpleString" and node.evaluated_value == text


class CompileArguments(TrainingRule):
    """An argument of compile goes to the wrong parameter.

    ## What it does

    Reports metrics that are given to `compile` as the third argument without a name.

    ## Why is this bad?

    In Keras 3 the third parameter is `loss_weights`; it was `metrics` in Keras 2. Training fails
    with an error about types that tells nothing of this.

    ## Example

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("adam", "mse", ["mae"])
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
    ```

    ## Fix safety

    Safe: what is no number can only be meant for `metrics`. Offered for the last argument without a
    name.

    ## See

    [Model training APIs](https://keras.io/api/models/model_training_apis/)
    """

    code = "KL310"
    name = "compile-arguments"
    fix = "safe"
    least_keras = 3

    def check_record(self, record: TrainingRecord, analysis: Analysis) -> Iterator[Finding]:
        """A finding for metrics given as the third argument."""
        if record.method != "compile" or record.own_step:
            return
        given = record.arguments.get("loss_weights")
        if given is not None and not given.keyword and _are_metrics(given.known):
            given_text = words.value(given.known)
            yield self.finding(
                given.value.location,
                f"the third argument of compile is loss_weights, but gets {given_text}",
                help=["write metrics=… before it"],
                entry=record.entry,
                fix=_named(record, given),
                severity=None if is_trained(record, analysis) else Severity.WARNING,
            )


def _are_metrics(value: Any) -> bool:
    items = list(flatten(value))
    return bool(items) and all(
        isinstance(item, str)
        or (isinstance(item, (KerasObject, ClassObject)) and item.path.startswith("keras.metrics."))
        for item in items
    )


def _named(record: TrainingRecord, given: GivenArgument) -> Fix | None:
    if any(not other.keyword and other.name in METRICS for other in record.arguments.values()):
        return None
    if "metrics" in record.arguments:
        return None
    start = given.whole.location
    at = type(start)(start.filename, start.row, start.column, start.row, start.column, start.cell)
    return Fix("Name it metrics", (Edit("metrics=", at),))
