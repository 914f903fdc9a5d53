"""What the rules say about faults that the real knowledge of layers raises."""

from __future__ import annotations

from typing import Any

import pytest

from keraslint.analysis import Analysis, FaultRecord, GivenArgument, Place, Site
from keraslint.findings import Finding
from keraslint.knowledge.construct import construct
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.registry import find as layer_class
from keraslint.knowledge.values import NumpyScalar
from keraslint.rules import Checker, Selection
from keraslint.rules.words import value
from keraslint.tensors.dims import Expr
from keraslint.tensors.specs import TensorSpec, flatten
from tests.handmade import Text


def told(
    name: str,
    *arguments: Any,
    on: Any = (),
    again: Any = None,
    made_by: Any = None,
    **keywords: Any,
) -> Finding:
    """The one finding about a layer that is made and called like this."""
    fault = refusal(name, arguments, keywords, on, again)
    record = record_of(fault, name, keywords, on if again is None else again)
    analysis = Analysis("model.py", faults=[record])
    if made_by is not None:
        made_by(analysis, record)
    return the_one(analysis)


def refusal(name: str, arguments: Any, keywords: Any, on: Any, again: Any) -> Fault:
    cls = layer_class(name)
    assert cls is not None
    with pytest.raises(Fault) as caught:
        use(cls, arguments, keywords, on, again)
    return caught.value


def use(cls: type[Layer], arguments: Any, keywords: Any, *calls: Any) -> None:
    layer = construct(cls, arguments, keywords)
    for shapes in calls:
        layer(Call((tensors(shapes),), {}))


def tensors(shapes: Any) -> Any:
    return [TensorSpec(s) for s in shapes] if isinstance(shapes, list) else TensorSpec(shapes)


def record_of(fault: Fault, name: str, keywords: Any, on: Any) -> FaultRecord:
    wholes = [f"{key}={value(known)}" for key, known in keywords.items()]
    text = Text("model.py", f"x = L({', '.join(wholes)})(y)")
    given = {
        key: text.argument(whole, known)
        for whole, (key, known) in zip(wholes, keywords.items(), strict=True)
    }
    made, called = text.place(text.text[4:-3]), text.place(text.text[4:])
    site = Site(f"keras.layers.{name}", made, arguments=given)
    inputs = tuple(flatten(tensors(on)))
    return FaultRecord(
        fault, site.layer, made, called, "<module>", inputs, (None,) * len(inputs), site
    )


def the_one(analysis: Analysis) -> Finding:
    from pathlib import Path

    from keraslint.defects import Shield

    shield = Shield()
    findings = Checker(Selection(), Path(), shield).check(analysis)
    assert shield.defects == []
    (finding,) = findings
    return finding


def made_by(layer: str, **arguments: Any) -> Any:
    """Say which layer made the first input."""

    def note(analysis: Analysis, record: FaultRecord) -> None:
        wholes = [f"{key}={value(known)}" for key, known in arguments.items()]
        text = Text("model.py", f"\n\ny = {layer}({', '.join(wholes)})")
        given: dict[str, GivenArgument] = {
            key: text.argument(whole, known)
            for whole, (key, known) in zip(wholes, arguments.items(), strict=True)
        }
        place = text.place(text.text[6:])
        analysis.sites.append(Site(f"keras.layers.{layer}", place, arguments=given))
        record.origins = (place, *record.origins[1:])

    return note


