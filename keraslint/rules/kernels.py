"""KL2: sizes along the axes that convolutions and poolings refuse."""

from __future__ import annotations

from keraslint.findings import Fix
from keraslint.knowledge.faults import FaultKind
from keraslint.rules import advice, words
from keraslint.rules.faults import Case, FaultRule


class KernelDimensionality(FaultRule):
    """A size per axis has more or fewer numbers than there are axes.

    ## What it does

    Reports tuples of the wrong length for `kernel_size`, `strides`, `pool_size`, `dilation_rate`
    and their like.

    ## Why is this bad?

    A 1-D layer takes one number, a 2-D layer one or two, a 3-D layer one or three. Keras raises on
    any other tuple.

    ## Example

    ```python
    import keras

    layer = keras.layers.Conv1D(64, (3, 3))
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Conv1D(64, 3)
    ```

    ## Fix safety

    Unsafe: the fix takes the layer with as many axes, if the shape that it states has them, too.

    ## See

    [Convolution layers](https://keras.io/api/layers/convolution_layers/)
    """

    code = "KL204"
    name = "kernel-dimensionality"
    fix = "unsafe"
    kind = FaultKind.KERNEL_DIMENSIONALITY

    def message(self, case: Case) -> str:
        """How many numbers are wanted."""
        n, found = case.fault.expected, words.value(case.fault.found)
        name = case.fault.argument
        if not isinstance(n, int):
            return f"{case.layer} does not accept {name}={found}"
        many = words.plural(n, "number")
        also = "" if n == 1 else ", or one for all axes"
        return f"{case.layer} needs {many} for {name}{also}, but gets {found}"

    def advice(self, case: Case) -> list[str]:
        """The layer with as many axes."""
        found = case.fault.found
        length = len(found) if isinstance(found, (tuple, list)) else 0
        other = advice.sibling(case.layer, length + 2) if 1 <= length <= 3 else None
        return [f"for {advice.DATA[length + 2]} use {other}"] if other else []

    def repair(self, case: Case) -> Fix | None:
        """Take the layer with as many axes, if the shape that it states has them."""
        found, site = case.fault.found, case.record.site
        if site is None or not isinstance(found, (tuple, list)):
            return None
        shape = site.arguments.get("input_shape")
        other = advice.sibling(case.layer, len(found) + 2)
        sizes = [g for g in site.arguments.values() if g.name != case.fault.argument]
        if other is None or shape is None or not _has_length(shape.known, len(found) + 1):
            return None
        if any(isinstance(g.known, (tuple, list)) for g in sizes if g is not shape):
            return None
        from keraslint.rules.support.names import another_layer

        edits = another_layer(case.analysis, site, other)
        return Fix(f"Use {other}", edits, "unsafe") if edits else None


def _has_length(value: object, length: int) -> bool:
    return isinstance(value, (tuple, list)) and len(value) == length


class StridesWithDilation(FaultRule):
    """A convolution has both strides and a dilation.

    ## What it does

    Reports layers that refuse `strides` greater than 1 together with a `dilation_rate` greater
    than 1.

    ## Why is this bad?

    Keras does not support both at once and raises.

    ## Example

    ```python
    import keras

    layer = keras.layers.Conv2D(32, 3, strides=2, dilation_rate=2)
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Conv2D(32, 3, dilation_rate=2)
    ```

    ## See

    [keras.layers.Conv2D](https://keras.io/api/layers/convolution_layers/convolution2d/)
    """

    code = "KL205"
    name = "strides-with-dilation"
    kind = FaultKind.STRIDES_WITH_DILATION

    def message(self, case: Case) -> str:
        """Both arguments."""
        strides, dilation = words.value(case.fact("strides")), words.value(case.fault.found)
        return f"{case.layer} cannot have strides={strides} and dilation_rate={dilation} at once"

    def advice(self, _case: Case) -> list[str]:
        """Do one after the other."""
        return ["keep one of them, and pool afterwards if the output must be smaller"]
