# fine
import keras
import numpy as np
from keras.layers import Dense
from keras.models import Sequential


class Agent:
    def __init__(self, state_size, action_size):
        self.state_size, self.action_size = state_size, action_size
        self.memory = []
        self.model = self._build()

    def _build(self):
        model = Sequential()
        model.add(Dense(24, input_dim=self.state_size, activation="relu"))
        model.add(Dense(self.action_size, activation="linear"))
        model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.001))
        return model

    def act(self, state):
        return np.argmax(self.model.predict(state, verbose=0)[0])

    def replay(self):
        for s, a, r, n, done in self.memory:
            target = r
            if not done:
                target = r + 0.9 * np.amax(self.model.predict(n, verbose=0)[0])
            t = self.model.predict(s, verbose=0)
            t[0][a] = target
            self.model.fit(s, t, epochs=1, verbose=0)


agent = Agent(4, 2)
s = np.reshape(np.random.rand(4), [1, 4])
agent.act(s)
agent.memory.append((s, 0, 1.0, s, False))
agent.replay()
