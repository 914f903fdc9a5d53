"""Edits of arguments, made only where the code is plain enough to change safely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from keraslint.analysis import GivenArgument, Location, Place, Site
from keraslint.findings import Applicability, Edit, Fix


def replacing(
    message: str, given: GivenArgument, content: str, applicability: Applicability = "safe"
) -> Fix:
    """Write another value for an argument."""
    return Fix(message, (Edit(content, given.value.location),), applicability)


def renaming(given: GivenArgument, name: str) -> Fix | None:
    """Write another keyword for an argument; `None` if it was not given by keyword."""
    if not given.keyword:
        return None
    start = given.whole.location
    keyword = replace(start, end_row=start.row, end_column=start.column + len(given.name))
    return Fix(f"Rename to {name}", (Edit(name, keyword),))


def adding(site: Site, argument: str, value: str, applicability: Applicability) -> Fix | None:
    """Give a layer one more argument, or another value for it; `None` if it has none yet."""
    given = site.arguments.get(argument)
    message = f"Set {argument}={value}"
    if given is not None:
        return replacing(message, given, value, applicability)
    if not site.arguments:
        return None
    end = max(_end(other.whole.location) for other in site.arguments.values())
    return Fix(message, (Edit(f", {argument}={value}", end),), applicability)


def removing(call: Place, given: GivenArgument) -> Edit | None:
    """Leave an argument out; `None` where a comment would go with it."""
    arguments = call.node.args
    index = next((i for i, other in enumerate(arguments) if other is given.whole.node), None)
    if index is None:
        return None
    here = given.whole.location
    if index:
        before = arguments[index - 1]
        start = Place(call.module, before).location
        span = replace(here, row=start.end_row, column=start.end_column)
        between = before.comma
    else:
        following = arguments[1] if len(arguments) > 1 else None
        end = _start(Place(call.module, following).location) if following else _end(here)
        span = replace(here, end_row=end.row, end_column=end.column)
        between = given.whole.node.comma
    gap = getattr(between, "whitespace_after", None)
    is_plain = type(gap).__name__ != "ParenthesizedWhitespace" or not _has_comment(gap)
    return Edit("", span) if is_plain else None


def is_literal_tuple(given: GivenArgument) -> bool:
    """Whether a tuple of numbers and ``None`` stands in the code itself."""
    node = given.value.node
    if type(node).__name__ != "Tuple":
        return False
    items: Iterable[Any] = (element.value for element in node.elements)
    return all(
        type(item).__name__ == "Integer" or getattr(item, "value", "") == "None" for item in items
    )


def is_literal_string(given: GivenArgument) -> bool:
    """Whether a plain string stands in the code itself."""
    return type(given.value.node).__name__ == "SimpleString" and isinstance(given.known, str)


def is_shape_of_something(given: GivenArgument) -> bool:
    """Whether the code takes the shape of an array: ``x_train.shape``."""
    node = given.value.node
    return type(node).__name__ == "Attribute" and node.attr.value == "shape"


def _has_comment(gap: Any) -> bool:
    lines = (gap.first_line, *gap.empty_lines)
    return any(line.comment is not None for line in lines)


def _start(location: Location) -> Location:
    return replace(location, end_row=location.row, end_column=location.column)


def _end(location: Location) -> Location:
    return replace(location, row=location.end_row, column=location.end_column)
