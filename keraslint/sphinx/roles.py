"""Roles for layers, rules and shapes."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from keraslint.diagrams import words
from keraslint.diagrams.links import page_of
from keraslint.rules import find as find_rule
from keraslint.sphinx import reading
from keraslint.sphinx.targets import TargetError, find, folders
from keraslint.usage import UsageError

logger = logging.getLogger(__name__)

Result = tuple[list[nodes.Node], list[nodes.system_message]]


class LayerRole(SphinxRole):
    """A layer, linked to the project's own page of it or to Keras's."""

    def run(self) -> Result:
        """The linked name."""
        url = page_of(self.text.rpartition(".")[2], self.config.keraslint_links)
        literal = nodes.literal(self.rawtext, self.text)
        if url is None:
            return [literal], []
        return [nodes.reference(self.rawtext, "", literal, refuri=url)], []


class RuleRole(SphinxRole):
    """A rule by its code or name, linked to its page."""

    def run(self) -> Result:
        """The linked name."""
        literal = nodes.literal(self.rawtext, self.text)
        try:
            url = find_rule(self.text).url()
        except UsageError as error:
            self._warn("target", str(error))
            return [literal], []
        return [nodes.reference(self.rawtext, "", literal, refuri=url)], []

    def _warn(self, subtype: str, message: str) -> None:
        where = self.get_location()
        logger.warning("%s", message, type="keraslint", subtype=subtype, location=where)


class ShapeRole(RuleRole):
    """The output shape of a model, ``file.py:model``, or of a layer, ``file.py:model/layer``.

    With `` = (None, 10, 64)`` behind it, another shape is a warning.
    """

    def run(self) -> Result:
        """The shape."""
        target, _, stated = self.text.partition(" = ")
        try:
            shown, path = self._shape(target.strip())
        except TargetError as error:
            self._warn("target", str(error))
            return [nodes.literal(self.rawtext, stated or self.text)], []
        self.env.note_dependency(str(path.resolve()))
        if stated and _plain(stated) != _plain(shown):
            self._warn("stated-shape", f"the shape of {target} is {shown}, not {stated}")
        return [nodes.literal(self.rawtext, shown)], []

    def _shape(self, target: str) -> tuple[str, Path]:
        where, _, name = target.rpartition(":")
        name, _, layer = name.partition("/")
        place = find(f"{where}:{name}", folders(self.env))
        model = reading.in_file(place.path, place.name, None).model
        if not layer:
            return words.shapes(model.outputs), place.path
        row = next((row for row in model.layers if row.name == layer), None)
        if row is None:
            raise TargetError(f"no layer {layer!r} in {where}:{name}")
        return words.shapes(row.outputs), place.path


def _plain(shape: str) -> str:
    return shape.replace(" ", "").replace("batch", "None")
