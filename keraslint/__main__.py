"""Lets `python -m keraslint` stand for the `keraslint` command."""

import os
import sys

# Python looks for modules in the folder worked in first: what is analysed must not be imported.
if sys.path[:1] == [os.getcwd()] and not getattr(sys.flags, "safe_path", False):
    del sys.path[0]

from keraslint.cli import main

if __name__ == "__main__":
    sys.exit(main())
