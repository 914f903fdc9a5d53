"""KL5: code for an earlier Keras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.knowledge.api import Api
from keraslint.knowledge.api.migration import Replacement, removed_argument
from keraslint.knowledge.faults import FaultKind
from keraslint.rules import repair
from keraslint.rules.arguments import UnknownArgument
from keraslint.rules.faults import Case
from keraslint.rules.places import Places
from keraslint.rules.rule import Rule
from keraslint.rules.windows import gathered

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis, GivenArgument, Location

OPTIMIZER = "keras.Optimizer"
OF_KERAS_2 = frozenset(
    (
        *("batch_input_shape", "decay", "dynamic", "input_length", "lr", "schedule_decay"),
        *("adjustment", "fused", "renorm", "renorm_clipping", "renorm_momentum"),
        *("virtual_batch_size", "weights"),
    )
)


class OldArgument(UnknownArgument):
    """A rule about an argument that an earlier Keras had."""

    code = ""
    refines = True
    kind = FaultKind.UNKNOWN_ARGUMENT
    version = ""

    def claims(self, case: Case) -> bool:
        """An earlier version had the argument, and it is this rule's version."""
        name = case.fault.argument
        if name is None or removed_argument(case.record.layer, name) is None:
            return False
        return self.version == ("2" if _is_of_keras_2(case.record.layer, name) else "1")

    def message(self, case: Case) -> str:
        """The argument, and its version."""
        name = case.fault.argument
        return f"{case.layer} has no argument {name!r} any more: it is one of Keras {self.version}"

    def advice(self, case: Case) -> list[str]:
        """What took its place."""
        return _advice(removed_argument(case.record.layer, case.fault.argument or ""))

    def repair(self, case: Case) -> Fix | None:
        """Rename it, and the other old arguments of the call with it."""
        given = case.argument
        if given is None:
            return None
        site = case.record.site
        arguments = case.record.arguments or (site.arguments if site else {})
        if (gone := _leaving_out(case, given)) is not None:
            return Fix("Leave it out", (gone,))
        edits = self.windows(case, arguments)
        if not edits and _renaming(case.record.layer, given, {}) is None:
            return None
        for argument in arguments.values():
            edits += _renaming(case.record.layer, argument, arguments) or ()
        return Fix("Use the names of Keras 3", tuple(edits)) if edits else None

    def windows(self, _case: Case, _arguments: dict[str, GivenArgument]) -> list[Edit]:
        """The edits that make one argument of what were several."""
        return []


class Keras1Argument(OldArgument):
    """An argument has the name that it had in Keras 1.

    ## What it does

    Reports `nb_filter`, `border_mode`, `subsample`, `init`, `W_regularizer`, `output_dim` of
    `Dense` and the other names that Keras 2 replaced.

    ## Why is this bad?

    Keras 2 still took most of them with a warning. Keras 3 raises an error.

    ## Example

    ```python
    import keras

    layer = keras.layers.Conv1D(nb_filter=64, filter_length=3, border_mode="same")
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.Conv1D(filters=64, kernel_size=3, padding="same")
    ```

    ## Fix safety

    Safe: offered only where another name for the same value is all that is needed, or where the
    argument can go because its value is the one that it would have anyway.

    ## See

    [keras.layers.Conv1D](https://keras.io/api/layers/convolution_layers/convolution1d/)
    """

    code = "KL501"
    least_keras = 2
    name = "keras1-argument"
    version = "1"

    def windows(self, case: Case, arguments: dict[str, GivenArgument]) -> list[Edit]:
        """The sizes of a window that Keras 1 took one by one, in a tuple."""
        return gathered(case.layer, arguments)


class Keras2Argument(OldArgument):
    """An argument that Keras 2 had is gone.

    ## What it does

    Reports `batch_input_shape`, `input_length`, `weights`, `time_major`, the `lr` of an optimizer
    and other arguments that Keras 3 does not take.

    ## Why is this bad?

    Keras 3 raises an error.

    ## Example

    ```python
    import keras

    model = keras.Sequential()
    model.add(keras.layers.LSTM(8, batch_input_shape=(32, 10, 4), stateful=True))
    ```

    ## Use instead

    ```python
    import keras

    model = keras.Sequential()
    model.add(keras.Input(batch_shape=(32, 10, 4)))
    model.add(keras.layers.LSTM(8, stateful=True))
    ```

    ## Fix safety

    Safe: offered where another name for the same value is all that is needed, where the argument
    can go because its value is the one that it would have anyway (`workers=1`), and where a layer
    is the first of its model and its `batch_input_shape` can become a `keras.Input`.

    ## See

    [Migrating Keras 2 code to multi-backend Keras 3](https://keras.io/guides/migrating_to_keras_3/)
    """

    code = "KL502"
    least_keras = 3
    name = "keras2-argument"
    version = "2"

    def repair(self, case: Case) -> Fix | None:
        """Rename what has another name; start the model with the shape that a layer stated."""
        given, site = case.argument, case.record.site
        if given is None or site is None or given.name != "batch_input_shape":
            return super().repair(case)
        from keraslint.rules.support.inputs import with_input

        return with_input(case.analysis, site, given)


