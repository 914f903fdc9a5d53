"""The pictures that are kept byte for byte; ``python -m tests.diagrams.golden`` renews them.

With ``--digest`` it changes nothing and prints a digest of what it would write.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from keraslint.analysis import ModelRecord
from keraslint.diagrams import Format, Options, render
from keraslint.engine import analyse_file
from keraslint.summary import select
from tests.diagrams.drawing import application, example, with_failures
from tests.diagrams.test_failures import RANK

DATA = Path(__file__).parent / "data"
GALLERY = Path("docs/gallery.md")
ENTRY = re.compile(r"```\{keras:automodel\} (\S+):(\w+)\n(.*?)```", re.DOTALL)
FORMATS: dict[Format, str] = {"tikz": "tex", "text": "txt", "mermaid": "mmd", "dot": "dot"}
KEPT: dict[Format, str] = {"svg": "svg", "tikz": "tex", "text": "txt"}


def pictures() -> dict[str, str]:
    """The text of each file in the data folder."""
    tutorial, images = example("tutorial").models
    failing, failures = with_failures(RANK)
    made = {
        "conv1d.svg": render([tutorial]),
        "conv1d-zh.svg": render([tutorial], options=Options(language="zh")),
        "conv2d.svg": render([images]),
        "resnet50.svg": render([application("ResNet50")]),
        "inception.svg": render([example("inception").models[0]], options=Options(collapse=3)),
        "failure.svg": render([failing], "svg", Options(), failures),
        "table.svg": render([images], options=Options(view="table")),
    }
    for kind in ("mermaid", "dot"):
        made[f"siamese.{FORMATS[kind]}"] = render([example("siamese").models[1]], kind)
    for name, model, options in gallery():
        for kind, suffix in KEPT.items():
            made[f"gallery/{name}.{suffix}"] = render([model], kind, options)
    return made


def gallery() -> Iterator[tuple[str, ModelRecord, Options]]:
    """The pictures of the gallery."""
    for path, name, block in ENTRY.findall(GALLERY.read_text(encoding="utf-8")):
        wishes = dict(re.findall(r":(\w+): *(.*)", block))
        arguments = wishes.pop("arguments", None)
        chosen: dict[str, Any] = {"collapse": "auto", **wishes}
        analysis = analyse_file(f"docs/{path}", wanted=name, arguments=arguments)
        model = select(analysis, name, called=arguments is not None)[-1]
        more = "" if chosen["collapse"] == "auto" else f"-{chosen['collapse']}"
        yield f"{Path(path).stem}-{name}{more}", model, Options(**chosen)


def write(made: dict[str, str]) -> None:
    """Write the files, and remove those that are no more."""
    for path in DATA.rglob("*.*"):
        if path.relative_to(DATA).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        (DATA / name).parent.mkdir(exist_ok=True)
        (DATA / name).write_bytes(text.encode())


if __name__ == "__main__":
    if sys.argv[1:] == ["--digest"]:
        sys.stdout.write(hashlib.sha256(repr(pictures()).encode()).hexdigest())
    else:
        write(pictures())
