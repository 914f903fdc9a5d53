"""KL4: layers that a class keeps where Keras does not find them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Finding, Severity
from keraslint.rules.classes import ClassRule, has_weights

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis


class WeightsNotTracked(ClassRule):
    """A layer is kept where Keras does not look for it.

    ## What it does

    Reports layers with weights that a layer or model of the program keeps in a place that Keras
    does not follow: an item that is set in a list, a list inside another container that grows
    later, an object that is no layer, a `deque` or an array, an attribute of the class itself.

    ## Why is this bad?

    Keras finds layers that are assigned to an attribute, alone or in a list, tuple, dict or set,
    and layers that are appended to such a list or put under a key of such a dict. Of any other it
    knows nothing: its weights are not trained, not saved and not counted.

    ## Example

    ```python
    import keras


    class Tower(keras.Model):
        def __init__(self):
            super().__init__()
            self.blocks = [None] * 3
            for i in range(3):
                self.blocks[i] = keras.layers.Dense(8)

        def call(self, inputs):
            for block in self.blocks:
                inputs = block(inputs)
            return inputs


    model = Tower()
    model(keras.ops.zeros((2, 8)))
    print(model.count_params())  # 0
    ```

    ## Use instead

    ```python
    import keras


    class Tower(keras.Model):
        def __init__(self):
            super().__init__()
            self.blocks = []
            for i in range(3):
                self.blocks.append(keras.layers.Dense(8))

        def call(self, inputs):
            for block in self.blocks:
                inputs = block(inputs)
            return inputs


    model = Tower()
    model(keras.ops.zeros((2, 8)))
    print(model.count_params())  # 216
    ```

    ## See

    [Making new layers and models via
    subclassing](https://keras.io/guides/making_new_layers_and_models_via_subclassing/)
    """

    code = "KL416"
    name = "weights-not-tracked"
    severity = Severity.WARNING
    least_keras = 3

    def check_class(self, owner: cst.ClassDef, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each such layer."""
        from keraslint.rules.support.containers import untracked

        sites = {id(site.place.node): site for site in analysis.sites if has_weights(site)}
        if len(owner.bases) != 1 or not sites:
            return
        module = analysis.syntax.module
        for node, why in untracked(owner, module, lambda node: id(node) in sites):
            site = sites[id(node)]
            yield self.finding(
                site.place.location,
                f"Keras does not know of this {site.layer.rpartition('.')[2]}: the program {why}",
                help=["assign it to an attribute, or a list of layers that is complete"],
            )
