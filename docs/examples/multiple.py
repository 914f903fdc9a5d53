"""Several inputs by name, several outputs in a dict: tickets with a priority and a department."""

import keras
from keras import layers

words, tags, departments = 10_000, 12, 4

title = keras.Input(shape=(None,), name="title")
body = keras.Input(shape=(None,), name="body")
tag = keras.Input(shape=(tags,), name="tags")

title_features = layers.LSTM(128)(layers.Embedding(words, 64)(title))
body_features = layers.LSTM(32)(layers.Embedding(words, 64)(body))
x = layers.concatenate([title_features, body_features, tag])

priority = layers.Dense(1, name="priority")(x)
department = layers.Dense(departments, name="department")(x)

model = keras.Model(
    inputs=[title, body, tag], outputs={"priority": priority, "department": department}
)
model.compile(
    optimizer="adam",
    loss={
        "priority": keras.losses.BinaryCrossentropy(from_logits=True),
        "department": keras.losses.CategoricalCrossentropy(from_logits=True),
    },
)
