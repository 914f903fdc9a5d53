"""A Sphinx extension: pictures of Keras models, found in source and never imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ENV_VERSION = 1


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    from keraslint.sphinx import autodoc, pages, pictures
    from keraslint.sphinx.domain import KerasDomain

    app.add_config_value("keraslint_path", [], "env", list)
    app.add_config_value("keraslint_root", str(app.confdir or app.srcdir), "", str)
    app.add_config_value("keraslint_links", {}, "env", dict)
    app.add_config_value("keraslint_axes", {}, "env", dict)
    app.add_config_value("keraslint_collapse", "auto", "env", str)
    app.add_config_value("keraslint_findings", True, "env", bool)
    app.add_config_value("keraslint_autodoc", False, "env", bool)
    app.add_domain(KerasDomain)
    pictures.register(app)
    app.add_latex_package("tikz")
    app.connect("html-page-context", pages.add_styles)
    app.connect("config-inited", autodoc.connect)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
