"""The settings of the extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from keraslint.sphinx.drawing import collapse

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def register(app: Sphinx) -> None:
    """Add the settings; a change of any but the root, which is no choice, draws anew."""
    app.add_config_value("keraslint_root", str(app.confdir or app.srcdir), "", [str])
    app.add_config_value("keraslint_path", [], "env", [list, tuple])
    app.add_config_value("keraslint_links", {}, "env", [dict])
    app.add_config_value("keraslint_axes", {}, "env", [dict])
    app.add_config_value("keraslint_collapse", "auto", "env", [str])
    app.add_config_value("keraslint_findings", True, "env", [bool])
    app.add_config_value("keraslint_autodoc", False, "env", [bool])
    app.connect("config-inited", check)


def check(_app: Sphinx, config: Config) -> None:
    """See that the settings make sense.

    Raises:
        ConfigError: one does not.
    """
    try:
        collapse(str(config.keraslint_collapse))
    except ValueError as error:
        raise ConfigError(f"keraslint_collapse: {error}") from error
