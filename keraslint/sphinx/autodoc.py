"""Pictures under the docstrings of what builds models."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keraslint.sphinx import reading
from keraslint.sphinx.targets import TargetError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

KINDS = ("function", "class", "method")


def connect(app: Sphinx, _config: Config) -> None:
    """Listen to autodoc, if it is there; after those that rewrite what stands in docstrings."""
    if "sphinx.ext.autodoc" in app.extensions:
        app.connect("autodoc-process-docstring", add_pictures, priority=900)


def add_pictures(app: Sphinx, what: str, _name: str, obj: Any, *rest: Any) -> None:
    """Add a directive to the docstring of a function or class that builds a model."""
    lines: list[str] = rest[1]
    if not app.config.keraslint_autodoc or what not in KINDS:
        return
    module = getattr(obj, "__module__", None)
    qualname = getattr(obj, "__qualname__", None)
    path = getattr(sys.modules.get(module or ""), "__file__", None)
    if path and qualname and _builds(app.env, Path(path), qualname):
        lines += ["", f".. keras:automodel:: {module}:{qualname}", ""]


def _builds(env: BuildEnvironment, path: Path, qualname: str) -> bool:
    """Whether that function or class of a file makes a model."""
    try:
        analysis = reading.of_bytes(env, path.read_bytes(), str(path))
    except (OSError, TargetError):
        return False
    return any(qualname in model.qualnames for model in analysis.models)
