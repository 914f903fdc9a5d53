"""pandas, as far as shapes go: tables with the columns the code names, and any number of rows."""

from __future__ import annotations

from keraslint.interpreter.libraries.array_dtypes import named_dtype
from keraslint.interpreter.libraries.array_shapes import Undefined, is_several, items_of
from keraslint.interpreter.libraries.array_values import array, as_array
from keraslint.interpreter.libraries.models import library_functions
from keraslint.interpreter.libraries.objects import library_object, methods_of
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Dict, List, Opaque, Sequence_, Tensor, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Expr, Unknown

FRAME = "pandas.DataFrame"
SERIES = "pandas.Series"
pandas = library_functions("pandas.")
table = methods_of(FRAME)
column = methods_of(SERIES)


def frame_of(
    rows: Dim = UNKNOWN, names: tuple[Value, ...] | None = None, width: Dim = UNKNOWN
) -> Opaque:
    """A table; its columns are ``names`` if they are known, or there are ``width`` of them."""
    columns: Dim = width if names is None else len(names)
    made = library_object(FRAME, _shape_of((rows, columns)))
    made.attributes.update(
        names=names, rows=rows, columns=UNKNOWN if names is None else List(list(names))
    )
    for name in ("iloc", "loc"):
        made.attributes[name] = library_object(f"{FRAME}.{name}", {"table": made})
    return made


def _shape_of(shape: tuple[Dim, ...]) -> dict[str, Value]:
    return {"values": array(shape, UNKNOWN), "shape": shape, "ndim": len(shape)}


def series_of(rows: Dim = UNKNOWN, dtype: str | Unknown = UNKNOWN) -> Opaque:
    """One column."""
    made = library_object(SERIES, {**_shape_of((rows,)), "rows": rows})
    made.attributes["values"] = array((rows,), dtype)
    for name in ("iloc", "loc"):
        made.attributes[name] = library_object(f"{SERIES}.{name}", {"table": made})
    return made


def with_rows(value: Opaque, rows: Dim) -> Opaque:
    """The same table or column with another number of rows."""
    if value.path == SERIES:
        return series_of(rows, _dtype(value))
    return frame_of(rows, names_of(value), _width(value))


def _dtype(value: Opaque) -> str | Unknown:
    values = value.attributes["values"]
    return values.spec.dtype if isinstance(values, Tensor) else UNKNOWN


def names_of(value: Opaque) -> tuple[Value, ...] | None:
    """The columns of a table, `None` if they are not known."""
    names = value.attributes["names"]
    return names if isinstance(names, tuple) else None


def _width(value: Opaque) -> Dim:
    shape = value.attributes["shape"]
    width = shape[1] if isinstance(shape, tuple) else UNKNOWN
    return width if isinstance(width, (int, Expr)) else UNKNOWN


def _names(value: Value) -> tuple[Value, ...] | None:
    """The names in a list of columns, `None` if they are not known."""
    if not is_several(value) or getattr(value, "open", False):
        return None
    found = tuple(items_of(value))
    return found if all(isinstance(name, (str, int)) for name in found) else None


@pandas("read_csv read_table read_excel")
def _read(
    source: Value,
    *more: Value,
    names: Value = None,
    header: Value = None,
    usecols: Value = None,
    index_col: Value = None,
    **named: Value,
) -> Value:
    if isinstance(header, (Sequence_, tuple)) or named.keys() & {
        "chunksize",
        "iterator",
        "sheet_name",
    }:
        return UNKNOWN
    chosen = usecols if usecols is not None else names
    return frame_of(UNKNOWN, _names(chosen) if index_col is None and chosen is not None else None)


@pandas("read_json read_parquet read_pickle read_feather read_sql read_hdf")
def _read_other(*_: Value, **__: Value) -> Value:
    return UNKNOWN


