"""Small programs on which keraslint and the real Keras have to agree."""

from __future__ import annotations

import pytest

from tools.agreement_judging import AGREED, CAUGHT, judge

pytestmark = pytest.mark.oracle

START = """\
import keras
import numpy as np
from keras import Input, Model, Sequential, layers, ops
x = Input((4, 3))
image = Input((8, 8, 3))
words = Input((7,), dtype="string")
"""


def agree(keras, code: str, kind: str) -> None:
    """Assert that both sides take a program, or refuse it."""
    outcome = judge(keras, START + code + "\n")
    assert outcome.kind == kind, outcome


@pytest.mark.parametrize(
    "code",
    [
        *("[x]", "(x,)"),
        "{'a': x}",
    ],
)
@pytest.mark.parametrize(
    "layer",
    [
        *("layers.AdaptiveMaxPooling1D(2)", "layers.Masking()", "layers.MelSpectrogram()"),
        *("layers.Normalization()", "layers.CategoryEncoding(3)", "layers.Hashing(3)"),
        "layers.Discretization(bin_boundaries=[1.0])",
        "layers.GlobalMaxPooling1D(data_format='channels_first')",
    ],
)
def test_layers_that_take_no_nest(keras, layer: str, code: str) -> None:
    agree(keras, f"{layer}({code})", CAUGHT)


@pytest.mark.parametrize(
    "code",
    [
        "layers.MaxPooling2D()([image])",
        "layers.AveragePooling2D(2, padding='causal')([image])",
        "layers.AveragePooling3D(2, padding='same')((Input((4, 4, 4, 1)),))",
        "layers.MaxPooling1D()({'a': x})",
        "layers.MaxPooling1D(padding='SAME')([x])",
        "layers.AdaptiveAveragePooling2D(2, data_format='channels_first')([image])",
        "layers.Resizing(2, 3)([image])",
        "layers.CenterCrop(2, 3)((image,))",
        "layers.RandomCrop(2, 3)({'images': image})",
        "layers.RandomGrayscale()([image])",
        "layers.StringLookup()([words])",
        "layers.TextVectorization()((words,))",
    ],
)
def test_nests_that_are_refused(keras, code: str) -> None:
    agree(keras, code, CAUGHT)


@pytest.mark.parametrize(
    "code",
    [
        "layers.MaxPooling1D()([x])",
        "layers.AveragePooling1D(2, padding='same')((x,))",
        "layers.GlobalAveragePooling2D()([image])",
        "layers.GlobalMaxPooling1D(keepdims=True)([x])",
    ],
)
def test_a_list_of_one_that_comes_back_twice(keras, code: str) -> None:
    agree(keras, code, AGREED)


@pytest.mark.parametrize(
    "argument",
    [
        *("bias_regularizer=np.int64(2)", "activation=np.float32(2)", "kernel_constraint={}"),
        *(
            "activity_regularizer=np.int64(2)",
            "activity_regularizer={'a': 2}",
            "activation=b'relu'",
        ),
        *("kernel_initializer={'a': 2}", "name={'a': 2}", "name=np.int64(2)", "name=print"),
        *("name=b'a'", "trainable=np.bool_(True)", "trainable={}", "trainable=print"),
        *("dtype={}", "dtype={'a': 1}", "dtype=np.float32(1)"),
    ],
)
def test_objects_that_are_none_of_their_kind(keras, argument: str) -> None:
    agree(keras, f"layers.Dense(3, {argument})", CAUGHT)


@pytest.mark.parametrize(
    "argument",
    [
        *("dtype=np.float32", "name=''", "bias_initializer=np.float32(2)"),
        "kernel_regularizer={'class_name': 'L2', 'config': {'l2': 0.1}}",
    ],
)
def test_objects_of_their_kind(keras, argument: str) -> None:
    agree(keras, f"layers.Dense(3, {argument})", AGREED)


@pytest.mark.parametrize(
    "layer",
    [
        *(
            "layers.LSTM(3, trainable=False)",
            "layers.Bidirectional(layers.GRU(3), trainable=False)",
        ),
        "layers.Bidirectional(layers.LSTM(3, trainable=False))",
        "layers.TimeDistributed(layers.Dense(3), trainable=False)",
        "layers.TimeDistributed(layers.Dense(3, trainable=False))",
        "layers.RNN([layers.LSTMCell(3, trainable=False), layers.GRUCell(2)], trainable=False)",
    ],
)
def test_weights_are_frozen_by_the_layer_that_makes_them(keras, layer: str) -> None:
    agree(keras, f"model = Model(x, {layer}(x))", AGREED)


