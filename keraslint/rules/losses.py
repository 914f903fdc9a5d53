"""KL3: labels against the output of a model and its loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Related
from keraslint.knowledge.values import Callable_, ClassObject, KerasObject
from keraslint.rules.labels import Verdict, judge_shape, judge_units
from keraslint.rules.training import LEARNING, TrainingRule, arrays, loss_argument, targets

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, TrainingRecord


class LabelRule(TrainingRule):
    """A rule that tells verdicts about labels."""

    def tell(self, verdict: Verdict) -> Finding:
        """The finding about a verdict."""
        target = verdict.target
        return self.finding(
            target.location,
            verdict.message,
            help=verdict.help,
            entry=target.record.entry,
            fix=verdict.fix,
            related=target.related(),
            severity=verdict.severity,
        )


class LabelShape(LabelRule):
    """Labels do not have the shape that the loss compares with the output.

    ## What it does

    Compares the shape of the labels that `fit`, `evaluate` and their like get with the output of
    the model, as the loss does. `categorical_crossentropy` and `binary_crossentropy` take labels
    of the shape of the output, `sparse_categorical_crossentropy` one class index where the output
    has one number per class, `mse` and its like whatever broadcasts.

    ## Why is this bad?

    Most losses raise an error. Those that broadcast run, compare every label with every output, and
    the model learns the mean: such findings are warnings.

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
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

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
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    x = np.random.rand(100, 20, 8)
    y = np.random.randint(0, 2, size=(100,))

    model = keras.Sequential(
        [
            keras.Input((20, 8)),
            keras.layers.LSTM(32, return_sequences=True),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ## Use instead

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
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

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
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    x = np.random.rand(100, 20, 8)
    y = np.random.randint(0, 2, size=(100,))

    model = keras.Sequential(
        [
            keras.Input((20, 8)),
            keras.layers.LSTM(32),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ## Fix safety

    Unsafe: the fix names the loss that takes such labels. Changing the labels may be what is
    wanted instead.

    ## See

    [Probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
    """

    code = "KL302"
    name = "label-shape"
    fix = "unsafe"

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for each output whose labels do not fit, and where there are none."""
        yield from self._without_labels(record)
        for target in targets(record):
            verdict = judge_shape(target) if target.feed.source is None else None
            if verdict is not None and not verdict.about_units:
                yield self.tell(verdict)

    def _without_labels(self, record: TrainingRecord) -> Iterator[Finding]:
        loss = loss_argument(record)
        if record.method not in LEARNING or record.own_step or loss is None:
            return
        if not isinstance(loss.known, (str, KerasObject, ClassObject, Callable_)):
            return
        for feed in record.feeds:
            if feed.y is None and feed.refusal is None and arrays(feed.x):
                yield self.finding(
                    record.place.location,
                    f"{record.method} gets data without labels, but the loss needs some",
                    help=["give the labels as y; an autoencoder's are the data themselves"],
                    entry=record.entry,
                    related=[Related("the loss is set here", loss.value.location)],
                )


class OutputUnits(LabelRule):
    """The last layer has another number of units than there are classes.

    ## What it does

    Compares the last axis of the output with the classes of the labels, where they are known: the
    width of one-hot labels, the `num_classes` of `to_categorical`, the classes of a data set, the
    range of random integers.

    ## Why is this bad?

    With too few units Keras raises an error, for one-hot labels at once, for class indices as
    soon as one is out of range (on a GPU the loss may become NaN instead). Spare units, and one
    unit for more than two classes, run: such findings are warnings.

    ## Example

    ```python
    import keras
    import numpy as np

    x = np.random.rand(1000, 20)
    y = np.random.randint(0, 10, size=(1000,))

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(5, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    x = np.random.rand(1000, 20)
    y = keras.utils.to_categorical(np.random.randint(0, 10, size=(1000,)), 10)

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    x = np.random.rand(1000, 20)
    y = np.random.randint(0, 10, size=(1000,))

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    x = np.random.rand(1000, 20)
    y = keras.utils.to_categorical(np.random.randint(0, 10, size=(1000,)), 10)

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    model.fit(x, y, verbose=0)
    ```

    ## See

    [keras.utils.to_categorical](https://keras.io/api/utils/python_utils/)
    """

    code = "KL305"
    name = "output-units"

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for each output with too few or too many units."""
        for target in targets(record):
            if target.feed.source is not None:
                continue
            verdict = judge_shape(target)
            if verdict is None:
                verdict = judge_units(target)
            elif not verdict.about_units:
                continue
            if verdict is not None:
                yield self.tell(verdict)