@pandas("DataFrame")
def _frame(
    data: Value = None, index: Value = None, columns: Value = None, *more: Value, **_: Value
) -> Value:
    names = None if columns is None else _names(columns)
    if isinstance(data, Dict) and columns is None:
        known = not data.open and all(isinstance(key, (str, int)) for key in data.items)
        lengths = [_length(item) for item in data.items.values()]
        rows = lengths[0] if lengths and index is None else UNKNOWN
        return frame_of(rows, tuple(data.items) if known else None)
    model = as_array(data) if data is not None else None
    shape = UNKNOWN if model is None else model.spec.shape
    if isinstance(shape, Unknown) or len(shape) != 2:
        return frame_of(UNKNOWN, names)
    return frame_of(shape[0], names, shape[1])


def _length(value: Value) -> Dim:
    model = as_array(value) if isinstance(value, (Tensor, Sequence_, tuple)) else None
    shape = UNKNOWN if model is None else model.spec.shape
    return UNKNOWN if isinstance(shape, Unknown) or len(shape) != 1 else shape[0]


@pandas("Series")
def _series(data: Value = None, *more: Value, **_: Value) -> Value:
    return series_of(_length(data))


@pandas("get_dummies")
def _get_dummies(data: Value, *more: Value, **_: Value) -> Value:
    return frame_of(_rows(data))


def _rows(value: Value) -> Dim:
    if isinstance(value, Opaque) and value.path in (FRAME, SERIES):
        rows = value.attributes["rows"]
        return rows if isinstance(rows, (int, Expr)) else UNKNOWN
    return UNKNOWN


@table("__getitem__")
def _columns(frame: Frame, self: Opaque, key: Value) -> Value:
    rows = _rows(self)
    if isinstance(key, str):
        return series_of(rows)
    if isinstance(key, Sequence_):
        return _several_columns(self, key)
    if isinstance(key, slice):
        return with_rows(self, UNKNOWN)
    mask = key.attributes["values"] if isinstance(key, Opaque) and key.path == SERIES else key
    return (
        with_rows(self, UNKNOWN)
        if isinstance(mask, Tensor) and mask.spec.dtype == "bool"
        else UNKNOWN
    )


def _several_columns(self: Opaque, key: Sequence_) -> Value:
    names = _names(key)
    if names is not None and all(isinstance(name, str) for name in names):
        return frame_of(_rows(self), names)
    return frame_of(_rows(self)) if key.open else UNKNOWN


@table("__setitem__")
def _set_column(frame: Frame, self: Opaque, key: Value, value: Value) -> Value:
    names = names_of(self)
    if names is None or key in names:
        return None
    _become(frame, self, frame_of(_rows(self), (*names, key) if isinstance(key, str) else None))
    return None


def _become(frame: Frame, self: Opaque, other: Opaque) -> None:
    """Let a table be as ``other`` is: its columns were changed in place."""
    frame.machine.heap.touch(self)
    for name in ("names", "columns", "values", "shape", "rows"):
        self.attributes[name] = other.attributes[name]


@table("pop")
def _pop(frame: Frame, self: Opaque, item: Value) -> Value:
    _become(frame, self, _without(self, List([item])))
    return series_of(_rows(self))


def _without(self: Opaque, gone: Value) -> Opaque:
    names = names_of(self)
    dropped = (gone,) if isinstance(gone, str) else _names(gone)
    if names is None or dropped is None:
        return frame_of(_rows(self))
    return frame_of(_rows(self), tuple(name for name in names if name not in dropped))


@table("drop")
def _drop(
    frame: Frame,
    self: Opaque,
    labels: Value = None,
    axis: Value = 0,
    index: Value = None,
    columns: Value = None,
    level: Value = None,
    inplace: Value = False,
    errors: Value = "raise",
) -> Value:
    if columns is None and axis in (1, "columns"):
        columns = labels
    result = with_rows(self, UNKNOWN) if columns is None else _without(self, columns)
    if inplace is False:
        return result
    _become(frame, self, result)
    return None if inplace is True else UNKNOWN


@table("to_numpy")
def _to_numpy(frame: Frame, self: Opaque, dtype: Value = None, **_: Value) -> Value:
    return array((_rows(self), _width(self)), UNKNOWN if dtype is None else named_dtype(dtype))


