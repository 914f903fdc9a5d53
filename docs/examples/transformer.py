"""A Transformer encoder of custom layers for text classification."""

import keras
from keras import layers, ops


class PositionalEmbedding(layers.Layer):
    """Token and position embeddings, added."""

    def __init__(self, length, vocabulary, width, **kwargs):
        super().__init__(**kwargs)
        self.tokens = layers.Embedding(vocabulary, width)
        self.positions = layers.Embedding(length, width)

    def call(self, x):
        positions = ops.arange(0, ops.shape(x)[-1], 1)
        return self.tokens(x) + self.positions(positions)


class EncoderBlock(layers.Layer):
    """Self-attention and a feed-forward network, each with a residual connection."""

    def __init__(self, width, heads, hidden, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(num_heads=heads, key_dim=width // heads)
        self.feed_forward = keras.Sequential(
            [layers.Dense(hidden, activation="gelu"), layers.Dense(width)]
        )
        self.norm1 = layers.LayerNormalization(epsilon=1e-6)
        self.norm2 = layers.LayerNormalization(epsilon=1e-6)
        self.dropout1 = layers.Dropout(rate)
        self.dropout2 = layers.Dropout(rate)

    def call(self, inputs, training=None):
        attended = self.dropout1(self.attention(inputs, inputs), training=training)
        x = self.norm1(inputs + attended)
        forward = self.dropout2(self.feed_forward(x), training=training)
        return self.norm2(x + forward)


LENGTH, VOCABULARY, WIDTH = 200, 20_000, 64

inputs = keras.Input(shape=(LENGTH,), dtype="int32")
x = PositionalEmbedding(LENGTH, VOCABULARY, WIDTH)(inputs)
for _ in range(2):
    x = EncoderBlock(WIDTH, heads=4, hidden=128)(x)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dropout(0.1)(x)
outputs = layers.Dense(2, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
