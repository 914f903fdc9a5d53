"""The language server as an editor meets it: a process that answers messages."""

import json
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.editor.client import Client, applied, edits_of, position

CONV = """\
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((10, 32)),
    layers.Conv1D(64, 3, padding="same"),
])
"""
OLD = 'import keras\n\nkeras.optimizers.Adam(lr=0.1)\ns = "😀", keras.layers.Dense(3, bogus=1)\n'


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = Client(tmp_path_factory.mktemp("editor"))
    yield made
    assert made.close() == 0
    assert made.errors == []
    assert made.stderr() == ""


@pytest.fixture
def client(shared):
    shared.shown.clear()
    return shared


@pytest.fixture
def uri(tmp_path):
    return (tmp_path / "model.py").as_uri()


def codes(diagnostics) -> list[str]:
    return [diagnostic["code"] for diagnostic in diagnostics]


def test_findings_with_columns_in_utf16(client, uri):
    found = client.open(uri, OLD)
    assert codes(found) == ["KL502", "KL201"]
    assert found[0]["message"].splitlines()[1] == "use learning_rate"
    assert found[0]["codeDescription"]["href"].startswith("https://")
    line = OLD.splitlines()[3]
    start, end = (found[1]["range"][key]["character"] for key in ("start", "end"))
    assert line.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "bogus=1"
    assert start == line.index("bogus") + 1


@pytest.mark.parametrize(("encoding", "more"), [("utf-8", 3), ("utf-32", 0)])
def test_other_ways_to_count_columns(tmp_path, encoding, more):
    client = Client(tmp_path, positionEncodings=[encoding])
    uri = (tmp_path / "model.py").as_uri()
    found = client.open(uri, OLD)
    assert found[1]["range"]["start"]["character"] == OLD.splitlines()[3].index("bogus") + more
    assert client.close() == 0


def test_a_broken_program_says_where_and_then_recovers(client, uri):
    assert client.open(uri, CONV) == []
    client.type(uri, 2, CONV + "x = (")
    assert codes(client.wait_for(uri, 2)) == ["KL001"]
    assert client.hints(uri) == []
    client.type(uri, 3, CONV + "x = 1\n")
    assert client.wait_for(uri, 3) == []


def test_only_the_last_of_many_quick_changes_counts(client, uri):
    client.open(uri, CONV)
    before = client.published
    for version in range(2, 40):
        client.type(uri, version, CONV + "#" * version + "\nx = keras.layers.Dense(3, bogus=1)\n")
    assert codes(client.wait_for(uri, 39)) == ["KL201"]
    assert client.published - before <= 3


def test_requests_that_are_cancelled_while_others_are_answered(client, uri):
    client.open(uri, CONV)
    client.type(uri, 2, CONV + "y = 1\n")
    params = {"textDocument": {"uri": uri}, "position": position(5, 12)}
    numbers = [client.ask("textDocument/hover", **params) for _ in range(6)]
    for number in numbers[::2]:
        client.notify("$/cancelRequest", id=number)
    answers = [client.answer(number) for number in numbers]
    for answer in answers[1::2]:
        assert "Conv1D" in answer["result"]["contents"]["value"]
    for answer in answers[::2]:
        assert "result" in answer or answer["error"]["code"] == -32800
    client.errors[:] = [error for error in client.errors if error["code"] != -32800]


def test_hovering_over_a_layer_and_a_model(client, uri):
    client.open(uri, CONV + "\nprint(model)\n")
    layer = client.at("hover", uri, 5, 12)
    assert layer["range"] == {"start": position(5, 4), "end": position(5, 40)}
    assert layer["contents"]["value"].split("\n\n") == [
        "**Conv1D** (`keras.layers.Conv1D`)",
        "`(None, 10, 32)` → `(None, 10, 64)`, 6,208 params",
        "weights: 3×32×64 + 64 = 6,208",
        "Conv1D: the kernel covers every feature and slides along one axis (steps)",
    ]
    for line, character in ((3, 12), (8, 8)):
        text = client.at("hover", uri, line, character)["contents"]["value"]
        assert text.startswith("```text\nModel:")
        assert "Total params: 6,208" in text
    assert client.at("hover", uri, 0, 0) is None
    assert client.at("hover", uri, 500, 7) is None


@pytest.mark.parametrize(
    ("comment", "word"),
    [
        ("# noqa: E501, KL101", "KL101"),
        ("# keraslint: ignore[input-rank]", "input-rank"),
        ("# keraslint: file-ignore[kl101, KL502]", "kl101"),
    ],
)
def test_hovering_over_a_rule(client, uri, comment, word):
    line = f"import keras  {comment}"
    client.open(uri, f"{line}\n")
    text = client.at("hover", uri, 0, line.index(word) + 2)["contents"]["value"]
    assert text.startswith("# input-rank (KL101)")
    assert client.at("hover", uri, 0, line.index("#")) is None


