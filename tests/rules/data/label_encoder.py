# fine
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.utils import to_categorical
from sklearn.preprocessing import LabelEncoder

labels = np.array(["a", "b", "c", "a", "b", "c"])
enc = LabelEncoder()
y = enc.fit_transform(labels)
dummy_y = to_categorical(y)
X = np.random.rand(6, 4)
model = Sequential(
    [Dense(8, activation="relu", input_dim=4), Dense(len(enc.classes_), activation="softmax")]
)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X, dummy_y, epochs=1, verbose=0)
