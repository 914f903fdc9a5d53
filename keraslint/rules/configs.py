"""KL4: layers and models that cannot be made again from what Keras saves of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Related, Severity
from keraslint.rules.places import Places
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis, LayerRow, ModelRecord


class MissingGetConfig(Rule):
    """A layer or model is saved that Keras cannot make again.

    ## What it does

    Looks at the classes of the program whose objects are in a model that the program saves, and
    reports those that Keras cannot save or load because they have no `get_config`.

    ## Why is this bad?

    Keras saves the arguments that an object was made with, if they are numbers, strings and lists
    or dicts of such, and hands them to `__init__` again. It adds `trainable` and `dtype`, so
    `__init__` must take `**kwargs`. Other arguments, such as a layer or a function, make saving
    fail; so do arguments that a subclass of `Model` must be given.

    ## Example

    ```python
    import keras


    class Scale(keras.layers.Layer):
        def __init__(self, function, **kwargs):
            super().__init__(**kwargs)
            self.function = function

        def call(self, inputs):
            return self.function(inputs)


    scale = Scale(lambda x: 2 * x)
    model = keras.Sequential([keras.Input((4,)), scale, keras.layers.Dense(1)])
    try:
        model.save("model.keras")
    except NotImplementedError as error:
        print(error)
    ```

    ## Use instead

    ```python
    import keras


    class Scale(keras.layers.Layer):
        def __init__(self, factor, **kwargs):
            super().__init__(**kwargs)
            self.factor = factor

        def call(self, inputs):
            return self.factor * inputs

        def get_config(self):
            return {**super().get_config(), "factor": self.factor}


    scale = Scale(2)
    model = keras.Sequential([keras.Input((4,)), scale, keras.layers.Dense(1)])
    model.save("model.keras")
    keras.models.load_model("model.keras", custom_objects={"Scale": Scale})
    ```

    ## See

    [Serializing custom objects](https://keras.io/guides/serialization_and_saving/#custom-objects)
    """

    code = "KL413"
    name = "missing-get-config"
    severity = Severity.WARNING
    least_keras = 3

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each class of which a saved model holds an object."""
        if analysis.syntax is None or not analysis.models:
            return
        from keraslint.rules.support.configs import obstacle
        from keraslint.rules.support.saves import saved_models

        told: set[int] = set()
        for model, save in saved_models(analysis):
            for node, is_model in _parts(model):
                found = obstacle(node, analysis, is_model=is_model)
                if found is None or id(found.owner) in told:
                    continue
                told.add(id(found.owner))
                name = found.owner.name.value
                yield self.finding(
                    Places(analysis).of(found.owner.name),
                    f"{name} has no get_config: {found.why}",
                    help=[found.advice],
                    entry=model.entry,
                    related=[Related("it is saved here", Places(analysis).of(save))],
                )


def _parts(model: ModelRecord) -> Iterator[tuple[cst.CSTNode, bool]]:
    """The calls that make a model and, if Keras saves them too, its layers."""
    if model.kind not in {"Functional", "Sequential"}:
        yield model.place.node, True
        return
    yield from _rows(model.layers)


def _rows(rows: tuple[LayerRow, ...]) -> Iterator[tuple[cst.CSTNode, bool]]:
    for row in rows:
        if row.place is not None and not row.is_operation:
            yield row.place.node, False
        yield from _rows(row.rows)
