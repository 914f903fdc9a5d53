"""Code with its shape comments: of models that are drawn, and in the directives for any code."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.directives.code import CodeBlock, LiteralInclude, LiteralIncludeReader
from sphinx.util import logging

from keraslint.annotate import updates
from keraslint.findings import Fix
from keraslint.fixing import apply
from keraslint.sphinx import reading
from keraslint.sphinx.pictures import source_block
from keraslint.sphinx.targets import TargetError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from keraslint.analysis import Analysis
    from keraslint.sphinx.reading import Found

logger = logging.getLogger(__name__)

OPTION = "keras-shapes"
KEPT = ("class", "emphasize-lines", "force", "linenos", "lineno-start", "name")
"""Options of ``literalinclude`` that ``code-block`` has as well."""


def annotated(analysis: Analysis, style: str = "auto") -> str:
    """The text of an analysed file, with the output shape of every layer beside it."""
    source = analysis.syntax.source
    after = apply(source, [Fix("", tuple(updates(analysis, style)))]) or source
    return str(after.original)


def listing(found: Found, name: str | None) -> nodes.literal_block:
    """The program of a model, or the function or class that makes it, with its shapes."""
    text = "".join(annotated(found.analysis).splitlines(keepends=True)[found.first :])
    text = definition(text, name) if name else text
    return source_block(text, "python")


def definition(text: str, name: str) -> str:
    """The function or class of that qualified name; the whole text if there is none."""
    body: list[ast.stmt]
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError):
        return text
    found: Any = None
    for part in name.split("."):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        found = next((s for s in body if isinstance(s, kinds) and s.name == part), None)
        if found is None:
            return text
        body = found.body
    first = min([found.lineno, *(decorator.lineno for decorator in found.decorator_list)])
    lines = text.splitlines(keepends=True)
    last = found.end_lineno
    while last < len(lines) and lines[last].strip().startswith("# Output Shape:"):
        last += 1
    return textwrap.dedent("".join(lines[first - 1 : last]))


def with_shapes(code: str, read: Callable[[], Analysis], page: str) -> str:
    """Code with its shapes at the ends of lines, which keep their numbers; as it is if unread."""
    try:
        analysis = read()
    except TargetError as error:
        logger.warning("%s", error, type="keraslint", subtype="target", location=page)
        return code
    return code if analysis.syntax is None else annotated(analysis, "behind")


class ShapesBlock(CodeBlock):
    """``code-block`` that can show shapes."""

    option_spec: ClassVar[Any] = {**(CodeBlock.option_spec or {}), OPTION: directives.flag}

    def run(self) -> list[nodes.Node]:
        """The block, its code with shapes if the option says so."""
        if OPTION in self.options:
            code = "\n".join(self.content) + "\n"
            read = partial(reading.of_page, self.env, code)
            shown = with_shapes(code, read, self.env.docname)
            self.content = StringList(shown.splitlines(), items=self.content.items)
        return super().run()


class ShapesReader(LiteralIncludeReader):
    """Reads a file for ``literalinclude``."""

    def __init__(self, env: BuildEnvironment, path: str, options: dict[str, Any]) -> None:
        super().__init__(path, options, env.config)
        self.env = env

    def read_file(self, filename: Any, location: Any = None) -> list[str]:
        """The lines of the file, with the shapes in them."""
        code = "".join(super().read_file(filename, location=location))
        read = partial(reading.of_bytes, self.env, code.encode(), str(filename))
        return with_shapes(code, read, self.env.docname).splitlines(keepends=True)


class ShapesInclude(LiteralInclude):
    """``literalinclude`` that can show shapes."""

    option_spec: ClassVar[Any] = {**(LiteralInclude.option_spec or {}), OPTION: directives.flag}

    def run(self) -> list[nodes.Node]:
        """The file, with shapes if the option says so."""
        if OPTION not in self.options or not self.state.document.settings.file_insertion_enabled:
            return super().run()
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        try:
            reader = ShapesReader(self.env, str(path), self.options)
            text, _count = reader.read()
        except (OSError, ValueError) as error:
            where = self.get_location()
            logger.warning("%s", error, type="keraslint", subtype="target", location=where)
            return []
        return self._block(text, reader.lineno_start).run()

    def _block(self, text: str, first: int) -> CodeBlock:
        """The directive for the text that was read."""
        options = {name: self.options[name] for name in KEPT if name in self.options}
        if "lineno-match" in self.options:
            options["lineno-start"] = first
        if "caption" in self.options:
            options["caption"] = self.options["caption"] or self.arguments[0]
        language = self.options.get("language")
        return CodeBlock(
            "code-block",
            [language] if language else [],
            options,
            StringList(text.splitlines(), source=self.arguments[0]),
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )


def register(app: Sphinx) -> None:
    """Take the place of Sphinx's own directives, which do the same without the option."""
    for name in ("code-block", "sourcecode"):
        app.add_directive(name, ShapesBlock, override=True)
    app.add_directive("literalinclude", ShapesInclude, override=True)
