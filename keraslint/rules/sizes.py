"""KL1: tensors with axes of a size that a layer cannot work with."""

from __future__ import annotations

from keraslint.findings import Related
from keraslint.knowledge.faults import FaultKind
from keraslint.rules import advice, words
from keraslint.rules.faults import Case, FaultRule


class InputDimensionMismatch(FaultRule):
    """A layer that already has weights gets a tensor of another size.

    ## What it does

    Reports a layer or model that is called again with a tensor whose last axis, or another axis
    that its weights depend on, has another size than at its first call.

    ## Why is this bad?

    The weights are made at the first call and fit that size only. Keras refuses any other one.

    ## Example

    ```python
    import keras

    dense = keras.layers.Dense(8)
    a = dense(keras.Input((16,)))
    b = dense(keras.Input((32,)))
    ```

    ## Use instead

    ```python
    import keras

    a = keras.layers.Dense(8)(keras.Input((16,)))
    b = keras.layers.Dense(8)(keras.Input((32,)))
    ```

    ## See

    [Layer weights](https://keras.io/api/layers/base_layer/)
    """

    code = "KL109"
    name = "input-dimension-mismatch"
    kind = FaultKind.INPUT_DIMENSION

    def message(self, case: Case) -> str:
        """The size needed and the one found."""
        fault = case.fault
        found = words.shape(case.found)
        if fault.argument:
            wanted = f"{case.layer}'s {fault.argument} asks for {fault.expected}"
            return f"{wanted}, but the input is {found}"
        if isinstance(fault.expected, tuple) and fault.axis is None:
            return f"{case.layer} takes {words.shape(fault.expected)}, but gets {found}"
        sizes = fault.expected if isinstance(fault.expected, tuple) else (fault.expected,)
        size = words.listed(map(str, sizes)) if sizes else "another size"
        return f"{case.layer} takes {_axis(case)} of size {size}, but gets {found}"

    def advice(self, case: Case) -> list[str]:
        """One layer for each size."""
        if case.record.site is not None and case.record.site.calls:
            return [f"make another {case.layer} for this input, or give both the same size"]
        return []

    def related(self, case: Case) -> list[Related]:
        """Also where the size was fixed."""
        site = case.record.site
        first = site.calls[0] if site and site.calls else None
        if first is None or first.place == case.record.place or not first.inputs:
            return case.related()
        shape = words.shape(first.inputs[0].shape)
        return [Related(f"the first call fixed it, with {shape}", first.place.location)]


class UndefinedDimension(FaultRule):
    """A layer must know a size that is None.

    ## What it does

    Reports a layer whose weights depend on the size of an axis that is not fixed: `Dense` behind
    `Flatten` over images of any size, or a convolution over an unknown number of channels.

    ## Why is this bad?

    Weights have a fixed shape. Keras cannot make them without that number and raises.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((None, None, 3)),
            layers.Conv2D(16, 3),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((None, None, 3)),
            layers.Conv2D(16, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10),
        ]
    )
    ```

    ## See

    [keras.layers.GlobalAveragePooling2D](https://keras.io/api/layers/pooling_layers/global_average_pooling2d/)
    """

    code = "KL108"
    name = "undefined-dimension"
    kind = FaultKind.UNDEFINED_DIMENSION

    def message(self, case: Case) -> str:
        """The axis that must be a number."""
        found = words.shape(case.found)
        if case.fact("stateful"):
            return f"{case.layer} is stateful and needs a fixed batch size, but gets {found}"
        if case.fact("weight"):
            weight = str(case.fact("weight")).replace("_", " ")
            return f"{case.layer} would need a {weight} of shape {found}, which is not fixed"
        return f"{case.layer} needs a number for {_axis(case)} of its input, but gets {found}"

    def advice(self, case: Case) -> list[str]:
        """How to come by a number."""
        if case.fact("stateful"):
            return ["state it in the input: keras.Input(batch_shape=(32, …))"]
        if case.source == "Flatten":
            return ["fix the size of the input, or use a global pooling layer instead of Flatten"]
        return ["state the size where the tensor is made, for example in keras.Input"]


def _axis(case: Case) -> str:
    """``the last axis``, ``axis 1 (steps)``."""
    axis, names = case.fault.axis, ("batch", *advice.axis_names(case.layer))
    if axis is None:
        return "every axis"
    if axis in {-1, len(case.found) - 1}:
        return "the last axis"
    known = len(names) == len(case.found) and 0 <= axis < len(names)
    return f"axis {axis} ({names[axis]})" if known else f"axis {axis}"