@pytest.mark.parametrize(
    "code",
    [
        "y = layers.ConvLSTM1D(3, 2, trainable=False)(Input((4, 5, 3)))",
        "x = Input((4, 5, 3))\n"
        "y = layers.Bidirectional(layers.ConvLSTM1D(3, 2, trainable=False))(x)\n"
        "model = Model(x, y)",
        "model = Model(x, layers.MultiHeadAttention(3, 3, trainable=False)(x, x))",
        "layer = layers.Bidirectional(layers.LSTM(3))\ny = layer(x)\nlayer.trainable = False\n"
        "model = Model(x, y)",
        "layer = layers.Bidirectional(layers.LSTM(3))\nlayer.trainable = False\n"
        "model = Model(x, layer(x))",
        "model = Model(x, layers.Dense(3)(x), trainable=False)",
        "model = Sequential([x, layers.Dense(3)], trainable=False)",
        "inner = Sequential([layers.Dense(3)], trainable=False)\nmodel = Model(x, inner(x))",
        "model = Sequential([layers.Dense(3), layers.Reshape((3, 1)), layers.LSTM(3)])",
    ],
)
def test_numbers_of_weights(keras, code: str) -> None:
    agree(keras, code, AGREED)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("x = Input((None, None, 8))", AGREED),
        ("x = Input((None, 4, 8))", CAUGHT),
    ],
)
def test_a_list_for_padding_where_no_length_is_computed(keras, code: str, kind: str) -> None:
    agree(keras, f"{code}\nlayers.Conv2DTranspose(2, 2, padding=((1, 1), (2, 0)))(x)", kind)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("model = Model(image, layers.Equalization()(image))", CAUGHT),
        ("y = layers.Conv2D(2, 2)(image)\nmodel = Model(y, layers.Equalization()(y))", CAUGHT),
        ("model = Sequential([image, layers.Equalization()])", CAUGHT),
        ("model = Model(image, layers.Equalization(dtype='float16')(image)).name", AGREED),
        ("model = Sequential([image, layers.Equalization(), layers.Conv2D(1, 2)])", AGREED),
        ("model = Sequential([layers.Equalization(), layers.Conv2D(1, 2)])\nmodel(image)", AGREED),
    ],
)
def test_an_output_that_is_its_own_input(keras, code: str, kind: str) -> None:
    agree(keras, code, kind)


