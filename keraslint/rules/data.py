"""KL3: the data that go into a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keraslint.findings import Finding
from keraslint.knowledge.losses import Labels
from keraslint.knowledge.training import different_counts, is_plain_list
from keraslint.rules import words
from keraslint.rules.feeding import Refusal
from keraslint.rules.labels import judge_shape
from keraslint.rules.losses import LabelRule
from keraslint.rules.training import Target, TrainingRule, arrays, called, origin, targets

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, Data, Feed, GivenArgument, TrainingRecord


class DataShape(TrainingRule):
    """Data do not have the shape that the model takes.

    ## What it does

    Compares the arrays that `fit`, `evaluate`, `predict` and their like get with the input of the
    model, and follows them through its layers.

    ## Why is this bad?

    Keras raises an error. It only tolerates a last axis of 1 that is missing or left over: `(60000,
    28, 28)` goes into a model for `(28, 28, 1)`. Everything else must fit, the axis of the samples
    included, even if there is only one sample.

    ## Example

    ```python
    import keras
    import numpy as np

    x = np.random.rand(60, 28, 28)

    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
    model.predict(x, verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    image = np.random.rand(32, 32, 3)

    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(8, 3),
            keras.layers.GlobalMaxPooling2D(),
        ]
    )
    model.predict(image, verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    x = np.random.rand(60, 28, 28)

    model = keras.Sequential([keras.layers.Conv2D(8, 3), keras.layers.GlobalMaxPooling2D()])
    model.predict(x, verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    x = np.random.rand(60, 28, 28)

    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
    model.predict(x.reshape(-1, 784), verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    image = np.random.rand(32, 32, 3)

    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(8, 3),
            keras.layers.GlobalMaxPooling2D(),
        ]
    )
    model.predict(image[None, ...], verbose=0)
    ```

    ```python
    import keras
    import numpy as np

    x = np.random.rand(60, 28, 28)

    model = keras.Sequential([keras.layers.Conv2D(8, 3), keras.layers.GlobalMaxPooling2D()])
    model.predict(x[..., None], verbose=0)
    ```

    ## See

    [Model training APIs](https://keras.io/api/models/model_training_apis/)
    """

    code = "KL301"
    name = "data-shape"

    def check_record(self, record: TrainingRecord, analysis: Analysis) -> Iterator[Finding]:
        """A finding for data that the model refuses, or that are no numbers at all."""
        for feed in record.feeds:
            if feed.source is not None:
                continue
            given = record.arguments[feed.argument]
            if feed.refusal is not None:
                refusal = Refusal(record, feed, feed.refusal, analysis)
                yield self.finding(
                    given.value.location,
                    refusal.message(called(given, feed.argument)),
                    help=refusal.advice(),
                    entry=record.entry,
                    related=refusal.related(given.value.location),
                )
                continue
            for data in arrays(feed.x):
                yield from self._ragged(record, given, data)

    def _ragged(
        self, record: TrainingRecord, given: GivenArgument, data: Data
    ) -> Iterator[Finding]:
        if data.facts.get("ragged"):
            location = given.value.location
            yield self.finding(
                location,
                f"{called(given, 'x')} holds lists of different lengths, which are no array",
                help=["make them equally long first, with keras.utils.pad_sequences"],
                entry=record.entry,
                related=origin("it comes", data.place, location),
            )


class GeneratorShape(LabelRule):
    """The batches of a dataset or generator do not fit the model.

    ## What it does

    Compares what a `tf.data.Dataset`, an `ImageDataGenerator` or a Python generator yields with
    the input of the model, and its labels with the output and the loss. The shape of the images is
    their `target_size` or `image_size` and `color_mode`, that of the labels their `class_mode` or
    `label_mode`.

    ## Why is this bad?

    Keras raises an error with the first batch. Labels that broadcast, and labels whose number of
    classes only the folder tells, give a warning.

    ## Example

    ```python
    import keras
    import numpy as np
    import tensorflow as tf

    x = np.random.rand(100, 20)
    y = np.random.randint(0, 10, size=(100,))
    dataset = tf.data.Dataset.from_tensor_slices((x, y))

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(dataset, verbose=0)
    ```

    ```python
    import keras
    import numpy as np
    import tensorflow as tf

    x = np.random.rand(100, 20)
    y = np.random.randint(0, 10, size=(100,))
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(32)

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    model.fit(dataset, verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np
    import tensorflow as tf

    x = np.random.rand(100, 20)
    y = np.random.randint(0, 10, size=(100,))
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(32)

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(dataset, verbose=0)
    ```

    ## See

    [Image data loading](https://keras.io/api/data_loading/image/)
    """

    code = "KL312"
    name = "generator-shape"

    def check_record(self, record: TrainingRecord, analysis: Analysis) -> Iterator[Finding]:
        """A finding for batches that the model refuses, and for labels that do not fit."""
        for feed in record.feeds:
            if feed.source is not None and feed.refusal is not None:
                given = record.arguments[feed.argument]
                refusal = Refusal(record, feed, feed.refusal, analysis)
                yield self.finding(
                    given.value.location,
                    refusal.message(called(given, "the dataset")),
                    help=_batched(feed, refusal),
                    entry=record.entry,
                    related=refusal.related(given.value.location),
                )
        for target in targets(record):
            verdict = judge_shape(target) if target.feed.source is not None else None
            if verdict is not None:
                verdict = replace(verdict, fix=None, help=(*verdict.help, *_modes(target)))
                yield self.tell(verdict)


def _batched(feed: Feed, refusal: Refusal) -> list[str]:
    """What to do about batches; most often they are none yet."""
    shape, expected = refusal.data.spec.shape if refusal.data else None, refusal.expected
    known = isinstance(shape, tuple) and isinstance(expected, tuple)
    if known and feed.source is not None and feed.source.path.endswith("Dataset"):
        assert isinstance(shape, tuple)
        assert isinstance(expected, tuple)
        if len(shape) == len(expected) - 1 and None not in shape:
            return ["the dataset is not batched: call batch(32) on it"]
    return refusal.advice()


def _modes(target: Target) -> list[str]:
    """The argument of a folder's reader that says what labels are."""
    source, loss = target.feed.source, target.chosen.loss
    if source is None or loss is None or not source.path.endswith("image.Iterator"):
        return []
    sparse = loss.labels is Labels.CLASS_INDICES
    units = target.output[-1] if isinstance(target.output, tuple) else None
    mode = "sparse" if sparse else "binary" if units == 1 else "categorical"
    return [f'class_mode="{mode}" gives the labels that this loss and output take']


class SampleCount(TrainingRule):
    """Data and labels differ in the number of samples.

    ## What it does

    Compares the first axes of the arrays that are given to `fit` or `evaluate` together.

    ## Why is this bad?

    Keras raises an error. Most often training data are combined with test labels, only one of both
    was split or reshaped, or `reshape` has moved samples into another axis.

    ## Example

    ```python
    import keras
    import numpy as np

    x = np.random.rand(100, 4)
    x_train, x_test = x[:80], x[80:]
    y = np.random.rand(100, 1)

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit(x_train, y, verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    x = np.random.rand(100, 4)
    x_train, x_test = x[:80], x[80:]
    y = np.random.rand(100, 1)
    y_train, y_test = y[:80], y[80:]

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit(x_train, y_train, verbose=0)
    ```

    ## See

    [Model training APIs](https://keras.io/api/models/model_training_apis/)
    """

    code = "KL306"
    name = "sample-count"

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for arrays of different length."""
        if record.method not in ("fit", "evaluate", "predict") and not _compares_one_by_one(record):
            return
        arguments = [record.arguments.get(name) for name in ("x", "y", "sample_weight")]
        given = [argument for argument in arguments if argument is not None]
        together = [(argument, arrays(argument.known)) for argument in given]
        yield from self._compare(record, together)
        validation = record.arguments.get("validation_data")
        if validation is not None and isinstance(validation.known, (tuple, list)):
            yield from self._compare(record, [(validation, arrays(validation.known))])

    def _compare(
        self, record: TrainingRecord, together: list[tuple[GivenArgument, list[Data]]]
    ) -> Iterator[Finding]:
        everything = [(given, data) for given, several in together for data in several]
        if different_counts(data.spec.shape for _, data in everything) is None:
            return
        counted = [(given, data, _count(data)) for given, data in everything]
        known = [item for item in counted if item[2] is not None]
        (first, one, most), (second, other, count) = (
            known[0],
            next(item for item in known if item[2] != known[0][2]),
        )
        names = [called(first, first.name), called(second, second.name)]
        if first is second:
            names = [f"an array of {names[0]}", "another"]
        location = second.value.location
        yield self.finding(
            location,
            f"{names[0]} has {most} samples, but {names[1]} has {count}",
            entry=record.entry,
            related=[
                *origin(f"{words.shape(one.spec.shape)} comes", one.place, location),
                *origin(f"{words.shape(other.spec.shape)} comes", other.place, location),
            ],
        )


def _compares_one_by_one(record: TrainingRecord) -> bool:
    """Whether a single batch goes into a loss that does not broadcast one sample to many."""
    counts = [_count(data) for name in ("x", "y") for data in _given(record, name)]
    known = any(target.chosen.loss is not None for target in targets(record))
    return record.method.endswith("on_batch") and known and 1 not in counts


def _given(record: TrainingRecord, name: str) -> list[Data]:
    argument = record.arguments.get(name)
    return arrays(argument.known) if argument is not None else []


def _count(data: Data) -> int | None:
    shape = data.spec.shape
    first = shape[0] if isinstance(shape, tuple) and shape else None
    return first if isinstance(first, int) else None


class PlainLists(TrainingRule):
    """Python lists are given where arrays are needed.

    ## What it does

    Reports lists of numbers or text among the data and labels of `fit`, `evaluate`, `predict` and
    their like.

    ## Why is this bad?

    Keras 3 takes a list for several inputs of a model, and raises an error on plain numbers.

    ## Example

    ```python
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    model.fit([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], verbose=0)
    ```

    ## Use instead

    ```python
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    model.fit(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), verbose=0)
    ```

    ## See

    [Model training APIs](https://keras.io/api/models/model_training_apis/)
    """

    code = "KL311"
    name = "plain-lists"
    least_keras = 3

    def check_record(self, record: TrainingRecord, _analysis: Analysis) -> Iterator[Finding]:
        """A finding for the first list that is no array."""
        for name in ("x", "y", "validation_data"):
            given = record.arguments.get(name)
            if given is not None and is_plain_list(given.known):
                what = called(given, "this")
                kind = "a list" if isinstance(given.known, list) else _kind(given.known)
                yield self.finding(
                    given.value.location,
                    f"{record.method} takes arrays, but {what} is {kind} of plain Python values",
                    help=["convert it with np.array(…)"],
                    entry=record.entry,
                )
                return


def _kind(value: Any) -> str:
    return "a dict" if isinstance(value, dict) else "a tuple"
