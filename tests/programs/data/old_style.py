"""Old style: module aliases, config classes, feature pyramids."""

import keras, os, sys, logging
from keras import layers as KL, models as KM, regularizers, initializers

L2 = regularizers.l2(1e-4)
ACT = os.environ.get("ACT", "relu")


class Config(object):
    IMAGE = 64
    CLASSES = 1 + 3
    STEPS = [16, 8]

    @property
    def shape(self):
        return (self.IMAGE, self.IMAGE, 3)

    def display(self):
        for a in dir(self):
            if not a.startswith("__"):
                print(a, getattr(self, a))


class Sub(Config):
    IMAGE = 96


cfg = Sub()


def identity_block(t, k, filters, stage, block, use_bias=True):
    nb1, nb2, nb3 = filters
    conv_name_base = "res" + str(stage) + block + "_branch"
    x = KL.Conv2D(
        nb1, (1, 1), name=conv_name_base + "2a", use_bias=use_bias, kernel_regularizer=L2
    )(t)
    x = KL.BatchNormalization(name="bn" + str(stage) + block)(x, training=False)
    x = KL.Activation("relu")(x)
    x = KL.Conv2D(nb2, (k, k), padding="same", name=conv_name_base + "2b")(x)
    x = KL.Conv2D(nb3, (1, 1), name=conv_name_base + "2c")(x)
    return KL.Activation("relu", name="res" + str(stage) + block + "_out")(KL.Add()([x, t]))


inp = KL.Input(shape=list(cfg.shape), name="input_image")
x = KL.Conv2D(32, 3, strides=2, padding="same")(inp)
C = []
for i, b in enumerate("abc"):
    x = identity_block(x, 3, [8, 8, 32], 2, b)
    C.append(x)
P = [KL.Conv2D(16, 1, name="fpn_%d" % i)(c) for i, c in enumerate(C)]
s = KL.Add(name="fpn_add")([KL.UpSampling2D(size=(2, 2))(KL.MaxPooling2D()(P[0])), P[1]])
shared = KL.Conv2D(8, 3, padding="same", activation=ACT)
outs = [KL.Dense(cfg.CLASSES)(KL.Flatten()(shared(p))) for p in (s, P[2])]
m = KM.Model([inp], outs, name="rpn")
logging.info("built %s", m.name)
if len(sys.argv) > 5:
    x = KL.Dense(99)(x)
