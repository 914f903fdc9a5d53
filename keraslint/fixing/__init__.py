"""Making the changes that findings propose: which of them, whether they help, and writing files."""

from keraslint.fixing.diffs import diff
from keraslint.fixing.edits import apply
from keraslint.fixing.fixer import Fixed, Fixer
from keraslint.fixing.writing import ChangedMeanwhileError, replace_file, write_file

__all__ = [
    "ChangedMeanwhileError",
    "Fixed",
    "Fixer",
    "apply",
    "diff",
    "replace_file",
    "write_file",
]
