"""The directives: a model from source, a model from code, one layer, several layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from keraslint import summary
from keraslint.diagrams import Options, parts, picture, render
from keraslint.diagrams.display import stack
from keraslint.refusals import failures
from keraslint.sphinx import reading
from keraslint.sphinx.pictures import picture_node
from keraslint.sphinx.reading import Found
from keraslint.sphinx.targets import TargetError, find, folders
from keraslint.terminal import Canvas

logger = logging.getLogger(__name__)

Spec = dict[str, Callable[[str], Any]]
HEADS = ["Layer", "Class", "Output", "Params"]


def _view(text: str) -> str:
    return directives.choice(text, ("auto", "tensors", "graph", "table", "summary"))


def _direction(text: str) -> str:
    return directives.choice(text, ("auto", "down", "right"))


def _align(text: str) -> str:
    return directives.choice(text, ("left", "center", "right"))


def collapse(text: str) -> Any:
    """``auto``, ``none`` or ``depth=N``.

    Raises:
        ValueError: it is none of them.
    """
    word, _, number = text.strip().partition("=")
    if word in {"auto", "none"} and not number:
        return word
    if word == "depth" and number.isdecimal():
        return int(number)
    raise ValueError(f"{text!r} is not auto, none or depth=N")


class Drawing(SphinxDirective):
    """What the directives share: they find models, draw them and tell what is wrong."""

    option_spec: ClassVar[Spec | None] = {
        "view": _view,
        "collapse": collapse,
        "direction": _direction,
        "show-code": directives.flag,
        "alt": directives.unchanged,
        "align": _align,
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
        except TargetError as error:
            logger.warning("%s", error, type="keraslint", subtype="target", location=self._here())
            return []
        for path in reading.dependencies(found):
            if Path(path).is_file():
                self.env.note_dependency(str(Path(path).resolve()))
        self._tell(found)
        shown = self._code(found) if "show-code" in self.options else []
        return [*self._register(), *shown, self._framed(self._drawn(found))]

    def _drawn(self, found: list[Found]) -> nodes.Element:
        models = [each.model for each in found]
        if self.options.get("view") == "summary":
            text = "\n".join(summary.as_text(models, Canvas()))
            return nodes.literal_block(text, text, language="text")
        wishes = self._wishes()
        drawn = [picture(each.model, wishes, list(failures(each.analysis))) for each in found]
        outline = render(models, "text", wishes)
        rows = [HEADS, *(row for model in models for row in _rows(model.layers, ""))]
        closed = [
            part
            for each in found
            for part in parts(each.model, wishes, list(failures(each.analysis)))
        ]
        return picture_node(
            stack(drawn),
            closed,
            outline,
            alt=self.options.get("alt", ""),
            rows=rows,
            identity=self._identity("picture"),
        )

    def _wishes(self) -> Options:
        config = self.config
        view = self.options.get("view", "auto")
        return Options(
            view=cast("Any", view),
            collapse=self.options.get("collapse", collapse(config.keraslint_collapse)),
            direction=self.options.get("direction", "auto"),
            axes=config.keraslint_axes,
            links=config.keraslint_links,
        )

    def _framed(self, drawn: nodes.Element) -> nodes.Node:
        """A figure, if there is a caption; otherwise the picture alone."""
        drawn["classes"] += self.options.get("class", [])
        if "caption" not in self.options:
            self.add_name(drawn)
            return drawn
        figure = nodes.figure("", drawn, align=self.options.get("align", "default"))
        inner, messages = self.parse_inline(self.options["caption"])
        figure += nodes.caption(self.options["caption"], "", *inner)
        figure += messages
        self.set_source_info(figure)
        self.add_name(figure)
        return figure

    def _register(self) -> list[nodes.Node]:
        name = self.target_name()
        if name is None:
            return []
        target = nodes.target("", "", ids=[self._identity("model")])
        domain = cast("Any", self.env.get_domain("keras"))
        domain.note_model(name, target["ids"][0])
        self.state.document.note_explicit_target(target)
        return [target]

    def _identity(self, kind: str) -> str:
        kind = f"keras-{kind}"
        page = self.env.docname.replace("/", "-")
        return f"{page}-{kind}-{self.env.new_serialno(kind)}"

    def _code(self, found: list[Found]) -> list[nodes.Node]:
        """The source with its shape comments."""
        from keraslint.annotate import updates
        from keraslint.findings import Fix
        from keraslint.fixing import apply

        shown: list[nodes.Node] = []
        for analysis in dict.fromkeys(map(id, (each.analysis for each in found))):
            each = next(f for f in found if id(f.analysis) == analysis)
            if each.analysis.syntax is None:
                continue
            source = each.analysis.syntax.source
            edits = tuple(updates(each.analysis))
            after = apply(source, [Fix("", edits)]) or source
            text = "\n".join(after.original.splitlines()[each.first :])
            shown.append(nodes.literal_block(text, text, language="python"))
        return shown

    def _tell(self, found: list[Found]) -> None:
        """Findings in what is drawn, as warnings at the directive."""
        if not self.config.keraslint_findings:
            return
        for each in found:
            for finding in _findings(each):
                logger.warning(
                    "%s: %s %s",
                    f"{finding.location.filename}:{finding.location.row}",
                    finding.code,
                    finding.message,
                    type="keraslint",
                    subtype=finding.name,
                    location=self._here(finding.location.row - each.first),
                )

    def _here(self, row: int | None = None) -> Any:
        """Where the directive stands; for its own code, the line of the code."""
        if row is not None and self.content:
            return (self.env.docname, self.content_offset + row)
        return self.get_location()


def _findings(found: Found) -> Iterator[Any]:
    """What is wrong around the model: everything, since one mistake leads to the next."""
    from keraslint.defects import Shield
    from keraslint.rules import Checker, Selection

    checker = Checker(Selection(), Path.cwd(), Shield())
    yield from checker.check(found.analysis)


def _rows(layers: Any, indent: str) -> Iterator[list[str]]:
    from keraslint.diagrams.words import shapes

    for row in layers:
        params = "?" if row.params is None else f"{row.params:,}"
        yield [f"{indent}{row.name}", row.class_name, shapes(row.outputs), params]
        yield from _rows(row.rows, f"{indent}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}")


class AutoModel(Drawing):
    """A model found in source: ``package.module:build_model`` or ``path/to/file.py:model``."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Spec | None] = {
        **(Drawing.option_spec or {}),
        "arguments": directives.unchanged,
    }

    def found(self) -> list[Found]:
        """The one model that is asked for."""
        target = find(self.arguments[0], folders(self.env))
        return [reading.in_file(target.path, target.name, self.options.get("arguments"))]

    def target_name(self) -> str:
        """The name it is asked for by."""
        return self.arguments[0].strip()


