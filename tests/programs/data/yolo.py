"""Convolution blocks from lists of dicts."""

import keras, numpy as np
from keras import layers
from keras.layers import (
    Input,
    Conv2D,
    BatchNormalization,
    LeakyReLU,
    ZeroPadding2D,
    UpSampling2D,
    add,
    concatenate,
)


def _conv_block(inp, convs, skip=True):
    x = inp
    count = 0
    for conv in convs:
        if count == (len(convs) - 2) and skip:
            skip_connection = x
        count += 1
        if conv["stride"] > 1:
            x = ZeroPadding2D(((1, 0), (1, 0)))(x)
        x = Conv2D(
            conv["filter"],
            conv["kernel"],
            strides=conv["stride"],
            padding="valid" if conv["stride"] > 1 else "same",
            name="conv_" + str(conv["layer_idx"]),
            use_bias=False if conv["bnorm"] else True,
        )(x)
        if conv["bnorm"]:
            x = BatchNormalization(epsilon=0.001, name="bnorm_" + str(conv["layer_idx"]))(x)
        if conv["leaky"]:
            x = LeakyReLU(negative_slope=0.1, name="leaky_" + str(conv["layer_idx"]))(x)
    return add([skip_connection, x]) if skip else x


img = Input(shape=(None, None, 3))
x = _conv_block(
    img,
    [
        {"filter": 32, "kernel": 3, "stride": 1, "bnorm": True, "leaky": True, "layer_idx": 0},
        {"filter": 64, "kernel": 3, "stride": 2, "bnorm": True, "leaky": True, "layer_idx": 1},
        {"filter": 32, "kernel": 1, "stride": 1, "bnorm": True, "leaky": True, "layer_idx": 2},
        {"filter": 64, "kernel": 3, "stride": 1, "bnorm": True, "leaky": True, "layer_idx": 3},
    ],
)
for i in range(3):
    x = _conv_block(
        x,
        [
            {
                "filter": 64,
                "kernel": 1,
                "stride": 1,
                "bnorm": True,
                "leaky": True,
                "layer_idx": 41 + i * 3,
            },
            {
                "filter": 64,
                "kernel": 3,
                "stride": 1,
                "bnorm": True,
                "leaky": True,
                "layer_idx": 42 + i * 3,
            },
        ],
    )
m = keras.Model(img, x)
anchors = np.array([[1, 2], [3, 4], [5, 6]])
n = len(anchors)
out = Conv2D(n * (80 + 5), 1)(x)
r = layers.Reshape((13, 13, n, 85))(Conv2D(n * 85, 1)(Input((13, 13, 512))))
