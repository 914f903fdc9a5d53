# fine
import keras
import numpy as np
from keras.layers import LSTM, Dense, Input
from keras.models import Sequential

data = np.random.rand(100, 3).astype("float32")
ds = keras.utils.timeseries_dataset_from_array(
    data[:-10], targets=data[10:, 0], sequence_length=10, batch_size=8
)
model = Sequential([Input((10, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(ds, epochs=1, verbose=0)
