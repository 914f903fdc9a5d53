"""What the rules about training share: outputs with their labels, and losses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keraslint.analysis import Data, TrainingRecord
from keraslint.findings import Finding, Related
from keraslint.knowledge.losses import Loss, find, of_string
from keraslint.knowledge.training import first_batch
from keraslint.knowledge.values import Callable_, ClassObject, KerasObject
from keraslint.rules import words
from keraslint.rules.rule import Rule
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import flatten

if TYPE_CHECKING:
    from keraslint.analysis import Analysis, Feed, GivenArgument, LayerRow, Location

LEARNING = ("fit", "evaluate", "train_on_batch", "test_on_batch")
"""Methods that need labels and a loss."""


class TrainingRule(Rule):
    """A rule about what training methods are given; it tells the same thing of a model once."""

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in the training of an analysis."""
        told: set[object] = set()
        for record in analysis.training:
            for finding in self.check_record(record, analysis):
                model = record.model.place if record.model else record.place
                key = (model, finding.message)
                if key not in told:
                    told.add(key)
                    yield finding

    def check_record(self, record: TrainingRecord, analysis: Analysis) -> Iterator[Finding]:
        """What this rule finds in one call."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ChosenLoss:
    """The loss of one output.

    Attributes:
        loss: what is known of it, `None` if it is not one of Keras's.
        from_logits: what it was told.
        options: the arguments it was made with, `None` if they are not known.
    """

    loss: Loss | None
    from_logits: bool | Unknown = False
    options: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One output of a model with the labels that it is compared with.

    Attributes:
        record: the call.
        feed: the data.
        labels: what the output is compared with.
        output: the shape of the output for these data.
        chosen: the loss.
        layer: the layer that gives the output, `None` if unknown.
    """

    record: TrainingRecord
    feed: Feed
    labels: Data
    output: Shape
    chosen: ChosenLoss
    layer: LayerRow | None

    @property
    def argument(self) -> GivenArgument | None:
        """The argument that holds the labels."""
        given = self.record.arguments
        beside = self.feed.argument == "x" and self.feed.source is None
        return given.get("y") if beside else given.get(self.feed.argument)

    @property
    def location(self) -> Location:
        """Where the labels are given."""
        return self.argument.value.location if self.argument else self.record.place.location

    @property
    def batch(self) -> Dim:
        """How many samples come first, unknown if that is not clear."""
        arguments = self.record.arguments
        samples = self.labels.spec.shape[0] if isinstance(self.labels.spec.shape, tuple) else None
        if self.feed.source is not None or self.record.method.endswith("on_batch"):
            return samples if isinstance(samples, int) else UNKNOWN
        if "validation_split" in arguments or "validation_batch_size" in arguments:
            return UNKNOWN
        size = arguments["batch_size"].known if "batch_size" in arguments else None
        count = first_batch(samples, size)
        return UNKNOWN if count is None else count

    def related(self) -> list[Related]:
        """The other ends: where the labels come from, the last layer, the loss."""
        found = []
        if self.feed.source is not None:
            found += origin("these batches come", self.feed.source.place, self.location)
        else:
            shape = words.shape(self.labels.spec.shape)
            found += origin(f"the labels {shape} come", self.labels.place, self.location)
        if self.layer is not None and self.layer.place is not None:
            made = f"the output {words.shape(self.output)} is made here"
            found.append(Related(made, self.layer.place.location))
        loss = loss_argument(self.record)
        if loss is not None:
            found.append(Related("the loss is set here", loss.value.location))
        return found


def origin(what: str, place: Any, known: Location) -> list[Related]:
    """Where something comes from, unless that is where the finding stands."""
    if place is None or place.location == known:
        return []
    return [Related(f"{what} from here", place.location)]


def targets(record: TrainingRecord) -> Iterator[Target]:
    """Every output that a call compares with labels, where both are known."""
    if record.method not in LEARNING or record.own_step:
        return
    for feed in record.feeds:
        outputs = feed.outputs
        if feed.refusal is not None:
            return
        if outputs is None:
            continue
        labels = several(feed.y, len(outputs))
        layers = last_layers(record, len(outputs))
        losses = losses_of(record, len(outputs))
        for y, output, loss, layer in zip(labels, outputs, losses, layers, strict=True):
            if isinstance(y, Data):
                chosen = choose(loss, y.spec.shape, output)
                yield Target(record, feed, y, output, chosen, layer)


def several(nest: Any, count: int) -> list[Any]:
    """A nest as one item for each output; unknown where it has another structure."""
    if isinstance(nest, (list, tuple)):
        return list(nest) if len(nest) == count else [UNKNOWN] * count
    return [nest] if count == 1 and not isinstance(nest, dict) else [UNKNOWN] * count


def last_layers(record: TrainingRecord, count: int) -> list[LayerRow | None]:
    """The layer behind each output, `None` where it is not certain."""
    model = record.model
    certain = model is not None and model.complete and len(record.last_layers) == count
    return list(record.last_layers) if certain else [None] * count


def loss_argument(record: TrainingRecord) -> GivenArgument | None:
    """The loss that the model is compiled with."""
    compiled = record if record.method == "compile" else record.compiled
    return compiled.arguments.get("loss") if isinstance(compiled, TrainingRecord) else None


def losses_of(record: TrainingRecord, count: int) -> list[Any]:
    """The value given for the loss of each output."""
    given = loss_argument(record)
    if given is None:
        return [UNKNOWN] * count
    if isinstance(given.known, (list, tuple, dict)):
        return several(given.known, count)
    return [given.known] * count


def choose(value: Any, labels: Shape = UNKNOWN, output: Shape = UNKNOWN) -> ChosenLoss:
    """What is known of a loss as the program gives it."""
    if isinstance(value, str):
        return ChosenLoss(of_string(value, labels, output))
    if isinstance(value, Callable_) and value.name.startswith("keras.losses."):
        return ChosenLoss(find(value.name))
    if isinstance(value, ClassObject) and value.path.startswith("keras.losses."):
        return ChosenLoss(find(value.path))
    if isinstance(value, KerasObject) and value.path.startswith("keras.losses."):
        options = value.options
        usual = options is not None and options.get("axis", -1) == -1
        logits = options.get("from_logits", False) if options is not None else UNKNOWN
        certain = logits if isinstance(logits, bool) else UNKNOWN
        return ChosenLoss(find(value.path) if usual else None, certain, options)
    return ChosenLoss(None)


def arrays(nest: Any) -> list[Data]:
    """The arrays of a nest."""
    return [leaf for leaf in flatten(nest) if isinstance(leaf, Data)]


def called(given: GivenArgument | None, otherwise: str) -> str:
    """What the code calls an argument: the variable, if it is one."""
    node = given.value.node if given else None
    name = getattr(node, "value", None)
    return name if type(node).__name__ == "Name" and isinstance(name, str) else otherwise
