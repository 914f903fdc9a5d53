"""Layers and models as classes: weights of their own, lists of layers, nested blocks."""

import keras
from keras import layers, ops


class Linear(layers.Layer):
    """A dense layer by hand."""

    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Mlp(layers.Layer):
    """A list of layers."""

    def __init__(self, widths, rate=0.0):
        super().__init__()
        self.linears = [Linear(width) for width in widths]
        self.dropout = layers.Dropout(rate)

    def call(self, x, training=False):
        for linear in self.linears:
            x = ops.relu(linear(x))
        return self.dropout(x, training=training)


class ConvBlock(keras.Model):
    """A block that is a model."""

    def __init__(self, filters, kernel_size=3):
        super().__init__()
        self.conv = layers.Conv2D(filters, kernel_size, padding="same")
        self.norm = layers.BatchNormalization()
        self.pool = layers.MaxPooling2D()

    def call(self, x, training=None):
        return self.pool(ops.relu(self.norm(self.conv(x), training=training)))


class Classifier(keras.Model):
    """The whole network."""

    def __init__(self, classes=10, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [ConvBlock(filters) for filters in (16, 32)]
        self.flatten = layers.Flatten()
        self.mlp = Mlp([64, 32], rate=0.5)
        self.head = layers.Dense(classes)

    def call(self, inputs, training=None):
        x = inputs
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(self.mlp(self.flatten(x), training=training))


model = Classifier(classes=7)
logits = model(keras.Input((28, 28, 3)))

functional_inputs = keras.Input((16,))
functional = keras.Model(functional_inputs, Mlp([8, 4])(functional_inputs))
