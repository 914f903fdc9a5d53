"""What an editor shows: text that need not be on the disk yet."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import NamedTuple

from keraslint.sources import DOCUMENT_SUFFIXES, encoded

SUFFIXES = {"markdown": ".md", "restructuredtext": ".rst"}


class Sheet(NamedTuple):
    """One text: a file's, or that of a notebook's code cell."""

    uri: str
    version: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it is in the editor.

    Attributes:
        path: where it is, or would be, on the disk.
        sheets: its text, or those of a notebook's code cells in order.
        is_notebook: whether it is a notebook.
    """

    path: str
    sheets: tuple[Sheet, ...]
    is_notebook: bool = False

    @property
    def data(self) -> bytes:
        """The bytes that it would have on the disk; those of a notebook are only about its code."""
        if self.is_notebook:
            cells = [{"cell_type": "code", "source": sheet.text} for sheet in self.sheets]
            return json.dumps({"cells": cells}).encode()
        return encoded(self.path, self.sheets[0].text)

    def sheet(self, cell: int | None) -> Sheet:
        """The sheet that a location's cell stands for."""
        return self.sheets[0 if cell is None else cell - 1]

    def cell(self, uri: str) -> int | None:
        """The cell, counted from 1, that a sheet is; `None` if this is no notebook."""
        if not self.is_notebook:
            return None
        return next(i for i, sheet in enumerate(self.sheets, 1) if sheet.uri == uri)

    def is_at(self, filename: str) -> bool:
        """Whether a path is that of this file."""
        return filename == self.path or os.path.realpath(filename) == os.path.realpath(self.path)


def path_for(path: str, language: str | None) -> str:
    """A path that says of what kind a file is, also if it has no name yet."""
    suffix = SUFFIXES.get(language or "", "")
    return path if not suffix or path.endswith(DOCUMENT_SUFFIXES) else path + suffix
