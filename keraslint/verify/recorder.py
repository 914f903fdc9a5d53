"""Watching the real Keras: where layers are made, what they are applied to, which models result."""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import CodeType, FrameType, ModuleType
from typing import Any

Where = tuple[str, int, int | None]
Shape = list[int | None]
BUILDERS = ("build", "call")


@dataclass
class Site:
    """A place where a layer was made, with its applications.

    ``column`` is `None` where Python does not tell (before 3.11).
    """

    filename: str
    row: int
    column: int | None
    layer: str
    calls: list[dict[str, Any]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return dict(self.__dict__)


class Recorder:
    """Notes what a program does with Keras between ``with`` and its end.

    Attributes:
        sites: by place and class.
        models: every model, with the place where it was made.
        paused: whether applications are left out for now.
    """

    def __init__(self, keras: ModuleType) -> None:
        self.keras = keras
        self.sites: dict[tuple[Where, str], Site] = {}
        self.models: list[tuple[Where, Any]] = []
        self.paused = False
        self._library = tuple(_folder(name) for name in ("keras", "tensorflow", "tf_keras"))
        self._site_of: dict[int, tuple[Any, Site]] = {}
        self._originals: dict[str, Any] = {}

    def __enter__(self) -> Any:
        layer = self.keras.layers.Layer
        self._originals = {name: layer.__dict__[name] for name in ("__new__", "__call__")}
        layer.__new__ = staticmethod(self._new(self._originals["__new__"].__func__))
        layer.__call__ = self._call(self._originals["__call__"])
        return self

    def __exit__(self, *_: object) -> None:
        for name, original in self._originals.items():
            setattr(self.keras.layers.Layer, name, original)

    def _new(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def new(cls: type, *args: Any, **kwargs: Any) -> Any:
            made = original(cls, *args, **kwargs)
            self._note_made(made, args, kwargs)
            return made

        return new

    def _call(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
            asked = not self.paused and self._is_asked(sys._getframe(1))
            result = original(layer, *args, **kwargs)
            site = self._site_of.get(id(layer))
            if asked and site is not None:
                self._note_call(site[1], layer, args, kwargs, result)
            return result

        return call

    def _note_made(self, made: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        frame, between = self._program_frame(sys._getframe(2))
        if frame is None:
            return
        where = _where(frame)
        if isinstance(made, self.keras.Model):
            if not any(_ends(code, "models", "sequential.py") for code in between):
                self.models.append((where, made))
            return
        made_by_function = between and all(_is_layer_function(code) for code in between)
        if between and not made_by_function:
            return
        name = type(made).__name__
        site = self.sites.setdefault((where, name), Site(*where, name))
        self._site_of[id(made)] = (made, site)
        if isinstance(made, self.keras.layers.InputLayer):
            self._note_input(site, args, kwargs)

    def _note_input(self, site: Site, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """An input is never called; its one application is its construction."""
        batch = kwargs.get("batch_shape")
        shape = kwargs.get("shape", args[0] if args else None)
        if batch is None and shape is not None:
            batch = (kwargs.get("batch_size"), *shape)
        if batch is not None:
            _add(site, {"inputs": [], "outputs": [[*batch]], "params": 0})

    def _note_call(
        self, site: Site, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any
    ) -> None:
        given = [*args, *(value for name, value in kwargs.items() if "mask" not in name)]
        _add(
            site,
            {
                "inputs": self.shapes(given),
                "outputs": self.shapes(result),
                "params": layer.count_params() if layer.built else None,
            },
        )

    def shapes(self, nest: Any) -> list[Shape]:
        """The shapes of all tensors in a nest."""
        leaves = self.keras.tree.flatten(nest)
        return [_shape(leaf) for leaf in leaves if hasattr(leaf, "shape")]

    def _is_asked(self, caller: FrameType) -> bool:
        """Whether the program asks for this application, or a Sequential for its layers."""
        while caller.f_back is not None and self._is_shell(caller.f_code):
            caller = caller.f_back
        code = caller.f_code
        if not self._is_library(code):
            return True
        if _is_layer_function(code):
            return True
        return code.co_name in BUILDERS and _ends(code, "models", "sequential.py")

    def _program_frame(
        self, frame: FrameType | None
    ) -> tuple[FrameType | None, tuple[CodeType, ...]]:
        """The nearest frame of the program, and the code of Keras in between."""
        between: list[CodeType] = []
        while frame is not None and self._is_library(frame.f_code):
            if not self._is_shell(frame.f_code):
                between.append(frame.f_code)
            frame = frame.f_back
        while between and between[0].co_name == "__new__":
            del between[0]
        return frame, tuple(between)

    def _is_shell(self, code: CodeType) -> bool:
        """Whether it only passes a call on: a subclass's ``__call__``, a filter of tracebacks."""
        if code.co_name == "__call__":
            return self._is_library(code)
        return _ends(code, "traceback_utils.py")

    def _is_library(self, code: CodeType) -> bool:
        return code.co_filename == __file__ or code.co_filename.startswith(self._library)

    def as_data(self) -> dict[str, Any]:
        """Everything noted, as JSON has it."""
        return {
            "sites": [site.as_data() for site in self.sites.values()],
            "models": list(self._models_data()),
        }

    def _models_data(self) -> Iterator[dict[str, Any]]:
        for where, model in self.models:
            try:
                yield {**_place(where), **describe(model)}
            except AttributeError:
                continue  # its construction was not finished


def describe(model: Any) -> dict[str, Any]:
    """A real model as data: its layers in Keras's order, their shapes and numbers of weights."""
    graph = getattr(model, "_functional", None) or model
    depths = getattr(graph, "_nodes_by_depth", None)
    nodes = None if depths is None else [node for level in depths.values() for node in level]
    listed = model.layers
    if nodes is not None and graph is model:
        listed = model.operations
    known = bool(model.built) and bool(model.weights or nodes is not None)
    return {
        "name": model.name,
        "kind": type(model).__name__,
        "inputs": _tensors(getattr(graph, "inputs", None)),
        "outputs": _tensors(getattr(graph, "outputs", None)),
        "layers": [_row(layer, nodes) for layer in listed],
        "total_params": model.count_params() if known else None,
        "trainable_params": _count(model.trainable_weights) if known else None,
    }


def _row(layer: Any, nodes: Any) -> dict[str, Any]:
    built = getattr(layer, "built", True)
    weights = layer.weights if hasattr(layer, "trainable_weights") else ()
    return {
        "name": layer.name,
        "class": type(layer).__name__,
        "outputs": _outputs(layer, nodes),
        "params": _count(weights) if built else None,
    }


def _outputs(layer: Any, nodes: Any) -> list[Shape] | None:
    """What its first application within a graph gives."""
    members = {id(node) for node in nodes or ()}
    for node in layer._inbound_nodes:
        if id(node) in members:
            return _tensors(node.output_tensors)
    return None


def _tensors(tensors: Any) -> list[Shape] | None:
    return None if tensors is None else [_shape(tensor) for tensor in tensors]


def _count(weights: Any) -> int:
    total = 0
    for weight in weights:
        size = 1
        for dim in weight.shape:
            size *= int(dim)
        total += size
    return total


def _shape(tensor: Any) -> Shape:
    return [None if dim is None else int(dim) for dim in tensor.shape]


def _add(site: Site, call: dict[str, Any]) -> None:
    """Note an application; Keras repeats many of them while it builds."""
    if call not in site.calls:
        site.calls.append(call)


def _folder(package: str) -> str:
    spec = sys.modules.get(package)
    path = getattr(spec, "__file__", None)
    return os.path.dirname(path) + os.sep if path else f"{os.sep}no{os.sep}{package}"


def _is_layer_function(code: CodeType) -> bool:
    """Whether it is a function such as ``keras.layers.add`` or ``keras.Input``."""
    folder = os.path.join("keras", "src", "layers")
    if folder not in code.co_filename or code.co_varnames[:1] == ("self",):
        return False
    return code.co_name.islower() or code.co_name == "Input"


def _ends(code: CodeType, *parts: str) -> bool:
    return code.co_filename.endswith(os.path.join(*parts))


def _place(where: Where) -> dict[str, Any]:
    return {"filename": where[0], "row": where[1], "column": where[2]}


def _where(frame: FrameType) -> Where:
    """The file, row and column of the expression a frame is at."""
    filename = frame.f_code.co_filename
    if sys.version_info < (3, 11):
        return filename, frame.f_lineno, None
    for index, (row, _, column, _) in enumerate(frame.f_code.co_positions()):
        if index == frame.f_lasti // 2 and row is not None and column is not None:
            line = linecache.getline(filename, row)
            return filename, row, len(line.encode()[:column].decode(errors="ignore")) + 1
    return filename, frame.f_lineno, None