def test_shapes_beside_the_code(client, uri):
    text = CONV + "x = keras.Input((4,))\ny = layers.Dense(7)(x)\n# Output Shape: (None, 7)\n"
    text += "def f(n):\n    return layers.Dense(n)(x)\na = f(1), f(2), f(1), f(3)\n"
    client.open(uri, text)
    shown = [(hint["position"]["line"], hint["label"]) for hint in client.hints(uri)]
    assert shown == [
        (4, "→ (None, 10, 32)"),
        (5, "→ (None, 10, 64)"),
        (7, "→ (None, 4)"),
        (11, "→ (None, 1) | (None, 2) | …"),
    ]


def test_fixes_for_a_line(client, uri):
    client.open(uri, OLD)
    fix, ignore, *_ = client.actions(uri, 2, "quickfix")
    assert fix["isPreferred"]
    assert fix["diagnostics"][0]["code"] == "KL502"
    assert applied(OLD, edits_of(fix, uri)) == OLD.replace("lr=", "learning_rate=")
    assert ignore["title"] == "Ignore KL502 (keras2-argument) on this line"
    allowed = applied(OLD, edits_of(ignore, uri))
    assert allowed == OLD.replace("lr=0.1)", "lr=0.1)  # keraslint: ignore[KL502]")
    client.type(uri, 2, allowed)
    assert codes(client.wait_for(uri, 2)) == ["KL201"]


def test_unsafe_fixes_are_called_so(client, uri):
    text = CONV.replace("(10, 32)", "(32, 10, 10)").replace("Conv1D", "Conv2D")
    text = text.replace("keras.Input((32, 10, 10))", "keras.Input((28, 28))")
    client.open(uri, text)
    titles = [a["title"] for line in range(7) for a in client.actions(uri, line, "quickfix")]
    unsafe = [title for title in titles if title.endswith("(unsafe)")]
    assert unsafe
    assert not any(a.get("isPreferred") for line in range(7) for a in client.actions(uri, line))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_all_fixes_at_once(client, uri, newline):
    text = (OLD + "keras.optimizers.SGD(lr=0.1)").replace("\n", newline)
    client.open(uri, text)
    (action,) = client.actions(uri, 0, "source.fixAll")
    assert applied(text, edits_of(action, uri)) == text.replace("lr=", "learning_rate=")
    assert client.actions(uri, 0, "source.organizeImports") == []


def test_writing_shape_comments(client, uri):
    client.open(uri, CONV)
    (action,) = client.actions(uri, 0, "source.shapeComments.keraslint")
    after = applied(CONV, edits_of(action, uri))
    assert '"same"),  # Output Shape: (None, 10, 64)' in after


def test_code_in_markdown(client, tmp_path):
    uri = (tmp_path / "a.md").as_uri()
    text = "# T\n\n- item\n\n  ```python\n  import keras\n  keras.optimizers.Adam(lr=1)\n  ```\n"
    (found,) = client.open(uri, text, "markdown")
    assert found["range"]["start"] == position(6, 24)
    (action,) = client.actions(uri, 0, "source.fixAll")
    assert applied(text, edits_of(action, uri)) == text.replace("lr=", "learning_rate=")
    (fix, *_) = client.actions(uri, 6, "quickfix")
    assert applied(text, edits_of(fix, uri)) == text.replace("lr=", "learning_rate=")


def test_a_file_without_a_name(client):
    assert codes(client.open("untitled:Untitled-1", OLD)) == ["KL502", "KL201"]
    text = f"```python\n{OLD}```\n"
    assert codes(client.open("untitled:Untitled-2", text, "markdown")) == ["KL502", "KL201"]


def test_an_import_that_is_not_saved(client, tmp_path):
    Path(tmp_path / "size.py").write_text("UNITS = 3\n", encoding="utf-8")
    main, size = ((tmp_path / name).as_uri() for name in ("main.py", "size.py"))
    client.open(main, "import keras\nfrom size import UNITS\nx = keras.layers.Dense(UNITS)\n")
    client.open(size, "UNITS = 3\n")
    client.type(size, 2, "UNITS = -3\n")
    while not client.diagnostics[main]:
        client._take()
    assert codes(client.diagnostics[main]) == ["KL203"]
    client.notify("textDocument/didClose", textDocument={"uri": size})
    client.type(main, 2, "import keras\nfrom size import UNITS\n\nx = keras.layers.Dense(UNITS)\n")
    assert client.wait_for(main, 2) == []


def test_the_settings_of_the_project(client, tmp_path, uri):
    (tmp_path / "keraslint.toml").write_text('ignore = ["KL502"]\n', encoding="utf-8")
    assert codes(client.open(uri, OLD)) == ["KL201"]
    (tmp_path / "keraslint.toml").write_text("ignroe = 3\n", encoding="utf-8")
    client.type(uri, 2, OLD + "\n")
    assert client.wait_for(uri, 2) == []
    assert "did you mean 'ignore'?" in client.wait_until_shown()


