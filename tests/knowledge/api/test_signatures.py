"""Parsing signatures and binding arguments, judged by Python itself."""

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keraslint.knowledge.api import Default, Signature

NAMES = ["a", "b", "c", "d", "e", "f"]


@st.composite
def signature_texts(draw: st.DrawFn) -> str:
    """Any legal parameter list over a few names."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    first, second = sorted(draw(st.tuples(*[st.integers(0, len(names))] * 2)))
    posonly, plain, kwonly = names[:first], names[first:second], names[second:]
    optional_from = draw(st.integers(0, second))
    parts = [n if i < optional_from else f"{n}={i}" for i, n in enumerate([*posonly, *plain])]
    if posonly:
        parts.insert(first, "/")
    varargs = draw(st.booleans())
    if varargs or kwonly:
        parts.append("*args" if varargs else "*")
    parts += [draw(st.sampled_from([n, f"{n}=None"])) for n in kwonly]
    if draw(st.booleans()):
        parts.append("**kwargs")
    return f"({', '.join(parts)})"


def function(text: str) -> Any:
    scope: dict[str, Any] = {}
    exec(f"def f{text}: return locals()", scope)
    return scope["f"]


calls = st.tuples(
    st.lists(st.integers(), max_size=7),
    st.dictionaries(st.sampled_from([*NAMES, "x", "y"]), st.integers(), max_size=5),
)


@given(signature_texts(), calls)
def test_binding_accepts_what_python_accepts(text, call):
    positional, keywords = call
    binding = Signature.parse(text).bind(positional, keywords)
    try:
        expected = function(text)(*positional, **keywords)
    except TypeError:
        assert not binding.is_valid
        return
    assert binding.is_valid
    assert binding.extra_positional == expected.pop("args", ())
    assert binding.extra_keywords == expected.pop("kwargs", {})
    defaults = {p.name: p.default for p in Signature.parse(text).parameters}
    assert defaults | dict(binding.arguments) == expected


@given(signature_texts(), calls, calls)
def test_an_open_binding_lacks_nothing_that_the_rest_could_give(text, call, rest):
    """Whatever completes a call to a valid one, the open binding finds nothing wrong with it."""
    (positional, keywords), (more, extra) = call, rest
    try:
        function(text)(*positional, *more, **keywords, **extra)
    except TypeError:
        return
    binding = Signature.parse(text).bind(
        positional, keywords, open_positional=True, open_keywords=True
    )
    assert binding.is_valid


@given(signature_texts())
def test_parameters_are_those_of_python(text):
    signature, expected = Signature.parse(text), inspect.signature(function(text))
    kinds: dict[Any, str] = {
        inspect.Parameter.POSITIONAL_ONLY: "positional_only",
        inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional_or_keyword",
        inspect.Parameter.KEYWORD_ONLY: "keyword_only",
    }
    named = [p for p in expected.parameters.values() if p.kind in kinds]
    assert [(p.name, p.kind, p.required) for p in signature.parameters] == [
        (p.name, kinds[p.kind], p.default is p.empty) for p in named
    ]
    assert signature.accepts_varargs == ("args" in expected.parameters)
    assert signature.accepts_kwargs == ("kwargs" in expected.parameters)


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("None", None),
        ("(2, 2)", (2, 2)),
        ("-1", -1),
        ("'valid'", "valid"),
        ("True", True),
        ("1e-07", 1e-07),
        ("K.floatx()", Default("K.floatx()")),
        ("float('inf')", Default("float('inf')")),
    ],
)
def test_a_default_is_a_constant_or_the_text_of_an_expression(text, default):
    (parameter,) = Signature.parse(f"(x={text})").parameters
    assert parameter.default == default
    assert not parameter.required


def test_what_is_wrong_with_a_call_is_told_apart():
    signature = Signature.parse("(units, activation=None)")
    binding = signature.bind([1, "relu", 3], {"activation": "tanh", "unit": 2})
    assert binding.arguments == {"units": 1, "activation": "relu"}
    assert binding.refused_positional == (3,)
    assert binding.refused_keywords == {"unit": 2}
    assert binding.duplicates == ("activation",)
    assert signature.bind([], {"activation": "relu"}).missing == ("units",)


def test_kwargs_swallow_unknown_keywords_and_still_show_them():
    binding = Signature.parse("(units, **kwargs)").bind([1], {"lr": 2})
    assert binding.is_valid
    assert binding.extra_keywords == {"lr": 2}
    assert binding.refused_keywords == {}


def test_an_unknown_star_still_leaves_keyword_only_parameters_missing():
    signature = Signature.parse("(a, *, b)")
    assert signature.bind([], {}, open_positional=True).missing == ("b",)
    assert signature.bind([], {}, open_keywords=True).missing == ()
