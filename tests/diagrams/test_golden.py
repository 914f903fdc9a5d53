"""Pictures do not change unless they are meant to."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.diagrams.golden import DATA, gallery, pictures

FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.*"))


@pytest.fixture(scope="module")
def drawn():
    return pictures()


@pytest.mark.parametrize("name", FILES)
def test_bytes(name, drawn):
    assert drawn[name].encode() == (DATA / name).read_bytes()


def test_every_picture_is_kept(drawn):
    assert set(drawn) == set(FILES)


def test_the_whole_gallery_is_kept():
    assert len(list(gallery())) >= 20


def test_bytes_do_not_depend_on_the_order_of_sets():
    digests = {
        subprocess.run(
            [sys.executable, "-m", "tests.diagrams.golden", "--digest"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(digests) == 1
