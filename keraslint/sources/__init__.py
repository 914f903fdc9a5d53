"""Where code comes from: Python files, notebooks, and code blocks in documents.

A `Source` is one program and maps each of its positions back to the original. Importing this room
costs next to nothing; what only some files need is imported when one of them is read.
"""

from keraslint.files import (
    DEFAULT_EXCLUDES,
    DEFAULT_INCLUDES,
    DOCUMENT_SUFFIXES,
    UnreadableError,
    concerns_keras,
    discover,
    is_excluded,
    read_bytes,
    unsaved,
)
from keraslint.sources.edits import Edit, holds_still, in_original, rewrite
from keraslint.sources.loading import encoded, load, read_programs, read_source
from keraslint.sources.places import LineIndex, Place, Position, Span, line_break, split_lines
from keraslint.sources.source import Block, Source

__all__ = [
    "DEFAULT_EXCLUDES",
    "DEFAULT_INCLUDES",
    "DOCUMENT_SUFFIXES",
    "Block",
    "Edit",
    "LineIndex",
    "Place",
    "Position",
    "Source",
    "Span",
    "UnreadableError",
    "concerns_keras",
    "discover",
    "encoded",
    "holds_still",
    "in_original",
    "is_excluded",
    "line_break",
    "load",
    "read_bytes",
    "read_programs",
    "read_source",
    "rewrite",
    "split_lines",
    "unsaved",
]