@pytest.mark.parametrize(
    ("layer", "shape", "kind"),
    [
        ("layers.Dense(3)", "(4, 3)", AGREED),
        ("layers.Dense(3)", "(4, None)", CAUGHT),
        ("layers.Conv2D(3, 2)", "(4, 3)", CAUGHT),
        ("layers.RandomFlip()", "(8, 8, 3)", AGREED),
    ],
)
def test_what_the_layers_of_a_pipeline_cannot_be_built_for(
    keras, layer: str, shape: str, kind: str
) -> None:
    agree(keras, f"layers.Pipeline([{layer}, layers.ReLU()])(Input({shape}))", kind)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("model = Sequential()\nmodel.pop()", CAUGHT),
        ("model = Sequential([layers.Dense(3)])\nmodel.pop()", CAUGHT),
        ("model = Sequential([x, layers.Dense(3)])\nmodel.pop()\nmodel.pop()", CAUGHT),
        ("model = Sequential([x, layers.Dense(3)])\nmodel.pop()", AGREED),
        ("model = Sequential([layers.Dense(3), layers.ReLU()])\nmodel.pop()", AGREED),
    ],
)
def test_the_last_layer_cannot_be_removed(keras, code: str, kind: str) -> None:
    agree(keras, code, kind)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        *(("x", CAUGHT), ("x, []", CAUGHT), ("[], x", CAUGHT), ("None, y", CAUGHT)),
        *(("[x, None], y", CAUGHT), ("x, np.float32(3)", CAUGHT), ("x, np.ones(3)", CAUGHT)),
        *(
            ("x, x.shape", CAUGHT),
            ("x, x == 1", CAUGHT),
            ("x, [y, 3]", CAUGHT),
            ("x, y, 'name'", CAUGHT),
        ),
        *(("x, y, name='a/b'", CAUGHT), ("x, y, name=3", CAUGHT), ("y, inputs=x", CAUGHT)),
        *(("x, outputs=y, name='a'", AGREED), ("x, {'y': y}", AGREED), ("x, y > 0", AGREED)),
    ],
)
def test_what_a_functional_model_is_made_of(keras, arguments: str, kind: str) -> None:
    agree(keras, f"y = layers.Dense(3)(x)\nmodel = Model({arguments})", kind)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        *(("[x, y], name='a/b'", CAUGHT), ("[x, y], 'name'", CAUGHT), ("y", CAUGHT), ("3", CAUGHT)),
        *(("[x, y], True, 'a', 3", CAUGHT), ("[x, y], name=3", CAUGHT), ("[x, y], foo=3", CAUGHT)),
        *(("[x, y], True, 'a'", AGREED), ("(x, y)", AGREED), ("None", AGREED)),
    ],
)
def test_what_a_sequential_model_is_made_of(keras, arguments: str, kind: str) -> None:
    agree(keras, f"y = layers.Dense(3)\nmodel = Sequential({arguments})", kind)


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        *(("layers.Add()(x, x)", CAUGHT), ("layers.Add()([x, x], x)", CAUGHT)),
        *(("layers.Dense(3)(x, x)", CAUGHT), ("layers.Dense(3)(x, 3)", CAUGHT)),
        *(("layers.Dense(3)(3)", CAUGHT), ("layers.Dense(3)(x, foo=3)", CAUGHT)),
        *(("layers.Dense(3)(x, mask=None)", CAUGHT), ("layers.Dense(3)(x=x)", CAUGHT)),
        *(("layers.Dropout(0.3)(x, True)", CAUGHT), ("layers.RandomFlip()(data=image)", CAUGHT)),
        ("layers.MultiHeadAttention(2, 3)(x, x, foo=x)", CAUGHT),
        ("layers.GRU(3)(x, Input((3,)), None, True)", CAUGHT),
        ("layers.SimpleRNNCell(5)(inputs=x, states=[x])", CAUGHT),
        ("Model(x, layers.Dense(3)(x))(x, x)", CAUGHT),
        ("Sequential([layers.Dense(3)])(x, x)", CAUGHT),
        *(("layers.Dense(3)(inputs=x)", AGREED), ("layers.Dense(3)(x, training=True)", AGREED)),
        *(("layers.LSTM(3)(x, None)", AGREED), ("layers.RandomFlip()(inputs=image)", AGREED)),
        ("layers.MultiHeadAttention(2, 3)(x, x, x, x)", AGREED),
        ("layers.GRU(3)(x, Input((3,)), None)", AGREED),
        (
            "layers.LSTMCell(3)(Input((5,)), states=[Input((3,)), Input((3,))], training=True)",
            AGREED,
        ),
        ("layers.GlobalAveragePooling1D()(x, Input((4,), dtype='bool'))", AGREED),
        ("layers.Concatenate()(inputs=[x, x])", AGREED),
        ("layers.Attention()([x, x], return_attention_scores=True)", AGREED),
        ("Model(x, layers.Dense(3)(x))(x, training=False)", AGREED),
    ],
)
def test_the_arguments_of_a_call(keras, call: str, kind: str) -> None:
    agree(keras, f"y = {call}", kind)


@pytest.mark.parametrize(
    ("token", "kind"),
    [("()", AGREED), ("['a']", AGREED), ("('a', 'b')", AGREED), ("[1]", CAUGHT), ("1", CAUGHT)],
)
def test_a_mask_token_may_be_a_list(keras, token: str, kind: str) -> None:
    agree(keras, f"layers.StringLookup(mask_token={token})", kind)


@pytest.mark.parametrize(("value", "kind"), [("[]", CAUGHT), ("print", CAUGHT), ("1", AGREED)])
def test_whether_a_fused_kernel_is_used(keras, value: str, kind: str) -> None:
    agree(keras, f"layers.GRU(3, use_cudnn={value})", kind)


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("config.set_image_data_format('NHWC')", CAUGHT),
        ("config.set_image_data_format('Channels_Last')", AGREED),
        ("mixed_precision.set_global_policy('mixed_float')", CAUGHT),
        ("config.set_floatx('float6')", CAUGHT),
    ],
)
def test_defaults_that_keras_does_not_know(keras, call: str, kind: str) -> None:
    agree(keras, f"keras.{call}", kind)


