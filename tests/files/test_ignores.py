"""What `.gitignore` files leave out, and what they are read with when."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from keraslint.files.ignores import Ignores

NAMES = ["a.py", "b.py", "lib", "lib.py", "a.pyc", "a-b.py", "a!.py", "^.py", ".env", "tmp_1.py"]
PATTERNS = [
    *("a.py", "*.py", "lib/", "/lib", "lib/**", "**/lib", "*.py[cod]", "[ab].py", "[!a].py"),
    *("[^a].py", "[a-c].py", "?.py", "a*", "*b*", "!a.py", "# a.py", "\\#", "x/a.py", "**", "*"),
    *(
        "tmp_*.py",
        "a.py  ",
        ".env*",
        "[]a].py",
        "[[:alpha:]].py",
        "a\\.py",
        "*.p[y",
        "[[-?]",
        "lib/*",
        "/",
    ),
]


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(PATTERNS) | st.text("ab.py*?[]!^-/", max_size=6), max_size=4),
    st.sampled_from(NAMES) | st.text("ab.py!^-", min_size=1, max_size=4),
    st.booleans(),
)
def test_as_if_every_pattern_was_always_read(tmp_path_factory, lines, name, is_folder):
    folder = tmp_path_factory.getbasetemp() / "ignores"
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        spec = GitIgnoreSpec([])
    left_out = bool(spec.check_file(f"{name}/" if is_folder else name).include)
    assert Ignores().reading(str(folder)).match(name, is_folder) == left_out


USUAL = (
    "__pycache__/\n*.py[cod]\n*$py.class\n/build/\n*.egg-info/\n.coverage.*\n.env\ndocs/_made/\n"
)


@pytest.mark.parametrize(("patterns", "imported"), [(USUAL, "False"), ("mod*.py\n", "True")])
def test_what_cannot_matter_is_not_read(tmp_path: Path, patterns, imported):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text(patterns)
    (tmp_path / "model.py").write_text("x = 1\n")
    code = (
        "import sys\n"
        "from keraslint.files import discover\n"
        "found = list(discover([sys.argv[1]]))\n"
        "print(len(found), 'pathspec' in sys.modules or 're' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, str(tmp_path)],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout == f"{int(imported == 'False')} {imported}\n"
