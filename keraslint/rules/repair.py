"""Edits of arguments, made only where the code is plain enough to change safely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        between = before.comma
        place = Place(call.module, before).location
        start = _end(place)
        if remark := _comment(between):
            blank = between.whitespace_after.first_line.whitespace.value
            comma, end = _with_comma(before, place), _with_comma(given.whole.node, here)
            if comma is None or end is None or _comment(given.whole.node.comma):
                return None
            start = replace(comma, column=comma.end_column + len(blank) + len(remark.value))
            here = end
        span = replace(here, row=start.row, column=start.column)
    else:
        following = arguments[1] if len(arguments) > 1 else None
        begin = Place(call.module, following).location if following else _end(here)
        span = replace(here, end_row=begin.row, end_column=begin.column)
        between = given.whole.node.comma
        remark = None
    return None if any(other is not remark for other in _comments(between)) else Edit("", span)


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


def _comment(comma: Any) -> Any:
    """The comment behind a comma, on its row."""
    gap = getattr(comma, "whitespace_after", None)
    first = getattr(gap, "first_line", None)
    return first and first.comment


def _comments(comma: Any) -> Iterator[Any]:
    """All comments around a comma."""
    for side in ("whitespace_before", "whitespace_after"):
        gap = getattr(comma, side, None)
        if gap is not None and hasattr(gap, "empty_lines"):
            lines = (gap.first_line, *gap.empty_lines)
            yield from (line.comment for line in lines if line.comment is not None)


def _with_comma(argument: Any, place: Location) -> Location | None:
    """Where an argument ends with the comma behind it; `None` if that is on another row."""
    before = getattr(argument.comma, "whitespace_before", None)
    if before is None:
        return _end(place)
    value = getattr(before, "value", "\n")
    end = replace(_end(place), end_column=place.end_column + len(value) + 1)
    return None if "\n" in value else end


def _end(location: Location) -> Location:
    return replace(location, row=location.end_row, column=location.end_column)
