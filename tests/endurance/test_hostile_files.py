"""Paths that are no files, files that never end, and files that change while they are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.endurance import processes
from tests.endurance.commands import COMMANDS, Ran, run
from tests.endurance.mutations import notebook

unix = pytest.mark.skipif(sys.platform == "win32", reason="such files are Unix's")
GOOD = "import keras\n\nx = keras.layers.Dense(4)(keras.Input((3,)))\n"
CHECK = ("check", "--output-format", "json")


def findings(ran: Ran) -> list[tuple[str, str]]:
    """What was found: in which file, and what."""
    assert ran.fault is None
    return [(Path(item["filename"]).name, item["message"]) for item in json.loads(ran.out)]


@unix
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, command: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "fifo.py")
    tmp_path.joinpath("zero.py").symlink_to("/dev/zero")
    tmp_path.joinpath("folder.py").mkdir()
    tmp_path.joinpath("loop.py").symlink_to("loop.py")
    tmp_path.joinpath("up.py").symlink_to("..")
    tmp_path.joinpath("nowhere.py").symlink_to("gone.py")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").symlink_to(tmp_path)
    for path in (tmp_path, *sorted(tmp_path.iterdir())):
        assert run(*command, str(path)).fault is None
    assert tmp_path.joinpath("loop.py").is_symlink()


@unix
def test_what_they_are_said_to_be(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.py")
    tmp_path.joinpath("folder.py").mkdir()
    tmp_path.joinpath("loop.py").symlink_to("loop.py")
    names = ("fifo.py", "loop.py", "gone.py", "a" * 300 + ".py")
    found = findings(run(*CHECK, "/dev/zero", *(str(tmp_path / name) for name in names)))
    messages = dict(found)
    assert messages.pop("zero") == messages.pop("fifo.py") == "is not a regular file"
    assert messages.pop("gone.py") == "no such file"
    assert len(messages) == 2
    assert messages["a" * 300 + ".py"] == "file name too long"


@unix
def test_what_is_imported_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("fifo", "zero", "loop"):
        tmp_path.joinpath(f"{name}.py").symlink_to({"zero": "/dev/zero"}.get(name, f"{name}.py"))
    tmp_path.joinpath("fifo.py").unlink()
    os.mkfifo(tmp_path / "fifo.py")
    model = tmp_path / "model.py"
    model.write_text("from zero import a\nfrom fifo import b\nfrom loop import c\n" + GOOD)
    assert run(*CHECK, str(model)).fault is None


@unix
def test_settings_are_not_waited_for(tmp_path: Path) -> None:
    tmp_path.joinpath("model.py").write_text(GOOD)
    os.mkfifo(tmp_path / "keraslint.toml")
    done = subprocess.run(
        [*processes.COMMAND, "check", str(tmp_path)],
        capture_output=True,
        env=processes.ENVIRONMENT,
        timeout=60,
        check=False,
    )
    assert b"internal error" not in done.stderr


def test_files_that_come_go_and_change(tmp_path: Path) -> None:
    stopped = threading.Event()

    def disturb() -> None:
        turn = 0
        while not stopped.is_set():
            path = tmp_path / f"model{turn % 7}.py"
            if turn % 3 == 0:
                path.unlink(missing_ok=True)
            else:
                path.write_text(GOOD * (turn % 5) + "x = (" * (turn % 2))
            turn += 1

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        for _ in range(10):
            for command in (CHECK, ("check", "--fix"), ("annotate",), ("shapes",)):
                assert run(*command, str(tmp_path)).fault is None
    finally:
        stopped.set()
        disturbing.join()


def test_a_folder_that_vanishes_on_the_way(tmp_path: Path) -> None:
    for number in range(20):
        folder = tmp_path / f"folder{number}"
        folder.mkdir()
        folder.joinpath("model.py").write_text(GOOD)

    def remove() -> None:
        for number in range(20):
            tmp_path.joinpath(f"folder{number}", "model.py").unlink()
            tmp_path.joinpath(f"folder{number}").rmdir()

    removing = threading.Thread(target=remove)
    removing.start()
    assert run(*CHECK, str(tmp_path)).fault is None
    removing.join()


LARGE = {
    "a literal": lambda size: "x = '" + "a" * size + "'\n",
    "a number": lambda size: "x = " + "9" * size + "\n",
    "a comment": lambda size: "# " + "a" * size + "\n",
    "a docstring": lambda size: "'''" + "a (\n" * (size // 4) + "'''\n",
    "a line": lambda size: "x" * size + " = 1\n",
    "empty lines": lambda size: "\n" * size,
    "blanks": lambda size: " " * size + "\n",
    "open brackets": lambda size: "x = " + "(" * size + "\n",
    "open strings": lambda size: "x = " + "'''" * (size // 3) + "'\n",
    "formatted strings": lambda size: "x = " + "f'{" * (size // 3) + "\n",
    "backslashes": lambda size: "x = 1" + "\\\n" * (size // 2) + "\n",
    "form feeds": lambda size: "\f" * size + "\n",
    "carriage returns": lambda size: "\r" * size + "\n",
    "operators": lambda size: "x = " + "-" * size + "1\n",
    "attributes by rows": lambda size: "x = (a" + "\n.a" * (size // 3) + ")\n",
    "deep blocks": lambda size: "".join(" " * n + "if x:\n" for n in range(min(size, 3000))),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_files_take_a_bounded_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / "model.py"
    path.write_text(GOOD + LARGE[name](990_000) + GOOD)
    ran = run(*CHECK, "--select", "ALL", str(path))
    assert findings(ran)
    assert ran.seconds < 20


NAMES = ", ".join(f"x{number}" for number in range(100_000))
TOO_MUCH = (
    *("x = 1\n" * 150_000, "\n" * 150_000, "# " + "x" * 3_000_000 + "\n"),
    *(f"def f({NAMES}): pass\n", f"f({NAMES})\n", f"x = [{NAMES}]\n", f"class A({NAMES}): pass\n"),
    *("@f\n" * 100_000 + "def f(x): pass\n", "x = 1; " * 100_000 + "\n"),
)


def test_too_large_a_program_is_a_finding(tmp_path: Path) -> None:
    for text in TOO_MUCH:
        path = tmp_path / "model.py"
        path.write_text(GOOD + text)
        ran = run(*CHECK, "--select", "KL004", str(path))
        assert [message for _, message in findings(ran)] == [
            "what stands here is not analysed: too large a program"
        ]
        assert ran.seconds < 5


def test_many_findings_are_placed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "model.py"
    path.write_text("import keras\n" + "keras.layers.Dense(3)\n" * 3000)
    ran = run(*CHECK, "--select", "KL417", str(path))
    assert len(findings(ran)) == 3000
    assert ran.seconds < 20


def test_a_large_file_without_keras_takes_no_time(tmp_path: Path) -> None:
    path = tmp_path / "data.py"
    path.write_bytes(b"x = [\n" + b"1, 2, 3,\n" * 5_500_000 + b"]\n")
    ran = run(*CHECK, str(path))
    assert (ran.out, ran.fault) == ("[]\n", None)
    assert ran.seconds < 2


ODD = {
    "cells that are none": {"cells": 3, "metadata": {}, "nbformat": 4},
    "no cells": {"cells": None},
    "a number for a source": {"cells": [{"cell_type": "code", "source": 3}]},
    "a source of numbers": {"cells": [{"cell_type": "code", "source": [1, "import keras"]}]},
    "sheets that are none": {"worksheets": {"cells": []}, "nbformat": 3},
    "a sheet without cells": {"worksheets": [{}], "nbformat": 3},
    "sheets and cells": {"worksheets": [], "cells": [{"cell_type": "code", "source": GOOD}]},
    "cells of null": {"cells": [None, [], {"cell_type": []}, {"source": GOOD}]},
    "odd metadata": {"metadata": [1], "cells": [{"cell_type": "code", "source": GOOD}]},
    "large outputs": {
        **notebook(GOOD),
        "more": [{"output_type": "stream", "text": ["keras " * 100] * 5000}],
    },
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_odd_notebooks(tmp_path: Path, command: tuple[str, ...]) -> None:
    for name, content in ODD.items():
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps(content))
        assert run(*command, str(path)).fault is None, name
    deep = tmp_path / "deep.ipynb"
    for opening, closing in (("[", "]"), ('{"cells": ', "}"), ('{"cells": [', "]}")):
        deep.write_text(opening * 100_000 + '"keras"' + closing * 100_000)
        assert run(*command, str(deep)).fault is None
    deep.write_text('{"cells": [], "a": ' + "9" * 10_000 + ', "keras": 1}')
    assert run(*command, str(deep)).fault is None


BYTES = {
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbfimport keras\n",
    "UTF-7": b"# coding: utf-7\nimport keras\nx = '+AGE-'\n",
    "UTF-16 declared": b"# coding: utf-16\nimport keras\n",
    "a lie": b"# -*- coding: ascii -*-\nimport keras\nx = '\xc3\xa9'\n",
    "UTF-16": "import keras\n".encode("utf-16"),
    "UTF-32": "import keras\n".encode("utf-32"),
    "a null byte": b"import keras\nx = '\0'\n",
    "carriage returns": GOOD.replace("\n", "\r").encode(),
    "mixed ends": b"import keras\r\nx = 1\ry = 2\n\r\nkeras.Input((3,))",
    "form feeds": b"import keras\n\f\nx = 1\f\n\fkeras.Input((3,))\n",
    "mixed tabs": b"import keras\nif x:\n\ty = 1\n        z = 2\n",
    "a lone surrogate": "import keras\nx = '\ud800'\n".encode(errors="surrogatepass"),
    "no end": b"import keras\nx = keras.Input((3,)); '''",
    "a cookie of its own": b"# coding: rot13\nimport keras\n",
    "a cookie that is a file": b"# coding: ../../../../etc/passwd\nimport keras\n",
    "idna": b"# coding: idna\nimport keras\n",
    "punycode": b"# coding: punycode\nimport keras\n",
    "escapes": b"# coding: unicode_escape\nimport keras\nx = '\\x41'\n",
    "raw escapes": b"# coding: raw_unicode_escape\nimport keras\n",
    "undefined": b"# coding: undefined\nimport keras\n",
    "mbcs": b"# coding: mbcs\nimport keras\n",
}


@pytest.mark.parametrize("name", BYTES)
def test_odd_bytes(tmp_path: Path, name: str) -> None:
    for suffix in ("py", "ipynb", "md", "rst"):
        path = tmp_path / f"model.{suffix}"
        for command in COMMANDS:
            path.write_bytes(BYTES[name])
            assert run(*command, str(path)).fault is None


PROGRAMS = {
    "calls that double": "\n".join(
        f"def f{n}(x): return f{n + 1}(x) + f{n + 1}(x)" for n in range(60)
    )
    + "\ndef f60(x): return keras.layers.Dense(3)(x)\nf0(keras.Input((3,)))",
    "calls in loops that are too deep": "def f(x, *steps):\n for a, b in steps:\n"
    + "  x = [f(x, (a, 1)), f(x, (a, 1), (a, 3)), f(f(x, (1, 1)), (a, 1), (a, (1, b)))](a, b)(x)\n"
    + " return x\nf(keras.Input((9, 9, 3)), (1, 2))",
    "conditions that double": "def f(a):\n x = 1\n"
    + "\n".join(f" if a[{n}]: x += {n}\n else: x *= 2" for n in range(200))
    + "\n return keras.layers.Dense(x)\nf(keras)",
    "a long loop": "for i in range(10**12): x = keras.layers.Dense(i)",
    "a long comprehension": "x = [keras.layers.Dense(i) for i in range(10**12)]",
    "long ranges": "x = sum(range(10**12)); y = list(range(10**12)); z = [0] * 10**12",
    "endless": "while True: x = keras.layers.Dense(3)",
    "itself in a list": "x = []; x.append(x); y = x == x; z = repr(x); print(x, x[0][0], len(x))",
    "itself in a dict": "x = {}; x['a'] = x; y = str(x); z = x == {'a': x}; keras.Model(x)",
    "itself as a base": "class A(A): pass\nclass B(C): pass\nclass C(B): pass\nA(); B(); C()",
    "many bases": f"class A({'x, ' * 40_000}): pass",
    "a chain of classes": "class A0: pass\n"
    + "".join(f"class A{n + 1}(A{n}): pass\n" for n in range(2000)),
    "a lattice of classes": "class A0: pass\n"
    + "".join(f"class B{n}: pass\nclass A{n + 1}(A{n}, B{n}): pass\n" for n in range(1000)),
    "itself as a decorator": "@f\ndef f(x): return f(f(x))\nf(1)",
    "itself as a default": "def f(x=lambda: f()): return x()\nf()",
    "itself as a property": "class A:\n x = property(lambda self: self.x)\nA().x",
    "any attribute": "class A:\n def __getattr__(self, n): return getattr(self, n + 'x')\nA().y",
    "recursion": "def f(x): return f(x + 1)\nf(0)\ng = lambda x: g(g(x))\ng(1)",
    "a model of itself": "m = keras.Sequential(); m.add(m); m.build((1,)); m(keras.Input((3,)))",
    "a layer in itself": "class L(keras.layers.Layer):\n def __init__(self):\n  self.a = L()\nL()",
    "a call of itself": "class L(keras.layers.Layer):\n def call(self, x): return self(x)\n"
    "L()(keras.Input((3,)))",
    "large numbers": "x = 10**10**10; y = 2 << 10**12; z = 'a' * 10**12; w = 9**9**9**9",
    "large layers": "x = keras.layers.Dense(10**400)(keras.Input((10**400,)))\nx = x + x",
    "many formats": "x = '%1000000000000d' % 3; y = f'{3:1000000000000}'; z = 'a'.ljust(10**12)",
    "products": "import itertools\nx = list(itertools.product(range(10**6), repeat=9))",
    "large arrays": "import numpy as np\nx = np.zeros((10**9, 10**9)); y = np.arange(10**12) + 1",
    "many layers": "m = keras.Sequential([keras.layers.Dense(3) for i in range(10**7)])",
    "many alternatives": "d = {i: str(i) for i in range(3000)}\nd[keras]\nx = d.get(keras.x)",
    "patterns": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')\nx = re.sub('(x*)*y', '', 'x' * 40)",
    "deep values": "x = ()\nfor i in range(10**5): x = (x,)\ny = x == x; z = hash(x); w = str(x)",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_without_an_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / "model.py"
    path.write_text(f"import keras\n{PROGRAMS[name]}\n{GOOD}")
    ran = run(*CHECK, str(path))
    assert ran.fault is None
    assert ran.seconds < 10
    assert run("diagram", str(path)).fault is None


def test_imports_in_circles(tmp_path: Path) -> None:
    for number in range(30):
        after = (number + 1) % 30
        text = f"import keras\nfrom model{after} import *\nfrom model{after} import x as y\nx = y\n"
        tmp_path.joinpath(f"model{number}.py").write_text(text)
    ran = run(*CHECK, str(tmp_path))
    assert ran.fault is None
    assert ran.seconds < 10


def test_many_small_files_are_let_go(tmp_path: Path) -> None:
    start = time.process_time()
    for number in range(300):
        tmp_path.joinpath(f"model{number}.py").write_text(GOOD)
    assert findings(run(*CHECK, str(tmp_path))) == []
    assert time.process_time() - start < 20
