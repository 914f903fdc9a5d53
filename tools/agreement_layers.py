"""Random programs that make one layer and apply it: any class, good and bad arguments and inputs.

Classes and parameters are those of the Keras that is installed; values are drawn by the name of the
parameter, and now and then from what makes no sense.
"""

from __future__ import annotations

import inspect
import re
from random import Random
from typing import Any

ODD = (
    *("0", "-1", "True", "False", "None", "2.0", "1.5", "'2'", "'same'", "()", "[]", "{'a': 1}"),
    *("print", "np.int64(2)", "np.float32(0.5)", "(2,)", "(1, 2)", "[2, 3]", "(1, 2, 3, 4)", "''"),
)
COUNT = ("1", "2", "3", "4", "6", "8")
RATE = ("0", "0.25", "0.5", "1", "0.0")
FLAG = ("True", "False")
FACTOR = ("0", "0.3", "1", "(0.1, 0.9)", "[0, 1]", "-0.2", "1.5", "(-0.2, 0.2)", "(0.5, 0.1)")
INITIALIZER = (
    *("'ones'", "'he_normal'", "'Zeros'", "keras.initializers.HeNormal()", "'he'", "None"),
    *("'glorot_uniform'", "keras.initializers.Constant(0.1)", "'GlorotUniform'"),
)
REGULARIZER = ("'l2'", "'L1'", "'l1_l2'", "None", "keras.regularizers.L2(0.01)", "0.1")
CONSTRAINT = ("'max_norm'", "'NonNeg'", "None", "keras.constraints.MaxNorm(2)", "'maxnorm'")
ACTIVATION = ("'relu'", "'tanh'", "None", "'softmax'", "'ReLU'", "'swish'", "'rele'", "print")

VALUES: dict[str, tuple[str, ...]] = {
    "alpha": ("0.1", "1", "0.3", "-1"),
    "attention_axes": ("1", "(1,)", "None", "2", "(1, 2)"),
    "axis": ("-1", "1", "2", "-2", "0", "3", "(1, 2)", "[-1]", "None", "-5"),
    "axes": ("1", "-1", "2", "(1, 1)", "(2, 1)", "(1, 2)", "(-1, -1)", "0"),
    "bias_axes": ("'c'", "'d'", "None", "'bc'", "'z'"),
    "bin_boundaries": ("[1.0, 2.0]", "(1.0,)", "None", "[]"),
    "bins": ("8", "256", "0"),
    "data_format": ("'channels_last'", "'channels_first'", "None", "'NHWC'"),
    "dims": ("(2, 1)", "(1, 2)", "(3, 1, 2)", "(1,)", "(1, 3, 2)", "(0, 1)", "[2, 1]"),
    "dtype": ("'float32'", "'float16'", "None", "'mixed_float16'", "'int32'", "'float'"),
    "equation": (
        *("'ab,bc->ac'", "'abc,cd->abd'", "'...x,xy->...y'", "'ab...,bc->ac...'", "'abc,cde->abe'"),
        *("'ab,bc'", "'abc,cd->abe'", "'abc,bcd->ad'"),
    ),
    "fft_length": ("4", "8", "None"),
    "fill_mode": ("'reflect'", "'wrap'", "'constant'", "'nearest'", "'zero'"),
    "fill_value": ("0.0", "1", "None"),
    "function": ("lambda t: t", "lambda t: t * 2", "keras.ops.relu", "lambda t: keras.ops.sum(t)"),
    "idf_weights": ("None", "[1.0, 2.0]", "[1.0]"),
    "interpolation": ("'nearest'", "'bilinear'", "'bicubic'", "'Nearest'"),
    "mask_token": ("None", "''", "'a'", "0"),
    "mean": ("None", "1.0", "[1.0, 2.0]"),
    "merge_mode": ("'concat'", "'sum'", "'mul'", "'ave'", "None", "'x'"),
    "mode": ("'horizontal'", "'log'", "'vertical'", "'psd'", "'stft'"),
    "name": ("'some'", "None", "'a/b'"),
    "ngrams": ("None", "2", "(1, 2)"),
    "noise_shape": ("None", "(None, 1)", "(None, 1, 1)"),
    "num_oov_indices": ("0", "1", "2"),
    "oov_token": ("'[UNK]'", "-1", "None"),
    "output_mode": ("'int'", "'one_hot'", "'multi_hot'", "'count'", "'tf_idf'", "'binary'"),
    "output_padding": ("None", "0", "1", "(1, 1)"),
    "output_sequence_length": ("None", "4", "6"),
    "output_shape": ("4", "(None, 4)", "(3,)", "(2, 3)", "None", "[4]"),
    "padding": ("'valid'", "'same'", "'causal'", "'SAME'", "1", "(1, 2)", "((1, 1), (2, 0))"),
    "cropping": ("1", "(1, 2)", "((1, 1), (2, 0))", "0", "((1, 0), 1)", "9"),
    "renorm_clipping": ("None", "{'rmax': 2}", "{'max': 2}"),
    "salt": ("None", "3", "(1, 2)"),
    "scaling": ("None", "'density'", "'spectrum'"),
    "score_mode": ("'dot'", "'concat'", "'scaled'"),
    "seed": ("None", "1", "1.5"),
    "shared_axes": ("None", "[1]", "(1, 2)", "[1, 2, 3]", "[9]"),
    "split": ("'whitespace'", "None", "'character'", "'words'"),
    "standardize": ("'lower'", "None", "'lower_and_strip_punctuation'", "'Lower'"),
    "target_shape": (
        *("(-1,)", "(6, -1)", "(2, 3)", "(-1, 2)", "(4, 4, -1)", "[3, -1]", "(5,)", "(-1, -1)"),
        *("6", "(1, -1, 1)", "(12,)", "(None, 2)"),
    ),
    "tile_grid_size": ("(8, 8)", "2"),
    "use_cudnn": ("'auto'", "True", "False"),
    "value_range": ("(0, 255)", "(0, 1)", "[0, 1]", "(1, 0)", "(0,)"),
    "variance": ("None", "1.0", "[1.0, 2.0]"),
    "vocabulary": ("None", "['a', 'b']", "[3, 4]", "('a', 'b', 'a')", "[]"),
    "vocabulary_dtype": ("'int64'", "'string'", "'int32'"),
    "weights": ("None",),
    "window": ("'hann'", "None", "'boxcar'"),
    "arguments": ("None", "{}"),
    "mask": ("None",),
    "encoding": ("'utf-8'",),
    "backward_layer": ("None",),
    "quantization_config": ("None",),
}
ENDINGS: dict[str, tuple[str, ...]] = {
    "_initializer": INITIALIZER,
    "_regularizer": REGULARIZER,
    "_constraint": CONSTRAINT,
    "activation": ACTIVATION,
    "factor": FACTOR,
    "rate": RATE,
    "dropout": RATE,
}
SPATIAL = {"kernel_size", "strides", "dilation_rate", "pool_size", "size", "output_size"}
COUNTS = {
    *("filters", "units", "input_dim", "output_dim", "n", "groups", "depth_multiplier", "num_bins"),
    *("num_heads", "key_dim", "value_dim", "head_dim", "num_query_heads", "num_key_value_heads"),
    *("height", "width", "num_tokens", "max_tokens", "lora_rank", "num_mel_bins", "frame_length"),
    *("frame_step", "sequence_stride", "sequence_length", "num_ops", "num_chains", "chain_depth"),
    *("power_iterations", "sliding_window", "max_number"),
}
RATES = {"l1", "l2", "stddev", "negative_slope", "max_value", "threshold", "epsilon", "momentum"}

