"""Programs for Keras 1 and 2: every fix made, the real Keras 3 runs them."""

from __future__ import annotations

import ast

import pytest

from keraslint.defects import Shield
from keraslint.engine import analyse_source
from keraslint.findings import Finding
from keraslint.fixing import Fixer
from keraslint.rules import Checker, Selection, merge
from keraslint.sources import Source
from tests.fixing.mutants import EXAMPLES
from tests.programs.running import observe

DATA = """\
import numpy as np

x = np.random.rand(8, 28, 28, 1).astype("float32")
labels = np.arange(8) % 4
"""
PROGRAMS = {
    "images": f"""\
from __future__ import print_function
{DATA}
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Activation, Flatten
from keras.layers.convolutional import Convolution2D, MaxPooling2D
from keras.utils import np_utils
from keras.optimizers import SGD

nb_classes = 4
y = np_utils.to_categorical(labels, nb_classes)  # one-hot

model = Sequential()
model.add(Convolution2D(8, 3, 3,
                        border_mode='valid',
                        input_shape=(28, 28, 1)))
model.add(Activation('relu'))
model.add(Convolution2D(8, nb_row=3, nb_col=3, subsample=(2, 2)))
model.add(Convolution2D(8, 3, 3))
model.add(MaxPooling2D(pool_size=(2, 2), border_mode='same'))
model.add(Flatten())
model.add(Dense(output_dim=16, init='uniform', W_regularizer='l2'))
model.add(Dropout(p=0.25))
model.add(Dense(nb_classes, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer=SGD(lr=0.01))
model.fit(x, y, batch_size=4, nb_epoch=1, verbose=0)
classes = model.predict_classes(x)
probabilities = model.predict_proba(x)
""",
    "generators": f"""\
{DATA}
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Convolution2D, Dense, GlobalAveragePooling2D
from tensorflow.keras.optimizers import Adam


def batches():
    while True:
        yield x, labels


model = Sequential([
    Convolution2D(4, 3, input_shape=(28, 28, 1), bias=False),
    GlobalAveragePooling2D(),
    Dense(4, "softmax"),
])
model.compile(Adam(lr=0.001), "sparse_categorical_crossentropy")
model.fit_generator(batches(), steps_per_epoch=1, epochs=1, verbose=0)
""",
    "functional": f"""\
{DATA}
import tensorflow as tf
from keras import backend as K
from keras.engine.topology import Layer
from keras.layers import Dense, Input
from keras.models import Model


class Scaled(Layer):
    def call(self, inputs):
        return K.square(inputs) + K.abs(inputs)


inputs = Input(shape=(4,))
hidden = Dense(8, activation='rleu')(inputs)
hidden = tf.concat([hidden, Scaled()(hidden)], axis=-1)
hidden = tf.nn.relu(hidden)
model = Model(input=inputs, output=Dense(1)(hidden))
""",
    "sequences": """\
from keras.layers.embeddings import Embedding
from keras.layers.recurrent import GRU, LSTM
from keras.layers.wrappers import TimeDistributed
from keras.layers import Dense
from keras.models import Sequential

model = Sequential()
model.add(Embedding(1000, 16))
model.add(LSTM(8, inner_activation='sigmoid', dropout_W=0.1))
model.add(GRU(output_dim=8))
model.add(Dense(1, b_regularizer='l1'))
model.build((None, 12))
""",
}


def check(source: Source) -> list[Finding]:
    shield = Shield()
    checker = Checker(Selection(), EXAMPLES, shield)
    findings = merge([*checker.check(analyse_source(source)), *checker.finish()])
    assert shield.defects == []
    return findings


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_old_programs_run_again(keras, name):
    text = PROGRAMS[name]
    source = Source(f"{name}.py", text, text)
    assert observe(keras, source.path, text)["error"] is not None
    done = Fixer(check, unsafe=True).fix(source, check(source))
    ast.parse(done.source.text)
    assert [finding.message for finding in done.findings] == []
    assert observe(keras, source.path, done.source.text)["error"] is None
    # Nothing but what was wrong has changed.
    assert len(done.source.text.splitlines()) - len(text.splitlines()) in {0, 1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("keras.layers.BatchNormalization(mode=0)", "keras.layers.BatchNormalization()"),
        ("keras.layers.BatchNormalization(mode=2)", None),
        ("keras.layers.Dense(3, dynamic=False)", "keras.layers.Dense(3)"),
        ("keras.layers.Dense(3, dynamic=True)", None),
        (
            "keras.Model().fit(x, epochs=2, workers=1, use_multiprocessing=False)",
            "keras.Model().fit(x, epochs=2)",
        ),
        ("keras.Model().fit(x, workers=4)", None),
        ("keras.Model().fit(x, workers=True)", None),
    ],
)
def test_what_says_nothing_goes(before: str, after: str | None):
    text = f"import keras\n\n{before}\n"
    source = Source("program.py", text, text)
    found = check(source)
    assert {finding.code for finding in found} & {"KL501", "KL502"}
    done = Fixer(check).fix(source, found)
    assert done.source.text == f"import keras\n\n{after or before}\n"
