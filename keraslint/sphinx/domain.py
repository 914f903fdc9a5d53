"""The domain ``keras``: directives, roles, and what can be referred to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.domains import Domain, Index, IndexEntry, ObjType
from sphinx.locale import _
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from keraslint.sphinx.directives import AutoModel, Compare, Layer, Model
from keraslint.sphinx.roles import LayerRole, RuleRole, ShapeRole

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class ModelIndex(Index):
    """All models of the documentation."""

    name = "models"
    localname = _("Keras models")
    shortname = _("models")

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """The models by their first letters."""
        letters: dict[str, list[IndexEntry]] = {}
        for name, _shown, _kind, docname, identity, _priority in self.domain.get_objects():
            if docnames is None or docname in docnames:
                entry = IndexEntry(name, 0, docname, identity, "", "", "")
                letters.setdefault(name[0].upper(), []).append(entry)
        return sorted(letters.items()), False


class KerasDomain(Domain):
    """Keras models and layers."""

    name = "keras"
    label = "Keras"
    object_types: ClassVar[dict[str, ObjType]] = {"model": ObjType(_("model"), "model")}
    directives: ClassVar[dict[str, Any]] = {
        "automodel": AutoModel,
        "model": Model,
        "layer": Layer,
        "compare": Compare,
    }
    roles: ClassVar[dict[str, Any]] = {
        "model": XRefRole(warn_dangling=True),
        "layer": LayerRole(),
        "rule": RuleRole(),
        "shape": ShapeRole(),
    }
    dangling_warnings: ClassVar[dict[str, str]] = {"model": "no model %(target)s is drawn"}
    indices: ClassVar[list[type[Index]]] = [ModelIndex]
    initial_data: ClassVar[dict[str, Any]] = {"models": {}}
    data_version = 1

    @property
    def models(self) -> dict[str, dict[str, str]]:
        """The anchor of each model on each page that draws it."""
        found: dict[str, dict[str, str]] = self.data["models"]
        return found

    def note_model(self, name: str, identity: str) -> None:
        """Remember where a model is drawn; the first place on a page counts."""
        self.models.setdefault(name, {}).setdefault(self.env.docname, identity)

    def clear_doc(self, docname: str) -> None:
        """Forget the models of a page."""
        for name, places in list(self.models.items()):
            places.pop(docname, None)
            if not places:
                del self.models[name]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        pages = set(docnames)
        for name, places in otherdata["models"].items():
            kept = {page: identity for page, identity in places.items() if page in pages}
            if kept:
                self.models.setdefault(name, {}).update(kept)

    def resolve_xref(
        self, _env: BuildEnvironment, fromdocname: str, builder: Builder, *rest: Any
    ) -> nodes.reference | None:
        """A link to a model, by its whole name or by the part behind the colon."""
        _kind, target, _node, contnode = rest
        return self._link(fromdocname, builder, target, contnode)

    def resolve_any_xref(
        self, _env: BuildEnvironment, fromdocname: str, builder: Builder, *rest: Any
    ) -> list[tuple[str, nodes.reference]]:
        """The same, for the role ``any``."""
        target, _node, contnode = rest
        link = self._link(fromdocname, builder, target, contnode)
        return [] if link is None else [("keras:model", link)]

    def _link(
        self, page: str, builder: Builder, target: str, content: nodes.Element
    ) -> nodes.reference | None:
        place = self._place(target)
        if place is None:
            return None
        return make_refnode(builder, page, place[0], place[1], content, target)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """All models, for search and inventories."""
        for name, places in sorted(self.models.items()):
            yield name, name, "model", *min(places.items()), 1

    def _place(self, target: str) -> tuple[str, str] | None:
        ends = [name for name in self.models if name.endswith(f":{target}")]
        names = [target] if target in self.models else ends
        return min(self.models[names[0]].items()) if len(names) == 1 else None
