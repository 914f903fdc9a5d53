# fine
import keras
import numpy as np
import tensorflow as tf
from keras import layers

a = tf.data.Dataset.from_tensor_slices(np.random.rand(16, 4))
b = tf.data.Dataset.from_tensor_slices(np.random.randint(0, 3, 16))
ds = tf.data.Dataset.zip((a, b)).batch(4).repeat()
m = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="softmax")])
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(ds, steps_per_epoch=2, verbose=0)
