import json
from pathlib import Path

import pytest

from keraslint.cli import main

WRONG = 'keras.layers.Dense(10, activaton="relu")'


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **files: str):
        for name, text in files.items():
            Path(f"{name}.py").write_text(text)
        main(["check", *arguments, "--output-format", "json"])
        captured = capsys.readouterr()
        assert captured.err == ""
        return [(f["filename"], f["location"]["row"], f["code"]) for f in json.loads(captured.out)]

    return run


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: KL201",
        "# noqa: E501, KL2",
        "# keraslint: ignore",
        "# keraslint: ignore[KL201]",
        "# keraslint: ignore[unknown-argument]",
    ],
)
def test_a_comment_allows_what_it_names(check, comment):
    assert check(model=f"import keras\na = {WRONG}  {comment}\n") == []


@pytest.mark.parametrize("comment", ["# noqa: E501", "# keraslint: ignore[KL1]", "# fine"])
def test_a_comment_allows_nothing_else(check, comment):
    found = check(model=f"import keras\na = {WRONG}  {comment}\n")
    assert found == [("./model.py", 2, "KL201")]


def test_a_whole_file_may_be_allowed(check):
    text = f"# keraslint: file-ignore[KL2]\nimport keras\na = {WRONG}\nb = {WRONG}\n"
    assert check(model=text) == []


def test_what_is_unused_is_told_when_asked(check):
    text = f"import keras\na = {WRONG}  # keraslint: ignore[KL201, KL203]\nb = 1  # noqa: KL1\n"
    assert check("--extend-select", "KL003", model=text) == [
        ("./model.py", 2, "KL003"),
        ("./model.py", 3, "KL003"),
    ]
    assert check("--select", "KL003,KL201") == []


@pytest.mark.parametrize(
    ("comment", "complaint"),
    [
        ("keraslint: ignore[KL201, input-rank]", "KL201 or input-rank is not reported here"),
        ("keraslint: ignore[KL999]", "no rule is called KL999"),
        ("keraslint: ignore", "nothing is reported here"),
    ],
)
def test_why_a_comment_is_of_no_use(tmp_path, monkeypatch, capsys, comment, complaint):
    monkeypatch.chdir(tmp_path)
    Path("model.py").write_text(f"import keras\na = 1  # {comment}\n")
    main(["check", "--select", "ALL", "--output-format", "json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert found["message"] == f"this comment is of no use: {complaint}"


def test_comments_of_a_notebook(check):
    cells = [
        {"cell_type": "code", "source": "import keras\n", "metadata": {}, "outputs": []},
        {
            "cell_type": "code",
            "source": f"a = {WRONG}  # noqa: KL201\nb = {WRONG}\n",
            "metadata": {},
            "outputs": [],
        },
    ]
    Path("book.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}))
    assert check() == [("./book.ipynb", 2, "KL201")]


def test_an_allowance_in_another_file(check):
    helper = "import keras\n\n\ndef head(x):\n    return keras.layers.LSTM(8)(x)  # noqa: KL101\n"
    main_file = "import keras\nfrom helper import head\n\ny = head(keras.Input((3, 4, 5)))\n"
    assert check("main.py", helper=helper, main=main_file) == []
    assert check("main.py", helper=helper.replace("# noqa: KL101", "")) == [
        ("helper.py", 5, "KL101")
    ]