@pytest.mark.parametrize(
    ("finding", "code", "message", "help"),
    [
        (
            lambda: told("LSTM", 8, on=(None, 32), made_by=made_by("LSTM", units=32)),
            "KL107",
            (
                "LSTM needs a 3-D input (batch, steps, features), but the LSTM before it gives "
                "only its last output (None, 32)"
            ),
            "set return_sequences=True in that LSTM",
        ),
        (
            lambda: told("Conv2D", 8, 3, on=(None, 28, 28), input_shape=(28, 28)),
            "KL103",
            (
                "Conv2D needs a 4-D input (batch, rows, cols, channels), but input_shape=(28, 28) "
                "makes it 3-D (batch, 28, 28): the channels axis is missing"
            ),
            "use (28, 28, 1), and give the data that axis too, for example with x[..., None]",
        ),
        (
            lambda: told("LSTM", 8, on=(None, 50), made_by=made_by("InputLayer", shape=(50,))),
            "KL103",
            (
                "LSTM needs a 3-D input (batch, steps, features), but shape=(50,) makes it 2-D "
                "(batch, 50): the features axis is missing"
            ),
            "use (50, 1), and give the data that axis too, for example with x[..., None]",
        ),
        (
            lambda: told(
                "Conv2D", 8, 3, on=(None, 60000, 28, 28, 1), input_shape=(60000, 28, 28, 1)
            ),
            "KL102",
            (
                "Conv2D needs a 4-D input (batch, rows, cols, channels), but "
                "input_shape=(60000, 28, 28, 1) makes it 5-D (batch, 60000, 28, 28, 1): "
                "the first axis counts the samples"
            ),
            "give the shape of one sample: (28, 28, 1)",
        ),
        (
            lambda: told("MaxPooling2D", on=(None, 784), made_by=made_by("Flatten")),
            "KL101",
            (
                "MaxPooling2D needs a 4-D input (batch, rows, cols, channels), but gets a 2-D one "
                "(None, 784) from Flatten"
            ),
            "leave out the Flatten before it, or put Reshape((rows, cols, channels)) between",
        ),
        (
            lambda: told("Conv2D", 8, 3, on=(None, 50, 8)),
            "KL101",
            (
                "Conv2D needs a 4-D input (batch, rows, cols, channels), but gets a 3-D one "
                "(None, 50, 8)"
            ),
            (
                "for sequences use Conv1D; add the missing axis with keras.layers.Reshape, "
                "or keras.ops.expand_dims"
            ),
        ),
        (
            lambda: told("MaxPooling2D", on=(None, 1, 9, 4), pool_size=2),
            "KL104",
            "MaxPooling2D with pool_size=2 leaves nothing of (None, 1, 9, 4) along its rows",
            "use padding='same', a smaller window, fewer strides or poolings, or a larger input",
        ),
        (
            lambda: told("Add", on=[(None, 4, 8), (None, 4, 6)]),
            "KL105",
            "Add cannot merge (None, 4, 8) and (None, 4, 6): 8 is not 6 on axis -1",
            "give both the same number of channels, 8 or 6",
        ),
        (
            lambda: told("Concatenate", on=[(None, 4, 8), (None, 6, 8)]),
            "KL105",
            "Concatenate cannot merge (None, 4, 8) and (None, 6, 8): 4 is not 6 on axis 1",
            "use padding='same' and equal strides on both ways, or crop the larger one",
        ),
        (
            lambda: told("Reshape", on=(None, 28, 28), target_shape=(32, 32)),
            "KL106",
            (
                "Reshape cannot make (32, 32) of (28, 28): 784 values before, but the target has "
                "1024 values"
            ),
            "write -1 for one axis to let Keras compute it",
        ),
        (
            lambda: told("Dense", 8, on=(None, None), made_by=made_by("Flatten")),
            "KL108",
            "Dense needs a number for the last axis of its input, but gets (None, None)",
            "fix the size of the input, or use a global pooling layer instead of Flatten",
        ),
        (
            lambda: told("Dense", 8, on=(None, 16), again=(None, 32)),
            "KL109",
            "Dense takes the last axis of size 16, but gets (None, 32)",
            "",
        ),
        (
            lambda: told("BatchNormalization", on=(None, 4), axis=3),
            "KL110",
            "BatchNormalization has no axis=3 in (None, 4), whose axes are -2 to 1",
            "",
        ),
        (
            lambda: told("GroupNormalization", on=(None, 8, 8, 24)),
            "KL111",
            (
                "GroupNormalization cannot split the 24 channels of (None, 8, 8, 24) into 32 "
                "groups (the default)"
            ),
            "8, 12 or 24 groups would fit 24",
        ),
        (
            lambda: told("Conv2D", 8, 3, on=(None, 8, 8, 6), groups=4),
            "KL111",
            "Conv2D cannot split the 6 channels of (None, 8, 8, 6) into 4 groups",
            "2, 3 or 6 groups would fit 6",
        ),
        (
            lambda: told("Conv2D", 6, 3, groups=4),
            "KL111",
            "Conv2D cannot split its 6 filters into 4 groups",
            "2, 3 or 6 groups would fit 6",
        ),
        (
            lambda: told("Add", on=(None, 4)),
            "KL116",
            "Add takes a list of tensors, but gets one tensor",
            "",
        ),
        (
            lambda: told("Dense", 8, on=[(None, 4), (None, 4)]),
            "KL116",
            "Dense takes one tensor, but gets 2 tensors",
            "",
        ),
        (
            lambda: told("Dense", 8, activaton="relu"),
            "KL201",
            "Dense has no argument 'activaton'",
            "did you mean 'activation'?",
        ),
        (lambda: told("Conv2D", 8), "KL202", "Conv2D needs the argument 'kernel_size'", ""),
        (
            lambda: told("Dense", 8, activation="rleu"),
            "KL203",
            "Dense does not accept activation='rleu': it must be one of the names that Keras knows",
            "did you mean 'relu'?",
        ),
        (
            lambda: told("Conv2D", 8, 3, padding="smae"),
            "KL203",
            "Conv2D does not accept padding='smae': it must be 'valid' or 'same'",
            "did you mean 'same'?",
        ),
        (
            lambda: told("Dense", units=0),
            "KL203",
            "Dense does not accept units=0: it must be 1 or more",
            "",
        ),
        (
            lambda: told("Conv1D", 8, kernel_size=(3, 3)),
            "KL204",
            "Conv1D needs 1 number for kernel_size, but gets (3, 3)",
            "for images use Conv2D",
        ),
        (
            lambda: told("Conv2D", 8, 3, strides=2, dilation_rate=2),
            "KL205",
            "Conv2D cannot have strides=2 and dilation_rate=2 at once",
            "keep one of them, and pool afterwards if the output must be smaller",
        ),
        (
            lambda: told("Dense", units=50.0),
            "KL206",
            "Dense needs an integer for units, but gets 50.0, a float",
            "divide with //, or convert with int(…)",
        ),
        (
            lambda: told("Dense", units=NumpyScalar(4)),
            "KL206",
            "Dense needs an integer for units, but gets np.int64(4), a NumPy number",
            "convert it with int(…)",
        ),
        (
            lambda: told("Dense", 8, "relu", activation="relu"),
            "KL208",
            "Dense gets 'activation' twice",
            "",
        ),
    ],
)
def test_messages(finding, code, message, help):
    found = finding()
    assert (found.code, found.message) == (code, message)
    assert "; ".join(found.help) == help


