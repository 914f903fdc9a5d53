"""Which functions are known, and that little is imported for them."""

from __future__ import annotations

import inspect
import subprocess
import sys
from types import ModuleType

import pytest

from keraslint.knowledge.applications import defaults, names


@pytest.mark.oracle
def test_every_function_is_known_with_its_defaults(keras: ModuleType) -> None:
    real = keras.applications
    assert sorted(names()) == sorted(name for name in dir(real) if name[0].isupper())
    for name in names():
        parameters = inspect.signature(getattr(real, name)).parameters
        assert defaults(name) == {key: value.default for key, value in parameters.items()}


def test_only_the_family_in_question_is_imported() -> None:
    code = (
        "import sys; from keraslint.knowledge.applications import blueprint;"
        "blueprint('VGG16', {'weights': None});"
        "print([m for m in sys.modules if m.startswith('keraslint.knowledge.applications.')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "applications.vgg" in result.stdout
    assert "applications.nasnet" not in result.stdout
