"""KL5: files that models are saved to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding
from keraslint.rules.places import Places
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis

ENDINGS = {"save": (".keras", ".h5", ".hdf5"), "save_weights": (".weights.h5",)}
HUB = "hf://"


class LegacySaveFormat(Rule):
    """A model is saved to a file that Keras 3 does not write.

    ## What it does

    Looks at the names of files in `model.save` and `model.save_weights`.

    ## Why is this bad?

    Keras 3 saves models to `.keras` (or, as before, `.h5`) files and weights to `.weights.h5`
    files, and raises on any other name. For a TensorFlow SavedModel there is `model.export`.

    ## Example

    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.save("my_model")
    ```

    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.save_weights("my_model.h5")
    ```

    ## Use instead

    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.save("my_model.keras")
    model.save_weights("my_model.weights.h5")
    ```

    ## See

    [Whole model saving and
    loading](https://keras.io/api/models/model_saving_apis/model_saving_and_loading/)
    """

    code = "KL507"
    name = "legacy-save-format"
    least_keras = 3

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each file that is named in a call on a model."""
        models = {name for model in analysis.models for name in (model.name, *model.qualnames)}
        if analysis.syntax is None or not models or "save" not in analysis.syntax.source.text:
            return
        from keraslint.rules.support.outline import outline
        from keraslint.rules.support.uses import dotted

        for call, spot in outline(analysis.syntax.module).calls:
            *owner, method = dotted(call.func) or ("",)
            path = _only_string(call)
            known = ".".join(owner) in models and method in ENDINGS and not spot.branched
            if known and path is not None and not path.startswith(HUB):
                endings = ENDINGS[method]
                if not path.endswith(endings):
                    yield self.finding(
                        Places(analysis).of(call.args[0].value),
                        f"{method} refuses {path!r}: the name must end in {endings[0]}",
                        help=_advice(method),
                    )


def _advice(method: str) -> list[str]:
    return ["for a TensorFlow SavedModel use model.export"] if method == "save" else []


def _only_string(call: cst.Call) -> str | None:
    """The one argument of a call, if it is a plain string."""
    if len(call.args) != 1 or call.args[0].keyword or call.args[0].star:
        return None
    value = getattr(call.args[0].value, "evaluated_value", None)
    return value if isinstance(value, str) else None
