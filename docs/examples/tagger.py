"""A bidirectional LSTM that labels every word of a sentence, and one that classifies it."""

from keras import Sequential
from keras.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Embedding,
    Input,
    SpatialDropout1D,
    TimeDistributed,
)

max_words, max_length, labels = 5000, 50, 17

tagger = Sequential(name="tagger")
tagger.add(Input((max_length,)))
tagger.add(Embedding(max_words, 100, mask_zero=True))
tagger.add(SpatialDropout1D(0.2))
tagger.add(Bidirectional(LSTM(64, return_sequences=True)))
tagger.add(Bidirectional(LSTM(32, return_sequences=True), merge_mode="sum"))
tagger.add(TimeDistributed(Dense(labels, activation="softmax")))
tagger.summary()

classifier = Sequential(
    [
        Embedding(max_words, 100),
        GRU(64, return_sequences=True, dropout=0.2),
        GRU(32),
        Dropout(0.5),
        Dense(1, activation="sigmoid"),
    ]
)
classifier.build((None, None))
