# fine
import keras
import tensorflow as tf
from keras import layers

raw = tf.data.Dataset.from_tensor_slices(
    (["good day", "bad", "so so", "fine"], [1, 0, 0, 1])
).batch(2)
vec = layers.TextVectorization(max_tokens=50, output_sequence_length=5)
vec.adapt(raw.map(lambda t, l: t))
ds = raw.map(lambda t, l: (vec(t), l))
m = keras.Sequential([layers.Embedding(50, 4), layers.GlobalAveragePooling1D(), layers.Dense(1)])
m.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
m.fit(ds, verbose=0)
