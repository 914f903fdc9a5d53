"""KL4: calls of layers and models on nothing."""

from __future__ import annotations

from keraslint.knowledge.faults import FaultKind
from keraslint.rules.faults import Case, FaultRule


class CallWithoutInputs(FaultRule):
    """A layer or model is called without anything to compute on.

    ## What it does

    Reports calls of layers and models whose parentheses are empty: `Flatten()()`.

    ## Why is this bad?

    A layer needs a tensor. Keras raises a `TypeError` about a missing argument.

    ## Example

    ```python
    import keras

    inputs = keras.Input((4, 4))
    x = keras.layers.Flatten()()
    outputs = keras.layers.Dense(1)(x)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((4, 4))
    x = keras.layers.Flatten()(inputs)
    outputs = keras.layers.Dense(1)(x)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL404"
    name = "call-without-inputs"
    kind = FaultKind.CALL_WITHOUT_INPUTS

    def message(self, case: Case) -> str:
        """What is called."""
        return f"{case.layer} is called without a tensor"

    def advice(self, _case: Case) -> list[str]:
        """Call it on something."""
        return ["give it the tensor to compute on: layer(x)"]