RECURRENT = ("LSTM", "GRU", "SimpleRNN")
MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot")
PAIRS = ("Attention", "AdditiveAttention")
TRIPLES = ("MultiHeadAttention", "GroupQueryAttention")
# What is no layer of its own, or asks for another library or a file.
LEFT_OUT = re.compile(
    r"Layer$|Wrapper$|Cells?$|^Layer|^Input|HashedCrossing|MaxNumBoundingBoxes|^FeatureSpace"
)
IMAGES = re.compile(r"^Random|^Aug|Mix|Crop$|Contrast|Equal|^Resizing|^Solar|^Rescal|Augment|Histo")
SEQUENCES = re.compile(r"^(Bi)?LSTM|^GRU|RNN$|^Bidirectional|^TimeD|Attention$|Spectrogram|Masking")
WORDS = re.compile(r"Lookup$|^TextVec|^Hashing|^Identity|^Flatten|^Reshape")
FLAT = ("RepeatVector", "Dense", "Embedding", "CategoryEncoding", "Hashing", "Discretization")


def names(keras: Any) -> list[str]:
    """The layers to draw from."""
    found = (name for name in dir(keras.layers) if isinstance(getattr(keras.layers, name), type))
    return sorted(name for name in found if not LEFT_OUT.search(name))


def program(keras: Any, name: str, draw: Random) -> str:
    """The text of a program that makes a layer and applies it."""
    inputs, call = _inputs(name, draw)
    made = f"keras.layers.{name}({_arguments(keras, name, draw)})"
    rows = [f"x{i} = keras.Input({given})" for i, given in enumerate(inputs)]
    model = f"model = keras.Model([{', '.join(f'x{i}' for i in range(len(rows)))}], y)"
    imports = ("import keras", "import numpy as np")
    return "\n".join((*imports, *rows, f"y = {made}({call})", model, ""))


def _arguments(keras: Any, name: str, draw: Random) -> str:
    made = inspect.signature(getattr(keras.layers, name).__init__).parameters.values()
    own = [p for p in made if p.name != "self" and p.kind is p.POSITIONAL_OR_KEYWORD]
    required = [p.name for p in own if p.default is p.empty]
    optional = [p.name for p in own if p.default is not p.empty]
    if required and draw.random() < 0.02:
        required.pop()
    chosen = draw.sample(optional, min(len(optional), draw.randint(0, 4)))
    positional = draw.random() < 0.6
    given = [value_of(name, key, draw) for key in required] if positional else []
    keys = chosen if positional else [*required, *chosen]
    given += [f"{key}={value_of(name, key, draw)}" for key in keys]
    if draw.random() < 0.05:
        shared = ("trainable=False", "name='some'", "dtype='float16'", "input_dim=3", "unheard=1")
        extra = draw.choice(shared)
        given += [extra] if extra.partition("=")[0] not in keys else []
    return ", ".join(given)


