"""Spectrograms of sound."""

from __future__ import annotations

import math
from typing import Any

from keraslint.knowledge.arguments import choice, compute_dtype, flag, is_known, number, plain
from keraslint.knowledge.arguments import data_format as read_data_format
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer, Weight, single
from keraslint.knowledge.layers.checks import is_number, literal_dim, not_truthy, sole
from keraslint.knowledge.layers.spatial import refuse_empty
from keraslint.tensors import windows
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown, add, floor_divide, multiply
from keraslint.tensors.shapes import unknown
from keraslint.tensors.specs import Nest, TensorSpec

MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")


class MelSpectrogram(Layer):
    """``([batch,] n)`` → ``([batch,] num_mel_bins, (n + stride + 1)//stride)``."""

    names = ("MelSpectrogram",)
    takes_data = True

    def configure(self) -> None:
        """The transform must be as long as the sequence; a rate must be there to halve."""
        length = plain(self.arguments["sequence_length"])
        transform = plain(self.arguments["fft_length"])
        if transform is None or mismatched(transform, length):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="fft_length" if transform is None else "sequence_length",
                expected="an integer",
                found=transform if transform is None else length,
            )
        if is_number(transform) and is_number(length) and transform < length:
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="fft_length",
                expected=f">= {length}",
                found=transform,
            )
        if not_truthy(self.arguments["max_freq"]):
            number(self.arguments, "sampling_rate")

    def output(self, call: Call) -> Nest:
        """The spectrogram; axes behind the second are dropped.

        Raises:
            Fault: a tensor without axes, or a stride that cannot divide.
        """
        dtype = compute_dtype(self.arguments)
        shape = sole(call.first).shape
        bins = literal_dim(self.arguments, "num_mel_bins")
        if isinstance(shape, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        if not shape:
            raise Fault(FaultKind.INPUT_RANK, input=0, expected=1, found=shape, minimum=True)
        steps = shape[0] if len(shape) == 1 else shape[1]
        return TensorSpec((*shape[: len(shape) > 1], bins, self.frames(steps)), dtype)

    def frames(self, steps: Dim) -> Dim:
        """The number of frames."""
        stride = plain(self.arguments["sequence_stride"])
        if steps is None:
            return None
        if isinstance(steps, Unknown):
            return UNKNOWN
        if is_known(stride) and (not isinstance(stride, int) or stride == 0):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="sequence_stride",
                expected=">= 1",
                found=stride,
            )
        step: Dim = stride if isinstance(stride, (int, Expr)) else UNKNOWN
        return floor_divide(add(add(steps, step), 1), step)


