# fine
import keras


class Generator(keras.Model):
    def __init__(self, batch_size):
        self.batch_size = batch_size

    def build_model(self, features):
        inputs = keras.Input((features,), batch_size=self.batch_size)
        return keras.Model(inputs, keras.layers.Dense(3)(inputs))


model = Generator(4).build_model(5)
assert model(keras.ops.ones((4, 5))).shape == (4, 3)
