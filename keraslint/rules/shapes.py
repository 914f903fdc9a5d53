"""KL1: tensors that a layer refuses for their rank or the size of an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.findings import Fix
from keraslint.knowledge.faults import FaultKind
from keraslint.rules import advice, repair, words
from keraslint.rules.faults import Case, FaultRule

if TYPE_CHECKING:
    from keraslint.analysis import GivenArgument, Location, Site

MANY_SAMPLES = 1000


class InputRank(FaultRule):
    """A layer gets a tensor with more or fewer axes than it takes.

    ## What it does

    Compares the rank of each tensor with what the layer takes. `Conv1D` takes 3-D tensors
    `(batch, steps, channels)`, `Conv2D` 4-D ones, a recurrent layer 3-D ones, `Dense` at least 2-D
    ones.

    ## Why is this bad?

    Keras raises an error as soon as the layer is called. Note that `input_shape` and `Input` leave
    the batch axis out: `input_shape=(256, 256, 3)` makes a 4-D tensor.

    ## Example

    ```python
    import keras
    from keras.layers import Conv1D

    model = keras.Sequential()
    model.add(Conv1D(64, 3, padding="same", input_shape=(256, 256, 3)))
    ```

    ```python
    import keras

    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Flatten()(inputs)
    x = keras.layers.MaxPooling2D()(x)
    ```

    ## Use instead

    ```python
    import keras
    from keras.layers import Conv2D

    model = keras.Sequential()
    model.add(Conv2D(64, 3, padding="same", input_shape=(256, 256, 3)))
    ```

    ```python
    import keras

    inputs = keras.Input((28, 28, 1))
    x = keras.layers.MaxPooling2D()(inputs)
    x = keras.layers.Flatten()(x)
    ```

    ## Fix safety

    Unsafe: the fix takes the layer for as many axes as the shape has. The shape may be what is
    wrong instead.

    ## See

    [The Sequential model](https://keras.io/guides/sequential_model/)
    """

    code = "KL101"
    name = "input-rank"
    fix = "unsafe"
    kind = FaultKind.INPUT_RANK

    def location(self, case: Case) -> Location:
        """The shape argument, if the layer states its input's shape itself."""
        return case.own_shape.value.location if case.own_shape else case.location

    def message(self, case: Case) -> str:
        """The rank needed and the one found."""
        return f"{_needs(case)}, but {_gets(case)}"

    def advice(self, case: Case) -> list[str]:
        """Which layer takes such a tensor, or how to make another."""
        return advice.for_rank(case)

    def repair(self, case: Case) -> Fix | None:
        """Take the layer for as many axes as the stated shape has."""
        given = case.own_shape
        other = advice.sibling(case.layer, len(case.found)) if case.found else None
        site = case.record.site
        if given is None or other is None or site is None or not repair.is_literal_tuple(given):
            return None
        if any(isinstance(argument.known, (tuple, list)) for argument in _sizes(site)):
            return None
        from keraslint.rules.support.names import another_layer

        edits = another_layer(case.analysis, site, other)
        return Fix(f"Use {other}", edits, "unsafe") if edits else None


class BatchInInputShape(InputRank):
    """The shape of an input counts the samples.

    ## What it does

    Reports an `input_shape` or `Input(shape=…)` that has one axis too many in front, and it is
    evidently the axis of the samples: `None`, the `shape` of a whole array, or a very large
    number.

    ## Why is this bad?

    Keras puts the batch axis before the shape that is given. A shape that already has one makes a
    tensor with an axis too many, which the layer refuses.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential([layers.Conv2D(32, 3, input_shape=(None, 28, 28, 1))])
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential([layers.Conv2D(32, 3, input_shape=(28, 28, 1))])
    ```

    ## Fix safety

    Unsafe: the fix takes the first axis away, which is right if it counts samples.

    ## See

    [keras.Input](https://keras.io/api/layers/core_layers/input/)
    """

    code = "KL102"
    name = "batch-in-input-shape"
    least_keras = 3
    fix = "unsafe"
    refines = True

    def claims(self, case: Case) -> bool:
        """The shape has one axis too many, and the first one counts samples."""
        given = case.shape_argument
        if given is None or not _is_off_by(case, 1):
            return False
        first, *rest = case.found[1:]
        if first is None:
            return all(isinstance(dim, int) for dim in rest)
        if repair.is_shape_of_something(given):
            return True
        sizes = [dim for dim in rest if isinstance(dim, int)]
        return isinstance(first, int) and first >= max([MANY_SAMPLES, *(4 * n for n in sizes)])

    def location(self, case: Case) -> Location:
        """The shape."""
        return _shape_location(case)

    def message(self, case: Case) -> str:
        """The shape, and what its first axis is."""
        return f"{_needs(case)}, but {_gets(case)}: the first axis counts the samples"

    def advice(self, case: Case) -> list[str]:
        """The shape of one sample."""
        return [f"give the shape of one sample: {words.value(case.found[2:])}"]

    def repair(self, case: Case) -> Fix | None:
        """Take the first axis away."""
        given = case.shape_argument
        if given is None or not repair.is_literal_tuple(given):
            return None
        shape = words.value(case.found[2:])
        return repair.replacing(f"Replace with {shape}", given, shape, "unsafe")


class MissingChannelAxis(InputRank):
    """The shape of an input lacks its last axis.

    ## What it does

    Reports an `input_shape` or `Input(shape=…)` with one axis less than the layer takes: `(28,
    28)` for `Conv2D`, which takes `(rows, cols, channels)`, or `(50,)` for `Conv1D` or `LSTM`,
    which take `(steps, channels)`.

    ## Why is this bad?

    A grey image has one channel and a plain series one feature per step, and Keras wants them to be
    stated. It refuses the tensor otherwise.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential([layers.Conv2D(32, 3, input_shape=(28, 28))])
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential([layers.Conv2D(32, 3, input_shape=(28, 28, 1))])
    ```

    ## Fix safety

    Unsafe: the fix adds an axis of size 1. The data must get it as well: `x_train[..., None]`.

    ## See

    [keras.layers.Conv2D](https://keras.io/api/layers/convolution_layers/convolution2d/)
    """

    code = "KL103"
    name = "missing-channel-axis"
    fix = "unsafe"
    refines = True

    def claims(self, case: Case) -> bool:
        """The shape is stated, and has one axis less than a layer takes that wants channels."""
        names = advice.axis_names(case.layer)
        wanted = names[-1:] in {("channels",), ("features",)} and len(names) > 1
        return case.shape_argument is not None and wanted and _is_off_by(case, -1)

    def location(self, case: Case) -> Location:
        """The shape."""
        return _shape_location(case)

    def message(self, case: Case) -> str:
        """The shape, and what it lacks."""
        axis = advice.axis_names(case.layer)[-1]
        return f"{_needs(case)}, but {_gets(case)}: the {axis} axis is missing"

    def advice(self, case: Case) -> list[str]:
        """The shape with the axis."""
        shape = words.value(_with_channel(case))
        return [f"use {shape}, and give the data that axis too, for example with x[..., None]"]

    def repair(self, case: Case) -> Fix | None:
        """Add an axis of size 1."""
        given = case.shape_argument
        if given is None or not repair.is_literal_tuple(given):
            return None
        shape = words.value(_with_channel(case))
        return repair.replacing(f"Replace with {shape}", given, shape, "unsafe")


class MissingReturnSequences(InputRank):
    """A layer over steps comes behind a recurrent layer that gives only its last output.

    ## What it does

    Reports a recurrent or 1-D layer whose input is the output of a recurrent layer without
    `return_sequences=True`.

    ## Why is this bad?

    By default a recurrent layer gives its output for the last step alone, `(batch, units)`. The
    next layer wants `(batch, steps, features)` and refuses it.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((20, 8)),
            layers.LSTM(64),
            layers.LSTM(32),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((20, 8)),
            layers.LSTM(64, return_sequences=True),
            layers.LSTM(32),
        ]
    )
    ```

    ## Fix safety

    Unsafe: the fix sets `return_sequences=True`. `RepeatVector` between the layers, as in a
    decoder, may be what is wanted instead.

    ## See

    [Working with RNNs](https://keras.io/guides/working_with_rnns/)
    """

    code = "KL107"
    name = "missing-return-sequences"
    fix = "unsafe"
    refines = True

    def claims(self, case: Case) -> bool:
        """A recurrent layer made the tensor, and one axis is missing."""
        recurrent = (*advice.RECURRENT, "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
        return case.source in recurrent and _is_off_by(case, -1)

    def message(self, case: Case) -> str:
        """What is needed, and what the recurrent layer gives."""
        shape = words.shape(case.found)
        return f"{_needs(case)}, but the {case.source} before it gives only its last output {shape}"

    def advice(self, case: Case) -> list[str]:
        """Where to set what."""
        return [f"set return_sequences=True in that {case.source}"]

    def repair(self, case: Case) -> Fix | None:
        """Set it in the recurrent layer, or in the one it wraps."""
        maker = case.maker
        if maker is not None and case.source == "Bidirectional":
            inner = maker.arguments.get("layer")
            places = {site.place: site for site in case.analysis.sites}
            maker = places.get(inner.value) if inner else None
        return repair.adding(maker, "return_sequences", "True", "unsafe") if maker else None


def _needs(case: Case) -> str:
    """``Conv1D needs a 3-D input (batch, steps, channels)``."""
    expected = case.fault.expected
    wrapped = case.fact("wrapped")
    layer = f"{case.layer}({wrapped})" if wrapped else case.layer
    names = advice.axis_names(case.layer)
    if not isinstance(expected, int):
        return f"{layer} needs another rank"
    least = " or more" if case.fact("minimum") else ""
    shape = f" {words.axes(names)}" if len(names) + 1 == expected else ""
    return f"{layer} needs {words.rank(expected)}{least} input{shape}"


def _gets(case: Case) -> str:
    """``input_shape=(256, 256, 3) makes it 4-D (batch, 256, 256, 3)``, or who gives what."""
    found = case.found
    given = case.shape_argument
    if given is not None:
        argument = f"{given.name}={words.value(given.known)}"
        return f"{argument} makes it {len(found)}-D {words.shape(found, 'batch')}"
    tensor = f"{words.rank(len(found))} one {words.shape(found)}"
    return f"gets {tensor} from {case.source}" if case.source else f"gets {tensor}"


def _shape_location(case: Case) -> Location:
    given = case.shape_argument
    return given.value.location if given else case.location


def _is_off_by(case: Case, count: int) -> bool:
    expected = case.fault.expected
    return isinstance(expected, int) and len(case.found) == expected + count and bool(case.found)


def _sizes(site: Site) -> list[GivenArgument]:
    """The arguments that may say something for each axis."""
    own = ("input_shape", "batch_input_shape")
    return [argument for name, argument in site.arguments.items() if name not in own]


def _with_channel(case: Case) -> tuple[Any, ...]:
    return (*case.found[1:], 1)
