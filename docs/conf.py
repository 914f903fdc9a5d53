"""Configuration of the documentation."""

from keraslint import __version__

project = "keraslint"
author = "The keraslint maintainers"
release = __version__
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"keraslint {__version__}"
