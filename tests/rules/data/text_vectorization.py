# fine
import numpy as np
import tensorflow as tf
from keras import layers
from keras.layers import Dense, Embedding, GlobalMaxPooling1D, Input
from keras.models import Sequential

texts = np.array(["good day", "bad night", "good good night", "x"])
y = np.array([1, 0, 1, 0])
vec = layers.TextVectorization(max_tokens=100, output_sequence_length=6)
vec.adapt(texts)
model = Sequential(
    [
        Input((1,), dtype="string"),
        vec,
        Embedding(100, 8),
        GlobalMaxPooling1D(),
        Dense(1, activation="sigmoid"),
    ]
)
model.compile("adam", "binary_crossentropy")
model.fit(tf.constant(texts), y, epochs=1, verbose=0)
