# KL201
import keras


class Resize(keras.layers.Layer):
    def tables(self, table, size):
        if keras.ops.shape(table)[0] != 2 * size - 1:
            table = keras.ops.image.resize(image=table, size=(size, size))
        return table

    def call(self, x, size, training=None):
        return self.tables(x, size)


def resized(images):
    layer = getattr(images, "layer", Resize)()
    return layer(images, size=5)


resized(keras.ops.ones((2, 3, 4, 1)))
