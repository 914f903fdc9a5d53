"""KL3: the last activation against the loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from keraslint.findings import Finding, Fix, Related, Severity
from keraslint.knowledge.losses import ActivationMisfit, Loss, check_activation
from keraslint.knowledge.values import Callable_
from keraslint.rules import repair
from keraslint.rules.models import ACTIVATION_LAYERS
from keraslint.rules.rule import Rule
from keraslint.rules.training import TrainingRule, choose, last_layers, loss_argument, losses_of
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, LayerRow, Site, TrainingRecord

WITH_ACTIVATION = ("Dense", "EinsumDense", "Conv", "Separable", "Depthwise", "Activation")
TRANSPARENT = ("Flatten", "Reshape", "Dropout", "Identity")


class LossActivation(TrainingRule):
    """The last activation and the loss do not go together.

    ## What it does

    Compares the activation that gives the output with what the loss takes the output for:
    probabilities of classes of which one is true, probabilities that are independent of each
    other, or logits.

    ## Why is this bad?

    The model trains, but on the wrong thing. Without an activation the loss cuts everything off
    that is not between 0 and 1. With `from_logits=True` the activation is applied a second time.
    Softmax with `binary_crossentropy` trains the classes as if they were independent.

    ## Example

    ```python
    import keras

    model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    ```

    ```python
    import keras

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss)
    ```

    ```python
    import keras

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    ```

    ## Use instead

    ```python
    import keras

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    ```

    ```python
    import keras

    model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss)
    ```

    ## See

    [Probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
    """

    code = "KL303"
    name = "loss-activation"
    severity = Severity.WARNING

    def check_record(self, record: TrainingRecord, analysis: Analysis) -> Iterator[Finding]:
        """A finding at the loss, for each output."""
        given = loss_argument(record)
        if record.method != "compile" or given is None or record.own_step:
            return
        if _grows_later(record, analysis):
            return
        count = len(record.last_layers)
        outputs = record.model.outputs if record.model else None
        for index, layer in enumerate(last_layers(record, count)):
            if layer is None:
                continue
            shape = outputs[index] if outputs and len(outputs) == count else UNKNOWN
            chosen = choose(losses_of(record, count)[index], UNKNOWN, shape)
            name = activation_of(layer, record)
            units = shape[-1] if isinstance(shape, tuple) and shape else stated_units(layer)
            misfit = check_activation(chosen.loss, name, units, chosen.from_logits)
            told = _tell(misfit, chosen.loss, name, units)
            if told is not None:
                place = layer.place
                yield self.finding(
                    given.value.location,
                    told[0],
                    help=told[1:],
                    entry=record.entry,
                    related=[Related("the output is made here", place.location)] if place else [],
                )


def _grows_later(record: TrainingRecord, analysis: Analysis) -> bool:
    """Whether layers are added to a model after it was compiled."""
    model = record.model
    if model is None:
        return False
    final = [len(other.layers) for other in analysis.models if other.place == model.place]
    return bool(final) and len(model.layers) not in final


def _tell(
    misfit: ActivationMisfit | None, loss: Loss | None, name: Any, units: Dim
) -> tuple[str, str] | None:
    """What to say about a pair, and what to do; `None` if nothing is wrong."""
    if misfit is None or loss is None or misfit is ActivationMisfit.SINGLE_UNIT_SOFTMAX:
        return None
    probable = "sigmoid" if units == 1 or "binary" in loss.name else "softmax"
    if misfit is ActivationMisfit.SINGLE_UNIT_DISTRIBUTION:
        message = f"{loss.name} compares classes, but the output has one unit"
        return message, "use binary_crossentropy with one unit, or one unit per class"
    if misfit is ActivationMisfit.SIGMOID_FOR_DISTRIBUTION:
        if "crossentropy" not in loss.name:
            return None
        return (
            f"{loss.name} is for one class of many, but sigmoid makes every unit independent",
            "use softmax; for several classes at once use binary_crossentropy",
        )
    if misfit is ActivationMisfit.SOFTMAX_FOR_INDEPENDENT:
        if units == 2:
            return None
        message = f"{loss.name} takes every unit for itself, but softmax makes one class of many"
        return message, "use categorical_crossentropy; for several classes at once use sigmoid"
    if misfit is ActivationMisfit.ACTIVATION_AND_LOGITS:
        message = (
            f"{loss.name} with from_logits=True applies {name} again: the output already has it"
        )
        return message, f"leave out from_logits=True, or the {name} of the last layer"
    gets = f"gets the output of {name}" if name else "the last layer has no activation"
    advice = f'give the last layer activation="{probable}"'
    if loss.has_from_logits and name is None:
        advice += f", or use keras.losses.{loss.class_name}(from_logits=True)"
    return f"{loss.name} takes probabilities, but {gets}", advice


def activation_of(row: LayerRow, record: TrainingRecord) -> str | None | Unknown:
    """The activation that a model's output went through last, unknown if it cannot be told."""
    rows = {other.name: other for other in record.model.layers} if record.model else {}
    for _ in range(len(rows) + 1):
        if row.class_name not in TRANSPARENT:
            return _own_activation(row)
        if len(row.inbound) != 1 or row.inbound[0] not in rows:
            return UNKNOWN
        row = rows[row.inbound[0]]
    return UNKNOWN


def _own_activation(row: LayerRow) -> str | None | Unknown:
    if row.is_operation:
        return UNKNOWN
    if row.class_name in ACTIVATION_LAYERS:
        usual = row.arguments.get("axis", -1) == -1
        return ACTIVATION_LAYERS[row.class_name] if usual else UNKNOWN
    if row.class_name.startswith(WITH_ACTIVATION) and not row.rows:
        return _name(row.arguments.get("activation", UNKNOWN))
    return UNKNOWN


def _name(value: Any) -> str | None | Unknown:
    if isinstance(value, Callable_):
        module, _, name = value.name.rpartition(".")
        return _name(name) if module == "keras.activations" else UNKNOWN
    if value == "linear":
        return None
    return value if value is None or isinstance(value, str) else UNKNOWN


def stated_units(row: LayerRow) -> Dim:
    """The size of the last axis that a layer's own arguments state."""
    found = row.arguments.get("units", row.arguments.get("filters", UNKNOWN))
    return found if isinstance(found, int) else UNKNOWN


class SingleUnitSoftmax(Rule):
    """Softmax over one unit is always 1.

    ## What it does

    Reports softmax as the activation of a layer with one unit, and softmax layers over a last axis
    of 1.

    ## Why is this bad?

    Softmax divides by the sum of all units. With one unit the output is 1 whatever the input is,
    there is no gradient, and the model never learns anything.

    ## Example

    ```python
    import keras

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(1, activation="softmax"),
        ]
    )
    ```

    ## Use instead

    ```python
    import keras

    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    ```

    ## Fix safety

    Unsafe: the fix uses sigmoid, which is right for the probability of one of two classes. For
    attention over steps, softmax over the axis of the steps is wanted.

    ## See

    [Layer activation functions](https://keras.io/api/layers/activations/)
    """

    code = "KL304"
    name = "single-unit-softmax"
    severity = Severity.WARNING
    fix = "unsafe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding at the activation of each such layer."""
        for site in analysis.sites:
            given = site.arguments.get("activation")
            if given is None or _name(given.known) != "softmax" or not _has_one_unit(site):
                continue
            layer = site.layer.rpartition(".")[2]
            yield self.finding(
                given.value.location,
                f"softmax over the one unit of this {layer} is always 1",
                help=["use sigmoid for one of two classes, or one unit per class"],
                fix=_sigmoid(site),
            )


def _has_one_unit(site: Site) -> bool:
    layer = site.layer.rpartition(".")[2]
    if not site.layer.startswith("keras.layers."):
        return False
    if layer == "Activation":
        shapes = [spec.shape for call in site.calls for spec in call.inputs]
        return bool(shapes) and all(isinstance(s, tuple) and s[-1:] == (1,) for s in shapes)
    name = "units" if layer == "Dense" else "filters"
    last = site.arguments.get("data_format")
    known = layer == "Dense" or (layer.startswith("Conv") and last is None)
    return known and name in site.arguments and site.arguments[name].known == 1


def _sigmoid(site: Site) -> Fix | None:
    given = site.arguments["activation"]
    if not repair.is_literal_string(given):
        return None
    return repair.replacing("Use sigmoid", given, '"sigmoid"', "unsafe")
