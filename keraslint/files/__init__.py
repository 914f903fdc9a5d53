"""The files of a project: finding them, reading them, and seeing whether they concern Keras.

A run that meets no Keras needs no other room, so this one is imported in no time: neither it nor
what the command does before it imports `typing`, and `TYPE_CHECKING` is spelt out there.
"""

from keraslint.files.finding import DEFAULT_EXCLUDES, DEFAULT_INCLUDES, discover, is_excluded
from keraslint.files.reach import DOCUMENT_SUFFIXES, concerns_keras
from keraslint.files.reading import UnreadableError, read_bytes, unsaved

__all__ = [
    "DEFAULT_EXCLUDES",
    "DEFAULT_INCLUDES",
    "DOCUMENT_SUFFIXES",
    "UnreadableError",
    "concerns_keras",
    "discover",
    "is_excluded",
    "read_bytes",
    "unsaved",
]
