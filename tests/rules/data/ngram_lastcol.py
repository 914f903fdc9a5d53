# fine
import keras
from keras import layers
from keras.utils import to_categorical

seqs = keras.utils.pad_sequences([[1, 2], [1, 2, 3], [4, 5, 6, 7]], maxlen=5, padding="pre")
xs, labels = seqs[:, :-1], seqs[:, -1]
ys = to_categorical(labels, num_classes=20)
m = keras.Sequential(
    [
        layers.Embedding(20, 8, input_length=4),
        layers.Bidirectional(layers.LSTM(4)),
        layers.Dense(20, activation="softmax"),
    ]
)
m.compile("adam", "categorical_crossentropy")
m.fit(xs, ys, verbose=0)
