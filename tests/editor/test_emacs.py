"""Emacs itself runs the recipes of the page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needing import need

PAGE = (Path(__file__).parents[2] / "docs" / "integrations.md").read_text(encoding="utf-8")
MODEL = "import keras\nx = keras.layers.Dense(3, bogus=1)\nkeras.optimizers.Adam(lr=0.1)\n"
EGLOT = """
(unless (require 'eglot nil t) (princ "no eglot\\n") (kill-emacs 0))
(find-file "model.py")
(apply #'eglot (eglot--guess-contact))
"""
FLYMAKE = """
(find-file "model.py")
(flymake-mode 1)
"""
LIST = """
(let ((end (+ (float-time) 60)))
  (while (and (< (float-time) end) (not (flymake-diagnostics)))
    (flymake-start)
    (dotimes (_ 20) (accept-process-output nil 0.2))))
(dolist (found (flymake-diagnostics))
  (goto-char (flymake-diagnostic-beg found))
  (princ (format "%d:%d:%s\\n" (line-number-at-pos) (1+ (current-column))
                 (car (split-string (flymake-diagnostic-text found) "\\n")))))
"""


@pytest.mark.parametrize("door", ["eglot", "flymake"])
def test_emacs_shows_the_findings(door, tmp_path):
    (emacs,) = need("emacs")
    pytest.importorskip("pygls")
    (recipe,) = [
        block for block in re.findall(r"```elisp\n(.*?)```", PAGE, re.DOTALL) if door in block
    ]
    (tmp_path / "model.py").write_text(MODEL, encoding="utf-8")
    script = recipe + (EGLOT if door == "eglot" else FLYMAKE) + LIST
    (tmp_path / "script.el").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [emacs, "--batch", "--no-init-file", "--load", "script.el"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.stdout == "no eglot\n":
        pytest.skip("this Emacs has no Eglot")
    first, second = sorted(done.stdout.splitlines())
    assert re.fullmatch(r"2:27:.*KL201\b.* Dense has no argument 'bogus'", first)
    assert re.fullmatch(r"3:23:.*KL502\b.* Adam has no argument 'lr' any more.*", second)
