"""The `keraslint` of this checkout, from whatever folder it is run in."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from keraslint.cli import main  # noqa: E402

sys.exit(main())
