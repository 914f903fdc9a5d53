"""What is known of a program: where layers are made, what they were applied to, models, faults.

An `Analysis` is what every view shows: findings, shapes, summaries, comments, pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from keraslint.files.evidence import Evidence
from keraslint.locations import Location

if TYPE_CHECKING:
    from keraslint.knowledge.faults import Fault
    from keraslint.tensors.dims import Unknown
    from keraslint.tensors.shapes import Shape
    from keraslint.tensors.specs import TensorSpec


class Locator(Protocol):
    """Whatever can say where a syntax node stands (a module of the analysed program)."""

    def locate(self, node: object) -> Location:
        """The location of ``node`` in the original file."""
        ...


class Place:
    """A syntax node of a module; its location is looked up only when somebody asks."""

    __slots__ = ("module", "node")

    def __init__(self, module: Locator, node: Any) -> None:
        self.module = module
        self.node = node

    @property
    def location(self) -> Location:
        """Where it is in the file."""
        return self.module.locate(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.node is other.node

    def __hash__(self) -> int:
        return id(self.node)


@dataclass(slots=True)
class GivenArgument:
    """One argument of a call as the code gives it.

    Attributes:
        name: the parameter it goes to.
        value: the place of the value expression.
        whole: the place of the whole argument (with its keyword, if it has one).
        keyword: whether it was given by keyword.
        known: the evaluated value as `knowledge.values` describes values.
    """

    name: str
    value: Place
    whole: Place
    keyword: bool
    known: Any = None


@dataclass(slots=True)
class CallRecord:
    """One application of a layer.

    Attributes:
        entry: the root it was reached from, ``<module>`` or a qualified name.
        inputs: every tensor given, masks left out.
        outputs: every tensor returned.
        params: the number of weights after the call, `None` if unknown.
        place: where it was applied.
        stack: the call sites that lead there from the entry, outermost first.
    """

    entry: str
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...] | None
    params: int | None
    place: Place
    stack: tuple[Place, ...] = ()


@dataclass(slots=True, eq=False)
class Site:
    """A place where a layer is constructed. ``layer`` is its dotted name."""

    layer: str
    place: Place
    calls: list[CallRecord] = field(default_factory=list)
    arguments: dict[str, GivenArgument] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class FaultRecord:
    """Keras would raise here.

    Attributes:
        fault: what and why.
        layer: dotted name of the layer (or function) concerned.
        place: the smallest expression to look at.
        call: the whole call that raises.
        entry: the root it was reached from.
        inputs: the tensors given, where there were any.
        origins: where each of them was made, if known.
        site: the construction site of the layer, if it is one of this program.
        stack: the call sites that lead there from the entry, outermost first.
        arguments: the arguments of the call, by parameter name.
    """

    fault: Fault
    layer: str
    place: Place
    call: Place
    entry: str
    inputs: tuple[TensorSpec, ...] = ()
    origins: tuple[Place | None, ...] = ()
    site: Site | None = None
    stack: tuple[Place, ...] = ()
    arguments: dict[str, GivenArgument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """One level of provenance: the function called and where, and the iteration of its loop."""

    function: str
    place: Place
    iteration: tuple[int, ...] = ()


@dataclass(slots=True)
class LayerRow:
    """One layer (or operation) of a model.

    Attributes:
        name: Keras's name of it.
        class_name: Keras's class name.
        inbound: names of the layers it takes tensors from.
        inputs: shapes of these tensors.
        outputs: shapes it gives; `None` if not even their number is known.
        params: number of weights, `None` if unknown.
        trainable_params: those that are trained.
        place: the construction, `None` for what Keras adds itself.
        provenance: the helper calls and loop iterations that led to it, outermost first.
        arguments: the configured arguments (`knowledge.values`), for pictures.
        operation: the `knowledge.layers.Layer`, where it is one.
        rows: the rows of a nested model.
        is_operation: an operation such as ``x + y``, which is no layer and not in ``model.layers``.
    """

    name: str
    class_name: str
    inbound: tuple[str, ...]
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...] | None
    params: int | None
    trainable_params: int | None
    place: Place | None
    provenance: tuple[Frame, ...] = ()
    arguments: dict[str, Any] = field(default_factory=dict)
    operation: Any = None
    rows: tuple[LayerRow, ...] = ()
    is_operation: bool = False


@dataclass(slots=True)
class ModelRecord:
    """One model of the program.

    Attributes:
        name: the variable it is kept in, or Keras's own name.
        keras_name: Keras's own name.
        qualnames: what it can be asked for by: variables, builder functions, classes.
        kind: ``Sequential``, ``Functional`` or the subclass's name.
        inputs, outputs: shapes, `None` if unknown.
        complete: whether every layer is known.
    """

    name: str
    keras_name: str
    qualnames: tuple[str, ...]
    kind: str
    entry: str
    place: Place
    inputs: tuple[Shape, ...] | None
    outputs: tuple[Shape, ...] | None
    layers: tuple[LayerRow, ...]
    total_params: int | None
    trainable_params: int | None
    non_trainable_params: int | None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Data:
    """An array or tensor given to a model.

    Attributes:
        spec: shape and dtype; an unknown dim is a length that the code does not tell.
        facts: what is known of the values: ``low``, ``high``, ``classes`` (how many labels),
            ``one_hot`` (width of one-hot rows), ``values``.
        place: where it was made.
    """

    spec: TensorSpec
    facts: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class DataSource:
    """A dataset or generator given to a model.

    Attributes:
        path: what made it, such as ``tensorflow.data.Dataset``.
        element: one batch, a nest of `Data`; `UNKNOWN` if nothing is known of it.
        place: where it was made.
    """

    path: str
    element: Any
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Data on their way into a model, and what becomes of them.

    Attributes:
        argument: the argument that they are in: ``x`` or ``validation_data``.
        x: what the model takes, a nest of `Data`.
        y: the labels, likewise; `None` if there are none.
        source: the dataset or generator that they come from, if they do.
        refusal: why the model does not take them, `None` if it does or that is not known.
        outputs: the shapes that the model gives for them, `None` if unknown.
    """

    argument: str
    x: Any
    y: Any
    source: DataSource | None = None
    refusal: FaultRecord | None = None
    outputs: tuple[Shape, ...] | None = None


