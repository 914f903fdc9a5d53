"""The command `keraslint` of this checkout, from whatever folder it is run in."""

import sys

sys.path.insert(0, sys.path[0].removesuffix("benchmarks"))

from keraslint.cli import main

sys.exit(main())
