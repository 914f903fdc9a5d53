# fine
import keras
import numpy as np


def attend(named):
    layer = keras.layers.MultiHeadAttention(2, 2)
    x = np.ones((2, 3, 4), "float32")
    keywords = {}
    arguments = ()
    if named:
        keywords["query"] = x
        keywords["value"] = x
    else:
        arguments = (x, x)
    return layer(*arguments, **keywords)


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.attention = keras.layers.MultiHeadAttention(2, 2)
        self.scores = keras.layers.Attention()

    def call(self, x, **options):
        return self.attention(x, x, **options), self.scores([x, x], **options)


assert attend(True).shape == attend(False).shape
weighted, _ = Block()(keras.Input((3, 4)), return_attention_scores=True)
