# fine
import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense
from keras.models import Sequential

X = np.random.rand(64, 6).astype("float32")
y = np.random.randint(0, 4, 64)
ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(64).batch(8).prefetch(tf.data.AUTOTUNE)
model = Sequential([Dense(8, activation="relu", input_shape=(6,)), Dense(4)])
model.compile(
    "adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]
)
model.fit(ds, epochs=1, verbose=0)
