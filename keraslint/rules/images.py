"""KL1 and KL4: images whose axes are not what a model takes them for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from keraslint.findings import Finding, Severity
from keraslint.rules import words
from keraslint.rules.models import Graph, ModelRule, spatial

if TYPE_CHECKING:
    from keraslint.analysis import LayerRow

COLOURS = (1, 3, 4)
LEAST_SIDE = 16
HEADS = ("softmax", "sigmoid")
WINDOWS = ("kernel_size", "pool_size")


class ChannelOrder(ModelRule):
    """An image has its channels where the layer looks for rows.

    ## What it does

    Reports an input such as `(3, 224, 224)` that goes into a 2-D layer with `channels_last`,
    Keras's default.

    ## Why is this bad?

    The layer takes it for an image of 3 rows, 224 columns and 224 channels. It runs, and learns
    little. This shape comes from PyTorch and from Theano's order of axes.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((3, 224, 224)),
            layers.Conv2D(16, 3),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((224, 224, 3)),
            layers.Conv2D(16, 3),
        ]
    )
    ```

    ## See

    [keras.config.set_image_data_format](https://keras.io/api/utils/config_utils/)
    """

    code = "KL113"
    name = "channel-order"
    severity = Severity.WARNING

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding at the first layer of such a model."""
        inputs = set(graph.model.inputs or ())
        for row in graph.model.layers:
            shape = row.inputs[0] if len(row.inputs) == 1 else None
            if shape in inputs and "data_format" in row.arguments and _is_reversed(row, shape):
                given = row.arguments["data_format"] or "channels_last"
                yield from self.at(
                    row,
                    graph,
                    f"{row.class_name} gets {words.shape(shape)}, whose channels come first, "
                    f"but its data_format is {given}",
                    "move the channels to the end: (rows, cols, channels)",
                )


def _is_reversed(row: LayerRow, shape: Any) -> bool:
    if not row.class_name.endswith("2D") or not isinstance(shape, tuple) or len(shape) != 4:
        return False
    first, middle, last = shape[1:]
    if not all(isinstance(dim, int) for dim in (first, middle, last)):
        return False
    if row.arguments["data_format"] in {None, "channels_last"}:
        return first in COLOURS and middle == last >= LEAST_SIDE
    return last in COLOURS and first == middle >= LEAST_SIDE


class MissingFlatten(ModelRule):
    """A classifier's head gets an image instead of a vector.

    ## What it does

    Reports a model over images whose last layer is a `Dense` with softmax or sigmoid on a tensor
    that still has rows and columns, fewer than the image.

    ## Why is this bad?

    `Dense` works on the last axis alone. The output has one prediction for each position instead of
    one for each image, and `fit` fails on the labels.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
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
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ```

    ## See

    [keras.layers.Flatten](https://keras.io/api/layers/reshaping_layers/flatten/)
    """

    code = "KL114"
    name = "missing-flatten"
    severity = Severity.WARNING

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding at such a head."""
        model = graph.model
        if not model.inputs or len(model.inputs) != 1 or len(model.outputs or ()) != 1:
            return
        before = spatial(model.layers[0], model.inputs[0]) if model.layers else ()
        for row in model.layers:
            head = row.class_name == "Dense" and row.arguments.get("activation") in HEADS
            if head and row.outputs and row.outputs == model.outputs:
                after = spatial(row, row.inputs[0]) if row.inputs else ()
                if len(before) == len(after) == 2 and _shrunk(before, after):
                    yield from self.at(
                        row,
                        graph,
                        f"Dense gets {words.shape(row.inputs[0])} and predicts once for each "
                        f"position: the output is {words.shape(row.outputs[0])}",
                        "put Flatten or GlobalAveragePooling2D before it",
                    )


def _shrunk(before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    return all(
        isinstance(old, int) and isinstance(new, int) and 1 < new < old
        for old, new in zip(before, after, strict=True)
    )


class PoolingCollapse(ModelRule):
    """A window slides over a single position.

    ## What it does

    Reports convolutions and poolings with a window larger than 1 over an image of one row and one
    column.

    ## Why is this bad?

    Earlier poolings have left nothing to slide over: all but one weight of the window only ever see
    the padding.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.MaxPooling2D(8),
            layers.Conv2D(16, 3, padding="same"),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, padding="same"),
        ]
    )
    ```

    ## See

    [Pooling layers](https://keras.io/api/layers/pooling_layers/)
    """

    code = "KL423"
    name = "pooling-collapse"
    severity = Severity.INFO

    def check_model(self, graph: Graph) -> Iterator[Finding]:
        """A finding for each such window."""
        for row in graph.model.layers:
            window = next((row.arguments[n] for n in WINDOWS if n in row.arguments), None)
            dims = spatial(row, row.inputs[0]) if len(row.inputs) == 1 else ()
            sizes = window if isinstance(window, (tuple, list)) else (window,)
            larger = any(isinstance(size, int) and size > 1 for size in sizes)
            if larger and dims and all(dim == 1 for dim in dims):
                shape, size = words.shape(row.inputs[0]), words.value(window)
                message = f"{row.class_name} has a window of {size}, but {shape} has one position"
                yield from self.at(row, graph, message)
