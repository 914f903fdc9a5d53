"""Roles for layers, rules and shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole

from keraslint.diagrams import words
from keraslint.diagrams.links import page_of
from keraslint.rules import find as find_rule
from keraslint.sphinx import reading
from keraslint.sphinx.targets import TargetError, find, folders
from keraslint.usage import UsageError

if TYPE_CHECKING:
    from keraslint.analysis import LayerRow

logger = logging.getLogger(__name__)

Result = tuple[list[nodes.Node], list[nodes.system_message]]


class LayerRole(ReferenceRole):
    """A layer, linked to the project's own page of it or to Keras's."""

    def run(self) -> Result:
        """The linked name."""
        url = page_of(self.target.rpartition(".")[2], self.config.keraslint_links)
        return _linked(self, url), []


class RuleRole(ReferenceRole):
    """A rule by its code or name, linked to its page."""

    def run(self) -> Result:
        """The linked name."""
        try:
            url = find_rule(self.target).url()
        except UsageError as error:
            _warn(self, "target", str(error))
            url = None
        return _linked(self, url), []


class ShapeRole(SphinxRole):
    """The output shape of a model, ``file.py:model``, or of a layer, ``file.py:model/layer``.

    With `` = (None, 10, 64)`` behind it, another shape is a warning.
    """

    def run(self) -> Result:
        """The shape."""
        target, _, stated = self.text.partition(" = ")
        try:
            shown = self._shape(target.strip())
        except TargetError as error:
            _warn(self, "target", str(error))
            return [nodes.literal(self.rawtext, stated or self.text)], []
        if stated and _plain(stated) != _plain(shown):
            _warn(self, "stated-shape", f"the shape of {target} is {shown}, not {stated}")
        return [nodes.literal(self.rawtext, shown)], []

    def _shape(self, target: str) -> str:
        where, _, name = target.rpartition(":")
        name, _, layer = name.partition("/")
        model = reading.in_file(self.env, find(f"{where}:{name}", folders(self.env))).model
        if not layer:
            return words.shapes(model.outputs)
        row = _layer(model.layers, layer)
        if row is None:
            raise TargetError(f"no layer {layer!r} in {where}:{name}")
        return words.shapes(row.outputs)


def _layer(rows: Sequence[LayerRow], path: str) -> LayerRow | None:
    """The layer of that name, or of that path through nested models."""
    name, _, rest = path.partition("/")
    for row in rows:
        if row.name == path:
            return row
        if rest and row.name == name:
            return _layer(row.rows, rest)
    return None


def _linked(role: ReferenceRole, url: str | None) -> list[nodes.Node]:
    literal = nodes.literal(role.rawtext, role.title)
    return [literal] if url is None else [nodes.reference(role.rawtext, "", literal, refuri=url)]


def _warn(role: SphinxRole, subtype: str, message: str) -> None:
    logger.warning("%s", message, type="keraslint", subtype=subtype, location=role.get_location())


def _plain(shape: str) -> str:
    return shape.replace(" ", "").replace("batch", "None")
