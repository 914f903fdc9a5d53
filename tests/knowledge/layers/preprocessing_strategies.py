"""Arguments and inputs for layers that prepare data, good and bad."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from keraslint.tensors.specs import TensorSpec
from tests.knowledge.layers.image_strategies import seeds
from tests.knowledge.layers.spatial_strategies import (
    Case,
    counts,
    data_formats,
    keywords,
    mostly,
    odd_numbers,
)

Values = st.SearchStrategy[Any]

flags: Values = mostly(st.booleans(), st.sampled_from((None, 0, "yes")))
modes: Values = mostly(
    st.sampled_from(("int", "one_hot", "multi_hot", "count")),
    st.sampled_from(("binary", "tf_idf", "tf-idf", "Int", None, 1)),
)
salts: Values = st.none() | st.sampled_from((3, (1, 2), [1, 2], (1,), "salt", 1.0))
sizes: Values = st.none() | mostly(st.integers(2, 9), odd_numbers)
words: Values = st.lists(st.sampled_from(("a", "b", "c", "d", "", "[UNK]")), max_size=5)
integers: Values = st.lists(st.sampled_from((3, 4, 5, 6, 7, 0, -1)), max_size=5)
numbers: Values = st.sampled_from((1.0, 2, np.float32(3)))


def shapes(*ranks: int) -> st.SearchStrategy[TensorSpec]:
    """A tensor of one of the ranks."""
    dim = mostly(st.integers(1, 9), st.sampled_from((None, 0, 1)))
    of_rank = {n: st.tuples(*[st.none() | st.just(3)] * (n > 0), *[dim] * (n - 1)) for n in ranks}
    return st.sampled_from(ranks).flatmap(lambda n: of_rank[n]).map(TensorSpec)


def lookup(tokens: Values, **more: Values) -> dict[str, Values]:
    """Options of a lookup layer."""
    return {
        "max_tokens": sizes,
        "vocabulary": mostly(
            tokens | tokens.map(tuple), st.sampled_from((3, {"a": 1}, [1, 2], ["a"], [["a"]]))
        ),
        "idf_weights": st.none() | st.lists(numbers, max_size=5),
        "output_mode": modes,
        "pad_to_max_tokens": flags,
        "sparse": st.sampled_from((False, False, True)),
        **more,
    }


OPTIONS: dict[str, dict[str, Values]] = {
    "CategoryEncoding": {"num_tokens": counts(), "output_mode": modes, "sparse": flags},
    "Hashing": {
        "num_bins": counts(),
        "output_mode": modes,
        "sparse": flags,
        "salt": salts,
        "dtype": st.sampled_from((None, "int32", "float32", "int64")),
    },
    "Discretization": {
        "num_bins": st.none() | counts(),
        "bin_boundaries": st.none()
        | st.sampled_from(([1.0, 2.0], (1.0,), [], 3, np.array([1.0, 2.0]), np.array([1.0]))),
        "output_mode": modes,
        "sparse": flags,
    },
    "StringLookup": lookup(
        words,
        invert=flags,
        salt=salts,
        num_oov_indices=mostly(st.integers(0, 2), odd_numbers),
        mask_token=st.sampled_from((None, "", "a", 0)),
        oov_token=st.sampled_from(("[UNK]", "b", None)),
        oov_method=mostly(st.just("farmhash"), odd_numbers),
    ),
    "IntegerLookup": lookup(
        integers,
        invert=flags,
        salt=salts,
        num_oov_indices=mostly(st.integers(0, 2), odd_numbers),
        mask_token=st.sampled_from((None, 0, 3, "", 1.5)),
        oov_token=st.sampled_from((-1, 4, None)),
        oov_method=mostly(st.sampled_from(("farmhash", "floormod")), odd_numbers),
        vocabulary_dtype=mostly(st.just("int64"), st.sampled_from(("int32", "string"))),
    ),
    "TextVectorization": lookup(
        words,
        output_sequence_length=sizes,
        ngrams=st.sampled_from((None, 2, (1, 2), [1, 2], "2", 2.0)),
        standardize=mostly(st.sampled_from((None, "lower", print)), st.sampled_from(("Lower", 3))),
        split=mostly(st.sampled_from((None, "character", print)), st.sampled_from(("words", []))),
        ragged=flags,
    ),
    "Normalization": {
        "axis": mostly(
            st.sampled_from((-1, 1, None, (1, -1), [0])), st.integers(-4, 4) | odd_numbers
        ),
        "mean": st.none() | numbers | st.lists(numbers, min_size=1, max_size=3),
        "variance": st.none() | numbers | st.lists(numbers, min_size=1, max_size=3),
        "invert": flags,
    },
    "MelSpectrogram": {
        "num_mel_bins": counts(),
        "sequence_stride": counts(),
        "sequence_length": sizes,
        "fft_length": mostly(st.integers(2, 9), st.sampled_from((None, 4.0))),
        "max_freq": st.sampled_from((None, 4000.0)),
        "sampling_rate": mostly(st.just(8000), odd_numbers),
    },
    "STFTSpectrogram": {
        "frame_length": counts(),
        "frame_step": sizes,
        "fft_length": sizes,
        "mode": mostly(
            st.sampled_from(("log", "magnitude", "psd", "real", "imag", "angle", "stft")),
            st.sampled_from(("power", None)),
        ),
        "scaling": mostly(
            st.sampled_from((None, "density", "spectrum")), st.sampled_from(("none", 3))
        ),
        "padding": mostly(st.sampled_from(("valid", "same")), st.sampled_from(("SAME", None))),
        "expand_dims": flags,
        "data_format": data_formats,
    },
    "RandomHeight": {
        "factor": mostly(
            st.sampled_from((0.2, (0.1, 0.3), (-0.2, 0.2))),
            st.sampled_from((-0.2, 2, (0.3, 0.1), (-2, 1), (1,), "a", None)),
        ),
        "seed": seeds,
    },
    "ThresholdedReLU": {"theta": mostly(numbers, odd_numbers)},
}
OPTIONS["RandomWidth"] = OPTIONS["RandomHeight"]
RANKS = {
    "STFTSpectrogram": (2, 3, 3, 3, 3),
    "MelSpectrogram": (0, 1, 2, 2, 3),
    **dict.fromkeys(("RandomHeight", "RandomWidth"), (1, 2, 3, 4, 4)),
}
REQUIRED = {
    "CategoryEncoding": ("num_tokens",),
    "Hashing": ("num_bins",),
    "RandomHeight": ("factor",),
    "RandomWidth": ("factor",),
}


@st.composite
def preprocessings(draw: st.DrawFn) -> Case:
    """Any layer that prepares data."""
    name = draw(st.sampled_from(sorted(OPTIONS)))
    options = OPTIONS[name]
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=4))
    chosen |= set(REQUIRED.get(name, ()))
    kwargs = draw(keywords())
    kwargs |= {key: draw(options[key]) for key in sorted(chosen)}
    return name, draw(shapes(*RANKS.get(name, (0, 1, 2, 2, 3)))), (), kwargs
