# fine
import numpy as np
import tensorflow as tf
from keras.layers import Dense
from keras.models import Sequential

series = np.random.rand(100).astype("float32")
ds = tf.data.Dataset.from_tensor_slices(series)
ds = ds.window(11, shift=1, drop_remainder=True)
ds = ds.flat_map(lambda w: w.batch(11))
ds = ds.map(lambda w: (w[:-1], w[-1:])).batch(8).prefetch(1)
model = Sequential([Dense(8, activation="relu", input_shape=[10]), Dense(1)])
model.compile("sgd", "mse")
model.fit(ds, epochs=1, verbose=0)
