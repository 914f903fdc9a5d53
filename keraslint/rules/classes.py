"""KL4: layers and models written as classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Severity
from keraslint.rules.places import Places
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis, Site

BASES = {"keras.Layer", "keras.layers.Layer", "keras.Model", "keras.models.Model"}
WITH_WEIGHTS = ("BatchNorm", "Conv", "Dense", "Embedding", "GRU", "LSTM", "LayerNorm", "SimpleRNN")


class ClassRule(Rule):
    """A rule about the classes of a module that are layers or models."""

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in the classes whose base is Keras's own."""
        if analysis.syntax is None:
            return
        from keraslint.rules.support.outline import outline
        from keraslint.rules.support.uses import uses

        module = analysis.syntax.module
        for owner in outline(module).classes:
            if any(uses(module).path_of(base.value) in BASES for base in owner.bases):
                yield from self.check_class(owner, analysis)

    def check_class(self, owner: cst.ClassDef, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in a class."""
        raise NotImplementedError


class MissingSuperInit(ClassRule):
    """A layer or model does not initialise its base class.

    ## What it does

    Reports subclasses of `Layer` and `Model` with an `__init__` that never calls
    `super().__init__()`.

    ## Why is this bad?

    Keras sets up what every layer needs there. Calling the layer raises an error without it.

    ## Example

    ```python
    import keras


    class Scale(keras.layers.Layer):
        def __init__(self, factor):
            self.factor = factor

        def call(self, inputs):
            return inputs * self.factor


    outputs = Scale(2)(keras.Input((4,)))
    ```

    ## Use instead

    ```python
    import keras


    class Scale(keras.layers.Layer):
        def __init__(self, factor):
            super().__init__()
            self.factor = factor

        def call(self, inputs):
            return inputs * self.factor


    outputs = Scale(2)(keras.Input((4,)))
    ```

    ## See

    [Making new layers and models via
    subclassing](https://keras.io/guides/making_new_layers_and_models_via_subclassing/)
    """

    code = "KL403"
    name = "missing-super-init"

    def check_class(self, owner: cst.ClassDef, analysis: Analysis) -> Iterator[Finding]:
        """A finding at the method that forgets it."""
        from keraslint.rules.support.outline import method
        from keraslint.rules.support.uses import dotted
        from keraslint.syntax.walking import walk

        init = method(owner, "__init__")
        if not any(method(owner, name) for name in ("call", "train_step")):
            return  # what only keeps settings and is never applied needs nothing of it
        if init is None or len(owner.bases) != 1 or owner.keywords or init.decorators:
            return
        names = {name for node in walk(init.body) for name in dotted(node) or ()}
        if not names & {"super", "__init__"}:
            yield self.finding(
                Places(analysis).of(init.name),
                f"{owner.name.value}.__init__ never calls super().__init__()",
                help=["call it before anything else in __init__"],
            )


class LayerCreatedInCall(ClassRule):
    """A layer with weights is made each time another is called.

    ## What it does

    Reports layers with weights that are made in the `call` method of a layer or model.

    ## Why is this bad?

    Each call makes new weights, which nobody trains, saves or counts. Layers belong into `__init__`
    or `build`.

    ## Example

    ```python
    import keras


    class Head(keras.layers.Layer):
        def call(self, inputs):
            return keras.layers.Dense(8)(inputs)
    ```

    ## Use instead

    ```python
    import keras


    class Head(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(8)

        def call(self, inputs):
            return self.dense(inputs)
    ```

    ## See

    [Making new layers and models via
    subclassing](https://keras.io/guides/making_new_layers_and_models_via_subclassing/)
    """

    code = "KL412"
    name = "layer-created-in-call"
    severity = Severity.WARNING

    def check_class(self, owner: cst.ClassDef, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each such layer that is made whatever happens."""
        from keraslint.rules.support.outline import calls_in, method

        call = method(owner, "call")
        if call is None or not analysis.sites:
            return
        sites = {id(site.place.node): site for site in analysis.sites}
        for node, spot in calls_in(call):
            site = sites.get(id(node))
            own = spot.function is call and not spot.branched
            if site is not None and own and has_weights(site):
                name = site.layer.rpartition(".")[2]
                yield self.finding(
                    site.place.location,
                    f"each call of {owner.name.value} makes a new {name} with new weights",
                    help=["make it in __init__ and keep it in an attribute"],
                )


def has_weights(site: Site) -> bool:
    """Whether a layer certainly has weights: as seen in a call, or by its name."""
    known = [call.params for call in site.calls if call.params is not None]
    name = site.layer.removeprefix("keras.layers.")
    return any(known) if known else name != site.layer and name.startswith(WITH_WEIGHTS)
