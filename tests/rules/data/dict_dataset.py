# fine
import keras
import numpy as np
import tensorflow as tf
from keras import layers

X = {"age": np.random.rand(16, 1), "job": np.random.randint(0, 4, (16, 1))}
y = np.random.randint(0, 2, 16)
ds = tf.data.Dataset.from_tensor_slices((X, y)).batch(4)
a = keras.Input((1,), name="age")
j = keras.Input((1,), name="job", dtype="int64")
e = layers.Flatten()(layers.Embedding(4, 2)(j))
o = layers.Dense(1, activation="sigmoid")(layers.Concatenate()([a, e]))
m = keras.Model({"age": a, "job": j}, o)
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
m.fit(ds, verbose=0)
m.predict({"age": np.array([[0.5]]), "job": np.array([[1]])}, verbose=0)
