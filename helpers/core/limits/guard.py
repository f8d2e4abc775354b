"""The door of a whole room: what every public function of a module is asked before it starts.

`guard` stands last in a model or a study. It reads the parameters' annotations and refuses, by name, what is not of
the kind that they say: a word for a number, several numbers for one, no table, shapes that do not fit each other.
Ranges are the function's own business (`within`).
"""

from __future__ import annotations

import functools
import inspect
import re
import types
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.core.limits.kinds import day, each, function, seeded, yes_no
from helpers.core.limits.numbers import fitting, one_number, one_whole
from helpers.core.limits.shown import MOST, shown

_PLAIN = frozenset({int, float, bool, str, type(None), np.float64})
_AS_GIVEN = (int, float, np.integer, np.floating)
_NO_NUMBER = (bool, np.timedelta64)
# "name : float, 1 to 20 nm" in a docstring: the function holds that range itself.
_STATED = re.compile(r"^ *(\w+(?:, \w+)*) : (?:float|int|scalar)\b[^,\n]*, (?:each )?-?\d\S* to ", re.MULTILINE)
LONGEST_TEXT = 120  # letters; what is longer is no name of anything here


def _one(name: str, value: Any) -> Any:
    number = one_number(name, value)
    return value if isinstance(value, _AS_GIVEN) else number


def _whole(name: str, value: Any) -> Any:
    number = one_whole(name, value)
    return value if isinstance(value, (int, np.integer)) else number


def _number_with_range(name: str, value: Any) -> Any:
    """One number, whatever it is: the function that states its range names that too."""
    return value if isinstance(value, _AS_GIVEN) and not isinstance(value, _NO_NUMBER) else _one(name, value)


def _text(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError(f"{name} = {shown(value)} is not a text.")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"{name} = {shown(value)} is a text of {len(value):,} letters, more than {LONGEST_TEXT}.")
    return value


def _text_or_model(name: str, value: Any) -> Any:
    return _text(name, value) if isinstance(value, str) else value


def _texts(name: str, value: Any) -> Any:
    for item in each(name, value, 10_000):
        _text(name, item)
    return value


def _mapping(name: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} = {shown(value)} is not a mapping, {{name: value}}.")
    for key in value:
        _text(name, key)
    return value


def _rows(name: str, value: Any) -> Any:
    for item in each(name, value, 100_000):
        _mapping(name, item)
    return value


def _table(name: str, value: Any) -> Any:
    if not isinstance(value, pd.DataFrame):
        raise ValueError(f"{name} = {shown(value)} is not a table (a DataFrame).")
    if len(value) > MOST:
        raise ValueError(f"{name} has {len(value):,} rows, more than {MOST:,}.")
    return value


def _column(name: str, value: Any) -> Any:
    if not isinstance(value, pd.Series):
        raise ValueError(f"{name} = {shown(value)} is not a column of a table (a Series).")
    return value


def _is_a(kind: type) -> Callable[[str, Any], Any]:
    def check(name: str, value: Any) -> Any:
        if not isinstance(value, kind):
            raise ValueError(f"{name} = {shown(value)} is not a {kind.__name__}.")
        return value

    return check


def _seed(name: str, value: Any) -> Any:
    seeded(name, value)
    return value


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "float": _one,
    "int": _whole,
    "bool": yes_no,
    "str": _text,
    "date": day,
    "list[str]": _texts,
    "Sequence[str]": _texts,
    "tuple[str, ...]": _texts,
    "pd.DataFrame": _table,
    "pd.Series": _column,
    "int | np.random.Generator": _seed,
    "Ranges": _mapping,
    "list[dict[str, Any]]": _rows,
    "Iterable[Mapping[str, Any]]": _rows,
}
_ARRAYS = ("ArrayLike", "ArrayLike | None", "ArrayLike | str", "ArrayLike | str | None", "np.ndarray")


def _check_for(words: str, names: dict[str, Any]) -> Callable[[str, Any], Any] | None:
    """What an annotation asks for; None where it leaves that to the function."""
    if check := _CHECKS.get(words):
        return check
    if words.startswith(("dict[str, ", "Mapping[str, ")) and "|" not in words:
        return _mapping
    if words.endswith("Model | str"):
        return _text_or_model
    if words.startswith("Callable["):
        return function
    if re.fullmatch(r"(\w+\.)?[A-Z]\w+", words) and words not in ("ArrayLike", "Any"):
        house, _, name = words.rpartition(".")
        kind = getattr(names.get(house), name, None) if house else names.get(name)
        return _is_a(kind) if inspect.isclass(kind) else None
    return None


