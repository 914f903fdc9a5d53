# fine
import keras
import numpy as np
import tensorflow as tf
from keras import layers

X = np.random.rand(16, 4)
y = np.random.randint(0, 3, 16)
w = np.ones(16)
ds = tf.data.Dataset.from_tensor_slices((X, y, w)).batch(4)
m = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
m.compile(
    "adam",
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    weighted_metrics=["accuracy"],
)
m.fit(ds, verbose=0)