LAYER = """\
class Own(layers.Layer):
    def __init__(self, **options):
        super().__init__(**options)
        self.dense = layers.Dense(3)

    def build(self, shape):
        self.w = self.add_weight({})

    def call(self, x):
        return x @ self.w + self.dense(x)


"""


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ("'w', shape=(shape[-1], 3)", CAUGHT),
        ("shape=(shape[-1], 3), initializer='he'", CAUGHT),
        ("shape=(shape[-1], 3), regularizer=0.1", CAUGHT),
        ("shape=(shape[-1], 3), partitioner=None", CAUGHT),
        ("(shape[-1], 3), 'zeros', trainable=False", AGREED),
        ("name='w', shape=(shape[-1], 3), initializer='he_normal', constraint='max_norm'", AGREED),
    ],
)
def test_what_a_weight_is_made_of(keras, arguments: str, kind: str) -> None:
    agree(keras, LAYER.format(arguments) + "model = Model(x, Own()(x))", kind)


def test_a_layer_of_the_program_freezes_its_own_weights(keras) -> None:
    made = LAYER.format("shape=(shape[-1], 3)")
    agree(keras, made + "model = Model(x, Own(trainable=False)(x))", AGREED)
    later = "layer = Own()\nlayer.trainable = False\nmodel = Model(x, layer(x))"
    agree(keras, made + later, AGREED)


@pytest.mark.parametrize(
    ("layer", "kind"),
    [
        ("Dense(4, kernel_initializer=np.ones((3, 4)))", AGREED),
        ("Dense(4, kernel_initializer=np.ones((3, 5)))", CAUGHT),
        ("Dense(4, use_bias=False, bias_initializer=np.ones(3))", AGREED),
        ("BatchNormalization(moving_variance_initializer=np.int64(2))", CAUGHT),
        ("BatchNormalization(beta_initializer=np.ones(4))", CAUGHT),
        ("Embedding(4, 5, embeddings_initializer=np.ones((4, 4)))", CAUGHT),
        ("LSTM(4, recurrent_initializer=np.ones(16))", CAUGHT),
        ("LSTM(4, bias_initializer=np.ones(16), unit_forget_bias=False)", AGREED),
        ("Conv1D(4, 2, kernel_initializer=np.ones((2, 3, 4)))", AGREED),
        ("SeparableConv1D(4, 2, pointwise_initializer=np.ones(16))", CAUGHT),
        ("PReLU(alpha_initializer=np.float32(2))", CAUGHT),
    ],
)
def test_an_array_for_a_weight_has_its_shape(keras, layer: str, kind: str) -> None:
    agree(keras, f"layers.{layer}(x)", kind)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("layers.Resizing(4, np.float32(3.7))(image)", AGREED),
        ("layers.Resizing(4, np.float64(3))(image)", CAUGHT),
        ("layers.CategoryEncoding(np.float32(3))(x)", AGREED),
        ("layers.RNN(layers.LSTMCell(4), return_state=print)(x)", AGREED),
        ("layers.Lambda(np.float32(3))(x)", CAUGHT),
        ("layers.Lambda(print, output_shape=np.int64(3))(x)", CAUGHT),
        ("layers.Lambda(print, output_shape=np.ones(3))(x)", CAUGHT),
        ("layers.Cropping3D({'a': 1})", CAUGHT),
        ("layers.IntegerLookup(oov_token='[UNK]', invert=True)", CAUGHT),
        ("layers.StringLookup(oov_token=None, invert=True)", CAUGHT),
        ("layers.IntegerLookup(oov_token='[UNK]')", AGREED),
    ],
)
def test_odd_values(keras, code: str, kind: str) -> None:
    agree(keras, f"y = {code}", kind)


@pytest.mark.parametrize(
    ("inputs", "axis", "kind"),
    [
        ("Input((None,)), Input(())", 1, AGREED),
        ("Input((None, None)), Input((None,))", 2, AGREED),
        ("Input((3,)), Input(())", 1, CAUGHT),
        ("Input((None,)), Input(())", -1, CAUGHT),
        ("Input(()), Input((None,))", 1, CAUGHT),
        ("Input((None,)), Input((None, 3))", 1, CAUGHT),
    ],
)
def test_concatenating_ranks(keras, inputs: str, axis: int, kind: str) -> None:
    agree(keras, f"layers.Concatenate(axis={axis})([{inputs}])", kind)


@pytest.mark.parametrize("condition", ["x == None", "x == x", "x == 'relu'"])
def test_symbolic_tensors_are_compared_by_identity(keras, condition: str) -> None:
    choice = f"layers.Dense(2) if {condition} else layers.Dense(3)"
    agree(keras, f"model = Model(x, ({choice})(x))", AGREED)