def value_of(layer: str, parameter: str, draw: Random) -> str:
    """The text of a value for a parameter: most often one that could be meant."""
    if parameter in {"layer", "cell", "layers"}:
        return _inner(layer, draw)
    if draw.random() < 0.06:
        return draw.choice(ODD)
    if parameter in SPATIAL:
        spatial = re.search(r"(\d)D", layer)
        return _sizes(int(spatial[1]) if spatial else 2, draw)
    if parameter in VALUES:
        return draw.choice(VALUES[parameter])
    if parameter in COUNTS:
        return draw.choice(COUNT)
    for ending, values in ENDINGS.items():
        if parameter.endswith(ending):
            return draw.choice(values)
    return draw.choice(RATE if parameter in RATES else FLAG)


def _sizes(n: int, draw: Random) -> str:
    size = [draw.choice(COUNT[:4]) for _ in range(n if draw.random() < 0.95 else n + 1)]
    if draw.random() < 0.5:
        return size[0]
    return f"({', '.join(size)},)" if draw.random() < 0.7 else f"[{', '.join(size)}]"


def _inner(layer: str, draw: Random) -> str:
    """A layer or cell inside another one."""
    units = draw.choice(COUNT)
    options = draw.choice(("", ", return_sequences=True", ", activation='relu'", ", dropout=0.2"))
    recurrent = f"keras.layers.{draw.choice(RECURRENT)}({units}{options})"
    dense = f"keras.layers.Dense({units})"
    conv = f"keras.layers.Conv{draw.choice('12')}D({units}, 2)"
    if layer == "RNN":
        cells = [f"keras.layers.{draw.choice(RECURRENT)}Cell({n})" for n in (units, 3)]
        return draw.choice((cells[0], f"[{', '.join(cells)}]", dense))
    if layer == "Bidirectional":
        return draw.choice((recurrent, recurrent, recurrent, dense))
    if layer == "Pipeline":
        return f"[{dense}, keras.layers.ReLU()]"
    return draw.choice((recurrent, dense, conv, conv, "keras.layers.Flatten()", "3"))


def _inputs(name: str, draw: Random) -> tuple[list[str], str]:
    """The arguments of the inputs, and those of the call."""
    shape = _shape(_rank(name, draw), draw)
    if name in MERGES or name in PAIRS:
        count = 2 if name == "Dot" or name in PAIRS else draw.randint(2, 3)
        count = count if draw.random() < 0.95 else 1
        shapes = [_near(shape, draw) for _ in range(count)]
        given = [f"x{i}" for i in range(count)]
        return [_input(name, s, draw) for s in shapes], f"[{', '.join(given)}]"
    if name in TRIPLES:
        count = draw.choice((2, 2, 3, 1))
        shapes = [_near(shape, draw) for _ in range(count)]
        return [_input(name, s, draw) for s in shapes], ", ".join(f"x{i}" for i in range(count))
    return [_input(name, shape, draw)], "x0" if draw.random() < 0.97 else "[x0]"


def _rank(name: str, draw: Random) -> int:
    spatial = re.search(r"(\d)D", name)
    rank = draw.randint(1, 4)
    if spatial:
        rank = int(spatial[1]) + 1 + name.startswith("ConvLSTM")
    elif IMAGES.search(name):
        rank = 3
    elif SEQUENCES.search(name):
        rank = 2 + (name == "TimeDistributed" and draw.random() < 0.5)
    elif name in FLAT and draw.random() < 0.7:
        rank = 1
    return rank if draw.random() < 0.9 else max(rank + draw.choice((-1, 1)), 0)


def _shape(rank: int, draw: Random) -> list[str]:
    dims = [str(draw.randint(1, 12)) if draw.random() < 0.88 else "None" for _ in range(rank)]
    if dims and draw.random() < 0.7:
        dims[-1] = draw.choice(("1", "2", "3", "4", "6", "8"))
    return dims


def _near(shape: list[str], draw: Random) -> list[str]:
    """The same shape, at times with another dim or without one."""
    dims = list(shape)
    if dims and draw.random() < 0.25:
        dims[draw.randrange(len(dims))] = draw.choice(("1", "2", "None", "5"))
    if dims and draw.random() < 0.05:
        del dims[draw.randrange(len(dims))]
    return dims


def _input(name: str, shape: list[str], draw: Random) -> str:
    text = f"({', '.join(shape)}{',' if len(shape) == 1 else ''})"
    if draw.random() < 0.1:
        text += ", batch_size=2"
    if draw.random() < (0.4 if WORDS.search(name) else 0.08):
        dtypes = ("int32", "string" if WORDS.search(name) else "uint8", "float16", "bool")
        text += f", dtype={draw.choice(dtypes)!r}"
    return text