@dataclass(slots=True)
class TrainingRecord:
    """One ``compile``, ``fit``, ``evaluate``, ``predict`` … of a model.

    Attributes:
        method: ``compile``, ``fit`` …
        model: the model's name and shapes at that time, `None` if the model is not known.
        arguments: what was given, by parameter name; ``known`` is a nest of `Data` for arrays, a
            `DataSource` for datasets and generators, else a value (see `knowledge.values`).
        compiled: the ``compile`` before it, for the other methods; `UNKNOWN` if that is unclear.
        built: whether the model knew its input before.
        last_layers: the layers that give the model's outputs, in order, `None` where not known.
        output_keys: the keys of outputs in a dict; `None` if they are not in one, as far as known.
        feeds: the data that go into the model.
        own_step: whether the program says itself how to train the model.
    """

    method: str
    model: ModelRecord | None
    place: Place
    entry: str
    arguments: dict[str, GivenArgument] = field(default_factory=dict)
    compiled: TrainingRecord | Unknown | None = None
    built: bool | None = None
    last_layers: tuple[LayerRow | None, ...] = ()
    output_keys: tuple[str, ...] | None = None
    stack: tuple[Place, ...] = ()
    feeds: tuple[Feed, ...] = ()
    own_step: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A budget that was reached, and what was left unknown because of it."""

    kind: str
    place: Place | None
    entry: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read or parsed, or a defect of keraslint itself met in it."""

    kind: str
    message: str
    location: Location


@dataclass(slots=True)
class Analysis:
    """Everything that is known of one analysed file, and of what it reached in others.

    It holds as long as the file and the ``evidence`` do.
    """

    filename: str
    sites: list[Site] = field(default_factory=list)
    models: list[ModelRecord] = field(default_factory=list)
    faults: list[FaultRecord] = field(default_factory=list)
    training: list[TrainingRecord] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dependencies: list[str] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    syntax: Any = None

    def calls(self) -> Iterator[tuple[Site, CallRecord]]:
        """Every application of every layer."""
        for site in self.sites:
            for call in site.calls:
                yield site, call


__all__ = [
    "Analysis",
    "CallRecord",
    "Data",
    "DataSource",
    "FaultRecord",
    "Feed",
    "Frame",
    "GivenArgument",
    "LayerRow",
    "Limit",
    "Location",
    "Locator",
    "ModelRecord",
    "Place",
    "Problem",
    "Site",
    "TrainingRecord",
]
