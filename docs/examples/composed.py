"""Closures, decorators, comprehensions and nested models."""

import functools

import keras
from keras import layers


def compose(*functions):
    return functools.reduce(lambda f, g: lambda x: g(f(x)), functions)


def residual(function):
    @functools.wraps(function)
    def wrapped(x, *args, **kwargs):
        return layers.Add()([x, function(x, *args, **kwargs)])

    return wrapped


def conv_unit(filters, kernel_size=3, **kwargs):
    kwargs.setdefault("padding", "same")

    def apply(x):
        x = layers.Conv2D(filters, kernel_size, **kwargs)(x)
        return layers.PReLU(shared_axes=[1, 2])(x)

    return apply


@residual
def bottleneck(x, width):
    channels = x.shape[-1]
    return compose(conv_unit(width, 1), conv_unit(width), conv_unit(channels, 1))(x)


def backbone(size):
    image = keras.Input((size, size, 3))
    x = conv_unit(32, strides=2)(image)
    for _ in range(3):
        x = bottleneck(x, 8)
    return keras.Model(image, layers.GlobalAveragePooling2D()(x), name=f"backbone_{size}")


sizes = [32, 64]
backbones = {size: backbone(size) for size in sizes}
images = [keras.Input((size, size, 3), name=f"image_{size}") for size in sizes]
features = [backbones[size](image) for size, image in zip(sizes, images)]
merged = layers.Concatenate()(features)
heads = [layers.Dense(n, name=name)(merged) for name, n in {"kind": 5, "age": 1}.items()]
model = keras.Model(images, heads)
