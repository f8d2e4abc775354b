"""Checks at the door of the studies: a name of a model, one number, a frame with its columns."""

from __future__ import annotations

import reprlib

import pandas as pd

from helpers.core.limits import within
from helpers.llm import model as llm


def known(name: str, value: object) -> str:
    """The value, when it is a name of ``llm.models``; a refusal that names the parameter otherwise."""
    names = llm.models()
    if not isinstance(value, str) or value not in names:
        raise ValueError(
            f"{name} = {reprlib.repr(value)} is not one of the {len(names)} names of llm.models(), {names[0]} to {names[-1]}."
        )
    return value


def number(name: str, value: object, low: float, high: float, unit: str = "") -> float:
    """The value as a float, when it is one number from `low` to `high`."""
    found = within(name, value, low, high, unit)
    if found.ndim:
        raise ValueError(f"{name} has the shape {found.shape}; it is one number from {low:g} to {high:g}.")
    return float(found)


def tokens(value: object, low: int = 0) -> float:
    """The length `context`, one number of tokens."""
    return number("context", value, low, 1e9, "tokens")


def bits(name: str, value: object) -> float | str:
    """A precision: one number from 1 to 32, or "packed"."""
    if isinstance(value, str):
        if value != llm.PACKED:
            raise ValueError(f"{name} = {reprlib.repr(value)} is neither a number from 1 to 32 nor {llm.PACKED!r}.")
        return value
    number(name, value, 1, 32, "bits")
    return value  # type: ignore[return-value]


def frame(name: str, value: object, *columns: str) -> pd.DataFrame:
    """The value, when it is a frame with these columns."""
    if not isinstance(value, pd.DataFrame) or not set(columns) <= set(value.columns):
        raise ValueError(f"{name} is no DataFrame with the columns {', '.join(columns)}.")
    return value


def yes_no(name: str, value: object) -> bool:
    """The value, when it is yes or no."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} = {reprlib.repr(value)} is not True or False.")
    return value