def test_the_fault_of_an_argument_stands_at_the_argument():
    found = told("Conv2D", 8, 3, padding="smae", input_shape=(8, 8, 3))
    assert found.location.column == len("x = L(padding=") + 1
    assert found.location.end_column == found.location.column + len("'smae'")


def test_a_fix_renames_the_keyword_alone():
    found = told("Dense", 8, activaton="relu")
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert edit.content == "activation"
    assert edit.location.end_column - edit.location.column == len("activaton")


def test_the_other_end_is_shown():
    found = told("LSTM", 8, on=(None, 32), made_by=made_by("LSTM", units=32))
    (related,) = found.related
    assert related.message == "(None, 32) comes from here"
    assert related.location.row == 3


def test_symbolic_sizes_are_shown_by_name():
    n = Expr.symbol("filters")
    found = told("Conv1D", 8, 3, on=(None, 9, 9, n))
    assert "(None, 9, 9, filters)" in found.message


def test_old_arguments_are_renamed_together():
    found = told("Conv2D", nb_filter=8, kernel_size=3, border_mode="same", dim_ordering="tf")
    assert found.code == "KL501"
    assert found.fix is not None
    contents = [edit.content for edit in found.fix.edits]
    assert contents == ["filters", "padding"]


def test_what_needs_a_look_has_no_fix():
    found = told("Dense", 8, batch_input_shape=(32, 4))
    assert (found.code, found.fix) == ("KL502", None)
    assert found.help == ("start with keras.Input(batch_shape=…)",)


@pytest.mark.parametrize("kind", FaultKind)
def test_a_fault_with_no_facts_at_all_is_told_by_one_rule(kind):
    place = Text("model.py", "x").place("x")
    record = FaultRecord(Fault(kind), "keras.layers.Dense", place, place, "<module>")
    found = the_one(Analysis("model.py", faults=[record]))
    assert found.name == kind.value
    assert found.message


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("odd", [None, 3, "x", (None, 4), [1.5], Place, NumpyScalar(1)])
def test_rules_take_whatever_a_fault_holds(kind, odd):
    place = Text("model.py", "x").place("x")
    fault = Fault(
        kind, argument="a", input=0, expected=odd, found=odd, axis=1, shape=odd, weight=odd
    )
    record = FaultRecord(fault, "keras.layers.Conv2D", place, place, "<module>")
    assert the_one(Analysis("model.py", faults=[record])).name
