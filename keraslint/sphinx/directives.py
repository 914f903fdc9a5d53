"""The directives: a model from source, a model from code, one layer, several layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from keraslint.diagrams import words
from keraslint.diagrams.language import speaking
from keraslint.sphinx import reading
from keraslint.sphinx.drawing import NARROW, DrawingDirective, Spec
from keraslint.sphinx.reading import Found
from keraslint.sphinx.targets import TargetError, find, folders


class AutoModel(DrawingDirective):
    """A model found in source: ``package.module:build_model`` or ``path/to/file.py:model``."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Spec | None] = {
        **(DrawingDirective.option_spec or {}),
        "arguments": directives.unchanged,
    }

    def found(self) -> list[Found]:
        """The one model that is asked for."""
        target = find(self.arguments[0], folders(self.env))
        return [reading.in_file(self.env, target, self.options.get("arguments"))]

    def target_name(self) -> str:
        """The name it is asked for by."""
        return self.arguments[0].strip()

    def _defined(self) -> str | None:
        return self.target_name().rpartition(":")[2] if ":" in self.arguments[0] else None


class Model(DrawingDirective):
    """A model of the code that the directive holds."""

    has_content = True
    optional_arguments = 1

    def found(self) -> list[Found]:
        """The model of that name, or the last one of the code."""
        name = self.arguments[0] if self.arguments else None
        return [reading.in_code(self.env, "\n".join(self.content) + "\n", name)]

    def target_name(self) -> str | None:
        """The name, if it has one."""
        return self.arguments[0] if self.arguments else None


class Layer(DrawingDirective):
    """The picture of one layer: ``Conv1D(64, 3, padding="same")``."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Spec | None] = {
        **(DrawingDirective.option_spec or {}),
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
        return reading.of_layer(expression, self.options["input"])


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

    def drawn(self, found: Sequence[Found]) -> list[nodes.Node]:
        """Pictures that are narrow enough to stand beside each other."""
        if self.options.get("view") == "summary":
            return super().drawn(found)
        with speaking(self.options.get("lang", self.config.language or "en")):
            titles = [_title(each) for each in found]
        drawn = [
            self.picture(each, beside=True, width=NARROW, title=title)
            for each, title in zip(found, titles, strict=True)
        ]
        return [nodes.container("", *drawn, classes=["keraslint-compare"])]


def _title(found: Found) -> str:
    return f"{found.model.name} — {words.params(found.model.total_params)}"


__all__ = ["AutoModel", "Compare", "Layer", "Model"]
