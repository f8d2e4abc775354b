"""Altair's own work made short, for the reader's kernel.

Building a chart, Altair copies every part of it many times over, checks each against its grammar, and
looks each value up in lists of types: about a tenth of a second a panel, spent again by every learner.
The specification that comes out is the same without (`tests/show/test_quick.py` compares all of the
course's charts). The tests and `make notebooks` leave Altair as it is, and have it check every chart.
"""

from __future__ import annotations

import functools
from typing import Any

import altair as alt
from altair.utils import schemapi

_PLAIN = (str, int, float, bool, type(None))


def _copy(part: Any, by_ref: set[str]) -> Any:
    """Charts down to their layers, lists and encodings, which Altair changes in place; what they hold is shared."""
    if isinstance(part, alt.TopLevelMixin):
        held = {name: value if name in by_ref else _copy(value, by_ref) for name, value in part._kwds.items()}
        return part.__class__(*part._args, **held)
    if isinstance(part, schemapi.SchemaBase):
        return part.copy(deep=False)
    if isinstance(part, list):
        return [_copy(one, by_ref) if isinstance(one, schemapi.SchemaBase) else one for one in part]
    return part.copy() if isinstance(part, dict) else part


def shorten() -> None:
    """Let Altair neither check nor copy more than it must, from here on in this process."""
    schemapi.disable_debug_mode()
    schemapi.SchemaBase.validate = classmethod(lambda cls, instance, schema=None: None)
    schemapi._deep_copy = _copy
    theirs, table = schemapi._todict, schemapi._FromDict

    def as_dict(obj: Any, context: Any, np_opt: Any, pd_opt: Any) -> Any:
        return obj if type(obj) in _PLAIN else theirs(obj, context, np_opt, pd_opt)

    @functools.cache
    def classes(cls: type) -> Any:
        return table(cls._default_wrapper_classes())

    def from_dict(cls: type, dct: dict[str, Any], validate: bool = True) -> Any:
        return classes(cls).from_dict(dct, cls)

    schemapi._todict = as_dict
    schemapi.SchemaBase.from_dict = classmethod(from_dict)
