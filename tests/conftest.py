"""What all tests share."""

import gc
import importlib
import os
import re
import signal
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# In the background SIGINT is ignored, also by whatever is started there; the tests interrupt it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Imports no module that does nothing but compare with Keras where nothing is compared."""
    if config.getoption("markexpr") != "not oracle" or not collection_path.match("test_*.py"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    return bool(re.search(r"^pytestmark = pytest\.mark\.oracle$", text, re.MULTILINE)) or None


@pytest.fixture(scope="session")
def keras() -> ModuleType:
    """The real Keras, imported once and only for the tests that ask it."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    module = importlib.import_module("keras")
    gc.freeze()  # Keras collects garbage between programs: not among all that was imported
    return module
