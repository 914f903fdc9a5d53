"""SpectralNormalization: a layer whose kernel is divided by its largest singular value."""

from __future__ import annotations

from keraslint.knowledge.arguments import number
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Weight, single
from keraslint.knowledge.layers.recurrent import RNN
from keraslint.knowledge.layers.wrappers import Wrapper
from keraslint.tensors.dims import UNKNOWN, Unknown
from keraslint.tensors.specs import Nest, TensorSpec


class SpectralNormalization(Wrapper):
    """The inner layer; adds one weight per last dim of its kernel, which is not trained."""

    names = ("SpectralNormalization",)
    call_arguments = ("inputs", "training")

    def configure(self) -> None:
        """Check that a layer and a positive number of iterations are given."""
        super().configure()
        iterations = number(self.arguments, "power_iterations", low=0)
        if not isinstance(iterations, Unknown) and iterations == 0:
            raise Fault(
                FaultKind.INVALID_VALUE, argument="power_iterations", expected=">= 1", found=0
            )

    def build(self, call: Call) -> tuple[Weight, ...]:
        """Build the inner layer, which must have a kernel or embeddings."""
        if not self.fits(call):
            return (Weight(UNKNOWN),)
        weights = super().build(call)
        shape = single(call.first).shape
        self.min_ndim = 1
        if not isinstance(shape, Unknown) and shape:
            self.fixed_axes = {-1: shape[-1]}
        if isinstance(self.layer, Unknown):
            return (*weights, Weight(UNKNOWN, False, "vector_u"))
        kernel = next((w for w in weights if w.name in ("kernel", "embeddings")), None)
        known = not any(isinstance(weight.shape, Unknown) for weight in weights)
        if (kernel is None and known) or isinstance(self.layer, RNN):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="layer",
                expected="a layer with a kernel or embeddings",
                found=self.layer,
            )
        if kernel is None or isinstance(kernel.shape, Unknown):
            return (*weights, Weight(UNKNOWN, False, "vector_u"))
        return (*weights, Weight((1, kernel.shape[-1]), False, "vector_u"))

    def output(self, call: Call) -> Nest:
        """What the inner layer makes of the input."""
        if isinstance(self.layer, Unknown) or not self.fits(call):
            return TensorSpec(UNKNOWN, UNKNOWN)
        return self.layer.output(call)

    def fits(self, call: Call) -> bool:
        """Whether the inner layer can be expected to take a tensor of this rank.

        Raises:
            Fault: it does not, and Keras notices.
        """
        if isinstance(self.layer, Unknown) or self.layer.ndim is None:
            return True
        return self.takes_rank(call, single(call.first).shape)
