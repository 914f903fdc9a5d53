"""Command lines that are read without `argparse` are read as it reads them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keraslint.cli.parser import build
from keraslint.cli.parser import parse as parse_anyhow
from keraslint.cli.plain import Given

FLAGS = [
    *("-q", "--quiet", "--fix", "--exit-zero", "--no-cache", "--watch", "--diff", "--statistics"),
    "--force-exclude",
]
VALUES = ["--select", "--ignore", "--output-format", "--fail-level", "-j", "--jobs", "--config"]
WORDS = ["a.py", "-", ".", "", "KL1,KL2", "json", "4", "0", "error", "a b", "x=y", "check"]
ODD = ["--", "--exit", "--quiet=", "--select=", "-j4", "-qj4", "-h", "--help", "-1", "--no-such"]

words = st.sampled_from([*FLAGS, *VALUES, *WORDS, *ODD]) | st.builds(
    "{}={}".format, st.sampled_from([*FLAGS, *VALUES]), st.sampled_from(WORDS)
)


@settings(max_examples=300)
@given(st.lists(words, max_size=6))
@example(["a.py", "--quiet", "b.py"])
@example(["--select", "KL1", "--select=KL2", "-j", "4", "a.py", "b.py", "--quiet"])
def test_as_argparse_reads_them(argv):
    line = ["check", *argv]
    assert outcome(parse_anyhow, line) == outcome(build("check").parse_args, line)


def outcome(read, argv):
    """What was asked for, or how the process would end."""
    try:
        return vars(read(argv))
    except SystemExit as end:
        return end.code


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["model.py"],
        ["-q", "--exit-zero", "src", "tests"],
        ["src", "--output-format", "github", "--jobs=2"],
        ["--select=KL1", "--select", "KL2", "--stdin-filename", "a.py", "-"],
    ],
)
def test_what_people_write_is_read_so(argv):
    assert isinstance(parse_anyhow(["check", *argv]), Given)
