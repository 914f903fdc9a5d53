"""Augmentation: images come out changed, in the shape they had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from keraslint.knowledge.arguments import data_format as read_data_format
from keraslint.knowledge.arguments import flag, number
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call
from keraslint.knowledge.layers.checks import (
    Check,
    data_format,
    each_within,
    nothing,
    odd,
    one_of,
    seed,
    sole,
    value_range,
    whole,
    within,
)
from keraslint.knowledge.layers.same_shape import SameShape, cast
from keraslint.tensors.dims import UNKNOWN, Unknown, differ
from keraslint.tensors.specs import Nest, TensorSpec, map_nest

IMAGE_ARGUMENTS = frozenset(("factor", "bounding_box_format", "data_format"))
INTERPOLATIONS = one_of("nearest", "bilinear")
FILL_MODES = one_of("reflect", "wrap", "constant", "nearest")
GEOMETRY: Mapping[str, Check] = {"interpolation": INTERPOLATIONS, "fill_mode": FILL_MODES}


class Augmentation(SameShape):
    """A nest of images, labels and boxes → the same shapes; no weights.

    Attributes:
        checks: how each argument is checked, beyond those that all share.
    """

    call_arguments = ("inputs", "training")
    extra_arguments = IMAGE_ARGUMENTS
    takes_data = True
    checks: ClassVar[Mapping[str, Check]] = {}

    def configure(self) -> None:
        """Check every argument that has a check."""
        shared: dict[str, Check] = {
            "data_format": data_format,
            "factor": within(-1, 1, optional=True),
            "seed": seed,
        }
        for name, check in (shared | dict(self.checks)).items():
            if name in self.arguments:
                check(self.arguments, name)


class RandomFlip(Augmentation):
    """``(…)`` → ``(…)``; mirrored."""

    names = ("RandomFlip",)
    checks: ClassVar = {"factor": nothing}


class RandomRotation(Augmentation):
    """``(…)`` → ``(…)``; turned by up to ``factor`` of a circle."""

    names = ("RandomRotation",)
    checks: ClassVar = GEOMETRY


class RandomZoom(Augmentation):
    """``(…)`` → ``(…)``; zoomed in or out."""

    names = ("RandomZoom",)
    checks: ClassVar = {
        "factor": nothing,
        "height_factor": each_within(-1, 1, above=True),
        "width_factor": each_within(-1, 1, above=True, optional=True),
        **GEOMETRY,
    }


class RandomTranslation(Augmentation):
    """``(…)`` → ``(…)``; shifted."""

    names = ("RandomTranslation",)
    checks: ClassVar = {
        "factor": nothing,
        "height_factor": each_within(-1, 1),
        "width_factor": each_within(-1, 1),
        **GEOMETRY,
    }


class RandomShear(Augmentation):
    """``(…)`` → ``(…)``; slanted."""

    names = ("RandomShear",)
    checks: ClassVar = {
        "factor": nothing,
        "x_factor": each_within(0, 1),
        "y_factor": each_within(0, 1),
        **GEOMETRY,
    }


class RandomPerspective(Augmentation):
    """``(…)`` → ``(…)``; seen from aside."""

    names = ("RandomPerspective",)
    checks: ClassVar = {
        "factor": within(0, 1),
        "scale": lambda arguments, name: number(arguments, name, low=0, high=1),
        "interpolation": INTERPOLATIONS,
    }


class RandomElasticTransform(Augmentation):
    """``(…)`` → ``(…)``; warped."""

    names = ("RandomElasticTransform",)
    checks: ClassVar = {
        "factor": within(0, 1),
        "scale": within(0, 1),
        "interpolation": INTERPOLATIONS,
        "fill_mode": one_of("constant", "nearest", "wrap", "mirror", "reflect"),
    }


class RandomErasing(Augmentation):
    """``(…)`` → ``(…)``; with a patch blotted out."""

    names = ("RandomErasing",)
    checks: ClassVar = {"factor": within(0, 1), "scale": within(0, 1)}


class RandomGaussianBlur(Augmentation):
    """``(…)`` → ``(…)``; blurred."""

    names = ("RandomGaussianBlur",)
    checks: ClassVar = {"factor": within(0, 1), "kernel_size": odd, "sigma": within(0, 1)}


class RandomBrightness(Augmentation):
    """``(…)`` → ``(…)``; lighter or darker."""

    names = ("RandomBrightness",)
    checks: ClassVar = {"value_range": value_range}


class RandomContrast(Augmentation):
    """``(…)`` → ``(…)``; with more or less contrast."""

    names = ("RandomContrast",)
    checks: ClassVar = {"factor": within(0, 1)}


class RandomHue(Augmentation):
    """``(…)`` → ``(…)``; with other hues."""

    names = ("RandomHue",)
    checks: ClassVar = {"factor": within(0, 1)}


class RandomSaturation(Augmentation):
    """``(…)`` → ``(…)``; with more or less colour."""

    names = ("RandomSaturation",)
    checks: ClassVar = {"factor": within(-1, 1), "value_range": value_range}


class RandomSharpness(Augmentation):
    """``(…)`` → ``(…)``; sharper or softer."""

    names = ("RandomSharpness",)
    checks: ClassVar = {"factor": within(0, 1), "value_range": value_range}


class RandomPosterization(Augmentation):
    """``(…)`` → ``(…)``; with fewer bits for each channel."""

    names = ("RandomPosterization",)
    checks: ClassVar = {"factor": within(1, 8), "value_range": value_range}


class RandomInvert(Augmentation):
    """``(…)`` → ``(…)``; negative."""

    names = ("RandomInvert",)
    checks: ClassVar = {"factor": within(0, 1)}


class RandomColorDegeneration(Augmentation):
    """``([batch,] rows, cols, 3)`` → the same; closer to grey."""

    names = ("RandomColorDegeneration",)
    checks: ClassVar = {"factor": within(-1, 1), "value_range": value_range}

    def output(self, call: Call) -> Nest:
        """The images, of which Keras checks rank and channels.

        Raises:
            Fault: another rank than 3 or 4, or other than 3 channels.
        """
        shape = sole(call.first).shape
        if not isinstance(shape, Unknown):
            if len(shape) not in (3, 4):
                raise Fault(FaultKind.INPUT_RANK, input=0, expected=4, found=shape)
            where = read_data_format(self.arguments)
            axis = -1 if where == "channels_last" else -3
            if not isinstance(where, Unknown) and differ(shape[axis], 3):
                raise Fault(FaultKind.INPUT_DIMENSION, input=0, expected=3, found=shape, axis=axis)
        return super().output(call)


class RandomGrayscale(Augmentation):
    """``(…)`` → ``(…)``; sometimes grey; takes one tensor."""

    names = ("RandomGrayscale",)
    checks: ClassVar = {"factor": lambda arguments, name: number(arguments, name, low=0, high=1)}

    def output(self, call: Call) -> Nest:
        """The images."""
        return cast(self, sole(call.first))


class AutoContrast(Augmentation):
    """``(…)`` → ``(…)``; stretched to the whole range of values."""

    names = ("AutoContrast",)
    checks: ClassVar = {"factor": nothing, "value_range": value_range}


class Equalization(Augmentation):
    """``(…)`` → ``(…)``; with an even histogram; Keras gives back the very input."""

    names = ("Equalization",)
    returns_input = True
    checks: ClassVar = {"value_range": value_range}

    def output(self, call: Call) -> Nest:
        """The input itself."""
        return map_nest(
            lambda leaf: cast(self, leaf) if isinstance(leaf, TensorSpec) else leaf, call.first
        )


class ContrastLimitedAdaptiveHistogramEqualization(Augmentation):
    """``(…)`` → ``(…)``; with an even histogram in each tile."""

    names = ("ContrastLimitedAdaptiveHistogramEqualization",)


class Solarization(Augmentation):
    """``(…)`` → ``(…)``; with bright values inverted."""

    names = ("Solarization",)
    checks: ClassVar = {
        "factor": nothing,
        "addition_factor": each_within(0, 1),
        "threshold_factor": each_within(0, 1),
        "value_range": value_range,
    }


class MixUp(Augmentation):
    """``{"images": …, "labels": …}`` → the same; each mixed with another of the batch."""

    names = ("MixUp",)


class CutMix(Augmentation):
    """``{"images": …, "labels": …}`` → the same; with a patch of another of the batch."""

    names = ("CutMix",)
    checks: ClassVar = {"factor": within(0, 1)}


class MaxNumBoundingBoxes(Augmentation):
    """``{"images": …, "bounding_boxes": …}`` → the same with ``max_number`` boxes each."""

    names = ("MaxNumBoundingBoxes",)

    def configure(self) -> None:
        """Check what Keras turns into integers."""
        super().configure()
        self.max_number = whole(self.arguments, "max_number")
        whole(self.arguments, "fill_value")

    def output(self, call: Call) -> Nest:
        """The same shapes but for the boxes and their labels.

        Raises:
            Fault: there is something else with the boxes, or one of the two is not.
        """
        nest = super().output(call)
        if not isinstance(nest, dict) or "bounding_boxes" not in nest:
            return nest
        inside = nest["bounding_boxes"]
        if not isinstance(inside, dict):
            return UNKNOWN
        if set(inside) != {"boxes", "labels"}:
            raise Fault(
                FaultKind.INPUT_STRUCTURE,
                input=0,
                expected=("boxes", "labels"),
                found=tuple(inside),
            )
        return nest | {"bounding_boxes": map_nest(self.limited, inside)}

    def limited(self, spec: Any) -> Any:
        """Boxes or labels with another number of them."""
        if not isinstance(spec, TensorSpec) or isinstance(spec.shape, Unknown):
            return spec
        if len(spec.shape) < 2:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=2, found=spec.shape, minimum=True)
        return spec.with_shape((spec.shape[0], self.max_number, *spec.shape[2:]))


class Combined(Augmentation):
    """An augmentation that constructs others and picks among them."""

    inner: ClassVar[tuple[str, ...]] = ()

    def configure(self) -> None:
        """Note the automatic names of the inner layers, which share a given name instead."""
        super().configure()
        self.names_at_construction = () if self.arguments.get("name") is not None else self.inner


class RandAugment(Combined):
    """``(…)`` → ``(…)``; a few augmentations, one after the other."""

    names = ("RandAugment",)
    checks: ClassVar = {
        "factor": each_within(0, 1),
        "interpolation": INTERPOLATIONS,
        "value_range": value_range,
    }
    inner = (
        "random_shear",
        "random_translation",
        "random_rotation",
        "random_brightness",
        "random_color_degeneration",
        "random_contrast",
        "random_sharpness",
        "solarization",
        "random_posterization",
        "auto_contrast",
        "equalization",
    )


class AugMix(Combined):
    """``(…)`` → ``(…)``; several chains of augmentations, mixed."""

    names = ("AugMix",)
    checks: ClassVar = RandAugment.checks
    inner = (
        "random_shear",
        "random_translation",
        "random_rotation",
        "solarization",
        "random_posterization",
        "auto_contrast",
        "equalization",
    )
    more = (
        "random_brightness",
        "random_color_degeneration",
        "random_contrast",
        "random_sharpness",
    )

    def configure(self) -> None:
        """Further layers are inside unless ``all_ops`` is off."""
        super().configure()
        if self.names_at_construction and flag(self.arguments, "all_ops") is not False:
            self.names_at_construction = (*self.inner, *self.more)


class RandomColorJitter(Augmentation):
    """``(…)`` → ``(…)``; brightness, contrast, saturation and hue change as far as given."""

    names = ("RandomColorJitter",)
    parts: ClassVar[Mapping[str, tuple[type[Augmentation], str]]] = {
        "brightness_factor": (RandomBrightness, "random_brightness"),
        "contrast_factor": (RandomContrast, "random_contrast"),
        "saturation_factor": (RandomSaturation, "random_saturation"),
        "hue_factor": (RandomHue, "random_hue"),
    }

    def configure(self) -> None:
        """Construct the layers whose factors are given."""
        super().configure()
        for name, (cls, inner) in self.parts.items():
            if self.arguments[name] is not None:
                self.construct(cls, name)
                self.names_at_construction += (inner,)

    def construct(self, cls: type[Augmentation], name: str) -> None:
        """Construct one layer inside.

        Raises:
            Fault: it refuses its factor or the range of values.
        """
        inside = {key: self.arguments[key] for key in ("value_range", "seed")}
        try:
            cls({"factor": self.arguments[name], **inside})
        except Fault as fault:
            if fault.argument == "factor":
                fault.argument = name
            raise