def test_what_the_project_leaves_out_has_no_findings(client, tmp_path):
    (tmp_path / "keraslint.toml").write_text('extend-exclude = ["old/*"]\n', encoding="utf-8")
    (tmp_path / "old").mkdir()
    for name, expected in (("old/a.py", []), ("new.py", ["KL502", "KL201"])):
        assert codes(client.open((tmp_path / name).as_uri(), OLD)) == expected


def test_another_state_of_a_file_is_not_what_others_import(client, tmp_path):
    (tmp_path / "size.py").write_text("UNITS = 3\n", encoding="utf-8")
    client.open(f"git:{tmp_path}/size.py", "UNITS = -3\n")
    text = "import keras\nfrom size import UNITS\nx = keras.layers.Dense(UNITS)\n"
    assert client.open((tmp_path / "main.py").as_uri(), text) == []


def test_closing_takes_the_findings_away(client, uri):
    client.open(uri, OLD)
    client.notify("textDocument/didClose", textDocument={"uri": uri})
    while client.diagnostics[uri]:
        client._take()


class Notebook:
    def __init__(self, client, tmp_path, *cells: str) -> None:
        self.client = client
        self.uri = (tmp_path / "n.ipynb").as_uri()
        self.cells = [f"{self.uri.replace('file', 'vscode-notebook-cell')}#{i}" for i in (1, 2)]
        client.notify(
            "notebookDocument/didOpen",
            notebookDocument={
                "uri": self.uri,
                "notebookType": "jupyter-notebook",
                "version": 1,
                "cells": [{"kind": 2, "document": uri} for uri in self.cells],
            },
            cellTextDocuments=[
                {"uri": uri, "languageId": "python", "version": 1, "text": text}
                for uri, text in zip(self.cells, cells, strict=True)
            ],
        )


def test_notebooks(client, tmp_path):
    second = "%time 1\nkeras.optimizers.Adam(lr=0.1)\nlayers.Dense(3)(keras.Input((2,)))"
    notebook = Notebook(client, tmp_path, "import keras\nfrom keras import layers", second)
    one, two = notebook.cells
    assert client.wait_for(one, 1) == []
    assert [f["range"]["start"] for f in client.wait_for(two, 1)] == [position(1, 22)]
    (action,) = client.actions(two, 1, "source.fixAll")
    assert applied(second, edits_of(action, two)) == second.replace("lr=", "learning_rate=")
    assert [hint["position"]["line"] for hint in client.hints(two)] == [2, 2]
    assert client.hints(one) == []
    assert "Dense" in client.at("hover", two, 2, 5)["contents"]["value"]
    client.notify(
        "notebookDocument/didChange",
        notebookDocument={"uri": notebook.uri, "version": 2},
        change={
            "cells": {
                "textContent": [
                    {
                        "document": {"uri": two, "version": 2},
                        "changes": [{"text": "keras.optimizers.Adam(0.1)"}],
                    }
                ]
            }
        },
    )
    assert client.wait_for(two, 2) == []


PIECES = (
    "import keras\n",
    "x = keras.Input((4, 4))\n",
    "y = keras.layers.Conv1D(3, 2, bogus=😀)(x)\n",
    "(",
    ")\n",
    "def f(a):\n    return keras.layers.Dense(a)(x)\n",
    "f(3); f(4)\n",
    "'\r",
    '"""\n',
    "# noqa: KL101 \ud800 é\n",
    "\x0c\u2028\t",
    "model = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])\n",
)


@pytest.mark.parametrize("name", ["a.py", "a.md", "a.rst"])
def test_nothing_that_is_typed_makes_it_fail(client, tmp_path, name):
    uri = (tmp_path / name).as_uri()
    choose = random.Random(name)
    text = ""
    client.open(uri, text)
    for version in range(2, 40):
        text = "".join(choose.choices(PIECES, k=6))
        if name == "a.md":
            text = f"```python\n{text}```\n" + "".join(f">>> {piece}" for piece in PIECES[:3])
        if name == "a.rst":
            text = f".. code:: python\n\n{textwrap.indent(text, '   ')}\nP::\n\n  >>> {PIECES[0]}"
        client.type(uri, version, text)
        line = choose.randrange(10)
        client.at("hover", uri, line, choose.randrange(60))
        client.hints(uri)
        client.actions(uri, line, choose.choice([None, "quickfix", "source", "source.fixAll"]))
    client.wait_for(uri, 39)
    assert client.errors == []
    assert client.shown == []


def test_without_pygls_it_says_what_to_install(tmp_path):
    code = (
        "import sys\n"
        "sys.modules['pygls'] = None\n"
        "from keraslint.cli import main\n"
        "sys.exit(main(['server']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("keraslint: the server needs pygls 2: pip install 'keraslint[editor]'\n")


def test_nothing_else_imports_pygls():
    code = (
        "import json, sys, keraslint.cli.check, keraslint.cli.parser\n"
        "print(json.dumps([*sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & {"pygls", "lsprotocol", "cattrs", "asyncio"}
