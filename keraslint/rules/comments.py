"""KL6: what comments and docstrings say about shapes, and the code in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.analysis import Location
from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    from keraslint.analysis import Analysis


class ShapeComment(Rule):
    """A comment states another output shape than the layer has.

    ## What it does

    Compares comments behind or below a layer with the shape that the layer gives: `# Output Shape:
    (None, 10, 64)`, `# -> (None, 10, 64)`, `# (batch, 10, 64)`. Names in them stand for any size.
    Compares a line such as `Output shape: (None, 10, 64)` in the docstring of a function that makes
    a model with what that gives.

    ## Why is this bad?

    Readers trust the comment. It was right once, or was copied from elsewhere.

    ## Example

    ```python
    from keras.layers import Conv1D
    from keras.models import Sequential

    model = Sequential()
    model.add(Conv1D(64, 3, padding="same", input_shape=(10, 32)))
    # Output Shape: (None, 8, 64)
    ```

    ## Use instead

    ```python
    from keras.layers import Conv1D
    from keras.models import Sequential

    model = Sequential()
    model.add(Conv1D(64, 3, padding="same", input_shape=(10, 32)))
    # Output Shape: (None, 10, 64)
    ```

    ## Fix safety

    Safe: the fix changes a comment or docstring.

    ## See

    `keraslint annotate` writes and corrects such comments in whole files.
    """

    code = "KL601"
    name = "shape-comment"
    severity = Severity.WARNING
    fix = "safe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each such comment."""
        from keraslint.annotate import correction, remarks

        for remark in remarks(analysis):
            right = correction(remark)
            if right is not None:
                location = Location.of(analysis.syntax.source, remark.span)
                said = remark.comment.text[remark.stated.start : remark.stated.end]
                yield self.finding(
                    location,
                    f"the comment says {said}, but the output shape is {right}",
                    fix=Fix(f"Replace with {right}", (Edit(right, location),)),
                )
        yield from self._docstrings(analysis)

    def _docstrings(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each line of a docstring that is wrong."""
        from keraslint.annotate.docstrings import statements

        for line in statements(analysis):
            location = Location.of(analysis.syntax.source, line.span)
            yield self.finding(
                location,
                f"the docstring says {line.said}, but the output shape is {line.right}",
                fix=Fix(f"Replace with {line.right}", (Edit(line.right, location),)),
            )


class MissingShapeComment(Rule):
    """A layer has no comment with its output shape.

    ## What it does

    Reports layers without a comment that states their output shape, where that is known and always
    the same.

    ## Why is this bad?

    It is not: some projects want to see in the code how shapes change from layer to layer, and this
    rule keeps the comments complete for them.

    ## Example

    ```python
    import keras

    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(32, 3)(inputs)
    ```

    ## Use instead

    ```python
    import keras

    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(32, 3)(inputs)
    # Output Shape: (None, 26, 26, 32)
    ```

    ## Fix safety

    Safe: the fix adds a comment.

    ## See

    `keraslint annotate` writes and corrects such comments in whole files.
    """

    code = "KL602"
    name = "missing-shape-comment"
    severity = Severity.INFO
    fix = "safe"

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """A finding for each such layer."""
        from keraslint.annotate import missing

        for spot, edit in missing(analysis):
            assert spot.site is not None
            layer = spot.site.layer.rpartition(".")[2]
            yield self.finding(
                spot.site.place.location,
                f"no comment states the output shape of {layer}",
                fix=Fix("Add a comment", (edit,)),
            )
