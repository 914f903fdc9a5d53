"""Programs that tests need beside Python."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*programs: str) -> list[str]:
    """Where the programs are. A machine without them may do without such a test, but not CI."""
    found = {program: shutil.which(program) for program in programs}
    missing = ", ".join(program for program, path in found.items() if path is None)
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {missing}")
    if missing:
        pytest.skip(f"not installed: {missing}")
    return [path for path in found.values() if path]
