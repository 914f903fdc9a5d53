"""Whether Keras can save the objects of a class, and make them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from keraslint.rules.support.outline import method, outline
from keraslint.rules.support.uses import dotted, uses

if TYPE_CHECKING:
    from keraslint.analysis import Analysis

LAYERS = {"keras.Layer", "keras.layers.Layer"}
MODELS = {"keras.Model", "keras.models.Model"}
ADD = "add get_config, which returns the arguments of __init__"
TAKE = "let __init__ take **kwargs and hand them to super().__init__(**kwargs)"
SAVED = {"trainable", "dtype"}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why Keras cannot save an object or load it again.

    Attributes:
        owner: the class.
        why: the reason, for a message.
        advice: what to do.
    """

    owner: cst.ClassDef
    why: str
    advice: str


def obstacle(made: cst.CSTNode, analysis: Analysis, *, is_model: bool) -> Obstacle | None:
    """Why an object that a call makes cannot be saved or loaded; `None` if nothing is certain."""
    module = analysis.syntax.module
    owner = _class(made, module)
    if owner is None or not isinstance(made, cst.Call) or len(owner.bases) != 1 or owner.keywords:
        return None
    base = uses(module).path_of(owner.bases[0].value)
    if base not in (MODELS if is_model else LAYERS) or method(owner, "get_config") is not None:
        return None
    init = method(owner, "__init__")
    if init is None or method(owner, "__new__") is not None or init.decorators:
        return None
    if is_model and _required(init.params):
        why = "Keras does not save a subclass of Model whose __init__ needs arguments"
        return Obstacle(owner, why, ADD)
    unfit = None if is_model else _unfit(made, init.params, analysis)
    if unfit is not None:
        return Obstacle(owner, f"Keras does not save {unfit} that __init__ is given", ADD)
    if init.params.star_kwarg is None and method(owner, "from_config") is None:
        taken = {parameter.name.value for parameter in _named(init.params)}
        if not taken >= SAVED:
            return Obstacle(owner, "what Keras saves of it does not fit its __init__", TAKE)
    return None


def _class(made: cst.CSTNode, module: cst.Module) -> cst.ClassDef | None:
    """The class that a call makes an object of, if the module has just one of that name."""
    name = dotted(made.func) if isinstance(made, cst.Call) else None
    found = [owner for owner in outline(module).classes if name == (owner.name.value,)]
    return found[0] if len(found) == 1 else None


def _named(parameters: cst.Parameters) -> Iterator[cst.Param]:
    yield from (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params)


def _required(parameters: cst.Parameters) -> bool:
    """Whether there is a parameter besides ``self`` that must be given."""
    return any(parameter.default is None for parameter in [*_named(parameters)][1:])


def _unfit(made: cst.Call, parameters: cst.Parameters, analysis: Analysis) -> str | None:
    """What of the arguments Keras does not save."""
    positional = [argument for argument in made.args if argument.keyword is None]
    if any(argument.star for argument in made.args):
        return None
    varargs = isinstance(parameters.star_arg, cst.Param)
    if varargs and len(positional) > len(parameters.posonly_params) + len(parameters.params) - 1:
        return "the positional arguments"
    sites = {id(site.place.node) for site in analysis.sites}
    for argument in made.args:
        keyword = argument.keyword.value if argument.keyword else None
        if keyword in {"name", *SAVED, "activity_regularizer"}:
            continue
        for item in _items(argument.value):
            if isinstance(item, cst.Lambda):
                return "a function"
            if id(item) in sites:
                return "a layer"
    return None


def _items(value: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    if isinstance(value, (cst.List, cst.Tuple)):
        for element in value.elements:
            yield from _items(element.value)
    else:
        yield value
