"""A Sphinx extension: pictures of Keras models, found in source and never imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keraslint import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ENV_VERSION = 3


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    from keraslint.sphinx import autodoc, configured, listings, pages, pictures, reading
    from keraslint.sphinx.domain import KerasDomain

    configured.register(app)
    app.add_domain(KerasDomain)
    pictures.register(app)
    listings.register(app)
    app.add_latex_package("tikz")
    app.connect("config-inited", autodoc.connect)
    app.connect("builder-inited", reading.forget)
    app.connect("builder-inited", pages.write_styles)
    app.connect("html-page-context", pages.add_styles)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
