# KL502
import keras
import tensorflow as tf

pieces = keras.Input(type_spec=tf.RaggedTensorSpec([None, None]))
size = tf.size(pieces["sizes"])
