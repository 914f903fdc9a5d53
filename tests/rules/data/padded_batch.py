# fine
import keras
import numpy as np
import tensorflow as tf
from keras import layers


def gen():
    for i in range(1, 9):
        yield np.arange(i), i % 3


ds = tf.data.Dataset.from_generator(
    gen, output_signature=(tf.TensorSpec((None,), tf.int64), tf.TensorSpec((), tf.int64))
)
ds = ds.padded_batch(4, padded_shapes=((None,), ()))
m = keras.Sequential(
    [layers.Embedding(20, 4, mask_zero=True), layers.LSTM(4), layers.Dense(3, activation="softmax")]
)
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(ds, verbose=0)
