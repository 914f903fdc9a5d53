# fine
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from sklearn.preprocessing import OneHotEncoder

y = np.array([0, 1, 2, 0, 1, 2]).reshape(-1, 1)
Y = OneHotEncoder(sparse_output=False).fit_transform(y)
X = np.random.rand(6, 4)
model = Sequential([Dense(8, activation="relu", input_dim=4), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(X, Y, epochs=1, verbose=0)
