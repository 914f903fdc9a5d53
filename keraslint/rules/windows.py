"""KL5: windows as Keras 1 took them, one number after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.knowledge.api.migration import removed_argument
from keraslint.rules.rule import Rule
from keraslint.rules.sites import written_name

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, GivenArgument

BY_KEYWORD = {
    2: ("nb_row", "nb_col"),
    3: ("kernel_dim1", "kernel_dim2", "kernel_dim3"),
}
BY_POSITION = ("kernel_size", "strides", "padding")


class Keras1Window(Rule):
    """A convolution gets rows and columns as Keras 1 took them.

    ## What it does

    Reports `Convolution2D(32, 3, 3)`: a layer that is called by its old name, with as many numbers
    behind the filters as the window has axes.

    ## Why is this bad?

    In Keras 1 these were the rows and columns of the window. Since Keras 2 the second of them is
    `strides`: the layer skips two of three positions.

    ## Example

    ```python
    from keras.layers import Convolution2D

    layer = Convolution2D(32, 3, 3)
    ```

    ## Use instead

    ```python
    from keras.layers import Convolution2D

    layer = Convolution2D(32, (3, 3))
    ```

    ## Fix safety

    Unsafe: the fix makes a tuple of the numbers. Perhaps the stride is meant.

    ## See

    [keras.layers.Conv2D](https://keras.io/api/layers/convolution_layers/convolution2d/)
    """

    code = "KL510"
    least_keras = 2
    name = "keras1-window"
    severity = Severity.WARNING
    fix = "unsafe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each of them."""
        for site in analysis.sites:
            if (written_name(site) or "").startswith("Convolution"):
                told = any(removed_argument(site.layer, name) for name in site.arguments)
                edits = gathered(site.layer, site.arguments)
                if edits and not told:
                    given = site.arguments["strides"]
                    yield self.finding(
                        given.value.location,
                        f"Keras takes this {given.known} for the strides, not for the window",
                        help=["for a window of rows and columns write one tuple of both"],
                        fix=Fix("Make one window of them", tuple(edits), "unsafe"),
                    )


def gathered(layer: str, arguments: dict[str, GivenArgument]) -> list[Edit]:
    """The edits that make one argument of the sizes of a convolution's window.

    Nothing if they are not given one by one.
    """
    axes = next((n for n in BY_KEYWORD if f"Conv{n}D" in layer), 0)
    if not axes:
        return []
    if all(name in arguments for name in BY_KEYWORD[axes]):
        return _keywords([arguments[name] for name in BY_KEYWORD[axes]])
    given = [arguments[name] for name in BY_POSITION[:axes] if name in arguments]
    if len(given) < axes or any(g.keyword or type(g.known) is not int for g in given):
        return []
    start, end = given[0].value.location, given[-1].value.location
    return [
        Edit("(", replace(start, end_row=start.row, end_column=start.column)),
        Edit(")", replace(end, row=end.end_row, column=end.end_column)),
    ]


def _keywords(given: list[GivenArgument]) -> list[Edit]:
    """Make one ``kernel_size`` of keyword arguments; nothing if they are not side by side."""
    wholes = [g.whole.location for g in given]
    values = [g.value.location for g in given]
    gaps = [replace(a, column=a.end_column, end_column=b.column) for a, b in pairwise(wholes)]
    in_a_row = len({place.row for place in (*wholes, *values)}) == 1
    if not in_a_row or any(not 0 < gap.end_column - gap.column <= len(", ") for gap in gaps):
        return []
    edits = [Edit("kernel_size=(", replace(wholes[0], end_column=values[0].column))]
    edits += [
        Edit(", ", replace(a, column=a.end_column, end_column=b.column))
        for a, b in pairwise(values)
    ]
    return [*edits, Edit(")", replace(values[-1], column=values[-1].end_column))]
