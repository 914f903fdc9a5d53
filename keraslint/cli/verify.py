"""`keraslint verify`: run the program with the real Keras and compare."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from keraslint.cli.ending import Gently
from keraslint.cli.session import say, write
from keraslint.cli.views import split_target
from keraslint.terminal import canvas_of

if TYPE_CHECKING:
    from keraslint.cli.options import Options
    from keraslint.verify.comparing import Verdict

WRONG = 2


def run(options: Options) -> int:
    """Run a file, or a function of it, and hold the static answer against what Keras did."""
    from keraslint.engine import analyse_source
    from keraslint.sources import Source, UnreadableError, load
    from keraslint.verify.comparing import compare
    from keraslint.verify.running import VerifyError, observe

    path, qualname = split_target(options.path)
    if Path(path).suffix != ".py":
        say("verify runs Python files only")
        return WRONG
    call = f"\n{qualname}({options.call or ''})\n" if qualname else ""
    try:
        source = load(path)
        say(f"this runs {path} with the real Keras")
        with Gently():
            observed = observe(
                path,
                source.text,
                call=call,
                stub_data=options.stub_data,
                timeout=options.timeout,
                python=options.python,
            )
    except (UnreadableError, VerifyError) as error:
        say(str(error))
        return WRONG
    analysis = analyse_source(Source(path, source.text + call, source.original))
    return _report(options, compare(analysis, observed))


def _report(options: Options, verdict: Verdict) -> int:
    from keraslint.verify.reporting import as_data, as_text

    if options.output_format == "json":
        import json

        write([json.dumps(as_data(verdict), indent=1) + "\n"])
    else:
        write(f"{line}\n" for line in as_text(verdict, canvas_of(sys.stdout)))
    return int(verdict.differs or verdict.error is not None)
