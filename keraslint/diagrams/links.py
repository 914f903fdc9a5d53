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
        "LSTM GRU SimpleRNN RNN LSTMCell GRUCell SimpleRNNCell Bidirectional TimeDistributed "
        "ConvLSTM1D ConvLSTM2D ConvLSTM3D"
    ),
    "normalization_layers": (
        "BatchNormalization LayerNormalization UnitNormalization GroupNormalization "
        "SpectralNormalization"
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
    "preprocessing_layers/text": "TextVectorization",
    "preprocessing_layers/numerical": "Normalization Discretization",
    "preprocessing_layers/categorical": (
        "CategoryEncoding Hashing HashedCrossing StringLookup IntegerLookup"
    ),
    "preprocessing_layers/image_preprocessing": "Resizing Rescaling CenterCrop",
    "preprocessing_layers/image_augmentation": (
        "RandomCrop RandomFlip RandomTranslation RandomRotation RandomZoom RandomContrast "
        "RandomBrightness"
    ),
}

GATHERED = {
    "core_layers": "ReversibleEmbedding",
    "pooling_layers": (
        "AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D "
        "AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D"
    ),
    "recurrent_layers": "StackedRNNCells",
    "normalization_layers": "RMSNormalization",
    "preprocessing_layers": (
        "AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix Equalization "
        "MaxNumBoundingBoxes MelSpectrogram MixUp Pipeline RandAugment RandomColorDegeneration "
        "RandomColorJitter RandomElasticTransform RandomErasing RandomGaussianBlur "
        "RandomGrayscale RandomHue RandomInvert RandomPerspective RandomPosterization "
        "RandomSaturation RandomSharpness RandomShear STFTSpectrogram Solarization"
    ),
    "backend_specific_layers": "FlaxLayer JaxLayer TFSMLayer TorchModuleWrapper",
    "base_layer": "Layer",
    "": "InputSpec Wrapper",
}
"""Layers that are linked to the page on which their folder lists them."""

SHORT = {"Convolution": "Conv", "MaxPool": "MaxPooling", "AvgPool": "AveragePooling"}
"""Parts of other names for the same layers."""
SHORT_NAME = re.compile("Convolution|(?:Max|Avg)Pool(?!ing)")

PAGES = {
    "InputLayer": "input",
    "PReLU": "prelu",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "GroupedQueryAttention": "group_query_attention",
    "LSTMCell": "lstm_cell",
    "GRUCell": "gru_cell",
    "SimpleRNNCell": "simple_rnn_cell",
}

FOLDER_OF = {name: folder for folder, names in FOLDERS.items() for name in names.split()}
LIST_OF = {name: folder for folder, names in GATHERED.items() for name in names.split()}


def page_of(class_name: str, own: Mapping[str, str]) -> str | None:
    """The page of a layer: the project's own, otherwise Keras's, `None` if there is none."""
    if class_name in own:
        return own[class_name]
    name = _usual(class_name)
    if name in FOLDER_OF:
        return f"{KERAS}/{FOLDER_OF[name]}/{_page(name)}/"
    if name in LIST_OF:
        return "/".join(filter(None, (KERAS, LIST_OF[name]))) + "/"
    return None


def _usual(name: str) -> str:
    """The usual one of the names of a layer."""
    return SHORT_NAME.sub(lambda found: SHORT[found[0]], name)


def _page(name: str) -> str:
    """The last part of the address: ``MaxPooling2D`` has ``max_pooling2d``."""
    if name in PAGES:
        return PAGES[name]
    spelled = re.sub(r"Conv(\d)D", r"Convolution\1D", name)
    spelled = re.sub(r"(\dD)(?=[A-Z])", lambda found: f"{found[1].lower()}_", spelled)
    spelled = re.sub(r"([a-z])([A-Z])", r"\1_\2", spelled)
    return spelled.lower()
