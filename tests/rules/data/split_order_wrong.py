# KL302 KL306
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from sklearn.model_selection import train_test_split

X = np.random.rand(100, 3)
y = np.random.randint(0, 2, 100)
X_train, y_train, X_test, y_test = train_test_split(X, y, test_size=0.25)
model = Sequential([Dense(8, activation="relu", input_dim=3), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X_train, y_train, epochs=1, verbose=0)
