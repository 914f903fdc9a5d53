"""Models written with records."""

import keras
from keras import layers


def dataclasses():
    import dataclasses
    from dataclasses import asdict, dataclass, field, replace

    @dataclass(frozen=True)
    class Config:
        widths: tuple = (8, 4)
        rate: float = 0.5
        acts: list = field(default_factory=lambda: ["relu", "tanh"])
        n: int = field(default=3)
        total: int = field(init=False, default=0)

        def __post_init__(self):
            object.__setattr__(self, "total", sum(self.widths))

        @property
        def last(self):
            return self.widths[-1] * self.n

    c = Config()
    c2 = replace(c, widths=(16, *c.widths), n=2)
    d = asdict(c2)
    x = keras.Input((6,))
    y = x
    for w, a in zip(c2.widths, c2.acts, strict=False):
        y = layers.Dense(w, activation=a)(y)
    y = layers.Dropout(d["rate"])(y)
    y = layers.Dense(c2.last)(y)
    y = layers.Dense(c2.total)(y)
    y = layers.Dense(d["n"])(y)
    y = layers.Dense(len(dataclasses.fields(c)))(y)
    return keras.Model(x, y)


dataclasses_model = dataclasses()


def namedtuple():
    from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
    from typing import NamedTuple

    class Block(NamedTuple):
        filters: int
        stride: int = 1

    class Stage(NamedTuple):
        n: int
        block: Block

    x = keras.Input((32, 32, 3))
    y = x
    for s in [Stage(2, Block(8)), Stage(n=1, block=Block(16, stride=2))]:
        for _ in range(s.n):
            f, st = s.block
            y = layers.Conv2D(f, 3, strides=st, padding="same")(y)
        y = layers.Conv2D(s.block._replace(filters=4).filters, 1)(y)
    od = OrderedDict(a=3, b=5)
    dd = defaultdict(list)
    dd["x"].append(7)
    dd["x"].append(9)
    q = deque([1, 2], maxlen=2)
    q.append(6)
    c = Counter("aab")
    cm = ChainMap({"u": 11}, {"u": 12, "v": 13})
    y = layers.Flatten()(y)
    for u in [*od.values(), *dd["x"], *q, c["a"], cm["u"], cm["v"], len(dd["nothing"]) + 1]:
        y = layers.Dense(u)(y)
    return keras.Model(x, y)


namedtuple_model = namedtuple()


def enum():
    from enum import Enum, IntEnum, auto

    class Size(IntEnum):
        SMALL = 8
        BIG = 16

    class Kind(str, Enum):
        RELU = "relu"
        TANH = "tanh"

    class Color(Enum):
        RED = auto()
        BLUE = auto()

    x = keras.Input((4,))
    y = layers.Dense(Size.SMALL)(x)
    y = layers.Dense(Size["BIG"].value, activation=Kind.RELU.value)(y)
    for k in Kind:
        y = layers.Dense(3, activation=k.value, name=k.name.lower())(y)
    y = layers.Dense(len(Color) * Color.BLUE.value)(y)
    y = layers.Dense(5 if Kind("relu") is Kind.RELU else 6)(y)
    return keras.Model(x, y)


enum_model = enum()


def simplens():
    from types import SimpleNamespace

    cfg = SimpleNamespace(units=4, shape=(8,), deep=SimpleNamespace(n=2))
    cfg.rate = 0.1
    x = keras.Input(cfg.shape)
    y = x
    for _ in range(cfg.deep.n):
        y = layers.Dropout(cfg.rate)(layers.Dense(cfg.units)(y))
    return keras.Model(x, y)


simplens_model = simplens()
