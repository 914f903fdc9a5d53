"""KL1 and KL4: what is handed to a layer or model, and whether it belongs together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Edit, Finding, Fix
from keraslint.knowledge.faults import FaultKind
from keraslint.knowledge.ops.counterparts import counterpart
from keraslint.rules import words
from keraslint.rules.faults import Case, FaultRule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis

NUMERIC = (
    "AveragePooling",
    "BatchNormalization",
    "Bidirectional",
    "Conv",
    "Dense",
    "Depthwise",
    "Embedding",
    "GRU",
    "GlobalAveragePooling",
    "LSTM",
    "LayerNormalization",
    "MaxPooling",
    "ReLU",
    "Rescaling",
    "Separable",
    "SimpleRNN",
)


class InputDtype(FaultRule):
    """A layer gets values of a type that it cannot use.

    ## What it does

    Reports tensors of strings that go into layers that compute with numbers, and the like.

    ## Why is this bad?

    Keras raises, at the latest when it sees data.

    ## Example

    ```python
    import keras

    inputs = keras.Input((4,), dtype="string")
    x = keras.layers.Dense(8)(inputs)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((4,), dtype="float32")
    x = keras.layers.Dense(8)(inputs)
    ```

    ## See

    [Preprocessing layers](https://keras.io/guides/preprocessing_layers/)
    """

    code = "KL112"
    name = "input-dtype"
    least_keras = 3
    kind = FaultKind.INPUT_DTYPE

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each fault, and for each tensor of strings that must be numbers."""
        yield from super().check(analysis)
        for site, call in analysis.calls():
            name = site.layer.rpartition(".")[2]
            numeric = site.layer.startswith("keras.layers.") and name.startswith(NUMERIC)
            if numeric and any(tensor.dtype == "string" for tensor in call.inputs):
                yield self.finding(
                    call.place.location,
                    f"{name} computes with numbers, but gets strings",
                    help=["turn them into numbers with StringLookup or TextVectorization first"],
                    entry=call.entry,
                )

    def message(self, case: Case) -> str:
        """The type found."""
        expected = case.fault.expected
        wanted = f" needs {words.expectation(expected)}, but" if expected is not None else ""
        found = case.fault.found
        got = found if isinstance(found, str) else words.value(found)
        return f"{case.layer}{wanted} gets {got} values"


class GraphDisconnected(FaultRule):
    """A model's outputs do not follow from its inputs.

    ## What it does

    Reports `Model(inputs, outputs)` whose outputs depend on a tensor that is none of the inputs
    and is computed from none of them, and outputs or inputs that are no tensors of a model.

    ## Why is this bad?

    Keras cannot compute the outputs and raises when the model is made.

    ## Example

    ```python
    import keras

    a = keras.Input((4,))
    b = keras.Input((4,))
    outputs = keras.layers.Add()([a, b])
    model = keras.Model(a, outputs)
    ```

    ## Use instead

    ```python
    import keras

    a = keras.Input((4,))
    b = keras.Input((4,))
    outputs = keras.layers.Add()([a, b])
    model = keras.Model([a, b], outputs)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL115"
    name = "graph-disconnected"
    kind = FaultKind.GRAPH_DISCONNECTED

    def message(self, case: Case) -> str:
        """What is not connected."""
        found = case.fault.found
        if case.fault.expected is not None:
            got = f", but gets {words.value(found)}" if found is not None else ""
            return f"{case.layer} needs {words.expectation(case.fault.expected)}{got}"
        which = f" {words.shape(found)}" if isinstance(found, tuple) else ""
        return f"an output of {case.layer} depends on a tensor{which} that is not among its inputs"

    def advice(self, _case: Case) -> list[str]:
        """Where to look."""
        return ["list every Input that the outputs depend on as an input of the model"]


class InputStructure(FaultRule):
    """A layer or model gets another number or arrangement of tensors than it takes.

    ## What it does

    Reports a list where one tensor is wanted, one tensor where a list is wanted, and lists of
    another length than a model has inputs.

    ## Why is this bad?

    Keras raises when the layer is called.

    ## Example

    ```python
    import keras

    x = keras.Input((4,))
    y = keras.Input((4,))
    z = keras.layers.Concatenate()(x)
    ```

    ## Use instead

    ```python
    import keras

    x = keras.Input((4,))
    y = keras.Input((4,))
    z = keras.layers.Concatenate()([x, y])
    ```

    ## See

    [Merging layers](https://keras.io/api/layers/merging_layers/)
    """

    code = "KL116"
    name = "input-structure"
    kind = FaultKind.INPUT_STRUCTURE

    def message(self, case: Case) -> str:
        """What is taken, and what is given."""
        expected, found = case.fault.expected, case.fault.found
        wanted = _tensors(expected) if isinstance(expected, int) else words.expectation(expected)
        if found is None:
            return f"{case.layer} takes {wanted}"
        got = _tensors(found) if isinstance(found, int) else words.value(found)
        return f"{case.layer} takes {wanted}, but gets {got}"


def _tensors(n: int) -> str:
    return "one tensor" if n == 1 else words.plural(n, "tensor")


class LayerNotCalled(FaultRule):
    """A layer stands where a tensor is wanted.

    ## What it does

    Reports a layer that is used like the tensor that calling it would give: `x = Dense(10)`, and
    then `Dense(1)(x)` or `Model(inputs, x)`.

    ## Why is this bad?

    `Dense(10)` is a layer, `Dense(10)(inputs)` its output. Keras raises on the former.

    ## Example

    ```python
    import keras

    inputs = keras.Input((4,))
    x = keras.layers.Dense(10)
    outputs = keras.layers.Dense(1)(x)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((4,))
    x = keras.layers.Dense(10)(inputs)
    outputs = keras.layers.Dense(1)(x)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL401"
    name = "layer-not-called"
    kind = FaultKind.LAYER_NOT_CALLED

    def message(self, case: Case) -> str:
        """Which layer."""
        found = case.fault.found
        layer = found.rpartition(".")[2] if isinstance(found, str) else words.layer(found)
        return f"{case.layer} needs a tensor, but gets the layer {layer} itself"

    def advice(self, _case: Case) -> list[str]:
        """Call it."""
        return ["call the layer on a tensor first: layer(x)"]


class NotAKerasTensorFunction(FaultRule):
    """A function of TensorFlow or NumPy gets a tensor of a model under construction.

    ## What it does

    Reports `tf.*` and `numpy.*` functions that are called on the symbolic tensors of Keras 3,
    outside a layer.

    ## Why is this bad?

    A symbolic tensor has no values. Only `keras.ops` and layers can take it; other functions raise.

    ## Example

    ```python
    import keras
    import numpy as np

    inputs = keras.Input((4,))
    x = np.exp(inputs)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((4,))
    x = keras.ops.exp(inputs)
    ```

    ## Fix safety

    Safe: offered where `keras.ops` has the function with the same arguments.

    ## See

    [keras.ops](https://keras.io/api/ops/)
    """

    code = "KL402"
    name = "not-a-keras-tensor-function"
    least_keras = 3
    fix = "safe"
    kind = FaultKind.NOT_A_KERAS_TENSOR_FUNCTION

    def message(self, case: Case) -> str:
        """Which function."""
        return f"{case.record.layer} does not take the symbolic tensors of a Keras model"

    def advice(self, case: Case) -> list[str]:
        """What does."""
        found = counterpart(case.record.layer)
        if found is not None:
            return [f"use {found.op}"]
        return ["use the function of that name in keras.ops, or wrap it in a layer"]

    def repair(self, case: Case) -> Fix | None:
        """Call the operation of Keras."""
        from keraslint.rules.support.names import is_main, names_in

        found, call = counterpart(case.record.layer), case.record.call
        if found is None or not is_main(case.analysis, call):
            return None
        arguments = getattr(call.node, "args", ())
        keywords = [argument.keyword.value for argument in arguments if argument.keyword]
        fits = len(arguments) - len(keywords) <= found.positional and found.keywords >= {*keywords}
        names = names_in(case.analysis.syntax)
        spelling = names.say(found.op)
        if not fits or spelling is None or any(argument.star for argument in arguments):
            return None
        edit = Edit(spelling.text, names.location(call.node.func))
        return Fix(f"Call {found.op}", (edit, *spelling.edits))
