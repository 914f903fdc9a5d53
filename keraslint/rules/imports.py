"""KL4 and KL5: what code takes from Keras that is not there any more, or not for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keraslint.findings import Edit, Finding, Fix, Severity
from keraslint.knowledge.api.migration import Replacement, moved_module, removed_name
from keraslint.rules.places import Places
from keraslint.rules.rule import Rule

if TYPE_CHECKING:
    import libcst as cst

    from keraslint.analysis import Analysis, Location
    from keraslint.rules.support.uses import FromImport, Use, Uses


class UsesRule(Rule):
    """A rule about what a module imports and names."""

    least_keras = 3

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in the text of the analysed file."""
        if analysis.syntax is not None:
            from keraslint.rules.support.uses import uses

            yield from self.check_uses(uses(analysis.syntax.module), Places(analysis))

    def check_uses(self, uses: Uses, places: Places) -> Iterator[Finding]:
        """What this rule finds in a module."""
        raise NotImplementedError


class RemovedImport(UsesRule):
    """Keras 3 does not have what is imported or named.

    ## What it does

    Reports modules and names of Keras 1 and 2 that Keras 3 has moved or removed, such as
    `keras.layers.core`, `keras.utils.np_utils` or `CuDNNLSTM`. What stands behind a condition, or
    where an `ImportError` is caught, is left alone.

    ## Why is this bad?

    The import, or the attribute, raises an error.

    ## Example

    ```python
    from keras.layers.core import Dense, Dropout
    ```

    ```python
    import keras

    labels = keras.utils.np_utils.to_categorical([0, 1, 2])
    ```

    ## Use instead

    ```python
    from keras.layers import Dense, Dropout
    ```

    ```python
    import keras

    labels = keras.utils.to_categorical([0, 1, 2])
    ```

    ## Fix safety

    Safe: offered only where another name for the same thing is all that is needed.

    ## See

    [Migrating Keras 2 code to multi-backend Keras 3](https://keras.io/guides/migrating_to_keras_3/)
    """

    code = "KL503"
    name = "removed-import"
    fix = "safe"

    def check_uses(self, uses: Uses, places: Places) -> Iterator[Finding]:
        """A finding for each import, and for each name."""
        for statement in uses.imports:
            if not statement.private:
                yield from self._check_import(statement, places)
        for use in uses.modules:
            moved = moved_module(use.path, use.root)
            if moved is not None:
                yield self._gone(use.path, moved, places.of(use.node))
        for use in uses.names():
            gone = _first_gone(use)
            if gone is not None:
                location = places.of(use.node)
                fix = _renaming(use, gone, location) or _importing(use, gone, location, places)
                yield self._gone(gone.old, gone, location, fix)

    def _check_import(self, statement: FromImport, places: Places) -> Iterator[Finding]:
        moved = moved_module(statement.module, statement.root)
        if moved is not None:
            location = places.of(statement.node)
            yield self._gone(statement.module, moved, location, _rehoming(statement, location))
            return
        for name, alias in statement.names:
            path = f"{statement.module}.{name}"
            gone = removed_name(path, statement.root) or moved_module(path, statement.root)
            if gone is not None:
                yield self._gone(path, gone, places.of(alias), _forgetting(alias, places))

    def _gone(
        self, path: str, found: Replacement, location: Location, fix: Fix | None = None
    ) -> Finding:
        instead = f"use {found.new}" if found.new else ""
        lines = [": ".join(filter(None, (instead, found.advice)))]
        legacy = path.startswith("keras.optimizers.legacy.")
        message = f"{path} does not work in Keras 3" if legacy else f"Keras 3 has no {path}"
        return self.finding(location, message, help=[line for line in lines if line], fix=fix)


def _first_gone(use: Use) -> Replacement | None:
    """What is known of the longest beginning of a name that is gone."""
    names = use.path.split(".")
    prefixes = [".".join(names[:end]) for end in range(len(names), 1, -1)]
    for prefix in prefixes:
        found = removed_name(prefix, use.root)
        if found is not None:
            return found
    return next(filter(None, (moved_module(prefix, use.root) for prefix in prefixes)), None)


