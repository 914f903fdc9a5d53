"""What the directives share: they find models, draw them and tell what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from keraslint import summary
from keraslint.diagrams import Options, parts, picture, render, words
from keraslint.refusals import failures
from keraslint.sphinx import reading, telling
from keraslint.sphinx.listings import listing
from keraslint.sphinx.pictures import Drawing, keras_picture, picture_node, source_block
from keraslint.sphinx.tables import params_table
from keraslint.sphinx.targets import TargetError
from keraslint.terminal import Canvas

if TYPE_CHECKING:
    from keraslint.sphinx.reading import Found

logger = logging.getLogger(__name__)

Spec = dict[str, Callable[[str], Any]]
HEADS = ("Layer", "Class", "Output", "Params")
NARROW = 328
"""The width of pictures that stand beside something: two fit into a column of 680."""
NESTED = 2 * "\N{NO-BREAK SPACE}"


def _choice(*words: str) -> Callable[[str], str]:
    return lambda text: str(directives.choice(text, words))


def collapse(text: str) -> Any:
    """``auto``, ``none`` or ``depth=N``.

    Raises:
        ValueError: it is none of them.
    """
    word, _sign, number = text.strip().partition("=")
    if word in {"auto", "none"} and not number:
        return word
    if word == "depth" and number.isdecimal():
        return int(number)
    raise ValueError(f"{text!r} is not auto, none or depth=N")


class DrawingDirective(SphinxDirective):
    """A directive for pictures of models."""

    option_spec: ClassVar[Spec | None] = {
        "view": _choice("auto", "tensors", "graph", "table", "summary"),
        "collapse": collapse,
        "direction": _choice("auto", "down", "right"),
        "lang": directives.unchanged,
        "params": directives.flag,
        "show-code": directives.flag,
        "no-findings": directives.flag,
        "alt": directives.unchanged,
        "align": _choice("left", "center", "right"),
        "caption": directives.unchanged,
        "name": directives.unchanged,
        "class": directives.class_option,
    }

    def found(self) -> list[Found]:
        """The models to draw.

        Raises:
            TargetError: there are none.
        """
        raise NotImplementedError

    def target_name(self) -> str | None:
        """What the picture can be referred to by."""
        return None

    def run(self) -> list[nodes.Node]:
        """The nodes of the picture; a warning if there is nothing to draw."""
        try:
            found = self.found()
            self._tell(found)
        except TargetError as error:
            logger.warning("%s", error, type="keraslint", subtype="target", location=self._here())
            self.env.note_reread()
            return []
        framed = self._framed(self.drawn(found))
        if "show-code" in self.options:
            framed = [self._beside(found, framed)]
        wanted = found if "params" in self.options else []
        return [*self._register(), *framed, *(params_table(each.model) for each in wanted)]

    def drawn(self, found: Sequence[Found]) -> list[nodes.Node]:
        """The picture, or text if that is asked for."""
        if self.options.get("view") == "summary":
            return [_summary(found)]
        room: dict[str, Any] = {"width": NARROW} if "show-code" in self.options else {}
        return [self.picture(each, **room) for each in found]

    def picture(self, found: Found, *, beside: bool = False, **wishes: Any) -> nodes.Element:
        """The picture of a model."""
        options = self._wishes(**wishes)
        wrong = list(failures(found.analysis))
        drawing = Drawing(
            picture(found.model, options, wrong),
            tuple(parts(found.model, options, wrong)),
            () if beside or "params" in self.options else (HEADS, *_rows(found.model.layers, "")),
            self._identity("picture"),
            beside,
            options.language,
        )
        outline = render([found.model], "text", options, wrong)
        node = picture_node(drawing, outline, alt=self.options.get("alt", ""))
        if "align" in self.options:
            node["align"] = self.options["align"]
        return node

    def _wishes(self, **more: Any) -> Options:
        config = self.config
        return Options(
            view=cast("Any", self.options.get("view", "auto")),
            collapse=self.options.get("collapse", collapse(config.keraslint_collapse)),
            direction=self.options.get("direction", "auto"),
            language=self.options.get("lang", config.language or "en"),
            axes=config.keraslint_axes,
            links=config.keraslint_links,
            **more,
        )

    def _framed(self, shown: list[nodes.Node]) -> list[nodes.Node]:
        """A figure, if there is a caption; otherwise what is shown, behind a target if named."""
        for node in shown:
            if isinstance(node, nodes.Element):
                node["classes"] += self.options.get("class", [])
        if "caption" not in self.options:
            if "name" not in self.options:
                return shown
            target = nodes.target()
            self.add_name(target)
            return [target, *shown]
        figure = nodes.figure("", *shown, align=self.options.get("align", "default"))
        inner, messages = self.state.inline_text(self.options["caption"], self.lineno)
        caption = nodes.caption(self.options["caption"], "", *inner)
        self.set_source_info(caption)
        self.set_source_info(figure)
        figure += [caption, *messages]
        self.add_name(figure)
        return [figure]

    def _beside(self, found: Sequence[Found], framed: list[nodes.Node]) -> nodes.Node:
        """The programs, each once, and the pictures beside them."""
        programs = {id(each.analysis): each for each in found if each.analysis.syntax is not None}
        code = [listing(each, self._defined()) for each in programs.values()]
        left = nodes.container("", *code, classes=["keraslint-code"])
        right = nodes.container("", *framed)
        narrow = all(node.drawing.picture.width <= NARROW for node in right.findall(keras_picture))
        classes = ["keraslint-beside", *(["keraslint-narrow"] if narrow else [])]
        return nodes.container("", left, right, classes=classes)

    def _defined(self) -> str | None:
        """The function or class whose code is enough."""
        return None

    def _register(self) -> list[nodes.Node]:
        name = self.target_name()
        if name is None:
            return []
        target = nodes.target("", "", ids=[self._identity("model")])
        identity = target["ids"][0]
        cast("Any", self.env.get_domain("keras")).note_model(name, identity)
        self.state.document.note_explicit_target(target)
        entry = ("single", _("%s (Keras model)") % name, identity, "", None)
        return [addnodes.index(entries=[entry]), target]

    def _identity(self, kind: str) -> str:
        page = self.env.docname.replace("/", "-")
        return f"keras-{kind}-{page}-{self.env.new_serialno(f'keras-{kind}')}"

    def _tell(self, found: Sequence[Found]) -> None:
        """Findings in what is drawn, as warnings at the directive."""
        if not self.config.keraslint_findings or "no-findings" in self.options:
            return
        for each in found:
            filename = each.analysis.filename
            path = (
                filename if Path(filename).is_file() else str(self.env.doc2path(self.env.docname))
            )
            settings = reading.project(self.env, path)
            telling.tell(self.env, each, settings, self._here)

    def _here(self, row: int | None = None) -> Any:
        """Where the directive stands; for its own code, the line of the code."""
        if row is None or not 0 < row <= len(self.content.items):
            return self.get_location()
        source, offset = self.content.items[row - 1]
        if self.content.items[0][1] == 0:  # in Markdown, content counts its own lines
            offset += self.lineno + self.content_offset
        return f"{source}:{offset + 1}"


def _summary(found: Sequence[Found]) -> nodes.Element:
    """What ``model.summary()`` says; paths of this machine are of no interest."""
    text = "\n".join(summary.as_text([each.model for each in found], Canvas()))
    for each in found:
        text = text.replace(each.analysis.filename, Path(each.analysis.filename).name)
    return source_block(text, "text")


def _rows(layers: Any, indent: str) -> Iterator[tuple[str, ...]]:
    for row in layers:
        params = "?" if row.params is None else f"{row.params:,}"
        yield f"{indent}{row.name}", row.class_name, words.shapes(row.outputs), params
        yield from _rows(row.rows, f"{indent}{NESTED}")
