"""A VGG-like network: blocks of convolutions from a table, with a dense head."""

from keras import layers, models

BLOCKS = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]


def build(input_shape=(224, 224, 3), classes=1000, blocks=BLOCKS):
    """Stack the blocks."""
    inputs = layers.Input(shape=input_shape)
    x = inputs
    for number, (filters, repeats) in enumerate(blocks, start=1):
        for step in range(repeats):
            x = layers.Conv2D(
                filters,
                (3, 3),
                activation="relu",
                padding="same",
                name=f"block{number}_conv{step + 1}",
            )(x)
        x = layers.MaxPooling2D((2, 2), strides=(2, 2), name=f"block{number}_pool")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(4096, activation="relu", name="fc1")(x)
    x = layers.Dense(4096, activation="relu", name="fc2")(x)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)
    return models.Model(inputs, outputs, name="vgg16")


model = build((64, 64, 3), classes=10)
small = build((32, 32, 1), classes=5, blocks=BLOCKS[:3])
