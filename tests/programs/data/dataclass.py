"""Dataclasses, enumerations, a class that holds a model."""

from __future__ import annotations

import dataclasses, enum, typing as t
import keras
from keras import layers


class Kind(enum.Enum):
    CONV = "conv"
    DENSE = "dense"


@dataclasses.dataclass(frozen=True)
class Cfg:
    kind: Kind
    width: int = 8
    extras: t.Dict[str, t.Any] = dataclasses.field(default_factory=dict)

    def build(self):
        if self.kind is Kind.CONV:
            return layers.Conv1D(self.width, 3, **self.extras)
        return layers.Dense(self.width, **self.extras)


cfgs = [Cfg(Kind.CONV), Cfg(Kind.CONV, 16, {"padding": "same", "strides": 2}), Cfg(Kind.DENSE, 4)]
cfgs.append(dataclasses.replace(cfgs[-1], width=2))
m = keras.Sequential([keras.Input((20, 3)), *(c.build() for c in cfgs)])


class Net:
    instances = []

    def __init__(self, **hp):
        self.hp = {"units": 10, **hp}
        self.model = self._make()
        Net.instances.append(self)

    def _make(self):
        i = keras.Input((self.hp["units"],))
        return keras.Model(i, layers.Dense(self.hp.get("out", 3))(i))

    def __call__(self, x):
        return self.model(x)


n = Net(units=12, out=2)
r = n(keras.Input((12,)))
