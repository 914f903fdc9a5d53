"""Pictures under the docstrings of what builds models."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from keraslint.engine import analyse_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def connect(app: Sphinx, _config: Config) -> None:
    """Listen to autodoc, if it is there."""
    if "sphinx.ext.autodoc" in app.extensions:
        app.connect("autodoc-process-docstring", add_pictures)


def add_pictures(app: Sphinx, what: str, _name: str, obj: Any, *rest: Any) -> None:
    """Add a directive to the docstring of a function or class that builds a model."""
    lines: list[str] = rest[1]
    if not app.config.keraslint_autodoc or what not in {"function", "class", "method"}:
        return
    module = getattr(obj, "__module__", None)
    qualname = getattr(obj, "__qualname__", None)
    path = getattr(sys.modules.get(module or ""), "__file__", None)
    if not path or not qualname:
        return
    analysis = analyse_file(path, wanted=qualname)
    if any(qualname in model.qualnames for model in analysis.models):
        lines += ["", f".. keras:automodel:: {module}:{qualname}", ""]
