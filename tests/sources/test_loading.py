from pathlib import Path

from keraslint.sources import load


def test_a_source_of_a_python_file_is_the_file(tmp_path: Path):
    path = str(tmp_path / "a.py")
    Path(path).write_text("import keras\n", encoding="utf-8")
    source = load(path)
    assert (source.path, source.text, source.original) == (path, "import keras\n", source.text)
    assert source.blocks == ()
