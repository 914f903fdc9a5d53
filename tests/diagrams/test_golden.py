"""Pictures do not change unless they are meant to."""

from __future__ import annotations

import pytest

from tests.diagrams.golden import DATA, pictures


@pytest.fixture(scope="module")
def drawn():
    return pictures()


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
def test_bytes(name, drawn):
    assert drawn[name].encode() == (DATA / name).read_bytes()


def test_every_picture_is_kept(drawn):
    assert set(drawn) == {path.name for path in DATA.iterdir()}
