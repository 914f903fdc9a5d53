"""Starting the process that runs the program, and fetching what it noted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from keraslint.verify.child import NO_KERAS

CHILD = Path(__file__).with_name("child.py")
ENDING = [number for number in signal.Signals if number.name in {"SIGINT", "SIGTERM", "SIGHUP"}]


class VerifyError(Exception):
    """The program could not be run at all."""


def observe(
    path: str,
    text: str,
    *,
    call: str = "",
    stub_data: bool = False,
    timeout: float | None = None,
    python: str | None = None,
) -> dict[str, Any]:
    """Run a program with the real Keras and give what was noted of it.

    Args:
        path: the file; it runs in the current folder, and imports from the file's own first.
        text: its text.
        call: Python code to run after it.
        stub_data: small zeros instead of downloads, and no training.
        timeout: seconds after which it is stopped.
        python: the interpreter that has Keras; this one if not given.

    Raises:
        VerifyError: there is no Keras, it took too long, or the process broke down.
    """
    with tempfile.TemporaryDirectory() as folder:
        request, result = Path(folder, "request.json"), Path(folder, "result.json")
        asked = {"path": path, "text": text, "call": call, "stub_data": stub_data}
        request.write_text(json.dumps(asked), encoding="utf-8")
        command = [python or sys.executable, str(CHILD), str(request), str(result)]
        try:
            code = _run(command, timeout)
        except subprocess.TimeoutExpired:
            raise VerifyError(f"stopped after {timeout:g} seconds") from None
        except OSError as error:
            raise VerifyError(f"cannot start {command[0]}: {error.strerror}") from None
        if code == NO_KERAS:
            raise VerifyError(f"{command[0]} has no Keras (pip install 'keraslint[verify]')")
        if not result.exists():
            raise VerifyError(f"the program ended its process with code {code}")
        data: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return data


def _run(command: list[str], timeout: float | None) -> int:
    """Run a command to its end; whatever ends this before ends the command as well."""
    process = None
    try:
        with _undisturbed():
            process = subprocess.Popen(
                command, stdout=2, stdin=subprocess.DEVNULL, env=_environment()
            )
        return process.wait(timeout)
    except BaseException:
        if process is not None:
            process.kill()
            process.wait()
        raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait: one that comes while a process starts would leave it to itself."""
    came: list[int] = []
    handlers = {number: signal.getsignal(number) for number in ENDING}
    handled = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number in handled:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in handled.items():
            signal.signal(number, handler)
    for waiting in came:
        signal.raise_signal(waiting)


def _environment() -> dict[str, str]:
    """No plots on the screen, and no chatter of TensorFlow unless it is asked for."""
    return {"TF_CPP_MIN_LOG_LEVEL": "2", "MPLBACKEND": "Agg", **os.environ}
