"""KL4: models that run, but hardly as they were meant to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Severity
from keraslint.rules import words
from keraslint.rules.models import ACTIVATION_LAYERS, Graph, ModelRule, activation, is_linear

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, LayerRow, ModelRecord
    from keraslint.tensors.shapes import Shape

TWICE = {
    "relu": "has no effect",
    "sigmoid": "squeezes what is between 0 and 1 already",
    "softmax": "makes the probabilities nearly equal",
}


class UnusedInput(ModelRule):
    """An input of a model has no effect.

    ## What it does

    Reports inputs of a functional model that no layer takes.

    ## Why is this bad?

    The model must be given data for it, and ignores them. Most often another variable was meant.

    ## Example

    ```python
    import keras

    left = keras.Input((4,))
    right = keras.Input((4,))
    x = keras.layers.Dense(8)(left)
    model = keras.Model([left, right], x)
    ```

    ## Use instead

    ```python
    import keras

    left = keras.Input((4,))
    right = keras.Input((4,))
    x = keras.layers.Concatenate()([left, right])
    x = keras.layers.Dense(8)(x)
    model = keras.Model([left, right], x)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL411"
    name = "unused-input"
    severity = Severity.WARNING

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding for each input that nothing takes."""
        model = graph.model
        if model.kind != "Functional" or not graph.is_whole:
            return
        for row in model.layers:
            unused = row.class_name == "InputLayer" and not graph.consumers[row.name]
            gives = set(row.outputs or ()) & set(model.outputs or ())
            if unused and not gives and _only_for(model, row, graph.analysis):
                yield from self.at(row, graph, f"no layer of the model takes the input {row.name}")


def _only_for(model: ModelRecord, row: LayerRow, analysis: Analysis) -> bool:
    """Whether the program has a name for an input, and says it only where it makes the model."""
    from keraslint.rules.support.outline import outline, spot_in
    from keraslint.syntax.walking import walk

    module = analysis.syntax.module if analysis.syntax is not None else None
    if module is None or row.place is None:
        return False
    for node, around in outline(module).assignments:
        name = getattr(node.targets[0].target, "value", None)
        if node.value is row.place.node and isinstance(name, str):
            whole = spot_in(around).function or module
            said = [n for n in walk(whole) if getattr(n, "value", None) == name]
            allowed = {id(n) for place in (node, model.place.node) for n in walk(place)}
            return all(id(n) in allowed for n in said)
    return False


class RedundantActivation(ModelRule):
    """An activation is applied twice.

    ## What it does

    Reports an activation layer behind a layer that already applies the same activation.

    ## Why is this bad?

    A second softmax makes all classes nearly equally likely, and a second sigmoid leaves nothing
    below one half: the model learns badly. A second ReLU does nothing.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(3, activation="softmax"),
            layers.Softmax(),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(3),
            layers.Softmax(),
        ]
    )
    ```

    ## See

    [Layer activation functions](https://keras.io/api/layers/activations/)
    """

    code = "KL414"
    name = "redundant-activation"
    severity = Severity.WARNING

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding for each second application."""
        for before, row in graph.pairs():
            name = activation(row)
            applies = row.class_name in {"Activation", *ACTIVATION_LAYERS}
            if applies and isinstance(name, str) and name in TWICE and activation(before) == name:
                message = f"{before.class_name} already applies {name}; a second one {TWICE[name]}"
                yield from self.at(row, graph, message, "apply it once")


class LinearStack(ModelRule):
    """Two Dense layers without an activation between them do what one could do.

    ## What it does

    Reports a `Dense` without an activation directly before another one, in a model that is
    compiled or whose second layer has an activation.

    ## Why is this bad?

    Two linear maps in a row are one linear map. The second layer adds weights but lets the model
    learn nothing more; an activation was forgotten. A layer that is narrower than both its
    neighbours saves weights and is left alone. Write `activation="linear"` if it is meant.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((20,)),
            layers.Dense(64),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ```

    ## See

    [Layer activation functions](https://keras.io/api/layers/activations/)
    """

    code = "KL415"
    name = "linear-stack"
    severity = Severity.WARNING

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding at the first layer of each such pair."""
        for before, row in graph.pairs():
            if before.class_name != "Dense" or row.class_name != "Dense" or not is_linear(before):
                continue
            meant = isinstance(activation(row), str) or graph.is_compiled
            if meant and not _narrows(before, row):
                yield from self.at(
                    before,
                    graph,
                    "there is no activation between this Dense and the one behind it",
                    'give it an activation, or say activation="linear" if none is meant',
                )


def _narrows(before: LayerRow, row: LayerRow) -> bool:
    """Whether the pair is a factorised map, or may be one."""
    narrow = _last(before.outputs)
    sides = (_last(before.inputs), _last(row.outputs))
    return all(narrow is None or size is None or narrow < size for size in sides)


def _last(shapes: tuple[Shape, ...] | None) -> int | None:
    shape = shapes[0] if shapes else None
    last = shape[-1] if isinstance(shape, tuple) and shape else None
    return last if isinstance(last, int) else None


class BiasBeforeBatchnorm(ModelRule):
    """A bias comes before a batch normalization.

    ## What it does

    Reports a `Dense` or convolution with a bias, without an activation, directly before
    `BatchNormalization`.

    ## Why is this bad?

    The normalization subtracts the mean, and with it the bias. The weights are there for nothing.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(16, 3),
            layers.BatchNormalization(),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(16, 3, use_bias=False),
            layers.BatchNormalization(),
        ]
    )
    ```

    ## See

    [keras.layers.BatchNormalization](https://keras.io/api/layers/normalization_layers/batch_normalization/)
    """

    code = "KL420"
    name = "bias-before-batchnorm"
    severity = Severity.INFO

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding for each bias that is subtracted again."""
        for before, row in graph.pairs():
            biased = before.arguments.get("use_bias") is True and is_linear(before)
            if row.class_name == "BatchNormalization" and biased:
                name = before.class_name
                message = f"the bias of this {name} does nothing: BatchNormalization subtracts it"
                yield from self.at(before, graph, message, "set use_bias=False")


class DropoutBeforeBatchnorm(ModelRule):
    """A dropout comes before a batch normalization.

    ## What it does

    Reports `Dropout` directly before `BatchNormalization`.

    ## Why is this bad?

    Dropout changes the variance of its output in training but not afterwards. The normalization
    learns the one and meets the other.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.BatchNormalization(),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
        ]
    )
    ```

    ## See

    [Understanding the disharmony between dropout and batch
    normalization](https://arxiv.org/abs/1801.05134)
    """

    code = "KL421"
    name = "dropout-before-batchnorm"
    severity = Severity.INFO

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding for each such pair."""
        for before, row in graph.pairs():
            if row.class_name == "BatchNormalization" and before.class_name == "Dropout":
                message = "Dropout before BatchNormalization shifts the variance that it learns"
                yield from self.at(before, graph, message, "put the Dropout behind it")


class LargeDenseAfterFlatten(ModelRule):
    """Nearly all weights of a model are in one layer behind Flatten.

    ## What it does

    Reports a `Dense` behind `Flatten` that has at least a million weights and nine tenths of the
    model's.

    ## Why is this bad?

    Such a layer overfits easily and takes most of the memory. Pooling first often does as well.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(64, activation="relu"),
        ]
    )
    ```

    ## See

    [Network in network](https://arxiv.org/abs/1312.4400), section 3.2
    """

    code = "KL424"
    name = "large-dense-after-flatten"
    severity = Severity.INFO
    least = 1_000_000
    share = 0.9

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding for such a layer."""
        total = graph.model.total_params
        for before, row in graph.pairs():
            flat = before.class_name == "Flatten" and row.class_name == "Dense"
            if flat and total and row.params and row.params >= max(self.least, self.share * total):
                shape = words.shape(row.inputs[0]) if row.inputs else "?"
                share = f"{row.params:,} of the model's {total:,} weights"
                yield from self.at(
                    row,
                    graph,
                    f"Dense behind Flatten {shape} has {share}",
                    "pool before it, for example with GlobalAveragePooling2D",
                )
