"""Layers that take images against the real ones."""

from __future__ import annotations

from typing import Any

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.construct import construct
from keraslint.knowledge.layers.base import Call
from keraslint.knowledge.layers.image import Sized
from keraslint.knowledge.layers.registry import find
from keraslint.tensors.dims import UNKNOWN
from tests.knowledge.layers.image_strategies import augmentations
from tests.knowledge.layers.oracle import T, check, check_again
from tests.knowledge.layers.spatial_strategies import Case

pytestmark = pytest.mark.oracle

X = T((None, 32, 24, 3))
GREY = T((None, 32, 24, 1))
ONE = T((32, 24, 3))

CASES: list[Case] = [
    ("RandomFlip", X, ("horizontal",), {"seed": 1}),
    ("RandomFlip", X, (), {"factor": 0.5}),
    ("RandomFlip", X, (), {"seed": 1.0}),
    ("RandomRotation", X, (0.2,), {}),
    ("RandomRotation", X, (None,), {}),
    ("RandomRotation", X, (1.5,), {}),
    ("RandomRotation", X, ((-0.1, 0.1),), {"fill_mode": "mirror"}),
    ("RandomZoom", X, (0.2,), {}),
    ("RandomZoom", X, (-1,), {}),
    ("RandomZoom", X, (0.2, (0.1, 2)), {}),
    ("RandomTranslation", X, (-1, 1), {}),
    ("RandomTranslation", X, (0.1,), {}),
    ("RandomTranslation", X, (0.1, 0.1), {"interpolation": "bicubic"}),
    ("RandomShear", X, (), {"x_factor": (-0.1, 0.1)}),
    ("RandomPerspective", X, (), {"scale": 1.5}),
    ("RandomElasticTransform", X, (), {"fill_mode": "mirror"}),
    ("RandomErasing", X, (), {"scale": (0.1,)}),
    ("RandomGaussianBlur", X, (), {"kernel_size": 4}),
    ("RandomBrightness", X, (0.2,), {"value_range": (0, 1)}),
    ("RandomBrightness", X, (0.2,), {"value_range": 1}),
    ("RandomContrast", X, (0.2,), {"data_format": "channels_first"}),
    ("RandomContrast", X, (-0.2,), {}),
    ("RandomPosterization", X, (4,), {}),
    ("RandomPosterization", X, (0,), {}),
    ("RandomColorDegeneration", GREY, (0.2,), {}),
    ("RandomColorDegeneration", T((None, 10, 3, 10)), (0.2,), {"data_format": "channels_first"}),
    ("RandomGrayscale", X, ((0, 1),), {}),
    ("Solarization", X, (0.2, (0.1, 1.2)), {}),
    ("RandAugment", X, ((0, 255),), {}),
    ("RandAugment", X, (), {"factor": (-0.5, 0.5)}),
    ("AugMix", X, (), {"interpolation": "lanczos"}),
    ("RandomColorJitter", X, (), {"hue_factor": 2}),
    ("RandomColorJitter", X, (), {"contrast_factor": 0.2, "value_range": 1}),
    ("RandomColorJitter", X, (), {"saturation_factor": 0.2, "value_range": 1}),
    ("Resizing", X, (8, 9), {}),
    ("Resizing", ONE, (8, 9), {}),
    ("Resizing", T((None, 24, 3)), (8, 9), {}),
    ("Resizing", T((24, 3)), (8, 9), {}),
    ("Resizing", T((3,)), (8, 9), {}),
    ("Resizing", X, (8.0, 9), {}),
    ("Resizing", X, (None, 9), {}),
    ("Resizing", X, ((8, 9),), {}),
    ("CenterCrop", X, (8, 9), {"data_format": "channels_first"}),
    ("CenterCrop", T((None, 4, 32, 24, 3)), (8, 9), {}),
    ("RandomCrop", X, (8, 9), {}),
    ("RandomCrop", T((None, 4, 32, 24, 3)), (8, 9), {}),
    ("RandomCrop", T((24, 3)), (8, 9), {}),
]


@pytest.mark.parametrize(("name", "x", "args", "kwargs"), CASES)
def test_cases(name: str, x: T, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    check(name, (x,), *args, **kwargs)


@pytest.mark.parametrize("name", ["RandomFlip", "MixUp", "Equalization"])
def test_nests(name: str) -> None:
    check(name, ({"images": X, "labels": T((None, 10))},))
    check(name, ([X],))


@pytest.mark.parametrize("name", ["Resizing", "CenterCrop", "RandomCrop", "RandomGrayscale"])
def test_lists_of_data(name: str) -> None:
    cls = find(name)
    assert cls is not None
    args = (8, 9) if issubclass(cls, Sized) else ()
    construct(cls, args, {})(Call(([T((8, 8, 3)), UNKNOWN, 3],), {}))


def test_boxes() -> None:
    boxes = {"boxes": T((None, 7, 4)), "labels": T((None, 7))}
    nest = {"images": X, "bounding_boxes": boxes}
    check("MaxNumBoundingBoxes", (nest,), 3)
    check("MaxNumBoundingBoxes", (X,), "3")
    check("MaxNumBoundingBoxes", (X,), None)
    check("MaxNumBoundingBoxes", (nest | {"bounding_boxes": {"boxes": T((None, 7, 4))}},), 3)


@given(augmentations())
def test_any_augmentation(drawn: Case) -> None:
    name, x, args, kwargs = drawn
    check(name, (x,), *args, **kwargs)


@given(augmentations(), st.sampled_from(("float32", "float16", "int32")))
def test_dtypes(drawn: Case, dtype: str) -> None:
    name, x, args, kwargs = drawn
    check_again(name, (T(x.shape, dtype),), *args, **kwargs)


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("AugMix", {}),
        ("AugMix", {"all_ops": False}),
        ("AugMix", {"name": "mix"}),
        ("RandAugment", {}),
        ("RandomColorJitter", {}),
        ("RandomColorJitter", {"hue_factor": 0.1, "brightness_factor": 0.1, "name": "jitter"}),
    ],
)
def test_names_of_inner_layers(name: str, kwargs: dict[str, Any]) -> None:
    keras.utils.clear_session()
    inner = [layer.name for layer in getattr(keras.layers, name)(**kwargs)._layers]
    cls = find(name)
    assert cls is not None
    automatic = [text for text in inner if text != kwargs.get("name")]
    assert list(construct(cls, (), kwargs).names_at_construction) == automatic