class DeprecatedArgument(Rule):
    """An argument is only taken for old code's sake.

    ## What it does

    Reports arguments that Keras 3 accepts under an old name or ignores: `alpha` of `LeakyReLU`,
    `input_length` of `Embedding`, `decay` of optimizers.

    ## Why is this bad?

    Keras warns, and what is ignored misleads the reader.

    ## Example

    ```python
    import keras

    layer = keras.layers.LeakyReLU(alpha=0.1)
    ```

    ```python
    import keras

    optimizer = keras.optimizers.Adam(learning_rate=1e-3, decay=1e-6)
    ```

    ## Use instead

    ```python
    import keras

    layer = keras.layers.LeakyReLU(negative_slope=0.1)
    ```

    ```python
    import keras

    rate = keras.optimizers.schedules.InverseTimeDecay(1e-3, decay_steps=1, decay_rate=1e-6)
    optimizer = keras.optimizers.Adam(learning_rate=rate)
    ```

    ## Fix safety

    Safe: offered only where another name for the same value is all that is needed.

    ## See

    [keras.layers.LeakyReLU](https://keras.io/api/layers/activation_layers/leaky_relu/)
    """

    code = "KL509"
    least_keras = 3
    name = "deprecated-argument"
    severity = Severity.INFO
    fix = "safe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each such argument of a layer, and of an optimizer."""
        yield from self._of_layers(analysis)
        if analysis.syntax is not None and "optimizers" in analysis.syntax.source.text:
            yield from self._of_optimizers(analysis)

    def _of_layers(self, analysis: Analysis) -> Iterator[Finding]:
        for site in analysis.sites:
            for given in site.arguments.values():
                found = removed_argument(site.layer, given.name) if given.keyword else None
                if found is not None and found.accepted:
                    edits = _renaming(site.layer, given, site.arguments)
                    fix = Fix(f"Rename to {found.new}", edits) if edits else None
                    yield self._told(site.layer, found, given.whole.location, fix)

    def _of_optimizers(self, analysis: Analysis) -> Iterator[Finding]:
        from keraslint.rules.support.outline import outline
        from keraslint.rules.support.uses import uses

        module = analysis.syntax.module
        for call, spot in outline(module).calls:
            keywords = {arg.keyword.value: arg for arg in call.args if arg.keyword is not None}
            path = uses(module).path_of(call.func) if keywords and not spot.branched else None
            symbol = Api.load("keras3").resolve(path) if path is not None else None
            if symbol is None or OPTIMIZER not in symbol.bases:
                continue
            for name, arg in keywords.items():
                found = removed_argument(symbol.canonical, name)
                if found is not None and found.accepted and not _is_none(arg.value):
                    yield self._told(symbol.canonical, found, Places(analysis).of(arg))

    def _told(
        self, owner: str, found: Replacement, location: Location, fix: Fix | None = None
    ) -> Finding:
        return self.finding(
            location,
            f"{owner.rpartition('.')[2]}'s {found.old!r} is only taken for old code's sake",
            help=_advice(found),
            fix=fix,
        )


def _is_none(value: cst.BaseExpression) -> bool:
    return getattr(value, "value", "") == "None"


def _is_of_keras_2(layer: str, argument: str) -> bool:
    if argument in OF_KERAS_2:
        return True
    for version in ("tf_keras2", "keras2"):
        symbol = Api.load(version).resolve(layer)
        if symbol and symbol.signature and symbol.signature.get(argument):
            return True
    return False


def _advice(found: Replacement | None) -> list[str]:
    if found is None:
        return []
    if found.new is None or found.advice.startswith(found.new):
        return [found.advice] if found.advice else ["leave it out"]
    return [f"use {found.new}{f': {found.advice}' if found.advice else ''}"]


def _renaming(
    layer: str, given: GivenArgument, others: dict[str, GivenArgument]
) -> tuple[Edit, ...] | None:
    """The edits that give an old argument its new name and value; `None` if that is not enough."""
    found = removed_argument(layer, given.name) if given.keyword else None
    if found is None or not found.mechanical or found.new is None or found.new in others:
        return None
    start = given.whole.location
    keyword: Location = replace(start, end_row=start.row, end_column=start.column + len(given.name))
    rename = Edit(found.new, keyword)
    if not found.values:
        return (rename,)
    if not repair.is_literal_string(given) or given.known not in found.values:
        return None
    return (rename, Edit(_literal(found.values[given.known]), given.value.location))


def _leaving_out(case: Case, given: GivenArgument) -> Edit | None:
    """The edit that takes away an argument whose value says nothing."""
    found = removed_argument(case.record.layer, given.name) if given.keyword else None
    if found is None or found.new is not None:
        return None
    says_nothing = any(
        given.known is value or (type(given.known) is type(value) and given.known == value)
        for value in found.values
    )
    return repair.removing(case.record.call, given) if says_nothing else None


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)
