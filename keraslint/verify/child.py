"""The process that runs the program with Keras: ``python child.py REQUEST RESULT``.

Both are JSON files. It imports the standard library and Keras only, besides its two neighbours.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

NO_KERAS = 3


def main(request_path: str, result_path: str) -> int:
    """Run what the request asks for, and write down what Keras did."""
    with open(request_path, encoding="utf-8") as file:
        request = json.load(file)
    try:
        import keras
    except ImportError:
        return NO_KERAS
    recorder_module, stubs = _neighbours()
    recorder = recorder_module.Recorder(keras)
    error = None
    with recorder:
        _pause_while_training(keras, recorder)
        if request["stub_data"]:
            stubs.stub(keras)
        error = run(request)
    result = {"error": error, "keras": keras.__version__, **recorder.as_data()}
    with open(result_path, "w", encoding="utf-8") as file:
        json.dump(result, file)
    return 0


def run(request: dict[str, Any]) -> dict[str, Any] | None:
    """Execute the program; what it raised, if it did."""
    path = request["path"]
    sys.argv = [path]
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    scope: dict[str, Any] = {"__name__": "__main__", "__file__": path, "__builtins__": __builtins__}
    module = type(sys)("__main__")
    module.__dict__.update(scope)
    sys.modules["__main__"] = module
    try:
        for text, filename in ((request["text"], path), (request["call"], "<call>")):
            if text:
                exec(compile(text, filename, "exec", dont_inherit=True), module.__dict__)
    except SystemExit:
        return None
    except BaseException as raised:
        return _error(raised, path)
    return None


def _error(raised: BaseException, path: str) -> dict[str, Any]:
    rows = [f.lineno for f in traceback.extract_tb(raised.__traceback__) if f.filename == path]
    return {
        "type": type(raised).__name__,
        "message": str(raised),
        "row": rows[-1] if rows else None,
    }


def _pause_while_training(keras: Any, recorder: Any) -> None:
    """What layers are given in training has the size of a batch, and says nothing new."""

    def paused(original: Any) -> Any:
        def method(model: Any, *args: Any, **kwargs: Any) -> Any:
            before = recorder.paused
            recorder.paused = before or bool(model.built)
            try:
                return original(model, *args, **kwargs)
            finally:
                recorder.paused = before

        return method

    for name in ("fit", "evaluate", "predict"):
        setattr(keras.Model, name, paused(getattr(keras.Model, name)))


def _neighbours() -> tuple[Any, Any]:
    """The recorder and the stubs, without leaving their folder on the program's path."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    sys.path.insert(1, root)
    try:
        from keraslint.verify import recorder, stubs
    finally:
        sys.path.remove(root)
    return recorder, stubs


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
