"""KL1: outputs that cannot be: empty ones, merges, reshapes, axes and groups that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint.findings import Related
from keraslint.knowledge.faults import FaultKind
from keraslint.rules import advice, words
from keraslint.rules.faults import Case, FaultRule
from keraslint.tensors.dims import Expr, Unknown, product

if TYPE_CHECKING:
    from keraslint.analysis import GivenArgument, Location

WINDOWS = ("kernel_size", "pool_size", "cropping", "size", "dilation_rate")


class EmptyOutput(FaultRule):
    """Nothing would be left of a tensor.

    ## What it does

    Reports a window that is larger than the axis it slides along, a cropping that leaves nothing,
    and a stack of poolings that is deeper than the input is wide.

    ## Why is this bad?

    The output would have an axis of size 0 or less. Keras raises an error.

    ## Example

    ```python
    import keras
    from keras import layers

    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(16, 9)(inputs)
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(16, 9, padding="same")(inputs)
    ```

    ## See

    [keras.layers.Conv2D](https://keras.io/api/layers/convolution_layers/convolution2d/)
    """

    code = "KL104"
    name = "empty-output"
    kind = FaultKind.EMPTY_OUTPUT

    def location(self, case: Case) -> Location:
        """The window, if the code states it."""
        window = _window(case)
        return window.value.location if window else case.location

    def message(self, case: Case) -> str:
        """The axis of which nothing is left."""
        window = _window(case)
        by = f" with {window.name}={words.value(window.known)}" if window else ""
        names = advice.axis_names(case.layer)[:-1]
        axis = case.fault.axis
        known = isinstance(axis, int) and axis < len(names) and len(case.found) == len(names) + 2
        which = f" along its {names[axis]}" if known and isinstance(axis, int) else ""
        return f"{case.layer}{by} leaves nothing of {words.shape(case.found)}{which}"

    def advice(self, case: Case) -> list[str]:
        """Larger inputs or smaller windows."""
        if "Cropping" in case.layer:
            return ["crop less"]
        return [
            "use padding='same', a smaller window, fewer strides or poolings, or a larger input"
        ]


def _window(case: Case) -> GivenArgument | None:
    return next(filter(None, map(case.given, WINDOWS)), None)


class MergeShapeMismatch(FaultRule):
    """Tensors are merged whose shapes do not fit.

    ## What it does

    Compares the shapes that go into `Add`, `Multiply`, `Concatenate`, `Dot`, `Attention` and the
    like, and into operators such as `x + y`.

    ## Why is this bad?

    Element by element, two axes fit if they are equal or one of them is 1; `Concatenate` wants all
    axes equal but the one it joins along. Keras refuses anything else.

    ## Example

    ```python
    import keras
    from keras import layers

    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(16, 3)(inputs)
    y = layers.Add()([x, inputs])
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(3, 3, padding="same")(inputs)
    y = layers.Add()([x, inputs])
    ```

    ## See

    [Merging layers](https://keras.io/api/layers/merging_layers/)
    """

    code = "KL105"
    name = "merge-shape-mismatch"
    kind = FaultKind.MERGE_SHAPE

    def location(self, case: Case) -> Location:
        """The axis argument only where it was given and there is nothing else to look at."""
        return case.location

    def message(self, case: Case) -> str:
        """Both shapes, and where they differ."""
        one, other, axis = case.fault.expected, case.found, case.fault.axis
        if not isinstance(one, tuple):
            return f"{case.layer} cannot merge its inputs"
        pair = f"{words.shape(one)} and {words.shape(other)}"
        if case.layer == "Dot":
            axes = case.given("axes")
            by = f" along axes={words.value(axes.known)}" if axes else ""
            return f"Dot{by} needs two axes of one size, but gets {pair}"
        if len(one) != len(other) and axis is None:
            return f"{case.layer} needs tensors of one rank, but gets {pair}"
        return f"{case.layer} cannot merge {pair}: {_difference(one, other, axis)}"

    def advice(self, case: Case) -> list[str]:
        """How to make them fit."""
        one, other = case.fault.expected, case.found
        if not isinstance(one, tuple) or len(one) != len(other):
            return ["reshape one of them"]
        if case.layer in {"Add", "Subtract", "add", "subtract"} and one[1:-1] == other[1:-1]:
            return [f"give both the same number of channels, {one[-1]} or {other[-1]}"]
        if one[-1] == other[-1] and len(one) > 2:
            return ["use padding='same' and equal strides on both ways, or crop the larger one"]
        return []

    def related(self, case: Case) -> list[Related]:
        """Where both come from."""
        other = case.fact("other")
        origins, inputs = case.record.origins, case.record.inputs
        found: list[Related] = []
        for index in (other, case.fault.input):
            known = isinstance(index, int) and index < min(len(origins), len(inputs))
            origin = origins[index] if known and isinstance(index, int) else None
            if origin is not None and isinstance(index, int):
                shape = words.shape(inputs[index].shape)
                found.append(Related(f"{shape} comes from here", origin.location))
        return found


def _difference(one: tuple[Any, ...], other: tuple[Any, ...], axis: int | None) -> str:
    pairs = list(zip(reversed(one), reversed(other), strict=False))
    if axis is not None and axis < 0 and -axis <= len(pairs):
        left, right = pairs[-axis - 1]
        return f"{left} is not {right} on axis {axis}"
    if axis is not None and axis < min(len(one), len(other)):
        return f"{one[axis]} is not {other[axis]} on axis {axis}"
    return "they differ"


class ReshapeSize(FaultRule):
    """A reshape changes the number of values.

    ## What it does

    Compares the number of values of a sample before and after `Reshape` or `keras.ops.reshape`.

    ## Why is this bad?

    A reshape only gives the same values other axes. If their number is not the same, Keras raises.

    ## Example

    ```python
    import keras

    inputs = keras.Input((28, 28))
    x = keras.layers.Reshape((32, 32, 1))(inputs)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((28, 28))
    x = keras.layers.Reshape((28, 28, 1))(inputs)
    ```

    ## See

    [keras.layers.Reshape](https://keras.io/api/layers/reshaping_layers/reshape/)
    """

    code = "KL106"
    name = "reshape-size"
    kind = FaultKind.RESHAPE_SIZE

    def message(self, case: Case) -> str:
        """Both numbers of values."""
        target, before = case.found, case.fact("input_shape")
        given = product(dim for dim in target if dim != -1)
        verb = "needs a multiple of" if -1 in target else "has"
        source = words.shape(before) if before else "the input"
        return (
            f"{case.layer} cannot make {words.value(target)} of {source}: "
            f"{_size(case.fault.expected)} before, but the target {verb} {_size(given)}"
        )

    def advice(self, case: Case) -> list[str]:
        """Let Keras compute one axis."""
        return ["write -1 for one axis to let Keras compute it"] if -1 not in case.found else []


def _size(size: object) -> str:
    if isinstance(size, int):
        return words.plural(size, "value")
    return f"{size} values" if isinstance(size, Expr) else "another number of values"


class AxisOutOfRange(FaultRule):
    """There is no such axis.

    ## What it does

    Reports an `axis` argument that counts further than the tensor has axes.

    ## Why is this bad?

    Keras raises. Axes count from 0, the batch, to the rank less one, or from -1, the last one,
    back.

    ## Example

    ```python
    import keras

    inputs = keras.Input((10, 4))
    x = keras.layers.BatchNormalization(axis=3)(inputs)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((10, 4))
    x = keras.layers.BatchNormalization(axis=-1)(inputs)
    ```

    ## See

    [keras.layers.BatchNormalization](https://keras.io/api/layers/normalization_layers/batch_normalization/)
    """

    code = "KL110"
    name = "axis-out-of-range"
    kind = FaultKind.AXIS_RANGE

    def message(self, case: Case) -> str:
        """The axis, and those that there are."""
        shape, n = case.fact("shape"), case.fault.expected
        name = case.fault.argument or "axis"
        there = f"{words.shape(shape)}" if shape else "its input"
        span = f", whose axes are {-n} to {n - 1}" if isinstance(n, int) and n else ""
        return f"{case.layer} has no {name}={words.value(case.fault.found)} in {there}{span}"


class GroupsDivisibility(FaultRule):
    """Channels cannot be split into that many groups.

    ## What it does

    Compares `groups` with the channels of the input and the filters of a convolution, and the
    groups of `GroupNormalization`, 32 by default, with the channels of its input.

    ## Why is this bad?

    Every group gets the same number of channels. Keras raises if they cannot be split evenly.

    ## Example

    ```python
    import keras

    inputs = keras.Input((32, 32, 24))
    x = keras.layers.GroupNormalization()(inputs)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((32, 32, 24))
    x = keras.layers.GroupNormalization(groups=8)(inputs)
    ```

    ## See

    [keras.layers.GroupNormalization](https://keras.io/api/layers/normalization_layers/group_normalization/)
    """

    code = "KL111"
    name = "groups-divisibility"
    kind = FaultKind.GROUPS

    def message(self, case: Case) -> str:
        """The groups, and what they must divide."""
        total, groups = _total_and_groups(case)
        if case.fault.input is None:
            what = f"its {words.plural(total, 'filter') if isinstance(total, int) else total}"
        else:
            shape = case.fact("shape")
            what = f"the {total} channels of {words.shape(shape) if shape else 'its input'}"
        default = "" if case.argument else " (the default)"
        return f"{case.layer} cannot split {what} into {groups} groups{default}"

    def advice(self, case: Case) -> list[str]:
        """Numbers that fit."""
        total, groups = _total_and_groups(case)
        if not isinstance(total, int) or not isinstance(groups, int) or not 0 < total <= 10**6:
            return []
        fitting = [n for n in range(1, min(total, 2 * abs(groups)) + 1) if total % n == 0]
        near = sorted(fitting, key=lambda n: abs(n - groups))[:3]
        return [f"{words.listed(map(str, sorted(near)))} groups would fit {total}"]


def _total_and_groups(case: Case) -> tuple[Any, Any]:
    """What is to be split, and into how many groups."""
    shape, axis = case.fact("shape"), case.fault.axis
    expected, found = case.fault.expected, case.fault.found
    if isinstance(shape, tuple) and isinstance(axis, int) and not isinstance(shape[axis], Unknown):
        total = shape[axis]
        return total, expected if found == total else found
    return expected, found
