"""The public names and signatures of Keras, per version.

`python -m tools.generate_api` writes the data beside this module from the released sources.
"""

from __future__ import annotations

from keraslint.knowledge.api.names import closest
from keraslint.knowledge.api.signatures import Binding, Default, Parameter, Signature
from keraslint.knowledge.api.symbols import Api, Kind, Root, Symbol, Version

__all__ = [
    "Api",
    "Binding",
    "Default",
    "Kind",
    "Parameter",
    "Root",
    "Signature",
    "Symbol",
    "Version",
    "closest",
]
