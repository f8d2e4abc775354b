"""Altair's own work made short, for the reader's kernel.

Building a chart, Altair copies every part of it many times over, checks each against its grammar, prints each to
give it a name that is hardly ever asked for, and looks each value up in lists of types: about a tenth of a second
a panel, spent again by every learner. The specification that comes out is the same without
(`tests/show/test_quick.py` compares all of the course's charts). The tests and `make notebooks` leave Altair as
it is, and have it check every chart.
"""

from __future__ import annotations

import functools
import gc
import math
from collections.abc import Callable, Iterable
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi
from altair.utils.data import to_values
from altair.vegalite.v6 import api

_PLAIN = (str, int, float, bool, type(None))


def _clone(part: Any) -> Any:
    """What the part's constructor makes of the same values, without its sixty arguments."""
    made = object.__new__(type(part))
    object.__setattr__(made, "_args", part._args)
    object.__setattr__(made, "_kwds", part._kwds.copy())
    return made


def _copy(part: Any, by_ref: set[str]) -> Any:
    """Charts down to their layers, lists and encodings, which Altair changes in place; what they hold is shared."""
    if isinstance(part, schemapi.SchemaBase):
        made = _clone(part)
        if isinstance(part, alt.TopLevelMixin):
            for name, value in part._kwds.items():
                if value is not alt.Undefined and name not in by_ref:
                    made._kwds[name] = _copy(value, by_ref)
        return made
    if isinstance(part, list):
        return [_copy(one, by_ref) if isinstance(one, schemapi.SchemaBase) else one for one in part]
    return part.copy() if isinstance(part, dict) else part


def _copied(self: Any, deep: bool | Iterable[str] = True, ignore: list[str] | None = None) -> Any:
    """In place of ``SchemaBase.copy``."""
    if deep is True:
        made = _copy(self, set(ignore or ()))
        # A chart of charts puts their parameters and sizes in order when it is constructed.
        return type(self)(*made._args, **made._kwds) if isinstance(self, alt.TopLevelMixin) else made
    made = _clone(self)
    for name in deep or ():
        made._kwds[name] = schemapi._shallow_copy(made._get(name))
    return made


class _Later:
    """The name that Altair gives a chart: worked out if somebody reads it, since it prints the chart and its data."""

    def __init__(self, work: Callable[[Any], str], chart: alt.Chart) -> None:
        self._work, self._chart = work, _clone(chart)

    def __str__(self) -> str:
        return self._work(self._chart)


def _rows(data: Any) -> Any:
    """In place of Altair's ``to_values``: the same rows, without a frame for every step."""
    if not isinstance(data, pd.DataFrame) or not all(isinstance(name, str) for name in data.columns):
        return to_values(data)
    columns = [_plain(column) for _, column in data.items()]
    return {"values": [dict(zip(data.columns, row, strict=True)) for row in zip(*columns, strict=True)]}


def _plain(column: pd.Series) -> list[Any]:
    kind, values = column.dtype.kind, column.tolist()
    if column.dtype.name in ("str", "string"):
        return [value if isinstance(value, str) else None for value in values]
    if column.dtype.name in ("bool", "int64"):
        return values
    if column.dtype.name == "float64":
        return [value if math.isfinite(value) else None for value in values]
    if kind == "M":
        return ["" if value is pd.NaT else value.isoformat() for value in values]
    return [row[column.name] for row in to_values(column.to_frame())["values"]]


def shorten() -> None:
    """Let Altair neither check nor copy more than it must, from here on in this process."""
    schemapi.disable_debug_mode()
    schemapi.SchemaBase.validate = classmethod(lambda cls, instance, schema=None: None)
    schemapi.SchemaBase.validate_property = classmethod(lambda cls, name, value, schema=None: None)
    schemapi.SchemaBase.copy = _copied
    theirs, table, name = schemapi._todict, schemapi._FromDict, alt.Chart._compute_hash

    def as_dict(obj: Any, context: Any, np_opt: Any, pd_opt: Any) -> Any:
        kind = type(obj)
        if kind in _PLAIN:
            return obj
        if kind is dict:
            return {k: as_dict(v, context, np_opt, pd_opt) for k, v in obj.items() if v is not alt.Undefined}
        if kind is list:
            return [as_dict(v, context, np_opt, pd_opt) for v in obj]
        return theirs(obj, context, np_opt, pd_opt)

    @functools.cache
    def classes(cls: type) -> Any:
        return table(cls._default_wrapper_classes())

    def from_dict(cls: type, dct: dict[str, Any], validate: bool = True) -> Any:
        return classes(cls).from_dict(dct, cls)

    schemapi._todict = as_dict
    schemapi.SchemaBase.from_dict = classmethod(from_dict)
    alt.Chart._compute_hash = lambda chart: chart._kwds.get("_cached_hash") or _Later(name, chart)
    api.data_transformers.register("course", _rows)
    api.data_transformers.enable("course")
    gc.freeze()  # the collector need not look again and again at what the imports made
