# fine
import keras


class Heads(keras.Layer):
    def __init__(self, heads=4, **kwargs):
        super().__init__(**kwargs)
        self.heads = heads
        self.size = None
        self.norm = keras.layers.LayerNormalization()

    def build(self, input_shape):
        if self.built:
            return
        self.size = int(input_shape[-1]) // self.heads

    def call(self, x, training=None):
        parts = keras.ops.reshape(x, (-1, 3, self.heads, self.size))
        return self.norm(parts, training=training)


class Block(keras.Layer):
    def __init__(self):
        super().__init__()
        self.heads = Heads()

    def build(self, input_shape):
        if self.built:
            return
        self.heads.build(input_shape)

    def call(self, x, training=None):
        return self.heads(x, training=training)


def parts(x):
    return Block()(x)


assert parts(keras.ops.ones((2, 3, 8))).shape == (2, 3, 4, 2)
