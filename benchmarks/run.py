"""The `keraslint` of this checkout, from whatever folder it is run in."""

import runpy
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)
runpy.run_module("keraslint", run_name="__main__")
