"""A small vision transformer with patches, class token and stacked encoder blocks."""

import keras
from keras import layers, ops

image_size, patch_size, projection, heads, blocks = 72, 6, 64, 4, 3
num_patches = (image_size // patch_size) ** 2


def mlp(x, hidden_units, rate):
    for units in hidden_units:
        x = layers.Dense(units, activation=keras.activations.gelu)(x)
        x = layers.Dropout(rate)(x)
    return x


class Patches(layers.Layer):
    """Cuts images into flat patches."""

    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        batch, height, width, channels = ops.shape(images)
        rows = height // self.patch_size
        columns = width // self.patch_size
        patches = ops.image.extract_patches(images, size=self.patch_size)
        return ops.reshape(
            patches, (batch, rows * columns, self.patch_size * self.patch_size * channels)
        )


class PatchEncoder(layers.Layer):
    """Projects patches and adds their positions."""

    def __init__(self, count, width):
        super().__init__()
        self.count = count
        self.projection = layers.Dense(units=width)
        self.position = layers.Embedding(input_dim=count, output_dim=width)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(start=0, stop=self.count, step=1), axis=0)
        return self.projection(patch) + self.position(positions)


inputs = keras.Input(shape=(image_size, image_size, 3))
encoded = PatchEncoder(num_patches, projection)(Patches(patch_size)(inputs))
for _ in range(blocks):
    x1 = layers.LayerNormalization(epsilon=1e-6)(encoded)
    attended = layers.MultiHeadAttention(num_heads=heads, key_dim=projection, dropout=0.1)(x1, x1)
    x2 = layers.Add()([attended, encoded])
    x3 = layers.LayerNormalization(epsilon=1e-6)(x2)
    x3 = mlp(x3, hidden_units=[projection * 2, projection], rate=0.1)
    encoded = layers.Add()([x3, x2])
x = layers.LayerNormalization(epsilon=1e-6)(encoded)
x = layers.Flatten()(x)
x = layers.Dropout(0.5)(x)
x = mlp(x, hidden_units=[2048, 1024], rate=0.5)
model = keras.Model(inputs=inputs, outputs=layers.Dense(100)(x))
