"""Two small convolutional stacks, each layer with the shape of its output."""

from keras.layers import Convolution1D, Convolution2D
from keras.models import Sequential

# A convolution of width 3 over a sequence of 10 vectors of 32 numbers, with 64 filters.
model = Sequential()
model.add(
    Convolution1D(
        64,
        3,
        padding="same",
        input_shape=(10, 32),
    )
)
# Output Shape: (None, 10, 64)

# A second one on top, with 32 filters.
model.add(Convolution1D(32, 3, padding="same"))
# Output Shape: (None, 10, 32)

# A 3x3 convolution over images of 256x256 pixels in three colours, with 64 filters.
image_model = Sequential()
image_model.add(
    Convolution2D(
        64,
        (3, 3),
        padding="same",
        input_shape=(256, 256, 3),
    )
)
# Output Shape: (None, 256, 256, 64)

# A second one on top, with 32 filters.
image_model.add(Convolution2D(32, (3, 3), padding="same"))
# Output Shape: (None, 256, 256, 32)
