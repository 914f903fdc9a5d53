"""`keraslint rule`: the page of a rule, or the list of all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keraslint.cli.options import Options


def run(options: Options) -> int:
    """Print a rule's page."""
    from keraslint.cli.session import write
    from keraslint.rules import find, rules
    from keraslint.terminal import canvas_of

    if options.rule is not None:
        write([find(options.rule).markdown()])
        return 0
    canvas = canvas_of(sys.stdout)
    width = max(len(rule.name) for rule in rules())
    write(
        f"{canvas.paint(rule.code, 'bold')}  {rule.name:{width}}  {rule.severity.value:7}  "
        f"{rule.page().summary}\n"
        for rule in rules()
    )
    return 0
