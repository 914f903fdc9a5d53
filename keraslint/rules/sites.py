"""KL4 and KL5: remarks on how layers are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Fix, Severity
from keraslint.knowledge.api import Api
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, Site


class LambdaLayer(Rule):
    """A Lambda layer cannot be loaded safely.

    ## What it does

    Reports `Lambda` layers.

    ## Why is this bad?

    A saved `Lambda` holds Python bytecode. Keras refuses to load it unless it is told to trust the
    file, and another Python version may not run it. A layer of its own, or `keras.ops` in a
    functional model, needs neither.

    ## Example

    ```python
    import keras

    layer = keras.layers.Lambda(lambda x: x * 2)
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Rescaling(2)
    ```

    ## See

    [keras.layers.Lambda](https://keras.io/api/layers/core_layers/lambda/)
    """

    code = "KL422"
    name = "lambda-layer"
    severity = Severity.INFO

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each of them."""
        for site in analysis.sites:
            if site.layer == "keras.layers.Lambda":
                yield self.finding(
                    site.place.location,
                    "a saved Lambda layer can only be loaded by trusting the file",
                    help=["write a layer, or use keras.ops on the tensor"],
                )


class LegacyAlias(Rule):
    """A layer is called by its name in Keras 1.

    ## What it does

    Reports `Convolution1D`, `Convolution2D` and their like, which are other names of `Conv1D`,
    `Conv2D` …

    ## Why is this bad?

    The documentation only speaks of the short names, and readers have to know that both are the
    same.

    ## Example

    ```python
    from keras import layers

    layer = layers.Convolution2D(16, 3)
    ```

    ## Use instead

    ```python
    from keras import layers

    layer = layers.Conv2D(16, 3)
    ```

    ## Fix safety

    Safe: both names are the same class. Names that are imported themselves are renamed in the whole
    file.

    ## See

    [Convolution layers](https://keras.io/api/layers/convolution_layers/)
    """

    code = "KL505"
    least_keras = 2
    name = "legacy-alias"
    severity = Severity.INFO
    fix = "safe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each of them."""
        for site in analysis.sites:
            name = written_name(site)
            if name is None or "Convolution" not in name:
                continue
            symbol = Api.load("keras3").resolve(f"keras.layers.{name}")
            if symbol is not None and symbol.class_name != name:
                message = f"{name} is the old name of {symbol.class_name}"
                fix = _rename(analysis, site, symbol.class_name)
                yield self.finding(site.place.location, message, fix=fix)


class InputShapeArgument(Rule):
    """A layer states the shape of the model's input.

    ## What it does

    Reports `input_shape` and `input_dim` of layers.

    ## Why is this bad?

    Only the first layer of a `Sequential` uses them; anywhere else they are ignored. Keras 3
    warns and recommends `keras.Input`, which works everywhere.

    ## Example

    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(8, input_shape=(4,))])
    ```

    ## Use instead

    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
    ```

    ## Fix safety

    Safe: offered for the first layer of a `Sequential`, and makes the same model.

    ## See

    [The Sequential model](https://keras.io/guides/sequential_model/)
    """

    code = "KL506"
    least_keras = 3
    name = "input-shape-argument"
    severity = Severity.INFO
    fix = "safe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each such argument."""
        from keraslint.rules.support.inputs import with_input

        for site in analysis.sites:
            symbol = Api.load("keras3").resolve(site.layer)
            signature = symbol.signature if symbol else None
            for name in ("input_shape", "input_dim"):
                if name in site.arguments and signature and not signature.get(name):
                    yield self.finding(
                        site.arguments[name].whole.location,
                        f"{name} of a layer only counts at the start of a Sequential",
                        help=["start the model with keras.Input"],
                        fix=with_input(analysis, site, site.arguments[name]),
                    )


def written_name(site: Site) -> str | None:
    """The name that the code calls a layer by."""
    called = getattr(site.place.node, "func", None)
    last = getattr(called, "attr", called)
    name = getattr(last, "value", None)
    return name if isinstance(name, str) else None


def _rename(analysis: Analysis, site: Site, name: str) -> Fix | None:
    from keraslint.rules.support.names import another_layer, is_main, names_in

    edits = None
    if is_main(analysis, site.place):
        edits = names_in(analysis.syntax).renamed(written_name(site) or "", name)
    edits = edits or another_layer(analysis, site, name)
    return Fix(f"Rename to {name}", edits) if edits else None
