"""Where the layers are documented."""

from __future__ import annotations

import re
from collections.abc import Mapping

KERAS = "https://keras.io/api/layers"

FOLDERS = {
    "core_layers": "Activation Dense EinsumDense Embedding Identity InputLayer Lambda Masking",
    "convolution_layers": (
        "Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose SeparableConv1D "
        "SeparableConv2D DepthwiseConv1D DepthwiseConv2D"
    ),
    "pooling_layers": (
        "MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D "
        "AveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D "
        "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D"
    ),
    "recurrent_layers": (
        "LSTM GRU SimpleRNN RNN Bidirectional TimeDistributed ConvLSTM1D ConvLSTM2D ConvLSTM3D"
    ),
    "normalization_layers": (
        "BatchNormalization LayerNormalization UnitNormalization GroupNormalization"
    ),
    "regularization_layers": (
        "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout AlphaDropout "
        "GaussianNoise ActivityRegularization"
    ),
    "attention_layers": (
        "MultiHeadAttention GroupQueryAttention GroupedQueryAttention Attention AdditiveAttention"
    ),
    "reshaping_layers": (
        "Reshape Flatten RepeatVector Permute Cropping1D Cropping2D Cropping3D UpSampling1D "
        "UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D"
    ),
    "merging_layers": "Concatenate Average Maximum Minimum Add Subtract Multiply Dot",
    "activation_layers": "ReLU Softmax LeakyReLU PReLU ELU",
}

PAGES = {
    "InputLayer": "input",
    "PReLU": "prelu",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "GroupedQueryAttention": "group_query_attention",
}

FOLDER_OF = {name: folder for folder, names in FOLDERS.items() for name in names.split()}


def page_of(class_name: str, own: Mapping[str, str]) -> str | None:
    """The page of a layer: the project's own, otherwise Keras's, `None` if there is none."""
    if class_name in own:
        return own[class_name]
    folder = FOLDER_OF.get(class_name)
    return None if folder is None else f"{KERAS}/{folder}/{_page(class_name)}/"


def _page(name: str) -> str:
    """The last part of the address: ``MaxPooling2D`` has ``max_pooling2d``."""
    if name in PAGES:
        return PAGES[name]
    spelled = re.sub(r"Conv(\d)D", r"Convolution\1D", name)
    spelled = re.sub(r"(\dD)(?=[A-Z])", lambda found: f"{found[1].lower()}_", spelled)
    spelled = re.sub(r"([a-z])([A-Z])", r"\1_\2", spelled)
    return spelled.lower()
