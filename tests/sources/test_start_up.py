import subprocess
import sys


def test_importing_the_room_imports_nothing_heavy():
    code = "import sys, keraslint.sources; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "keraslint.sources.files" in loaded
    assert not loaded & {
        "json",
        "pathspec",
        "fnmatch",
        "libcst",
        "click",
        "pathlib._local",
        "keras",
    }