def guard(room: dict[str, Any], apart: Collection[str] = (), besides: Collection[str] = ()) -> None:
    """Put the door before every public function of a module; call it last, with ``globals()``.

    Parameters
    ----------
    room : dict
        The module's names. Those of `__all__` are public, or without it all functions defined there.
    apart : collection of str
        Functions whose arrays have shapes of their own, so that they need not fit each other.
    besides : collection of str
        Functions that ask all this themselves.

    Examples
    --------
    >>> def double(times: float) -> float:
    ...     return 2 * times
    >>> room = {"__name__": "helpers.core.limits.guard", "__all__": ["double"], "double": double}
    >>> guard(room)
    >>> room["double"](times=[1, 2])
    Traceback (most recent call last):
    ...
    ValueError: times = [1, 2] is not one number.
    """
    public = room.get("__all__") or [name for name in room if not name.startswith("_")]
    for name in public:
        if name in besides:
            continue
        call = room[name]
        known = inspect.isfunction(call) or hasattr(call, "cache_info")
        if known and call.__module__.startswith(room["__name__"]) and not hasattr(call, "behind_the_door"):
            room[name] = _guarded(call, fit=name not in apart)


def _guarded(call: Callable[..., Any], fit: bool) -> Callable[..., Any]:
    names = inspect.unwrap(call).__globals__
    parameters = inspect.signature(call).parameters.values()
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    if not named:
        return call
    stated = {name for found in _STATED.findall(call.__doc__ or "") for name in found.split(", ")}
    checks, optional, arrays = {}, set(), set()
    for parameter in named:
        words = str(parameter.annotation)
        if words.endswith(" | None"):
            optional.add(parameter.name)
        check = _check_for(words.removesuffix(" | None"), names)
        if check in (_one, _whole) and parameter.name in stated:
            check = _number_with_range
        if check:
            checks[parameter.name] = check
        elif fit and words in _ARRAYS:
            arrays.add(parameter.name)
    positions = tuple(p.name for p in named if p.kind is not p.KEYWORD_ONLY)
    plain, check_fit, explain = _PLAIN, _fit, _explain

    def door(*args: Any, **keywords: Any) -> Any:
        loose = 0
        for place, name in enumerate(positions[: len(args)]):
            value = args[place]
            check = checks.get(name)
            if check is not None:
                if value is not None or name not in optional:
                    right = check(name, value)
                    if right is not value:
                        args = (*args[:place], right, *args[place + 1 :])
            elif name in arrays and type(value) not in plain:
                loose += 1
        for name, value in keywords.items():
            check = checks.get(name)
            if check is not None:
                if value is not None or name not in optional:
                    keywords[name] = check(name, value)
            elif name in arrays and type(value) not in plain:
                loose += 1
        if loose > 1:
            check_fit(
                {name: value for name, value in {**dict(zip(positions, args)), **keywords}.items() if name in arrays}
            )
        try:
            return call(*args, **keywords)
        except (KeyError, AttributeError) as error:
            reason = explain(error, {**dict(zip(positions, args)), **keywords})
            if reason is None:
                raise
        raise reason

    # With the function's own globals it counts as its module's (for doctest, say).
    own = functools.wraps(call)(types.FunctionType(door.__code__, names, call.__name__, None, door.__closure__))
    own.behind_the_door = call
    if hasattr(call, "cache_clear"):
        own.cache_clear, own.cache_info = call.cache_clear, call.cache_info
    return own


def _fit(arrays: dict[str, Any]) -> None:
    shaped = {}
    for name, value in arrays.items():
        if type(value) not in _PLAIN:
            try:
                shaped[name] = value if isinstance(value, np.ndarray) else np.asarray(value)
            except Exception:  # no array at all: the function says so itself
                continue
    fitting(**shaped)


def _explain(error: Exception, given: dict[str, Any]) -> Exception | None:
    """The refusal by name, when a name was looked up in vain or a table lacks a column; else nothing."""
    if isinstance(error, AttributeError):  # of a row of a table, by itertuples
        lacking = error.name if isinstance(error.obj, (tuple, pd.DataFrame, pd.Series)) else None
    else:
        lacking = error.args[0] if error.args else None
        for name, value in given.items():
            if isinstance(value, str) and (value == lacking or (isinstance(lacking, tuple) and value in lacking)):
                return KeyError(f"{name} = {shown(value)} is not a name of the table in which it is looked up.")
    if isinstance(lacking, str):
        several = re.search(r"\['(\w+)'", lacking)  # "['a', 'b'] not in index"
        lacking = several[1] if several else lacking
        tables = [
            name
            for name, value in given.items()
            if isinstance(value, pd.DataFrame)
            and lacking not in {*map(str, value.columns), *map(str, value.index.names)}
        ]
        if tables:
            return ValueError(f"{' or '.join(tables)} lacks the column {shown(lacking)}.")
    rows = [name for name, value in given.items() if isinstance(value, (Mapping, pd.Series)) and lacking not in value]
    return ValueError(f"{' or '.join(rows)} lacks {shown(lacking)}.") if rows else None
