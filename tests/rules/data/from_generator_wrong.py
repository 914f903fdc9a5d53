# KL312
import keras
import numpy as np
import tensorflow as tf
from keras import layers


def gen():
    for i in range(20):
        yield np.random.rand(5, 3).astype("float32"), i % 2


ds = tf.data.Dataset.from_generator(
    gen, output_signature=(tf.TensorSpec((5, 3), tf.float32), tf.TensorSpec((), tf.int32))
).batch(4)
m = keras.Sequential([keras.Input((5, 4)), layers.GRU(4), layers.Dense(1, activation="sigmoid")])
m.compile("adam", "binary_crossentropy")
m.fit(ds, verbose=0)
