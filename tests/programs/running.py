"""Running a program in the real Keras and in keraslint, within one process."""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from keraslint.engine import analyse_file, analyse_source
from keraslint.sources import Source
from keraslint.verify.child import run
from keraslint.verify.comparing import Verdict, compare
from keraslint.verify.recorder import Recorder


def observe(keras: ModuleType, path: str, text: str) -> dict[str, Any]:
    """What the real Keras does in a program."""
    keras.utils.clear_session()
    recorder = Recorder(keras)
    argv, first, main = sys.argv, sys.path[0], sys.modules["__main__"]
    try:
        with recorder, redirect_stdout(StringIO()):
            error = run({"path": path, "text": text, "call": ""})
    finally:
        sys.argv, sys.path[0], sys.modules["__main__"] = argv, first, main
    return {"error": error, "keras": keras.__version__, **recorder.as_data()}


def verdict_of_file(keras: ModuleType, path: str) -> Verdict:
    """Compare for a file."""
    text = Path(path).read_text(encoding="utf-8")
    return compare(analyse_file(path), observe(keras, path, text))


def verdict_of_text(keras: ModuleType, path: str, text: str) -> Verdict:
    """Compare for a text."""
    return compare(analyse_source(Source(path, text, text)), observe(keras, path, text))
