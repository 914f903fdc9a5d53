from keras.layers import Conv1D
from keras.models import Sequential

model = Sequential()
model.add(Conv1D(64, 3, input_shape=(256, 256, 3)))