@table("copy sort_index sort_values fillna replace round clip abs applymap interpolate astype")
def _same(frame: Frame, self: Opaque, *more: Value, inplace: Value = False, **_: Value) -> Value:
    if inplace is not False:
        return None if inplace is True else UNKNOWN
    return with_rows(self, _rows(self))


@table("sample head tail dropna query drop_duplicates nlargest nsmallest")
def _some_rows(
    frame: Frame, self: Opaque, *more: Value, inplace: Value = False, **_: Value
) -> Value:
    result = with_rows(self, UNKNOWN)
    if inplace is False:
        return result
    _become(frame, self, result)
    return None if inplace is True else UNKNOWN


@column("to_numpy")
def _column_to_numpy(frame: Frame, self: Opaque, dtype: Value = None, **_: Value) -> Value:
    return array((_rows(self),), UNKNOWN if dtype is None else named_dtype(dtype))


@column("astype")
def _column_astype(frame: Frame, self: Opaque, dtype: Value, **_: Value) -> Value:
    return series_of(_rows(self), named_dtype(dtype))


@column("map apply fillna replace copy abs round clip shift diff rank cumsum interpolate")
def _column_same(
    frame: Frame, self: Opaque, *more: Value, inplace: Value = False, **_: Value
) -> Value:
    return series_of(_rows(self)) if inplace is False else UNKNOWN


@column("unique")
def _unique(frame: Frame, self: Opaque) -> Value:
    return UNKNOWN


@column("tolist to_list")
def _tolist(frame: Frame, self: Opaque) -> Value:
    return List([], open=True)


@column("__getitem__")
def _items(frame: Frame, self: Opaque, key: Value) -> Value:
    return series_of() if isinstance(key, slice) else UNKNOWN


@methods_of(f"{FRAME}.iloc")("__getitem__")
def _at_positions(frame: Frame, self: Opaque, key: Value) -> Value:
    return _located(self.attributes["table"], key, (int, Expr))


@methods_of(f"{FRAME}.loc")("__getitem__")
def _at_labels(frame: Frame, self: Opaque, key: Value) -> Value:
    return _located(self.attributes["table"], key, (str,))


def _located(source: Opaque, key: Value, single: tuple[type, ...]) -> Value:
    """The rows and columns at a pair of keys, of which ``single`` is the type that picks one."""
    rows, columns = key if isinstance(key, tuple) and len(key) == 2 else (key, slice(None))
    everything = isinstance(rows, slice) and rows == slice(None)
    count = _rows(source) if everything else UNKNOWN
    if not isinstance(rows, (slice, Sequence_, Tensor)) and not _is_mask(rows):
        return UNKNOWN
    if isinstance(columns, single):
        return series_of(count)
    if isinstance(columns, Sequence_):
        names = _names(columns)
        return frame_of(
            count, names if single == (str,) else None, len(names or ()) if names else UNKNOWN
        )
    if isinstance(columns, slice):
        return frame_of(count, *_sliced(source, columns))
    return UNKNOWN


def _is_mask(value: Value) -> bool:
    return isinstance(value, Opaque) and value.path == SERIES


def _sliced(source: Opaque, columns: slice) -> tuple[tuple[Value, ...] | None, Dim]:
    names = names_of(source)
    if columns == slice(None):
        return names, _width(source)
    bounds = (columns.start, columns.stop, columns.step)
    plain = all(bound is None or isinstance(bound, int) for bound in bounds)
    return (names[columns] if plain and names is not None else None), UNKNOWN


@methods_of(f"{SERIES}.iloc")("__getitem__")
@methods_of(f"{SERIES}.loc")("__getitem__")
def _at(frame: Frame, self: Opaque, key: Value) -> Value:
    return series_of() if isinstance(key, (slice, Sequence_)) else UNKNOWN


@pandas("concat")
def _concat(objs: Value, *more: Value, **_: Value) -> Value:
    if isinstance(objs, Sequence_) and any(_is_mask(item) for item in objs.items):
        raise Undefined
    return frame_of()
