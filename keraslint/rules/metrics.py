"""KL3: labels against the metrics of a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from keraslint.analysis import TrainingRecord
from keraslint.findings import Finding, Related, Severity
from keraslint.knowledge.training import fold
from keraslint.knowledge.values import ClassObject, KerasObject
from keraslint.rules import words
from keraslint.rules.labels import judge_shape
from keraslint.rules.training import Target, TrainingRule, targets

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, GivenArgument

EACH = {
    *("precision", "recall", "auc", "truepositives", "truenegatives", "falsepositives"),
    *("falsenegatives", "precisionatrecall", "recallatprecision", "sensitivityatspecificity"),
    "specificityatsensitivity",
}
"""Metrics that compare every number of the output with a label of its own."""

TWO_DIMENSIONAL = {"f1score", "fbetascore", "r2score"}
INDICES = {"sparsecategoricalaccuracy", "sparsetopkcategoricalaccuracy"}
ONE_HOT = {"categoricalaccuracy"}
PLAIN_OPTIONS = {"name", "dtype", "thresholds", "num_thresholds", "curve"}


class MetricShape(TrainingRule):
    """A metric does not take such labels.

    ## What it does

    Compares the labels of a model for several classes with its metrics. `Precision`, `Recall`,
    `AUC` and their like take one-hot labels, `SparseCategoricalAccuracy` class indices. The string
    `"accuracy"` takes both.

    ## Why is this bad?

    Keras raises an error in the first step, although labels and loss go together. Only
    `CategoricalAccuracy` runs on class indices and counts nonsense: that is a warning.

    ## Example

    ```python
    import keras
    import numpy as np

    x = np.random.rand(100, 20)
    y = np.random.randint(0, 10, size=(100,))

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=[keras.metrics.Precision()],
    )
    model.fit(x, y, verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    x = np.random.rand(100, 20)
    y = keras.utils.to_categorical(np.random.randint(0, 10, size=(100,)), 10)

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="adam",
        loss="categorical_crossentropy",
        metrics=[keras.metrics.Precision()],
    )
    model.fit(x, y, verbose=0)
    ```

    ## See

    [Metrics](https://keras.io/api/metrics/)
    """

    code = "KL313"
    name = "metric-shape"

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for each metric that does not take the labels of the one output."""
        compiled = record.compiled
        given = compiled.arguments.get("metrics") if isinstance(compiled, TrainingRecord) else None
        several = record.model is None or len(record.model.outputs or ()) != 1
        if given is None or several or not isinstance(given.known, (list, tuple)):
            return
        for target in targets(record):
            verdict = judge_shape(target)
            if verdict is not None and verdict.severity is Severity.ERROR:
                continue
            for metric in given.known:
                told = _judge(metric, target)
                if told is not None:
                    yield self._tell(target, given, *told)

    def _tell(
        self, target: Target, given: GivenArgument, message: str, severity: Severity
    ) -> Finding:
        return self.finding(
            target.location,
            message,
            help=['the string "accuracy" fits any labels; to_categorical makes one-hot ones'],
            entry=target.record.entry,
            related=[
                *target.related()[:-1],
                Related("the metric is set here", given.value.location),
            ],
            severity=severity,
        )


def _judge(metric: Any, target: Target) -> tuple[str, Severity] | None:
    """What to say about a metric, and how bad it is."""
    labels, output, batch = target.labels.spec.shape, target.output, target.batch
    name, shown = _name_of(metric)
    if not isinstance(labels, tuple) or not isinstance(output, tuple):
        return None
    gets = words.shape(labels)
    if name in TWO_DIMENSIONAL and {len(labels), len(output)} != {2}:
        takes = "takes labels and outputs with two axes"
        return f"{shown} {takes}, but gets {gets} and {words.shape(output)}", Severity.ERROR
    several = len(output) == 2 and isinstance(output[-1], int) and output[-1] > 1
    if not several or not isinstance(batch, int) or batch < 2:
        return None
    indices = len(labels) == 1 or (len(labels) == 2 and labels[-1] == 1)
    if name in EACH and indices:
        takes = f"takes labels of the shape of the output {words.shape(output)}"
        return f"{shown} {takes}, but gets {gets}", Severity.ERROR
    if name in INDICES and labels[1:] == output[1:] and batch != output[-1]:
        return f"{shown} takes class indices ({labels[0]},), but gets {gets}", Severity.ERROR
    if name in ONE_HOT and indices:
        return f"{shown} takes one-hot labels, but gets class indices {gets}", Severity.WARNING
    return None


def _name_of(metric: Any) -> tuple[str, str]:
    """A metric's name without case and separators, and as it is shown; empty if not known."""
    if isinstance(metric, str):
        return fold(metric), metric
    options: dict[str, object] | None = {} if isinstance(metric, ClassObject) else None
    if isinstance(metric, KerasObject):
        options = metric.options
    if options is None or not PLAIN_OPTIONS.issuperset(options):
        return "", ""
    if not metric.path.startswith("keras.metrics."):
        return "", ""
    name = metric.path.rpartition(".")[2]
    return fold(name), name
