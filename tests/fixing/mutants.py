"""The example programs, each with one mistake put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


class Mutant(NamedTuple):
    example: str
    mistake: str
    number: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.example}-{self.mistake}-{self.number}"


MISTAKES: dict[str, tuple[str, str]] = {
    "misspelt-activation": (r"\bactivation=(?=[\"'])", "activaton="),
    "misspelt-padding": (r"\bpadding=(?=[\"'])", "pading="),
    "misspelt-sequences": (r"\breturn_sequences=", "return_sequence="),
    "misspelt-strides": (r"(?<=[, ])strides=(?=\d)", "stride="),
    "misspelt-bias": (r"\buse_bias=", "use_bais="),
    "swapped-letters": (r"\"relu\"", '"rleu"'),
    "wrong-case": (r"\"softmax\"", '"SoftMax"'),
    "wrong-padding": (r"padding=\"same\"", 'padding="smae"'),
    "keras1-padding": (r"\bpadding=(?=\")", "border_mode="),
    "keras1-strides": (r"(?<=[, ])strides=(?=\d)", "subsample="),
    "keras1-bias": (r"\buse_bias=", "bias="),
    "batch-axis": (r"\binput_shape=\((?=\d)", "input_shape=(None, "),
    "batch-axis-of-input": (r"\bInput\(\((?=\d+, \d)", "Input((None, "),
    "batch-axis-by-keyword": (r"\bInput\(shape=\((?=\d+, \d)", "Input(shape=(None, "),
    "no-channels": (r"\binput_shape=\((\d+, \d+), \d+\)", r"input_shape=(\1)"),
    "only-last-output": (r", return_sequences=True", ""),
    "fewer-axes": (r"\bConvolution2D\((?=\s*64)", "Convolution1D("),
}


def sources() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.py"))}


@cache
def mutants() -> tuple[Mutant, ...]:
    """Every example with every mistake at every place where it can be made."""
    return tuple(
        mutant
        for example, text in sources().items()
        for mistake in MISTAKES
        for mutant in _with(example, text, mistake)
    )


def _with(example: str, text: str, mistake: str) -> Iterator[Mutant]:
    pattern, new = MISTAKES[mistake]
    for number, match in enumerate(re.finditer(pattern, text)):
        changed = text[: match.start()] + match.expand(new) + text[match.end() :]
        yield Mutant(example, mistake, number, changed)