class STFTSpectrogram(Layer):
    """``(batch, steps, channels)`` → ``(batch, frames, channels·(fft_length//2 + 1))``.

    Weights frame_length·(fft_length//2 + 1), twice unless the mode is real or imag.
    """

    names = ("STFTSpectrogram",)
    axes = ("steps", "channels")

    def configure(self) -> None:
        """Check lengths, mode, scaling and padding, in the order in which Keras does."""
        self.ndim = 3
        self.frame_length = self.length("frame_length")
        step = self.frame_step()
        self.check_fft_length()
        self.mode = choice(self.arguments, "mode", MODES)
        if self.arguments["scaling"] is not None:
            choice(self.arguments, "scaling", ("density", "spectrum"))
        self.padding = choice(self.arguments, "padding", ("valid", "same"))
        self.step = step
        self.data_format = read_data_format(self.arguments)
        self.frequencies = add(floor_divide(self.fft_length(), 2), 1)

    def length(self, name: str) -> Dim:
        """A length that must be a positive integer."""
        value = plain(self.arguments[name])
        if is_known(value) and not isinstance(value, int):
            raise Fault(FaultKind.ARGUMENT_TYPE, argument=name, expected="an integer", found=value)
        if isinstance(value, int) and value <= 0:
            raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=">= 1", found=value)
        return value if isinstance(value, (int, Expr)) else UNKNOWN

    def frame_step(self) -> Dim:
        """The step: half a frame unless given; at least 1, at most a frame."""
        step = plain(self.arguments["frame_step"])
        if step is None:
            return floor_divide(self.frame_length, 2)
        given = number(self.arguments, "frame_step")
        most = self.frame_length
        if isinstance(given, (int, float)) and (
            given < 1 or (isinstance(most, int) and given > most)
        ):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="frame_step",
                expected=f"between 1 and {most}",
                found=given,
            )
        return step if isinstance(step, (int, Expr)) else UNKNOWN

    def check_fft_length(self) -> None:
        """The transform is an integer not shorter than a frame."""
        if self.arguments["fft_length"] is None:
            return
        length, least = self.length("fft_length"), self.frame_length
        if isinstance(length, int) and isinstance(least, int) and length < least:
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="fft_length",
                expected=f">= {least}",
                found=length,
            )

    def fft_length(self) -> Dim:
        """The length of the transform: a frame's, rounded up to a power of 2, unless given."""
        if self.arguments["fft_length"] is not None:
            return self.length("fft_length")
        frame = self.frame_length
        return 2 ** math.ceil(math.log2(frame)) if isinstance(frame, int) else UNKNOWN

    def build(self, call: Call) -> tuple[Weight, ...]:
        """The real and the imaginary kernel, as far as the mode needs them."""
        single(call.first)
        if isinstance(self.mode, Unknown):
            return (Weight(UNKNOWN),)
        shape = (self.frame_length, 1, self.frequencies)
        names = {"real": ("real_kernel",), "imag": ("imag_kernel",)}
        both = ("real_kernel", "imag_kernel")
        return tuple(Weight(shape, name=name) for name in names.get(self.mode, both))

    def output(self, call: Call) -> Nest:
        """Frames of frequencies for each channel.

        Raises:
            Fault: no frame fits, a frame of one step, or a dynamic number of channels.
        """
        dtype = compute_dtype(self.arguments)
        shape = sole(call.first).shape
        expands = flag(self.arguments, "expand_dims")
        if isinstance(shape, Unknown):
            shape = unknown(3)
        if self.step == 0:
            raise Fault(FaultKind.INVALID_VALUE, argument="frame_length", expected=">= 2", found=1)
        if isinstance(expands, Unknown):
            return TensorSpec(UNKNOWN, dtype)
        if isinstance(self.data_format, Unknown):
            return TensorSpec((shape[0], *unknown(3 if expands else 2)), dtype)
        last = self.data_format == "channels_last"
        steps, channels = (shape[1], shape[2]) if last else (shape[2], shape[1])
        if channels is None:
            raise Fault(FaultKind.UNDEFINED_DIMENSION, input=0, found=shape, axis=-1 if last else 1)
        frames, bins = self.frames(steps, shape), self.bins()
        if expands:
            inner = (frames, bins, channels) if last else (channels, frames, bins)
            return TensorSpec((shape[0], *inner), dtype)
        merged = multiply(bins, channels)
        return TensorSpec((shape[0], *((frames, merged) if last else (merged, frames))), dtype)

    def bins(self) -> Dim:
        """The frequencies of one channel: real and imaginary ones side by side in mode stft."""
        if isinstance(self.mode, Unknown):
            return UNKNOWN
        return multiply(self.frequencies, 2) if self.mode == "stft" else self.frequencies

    def frames(self, steps: Dim, shape: tuple[Dim, ...]) -> Dim:
        """The number of frames."""
        if steps is None:
            return None
        if isinstance(self.padding, Unknown):
            return UNKNOWN
        if self.padding == "same":
            return windows.same(steps, self.step)
        return refuse_empty((windows.valid(steps, self.frame_length, self.step),), shape)[0]


def mismatched(a: Any, b: Any) -> bool:
    """Whether two values are certainly not comparable; what is false counts for nothing."""
    known = is_known(a) and is_known(b) and not not_truthy(b)
    return known and is_number(a) != is_number(b)