class Model(Drawing):
    """A model of the code that the directive holds."""

    has_content = True
    optional_arguments = 1

    def found(self) -> list[Found]:
        """The model of that name, or the last one of the code."""
        name = self.arguments[0] if self.arguments else None
        code = "\n".join(self.content) + "\n"
        return [reading.in_code(code, name, f"{self.env.docname} (code)")]

    def target_name(self) -> str | None:
        """The name, if it has one."""
        return self.arguments[0] if self.arguments else None


class Layer(Drawing):
    """The picture of one layer: ``Conv1D(64, 3, padding="same")``."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Spec | None] = {
        **(Drawing.option_spec or {}),
        "input": directives.unchanged_required,
    }

    def found(self) -> list[Found]:
        """A model of that layer alone."""
        return [self.layer(self.arguments[0])]

    def layer(self, expression: str) -> Found:
        """A model of a layer, titled by its expression.

        Raises:
            TargetError: there is no input, or the expression is none.
        """
        if "input" not in self.options:
            raise TargetError("say what the layer is given, as in :input: (10, 32)")
        found = reading.of_layer(expression, self.options["input"], f"{self.env.docname} (layer)")
        model = replace(found.model, name=" ".join(expression.split()))
        return Found(model, found.analysis, found.first)


class Compare(Layer):
    """Pictures of several layers, each of a line of the content, for the same input."""

    required_arguments = 0
    has_content = True

    def found(self) -> list[Found]:
        """A model for each line."""
        lines = [line.strip() for line in self.content if line.strip()]
        if not lines:
            raise TargetError("there is nothing to compare")
        return [self.layer(line) for line in lines]


__all__ = ["AutoModel", "Compare", "Layer", "Model"]
