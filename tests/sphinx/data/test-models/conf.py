project = "models"
copyright = "none"
version = "1"
extensions = ["keraslint.sphinx"]
html_theme = "furo"
numfig = True
exclude_patterns = ["_build"]