def _rehoming(statement: FromImport, location: Location) -> Fix | None:
    """Import the same names from the module that has them now."""
    homes = set()
    for name, _ in statement.names:
        found = removed_name(f"{statement.module}.{name}", statement.root)
        home, _, last = (found.new or "").rpartition(".") if found else ("", "", "")
        if found is None or not found.mechanical or last != name:
            return None
        homes.add(home)
    if len(homes) != 1:
        return None
    home = homes.pop()
    written = f"tensorflow.{home}" if statement.root == "tf.keras" else home
    return Fix(f"Import from {written}", (Edit(written, location),))


def _renaming(use: Use, found: Replacement, location: Location) -> Fix | None:
    """Write the new name, if it begins like the old one and means the same in any call."""
    alias, name = use.alias
    alias = "keras" if alias == "tensorflow" else alias
    name = f"{name}.keras" if use.alias[0] == "tensorflow" else name
    plain = found.mechanical and found.positional is None and not found.arguments
    if not plain or found.old != use.path or not (found.new or "").startswith(f"{alias}."):
        return None
    written = name + (found.new or "").removeprefix(alias)
    return Fix(f"Replace with {written}", (Edit(written, location),))


def _importing(use: Use, found: Replacement, location: Location, places: Places) -> Fix | None:
    """Write the new name by what is imported, or with one import more."""
    from keraslint.rules.support.names import names_in

    plain = found.mechanical and found.positional is None and not found.arguments
    if not plain or found.old != use.path or found.new is None:
        return None
    spelling = names_in(places.parsed).say(found.new)
    if spelling is None:
        return None
    edits = (Edit(spelling.text, location), *spelling.edits)
    return Fix(f"Replace with {spelling.text}", edits)


def _forgetting(alias: cst.ImportAlias, places: Places) -> Fix | None:
    """Import it no more, if nothing uses it."""
    from keraslint.rules.support.names import names_in

    edit = names_in(places.parsed).without(alias)
    return Fix("Remove the import", (edit,)) if edit else None


class TensorflowPrivateImport(UsesRule):
    """Code imports TensorFlow's private copy of Keras.

    ## What it does

    Reports imports from `tensorflow.python.keras`.

    ## Why is this bad?

    It is an old copy that TensorFlow keeps for itself. Its layers do not work together with those
    of `tensorflow.keras`, and it may be gone with any release.

    ## Example

    ```python
    from tensorflow.python.keras.layers import Dense
    ```

    ## Use instead

    ```python
    from tensorflow.keras.layers import Dense
    ```

    ## See

    [TensorFlow's version compatibility](https://www.tensorflow.org/guide/versions)
    """

    code = "KL508"
    name = "tensorflow-private-import"
    severity = Severity.WARNING
    least_keras = 1

    def check_uses(self, uses: Uses, places: Places) -> Iterator[Finding]:
        """A finding for each such import."""
        for statement in uses.imports:
            if statement.private:
                yield self.finding(
                    places.of(statement.node),
                    f"{statement.module} is a private, outdated copy of Keras",
                    help=["import from keras or tensorflow.keras"],
                )


class MixedImports(UsesRule):
    """One file imports Keras from two packages.

    ## What it does

    Reports files that import both `keras` and `tensorflow.keras`.

    ## Why is this bad?

    With Keras 3 both are the same, but with Keras 2 they were not, and a reader cannot tell. If
    one of them is set to another version, layers and models stop working together.

    ## Example

    ```python
    from keras.layers import Dense
    from tensorflow.keras.models import Sequential
    ```

    ## Use instead

    ```python
    from keras.layers import Dense
    from keras.models import Sequential
    ```

    ## See

    [Getting started with Keras](https://keras.io/getting_started/)
    """

    code = "KL425"
    name = "mixed-imports"
    severity = Severity.INFO
    least_keras = 1

    def check_uses(self, uses: Uses, places: Places) -> Iterator[Finding]:
        """A finding at the first import from the second package."""
        nodes: list[tuple[str, cst.CSTNode]] = [(use.root, use.node) for use in uses.modules]
        nodes += [(statement.root, statement.node) for statement in uses.imports]
        first: dict[str, Location] = {}
        for root, node in nodes:
            location = places.of(node)
            if root not in first or _order(location) < _order(first[root]):
                first[root] = location
        if len(first) == 2:
            yield self.finding(
                max(first.values(), key=_order), "both keras and tensorflow.keras are imported here"
            )


def _order(location: Location) -> tuple[int, int, int]:
    return (location.cell or 0, location.row, location.column)
