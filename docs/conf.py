"""Configuration of the documentation, and the pages that are made from keraslint itself."""

import json
import os
import re
import subprocess
import sys
from itertools import groupby, zip_longest
from pathlib import Path

from sphinx.application import Sphinx

from keraslint import __version__
from keraslint.engine import analyse_bytes
from keraslint.refusals import failures
from keraslint.rules.registry import rules
from keraslint.rules.rule import Rule

HERE = Path(__file__).parent

project = "keraslint"
author = "The keraslint maintainers"
project_copyright = author
version = release = __version__
extensions = ["keraslint.sphinx", "myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
default_role = "code"
napoleon_use_ivar = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types that are no part of what is described
exclude_patterns = ["_build", "_made"]
html_theme = "furo"
html_title = f"keraslint {__version__}"
html_extra_path = ["schemas"]
myst_heading_anchors = 3

epub_exclude_files = [schema.name for schema in (HERE / "schemas").iterdir()]
epub_show_urls = "no"
latex_engine = "xelatex"
latex_use_xindy = False
latex_elements = {
    "extraclassoptions": "openany,oneside",
    "fontpkg": r"""
\setmainfont{DejaVu Serif}[Scale=0.9]
\setsansfont{DejaVu Sans}[Scale=0.9]
\setmonofont{DejaVu Sans Mono}[Scale=0.85]
\newfontfamily\chinese{Noto Sans CJK SC}[Scale=0.95]
""",
    # The fonts have no Chinese; whatever is Chinese takes another one.
    "preamble": r"""
\XeTeXlinebreaklocale "zh"
\XeTeXlinebreakskip = 0pt plus 1pt
\XeTeXinterchartokenstate = 1
\newXeTeXintercharclass\hanzi
\newcount\codepoint
\codepoint="2E80
\loop \XeTeXcharclass\codepoint=\hanzi \advance\codepoint by 1 \ifnum\codepoint<"A000 \repeat
\codepoint="FF00
\loop \XeTeXcharclass\codepoint=\hanzi \advance\codepoint by 1 \ifnum\codepoint<"FFF0 \repeat
\XeTeXinterchartoks 0 \hanzi = {\begingroup\chinese}
\XeTeXinterchartoks 4095 \hanzi = {\begingroup\chinese}
\XeTeXinterchartoks \hanzi 0 = {\endgroup}
\XeTeXinterchartoks \hanzi 4095 = {\endgroup}
""",
}

COMMANDS = re.findall(r"^## keraslint (\w+)$", (HERE / "cli.md").read_text(), re.MULTILINE)
RUNS = {
    "summary.txt": "summary examples/tutorial.py",
    "mistake.txt": "check mistake.py",
    "check.json": "check --output-format json mistake.py",
    "shapes.json": "shapes --output-format json examples/tutorial.py",
} | {f"help-{command}.txt": f"{command} --help" for command in COMMANDS}
TELLING = (
    "channel-order",
    "large-dense-after-flatten",
    "missing-flatten",
    "pooling-collapse",
    "unused-input",
)
"""Rules whose examples are worth a picture although Keras takes them."""
GROUPS = {
    "KL0": "The file",
    "KL1": "Shapes between layers",
    "KL2": "Arguments",
    "KL3": "Data, labels and loss",
    "KL4": "Structure",
    "KL5": "Migration",
    "KL6": "Documentation",
}


def setup(app: Sphinx) -> None:
    """Have the pages made before Sphinx looks for them."""
    app.connect("builder-inited", make_pages)


def make_pages(_: Sphinx) -> None:
    """Write a page for each rule, the table of all, and what the commands print."""
    pages = {f"rules/{rule.name}.md": illustrated(rule) for rule in rules()}
    pages["rules/index.md"] = overview()
    pages |= {f"_made/{name}": output(arguments) for name, arguments in RUNS.items()}
    pages["_made/api.txt"] = run("api_example.py")
    for folder in ("rules", "_made"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).iterdir():
            if f"{folder}/{old.name}" not in pages:
                old.unlink()
    for name, text in pages.items():
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def illustrated(rule: type[Rule]) -> str:
    """A rule's page, with pictures of the examples in which there is something to see."""
    page, text = rule.page(), rule.markdown()
    for bad, good in zip_longest(page.bad, page.good):
        if bad is not None and (rule.name in TELLING or wrong(drawable(bad))):
            for code in filter(None, (bad, good)):
                block = f"```python\n{code}```"
                text = text.replace(block, f"{block}\n\n{drawn(code)}", 1)
    return text


def drawn(code: str) -> str:
    """The directive for a picture of an example."""
    return f"```{{keras:model}}\n:no-findings:\n\n{drawable(code)}```"


def drawable(code: str) -> str:
    """An example with a model of what it makes, if it stops before it has one."""
    names = re.findall(r"^(\w+) = ", code, re.MULTILINE)
    if "inputs" not in names or analyse_bytes("example", code.encode()).models:
        return code
    return f"{code}model = keras.Model(inputs, {names[-1]})\n"


def wrong(code: str) -> bool:
    """Whether a model of an example shows a tensor that Keras refuses."""
    analysis = analyse_bytes("example", code.encode())
    rows = [row for model in analysis.models for row in model.layers]
    told = [failure for failure in failures(analysis) if failure.record.inputs]
    return any(failure.concerns(row) for failure in told for row in rows)


def overview() -> str:
    """The table of all rules as a page."""
    introduction = (
        f"There are {len(rules())} rules. Those of severity *info* are off unless they are "
        "selected. What has a safe fix is mended by `--fix`, the rest of what has one by "
        "`--fix --unsafe-fixes`."
    )
    parts = ["# Rules", introduction]
    for group, members in groupby(rules(), key=lambda rule: rule.code[:3]):
        lines = [
            f"## {group}: {GROUPS[group]}",
            "",
            "| rule | severity | fix | |",
            "|---|---|---|---|",
        ]
        lines += [row(rule) for rule in members]
        parts.append("\n".join(lines))
    entries = "\n".join(rule.name for rule in rules())
    parts.append(f"```{{toctree}}\n:hidden:\n\n{entries}\n```")
    return "\n\n".join(parts) + "\n"


def row(rule: type[Rule]) -> str:
    """A rule's line in the table."""
    summary = " ".join(rule.page().summary.split()).replace("|", "\\|")
    link = f"{rule.code} [{rule.name}]({rule.name}.md)"
    return f"| {link} | {rule.severity.value} | {rule.fix or ''} | {summary} |"


def output(arguments: str) -> str:
    """What a command prints; JSON is spread over lines."""
    text = run("-m", "keraslint", *arguments.split())
    return json.dumps(json.loads(text), indent=2) if "json" in arguments else text


def run(*arguments: str) -> str:
    """What Python prints."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=HERE,
        env={**os.environ, "COLUMNS": "90", "PYTHONPATH": str(HERE.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stdout
