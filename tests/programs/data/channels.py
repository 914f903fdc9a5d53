"""Every layer that moves pixels about."""

import keras
from keras import layers, backend

bn_axis = 3 if backend.image_data_format() == "channels_last" else 1
i = keras.Input(shape=(28, 28, 4))
x = i
x = layers.SeparableConv2D(8, (3, 3), dilation_rate=2, depth_multiplier=2)(x)
x = layers.BatchNormalization(axis=bn_axis, scale=False)(x)
x = layers.DepthwiseConv2D(3, strides=(2, 2), padding="same")(x)
x = layers.LeakyReLU()(x)
x = layers.Conv2DTranspose(4, 3, strides=2, output_padding=1, padding="same")(x)
x = layers.Cropping2D(((1, 2), (3, 4)))(x)
x = layers.ZeroPadding2D((1, 2))(x)
x = layers.GroupNormalization(groups=2)(x)
x = layers.SpatialDropout2D(0.3)(x)
x = layers.Permute((3, 1, 2))(x)
x = layers.Reshape((4, -1))(x)
x = layers.Conv1D(6, 5, strides=3, padding="causal", groups=1)(x)
x = layers.AveragePooling1D(2)(x)
x = layers.UpSampling1D(3)(x)
x = layers.Flatten()(x)
x = layers.RepeatVector(3)(x)
x = layers.Masking()(x)
m = keras.Model(i, x)
c3 = keras.Sequential(
    [
        keras.Input((8, 8, 8, 1)),
        layers.Conv3D(2, 2),
        layers.MaxPooling3D(),
        layers.Conv3DTranspose(2, 2, strides=2),
        layers.GlobalAveragePooling3D(),
    ]
)
