"""KL2: arguments that Keras refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keraslint.findings import Fix
from keraslint.knowledge.faults import FaultKind
from keraslint.knowledge.values import ClassObject, NumpyScalar
from keraslint.rules import repair, words
from keraslint.rules.faults import Case, FaultRule
from keraslint.tensors.dims import Expr

if TYPE_CHECKING:
    from keraslint.analysis import Location


class UnknownArgument(FaultRule):
    """A layer or function has no argument of that name.

    ## What it does

    Compares keywords with the parameters that Keras declares.

    ## Why is this bad?

    Keras raises: the name is misspelt, or belongs to another layer or another version of Keras.

    ## Example

    ```python
    import keras

    layer = keras.layers.Dense(10, activaton="relu")
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Dense(10, activation="relu")
    ```

    ## Fix safety

    Safe: offered only if one known name is clearly meant.

    ## See

    [Keras layers API](https://keras.io/api/layers/)
    """

    code = "KL201"
    name = "unknown-argument"
    fix = "safe"
    kind = FaultKind.UNKNOWN_ARGUMENT

    def location(self, case: Case) -> Location:
        """The whole argument."""
        return case.argument.whole.location if case.argument else case.location

    def message(self, case: Case) -> str:
        """The unknown name."""
        return f"{case.layer} has no argument {case.fault.argument!r}"

    def advice(self, case: Case) -> list[str]:
        """The name that is meant."""
        near = words.meant(case.fault.argument, case.fault.expected)
        return [f"did you mean {near!r}?"] if near else []

    def repair(self, case: Case) -> Fix | None:
        """Write the name that is meant."""
        near = words.meant(case.fault.argument, case.fault.expected)
        given = case.argument
        if near is None or given is None or case.given(near) is not None:
            return None
        return repair.renaming(given, near)


class MissingArgument(FaultRule):
    """A required argument is missing.

    ## What it does

    Reports calls that leave out an argument without a default.

    ## Why is this bad?

    Python or Keras raises at once.

    ## Example

    ```python
    import keras

    layer = keras.layers.Conv2D(32)
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Conv2D(32, kernel_size=3)
    ```

    ## See

    [Keras layers API](https://keras.io/api/layers/)
    """

    code = "KL202"
    name = "missing-argument"
    kind = FaultKind.MISSING_ARGUMENT

    def message(self, case: Case) -> str:
        """The argument that is missing."""
        return f"{case.layer} needs the argument {case.fault.argument!r}"


class InvalidValue(FaultRule):
    """An argument has a value that Keras does not accept.

    ## What it does

    Checks the names of activations, initializers, paddings, interpolations and the like, and the
    range of numbers.

    ## Why is this bad?

    Keras raises when the layer is made or first called. Names are case-sensitive nearly everywhere.

    ## Example

    ```python
    import keras

    layer = keras.layers.Dense(10, activation="rleu")
    ```

    ```python
    import keras

    layer = keras.layers.Dropout(50)
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Dense(10, activation="relu")
    ```

    ```python
    import keras

    layer = keras.layers.Dropout(0.5)
    ```

    ## Fix safety

    Safe: offered only if one known name is clearly meant.

    ## See

    [Layer activation functions](https://keras.io/api/layers/activations/)
    """

    code = "KL203"
    name = "invalid-value"
    fix = "safe"
    kind = FaultKind.INVALID_VALUE

    def message(self, case: Case) -> str:
        """The value, and what it must be."""
        fault = case.fault
        given = f"{fault.argument}={words.value(fault.found)}" if fault.argument else "this"
        if fault.expected is None:
            return f"{case.layer} does not accept {given}"
        return f"{case.layer} does not accept {given}: it must be {_must_be(fault.expected)}"

    def advice(self, case: Case) -> list[str]:
        """The name that is meant."""
        near = words.meant(case.fault.found, case.fault.expected)
        if near:
            return [f"did you mean {near!r}?"]
        longer = words.completions(case.fault.found, case.fault.expected)
        return [f"there are {words.listed(map(repr, longer), 'and')}"] if longer else []

    def repair(self, case: Case) -> Fix | None:
        """Write the name that is meant."""
        near = words.meant(case.fault.found, case.fault.expected)
        given = case.argument
        if near is None or given is None or not repair.is_literal_string(given):
            return None
        return repair.replacing(f"Replace with {near!r}", given, f'"{near}"')


def _must_be(expected: object) -> str:
    text = words.expectation(expected)
    return text.replace(">= 1", "1 or more").replace(">= 0", "0 or more")


class ArgumentType(FaultRule):
    """An argument has a value of the wrong type.

    ## What it does

    Reports floats where a whole number is wanted (`Dense(100 / 2)`), NumPy integers where Keras
    insists on Python's own, classes where an instance is wanted, and the like.

    ## Why is this bad?

    Keras raises when the layer is made or first called.

    ## Example

    ```python
    import keras

    layer = keras.layers.Dense(100 / 2)
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Dense(100 // 2)
    ```

    ## See

    [keras.layers.Dense](https://keras.io/api/layers/core_layers/dense/)
    """

    code = "KL206"
    name = "argument-type"
    least_keras = 3
    kind = FaultKind.ARGUMENT_TYPE

    def message(self, case: Case) -> str:
        """The type wanted, and the one found."""
        fault = case.fault
        found = words.value(fault.found)
        kind = words.type_of(fault.found)
        got = found if kind == found or fault.found is None else f"{found}, {kind}"
        wanted = words.expectation(fault.expected) if fault.expected is not None else "another type"
        return f"{case.layer} needs {wanted} for {fault.argument}, but gets {got}"

    def advice(self, case: Case) -> list[str]:
        """How to make it the right type."""
        found, wants_int = case.fault.found, "integer" in str(case.fault.expected)
        if wants_int and isinstance(found, float):
            return ["divide with //, or convert with int(…)"]
        if wants_int and isinstance(found, NumpyScalar):
            return ["convert it with int(…)"]
        if isinstance(found, ClassObject):
            return [f"make one with {words.value(found)}(…)"]
        if isinstance(found, (int, Expr)) and "shape" in str(case.fault.expected):
            return [f"write ({words.value(found)},), with a comma"]
        return []


class DuplicateLayerName(FaultRule):
    """Two layers of a model have the same name.

    ## What it does

    Reports models with two layers, or a layer and an input, of one name.

    ## Why is this bad?

    Keras finds layers and their weights by name. It raises when such a model is made.

    ## Example

    ```python
    import keras
    from keras import layers

    model = keras.Sequential()
    model.add(layers.Dense(8, name="hidden"))
    model.add(layers.Dense(8, name="hidden"))
    ```

    ## Use instead

    ```python
    import keras
    from keras import layers

    model = keras.Sequential()
    model.add(layers.Dense(8, name="hidden_1"))
    model.add(layers.Dense(8, name="hidden_2"))
    ```

    ## See

    [The Sequential model](https://keras.io/guides/sequential_model/)
    """

    code = "KL207"
    name = "duplicate-layer-name"
    kind = FaultKind.DUPLICATE_NAME

    def message(self, case: Case) -> str:
        """The name."""
        found = case.fault.found
        name = f" {found!r}" if isinstance(found, str) else ""
        return f"two layers of the model have the name{name}"

    def advice(self, _case: Case) -> list[str]:
        """Rename one, or leave it to Keras."""
        return ["give one of them another name, or leave name= out and let Keras choose"]


class ExtraPositional(FaultRule):
    """There are more positional arguments than parameters, or one is given twice.

    ## What it does

    Reports calls with too many positional arguments, such as those of Keras 1, and arguments that
    are given both by position and by keyword.

    ## Why is this bad?

    Python raises a `TypeError`.

    ## Example

    ```python
    import keras

    layer = keras.layers.Flatten("channels_last", True)
    ```

    ```python
    import keras

    layer = keras.layers.Dense(10, "relu", activation="relu")
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Flatten("channels_last")
    ```

    ```python
    import keras

    layer = keras.layers.Dense(10, activation="relu")
    ```

    ## See

    [Keras layers API](https://keras.io/api/layers/)
    """

    code = "KL208"
    name = "extra-positional"
    kind = FaultKind.EXTRA_POSITIONAL

    def message(self, case: Case) -> str:
        """How many there are too many, or which one is repeated."""
        if case.fault.argument:
            return f"{case.layer} gets {case.fault.argument!r} twice"
        found = case.fault.found
        many = words.plural(found, "positional argument") if isinstance(found, int) else "arguments"
        return f"{case.layer} gets {many} too many"

    def advice(self, case: Case) -> list[str]:
        """Use keywords."""
        return [] if case.fault.argument else ["give arguments by keyword"]
