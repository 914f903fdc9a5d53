"""`keraslint server`: talk to an editor."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from keraslint.usage import UsageError

if TYPE_CHECKING:
    from keraslint.cli.options import Options


def run(_options: Options) -> int:
    """Serve an editor on stdin and stdout.

    Raises:
        UsageError: what speaks the editors' protocol is not installed.
    """
    if find_spec("pygls") is None or find_spec("pygls.lsp") is None:
        raise UsageError("the server needs pygls 2: pip install 'keraslint[editor]'")
    from keraslint.editor.server import serve

    serve()
    return 0
