"""The same in Markdown."""

from __future__ import annotations

import re

import pytest

from tests.sphinx.conftest import built, page

NETS = """\
import keras
model = keras.Sequential()
model.add(keras.Input((3,)))
model.add(keras.layers.Dense(4))
"""


@pytest.mark.parametrize("fence", ["```", ":::"])
def test_directives_in_both_kinds_of_fences(write, fence):
    text = f"""\
# Page

{fence}{{keras:automodel}} nets.py:model
:caption: The *model*
:name: net
:view: tensors
{fence}

{fence}{{keras:compare}}
:input: (10, 32)

Conv1D(4, 1)
Conv1D(4, 3)
{fence}

{fence}{{keras:model}} other
import keras
other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
{fence}

```{{code-block}} python
:keras-shapes:

{NETS}
```

```{{literalinclude}} nets.py
:keras-shapes:
```

See {{keras:model}}`model`, {{numref}}`net`, {{keras:layer}}`Dense` and
{{keras:shape}}`nets.py:model = (None, 4)`.
"""
    settings = {
        "numfig": True,
        "myst_enable_extensions": ["colon_fence"],
        "source_suffix": {".md": "markdown"},
    }
    app = write(
        {"nets.py": NETS, "index.md": text}, "html", ["myst_parser"], confoverrides=settings
    )
    html = page(built(app))
    assert html.count('class="keraslint-picture"') == 4
    assert html.count("# Output Shape: (None, 4)") == 2
    assert '<em class="xref">' not in html
    assert re.search(r"<figcaption>.*?The <em>model</em>", html, re.DOTALL)
    assert "Fig. 1" in html


def test_findings_are_told_where_the_directive_stands(write):
    text = "# Page\n\n```{keras:model}\nimport keras\nfrom keras.layers import Conv2D, Input\n"
    text += "net = keras.Sequential([Input((10, 32)), Conv2D(4, 3)])\n```\n"
    settings = {"source_suffix": {".md": "markdown"}}
    app = write({"index.md": text}, "html", ["myst_parser"], confoverrides=settings)
    app.build()
    assert "index.md:6: WARNING" in app.warning.getvalue()
    assert "keraslint.missing-channel-axis" in app.types.seen
