import subprocess
import sys


def test_importing_the_room_imports_nothing_else():
    code = (
        "import os, stat, sys\n"
        "before = set(sys.modules)\n"
        "import keraslint.files\n"
        "print(*set(sys.modules) - before)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "keraslint.files.finding" in loaded
    others = {name for name in loaded if not name.startswith("keraslint.files")}
    assert others <= {"__future__", "keraslint"}
