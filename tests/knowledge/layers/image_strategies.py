"""Arguments and inputs for layers that take images, good and bad."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from keraslint.tensors.specs import TensorSpec
from tests.knowledge.layers.spatial_strategies import (
    Case,
    counts,
    data_formats,
    keywords,
    mostly,
    odd_numbers,
)

Values = st.SearchStrategy[Any]

numbers: Values = st.sampled_from((0, 0.3, 1, -0.2, -1, 1.0, 3, 8, True, 9, 1.5, -1.5))
pairs: Values = st.lists(mostly(numbers, odd_numbers), min_size=1, max_size=3)
factors: Values = mostly(
    st.sampled_from((0, 0.3, 1, (0.1, 0.9), [0, 1])) | numbers,
    pairs | pairs.map(tuple) | odd_numbers | st.sampled_from((np.float32(0.5), np.float64(0.5))),
)
seeds: Values = mostly(st.just(3), st.sampled_from((None, True, 1.0, "3", np.int64(3))))
ranges: Values = mostly(st.sampled_from(((0, 255), [1, 0])), pairs | odd_numbers)
interpolations: Values = mostly(
    st.sampled_from(("nearest", "bilinear")), st.sampled_from(("bicubic", "Nearest", None, 1))
)
fill_modes: Values = mostly(
    st.sampled_from(("reflect", "wrap", "constant", "nearest")),
    st.sampled_from(("mirror", "zero", None)),
)
geometry = {"interpolation": interpolations, "fill_mode": fill_modes}
odd: Values = mostly(st.sampled_from((3, 5, (3, 5), 3.0)), st.sampled_from((2, (2, 3), (3,), "3")))

OPTIONS: dict[str, dict[str, Values]] = {
    "RandomFlip": {"mode": odd_numbers, "factor": factors},
    "RandomRotation": {"factor": factors, **geometry},
    "RandomZoom": {"height_factor": factors, "width_factor": factors, **geometry},
    "RandomTranslation": {"height_factor": factors, "width_factor": factors, **geometry},
    "RandomShear": {"x_factor": factors, "y_factor": factors, **geometry},
    "RandomPerspective": {
        "factor": factors,
        "scale": factors,
        "interpolation": interpolations,
    },
    "RandomElasticTransform": {"factor": factors, "scale": factors, **geometry},
    "RandomErasing": {"factor": factors, "scale": factors, "fill_value": numbers},
    "RandomGaussianBlur": {"factor": factors, "kernel_size": odd, "sigma": factors},
    "RandomBrightness": {"factor": factors, "value_range": ranges},
    "RandomContrast": {"factor": factors, "value_range": ranges},
    "RandomHue": {"factor": factors, "value_range": ranges},
    "RandomSaturation": {"factor": factors, "value_range": ranges},
    "RandomSharpness": {"factor": factors, "value_range": ranges},
    "RandomPosterization": {"factor": factors, "value_range": ranges},
    "RandomInvert": {"factor": factors, "value_range": ranges},
    "RandomColorDegeneration": {"factor": factors, "value_range": ranges},
    "RandomGrayscale": {"factor": factors},
    "AutoContrast": {"value_range": ranges, "factor": factors},
    "Equalization": {"value_range": ranges, "factor": factors, "bins": numbers},
    "ContrastLimitedAdaptiveHistogramEqualization": {"value_range": ranges, "factor": factors},
    "Solarization": {
        "addition_factor": factors,
        "threshold_factor": factors,
        "value_range": ranges,
    },
    "MixUp": {"alpha": numbers, "factor": factors},
    "CutMix": {"factor": factors},
    "RandAugment": {
        "factor": factors,
        "value_range": ranges,
        "interpolation": interpolations,
        "num_ops": numbers,
    },
    "AugMix": {
        "factor": factors,
        "value_range": ranges,
        "interpolation": interpolations,
        "all_ops": st.booleans(),
    },
    "RandomColorJitter": {
        "brightness_factor": factors,
        "contrast_factor": factors,
        "saturation_factor": factors,
        "hue_factor": factors,
        "value_range": ranges,
        "factor": factors,
    },
    "Resizing": {"height": counts(), "width": counts(), "interpolation": interpolations},
    "CenterCrop": {"height": counts(), "width": counts(), "factor": factors},
    "RandomCrop": {"height": counts(), "width": counts(), "factor": factors},
}
SEEDLESS = {
    "AutoContrast",
    "Equalization",
    "ContrastLimitedAdaptiveHistogramEqualization",
    "Resizing",
    "CenterCrop",
}
REQUIRED = {
    "RandomZoom": ("height_factor",),
    "RandomTranslation": ("height_factor", "width_factor"),
    **dict.fromkeys(("Resizing", "CenterCrop", "RandomCrop"), ("height", "width")),
    **dict.fromkeys(
        (
            "RandomRotation",
            "RandomBrightness",
            "RandomContrast",
            "RandomHue",
            "RandomSaturation",
            "RandomSharpness",
            "RandomPosterization",
            "RandomColorDegeneration",
        ),
        ("factor",),
    ),
}


def images() -> st.SearchStrategy[TensorSpec]:
    """A tensor, most often a batch of images of three channels."""
    dim = mostly(st.integers(1, 12), st.none())
    channels = mostly(st.just(3), st.sampled_from((None, 1, 2)))
    shapes = {
        n: st.tuples(*[st.none() | st.just(2)] * (n > 3), *[dim] * (n - 1 - (n > 3)), channels)
        for n in (1, 2, 3, 4, 5)
    }
    shape = mostly(shapes[4], shapes[3] | shapes[2] | shapes[5] | shapes[1])
    dtype = mostly(st.just("float32"), st.sampled_from(("uint8", "int32", "float16")))
    return st.builds(TensorSpec, shape, dtype)


@st.composite
def augmentations(draw: st.DrawFn) -> Case:
    """Any layer that takes images."""
    name = draw(st.sampled_from(sorted(OPTIONS)))
    options = {"data_format": data_formats, "bounding_box_format": st.just("xyxy")}
    options |= OPTIONS[name]
    if name not in SEEDLESS:
        options["seed"] = seeds
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=4))
    chosen |= set(REQUIRED.get(name, ()))
    kwargs = draw(keywords())
    kwargs |= {key: draw(options[key]) for key in sorted(chosen)}
    return name, draw(images()), (), kwargs
