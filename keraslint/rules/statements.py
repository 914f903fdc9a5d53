"""KL4: layers that are made for nothing, and results that get lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Severity
from keraslint.rules.places import Places
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis, Site
    from keraslint.rules.support.outline import Outline


_ADD_AGAIN = re.compile(
    r"\) (?:[\s\\]|\#[^\r\n]*[\r\n])* \. (?:[\s\\]|\#[^\r\n]*[\r\n])* add\b", re.VERBOSE
)


class StatementRule(Rule):
    """A rule about statements that make layers."""

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in the text of the analysed file."""
        if analysis.syntax is None or not analysis.sites:
            return
        from keraslint.rules.support.outline import outline

        sites = {id(site.place.node): site for site in analysis.sites}
        yield from self.check_outline(outline(analysis.syntax.module), sites, analysis)

    def check_outline(
        self, outline: Outline, sites: dict[int, Site], analysis: Analysis
    ) -> Iterator[Finding]:
        """What this rule finds; ``sites`` are those of the layers by the node that makes them."""
        raise NotImplementedError


class UnusedLayer(StatementRule):
    """A layer is made and never used.

    ## What it does

    Reports layers that are kept in a local variable which nothing uses.

    ## Why is this bad?

    It has no part in the model: a call was forgotten, or another variable was meant.

    ## Example

    ```python
    import keras


    def head(x):
        hidden = keras.layers.Dense(64)
        return keras.layers.Dense(10)(x)
    ```

    ## Use instead

    ```python
    import keras


    def head(x):
        hidden = keras.layers.Dense(64)(x)
        return keras.layers.Dense(10)(hidden)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL410"
    name = "unused-layer"
    severity = Severity.WARNING
    in_excerpts = False

    def check_outline(
        self, outline: Outline, sites: dict[int, Site], _analysis: Analysis
    ) -> Iterator[Finding]:
        """A finding for each variable that occurs only once."""
        from keraslint.rules.support.outline import spot_in

        for node, around in outline.assignments:
            site = sites.get(id(node.value))
            name = getattr(node.targets[0].target, "value", None)
            if site is None or site.calls or len(node.targets) != 1 or not _is_layer(site):
                continue
            if not isinstance(name, str) or name.startswith("_"):
                continue
            if spot_in(around).function is not None and outline.names[name] == 1:
                kind = site.layer.rpartition(".")[2]
                message = f"this {kind} is never used: nothing asks for {name}"
                yield self.finding(site.place.location, message)


class DiscardedResult(StatementRule):
    """The result of a layer gets lost, or one is expected where there is none.

    ## What it does

    Reports layers that are made, or made and called, in a statement of their own, and calls that
    go on with what `model.add(…)` gives, which is nothing.

    ## Why is this bad?

    In the first case the layer has no part in the model. In the second Python raises an
    `AttributeError`.

    ## Example

    ```python
    import keras

    inputs = keras.Input((4,))
    x = keras.layers.Dense(8)(inputs)
    keras.layers.Dropout(0.5)(x)
    outputs = keras.layers.Dense(1)(x)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((4,))
    x = keras.layers.Dense(8)(inputs)
    x = keras.layers.Dropout(0.5)(x)
    outputs = keras.layers.Dense(1)(x)
    ```

    ## See

    [The functional API](https://keras.io/guides/functional_api/)
    """

    code = "KL417"
    name = "discarded-result"
    severity = Severity.WARNING
    in_excerpts = False

    def check_outline(
        self, outline: Outline, sites: dict[int, Site], analysis: Analysis
    ) -> Iterator[Finding]:
        """A finding for each statement, and for each call that goes on with nothing."""
        from keraslint.rules.support.outline import spot_in

        for statement, around in outline.expressions:
            value = statement.value
            called = id(value) not in sites
            site = sites.get(id(getattr(value, "func", None)) if called else id(value))
            if site is not None and _is_layer(site) and not spot_in(around).branched:
                location = Places(analysis).of(value)
                if location.cell is None:
                    what = "what this layer gives is" if called else "this layer is made and"
                    hint = "assign it: x = layer(x)" if called else "call it on a tensor, or add it"
                    yield self.finding(location, f"{what} thrown away", help=[hint])
        again = _ADD_AGAIN.search(analysis.syntax.source.text)
        for call, _ in outline.calls if again else ():
            if _adds(call, sites) and _adds(getattr(call.func, "value", None), sites):
                yield self.finding(
                    Places(analysis).of(call.func),
                    "model.add gives nothing that a layer could be added to",
                    help=["call add on the model again"],
                    severity=Severity.ERROR,
                )


def _adds(node: object, sites: dict[int, Site]) -> bool:
    """Whether a node is ``….add(layer)``."""
    arguments: list[cst.Arg] = list(getattr(node, "args", ()))
    attribute = getattr(getattr(node, "func", None), "attr", None)
    adds = getattr(attribute, "value", None) == "add"
    return adds and len(arguments) == 1 and id(arguments[0].value) in sites


def _is_layer(site: Site) -> bool:
    return site.layer.startswith("keras.layers.") and not site.layer.endswith("InputLayer")
