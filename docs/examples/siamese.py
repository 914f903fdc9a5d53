"""Two inputs through one shared network, compared by a distance."""

import keras
from keras import Model, ops
from keras.layers import BatchNormalization, Conv2D, Dense, Flatten, Input, Lambda, MaxPooling2D


def euclidean_distance(vectors):
    x, y = vectors
    squares = ops.sum(ops.square(x - y), axis=1, keepdims=True)
    return ops.sqrt(ops.maximum(squares, keras.backend.epsilon()))


def embedding_network(shape, width=10):
    image = Input(shape)
    x = BatchNormalization()(image)
    x = Conv2D(4, (5, 5), activation="tanh")(x)
    x = MaxPooling2D(pool_size=(2, 2))(x)
    x = Conv2D(16, (5, 5), activation="tanh")(x)
    x = MaxPooling2D(pool_size=(2, 2))(x)
    x = Flatten()(x)
    return Model(image, Dense(width, activation="tanh")(x))


shape = (28, 28, 1)
network = embedding_network(shape)
left, right = Input(shape), Input(shape)
towers = [network(side) for side in (left, right)]
distance = Lambda(euclidean_distance)(towers)
siamese = Model(inputs=[left, right], outputs=Dense(1, activation="sigmoid")(distance))
