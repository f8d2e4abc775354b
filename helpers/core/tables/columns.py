"""The kinds of columns: the rule that the text of a cell must keep, and the type it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import inf, isfinite

_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Col:
    """One column of a table: the rule its text must keep, and the type the text becomes.

    Attributes
    ----------
    rule : str
        The rule in words, as whoever breaks it reads it.
    keeps : callable
        Whether a text that is not empty keeps the rule.
    kind : {"text", "date", "number", "flag"}
        What the text becomes.
    optional, unique : bool
        May be empty; holds each value only once.
    refers_to : str or None
        A table: every value is a key there.
    many : bool
        A list of values, separated by one space.
    """

    rule: str
    keeps: Callable[[str], object]
    kind: str = "text"
    optional: bool = False
    unique: bool = False
    refers_to: str | None = None
    many: bool = False

    def allows(self, value: str) -> bool:
        """Whether the text of a cell keeps the rule."""
        return bool(self.keeps(value)) if value else self.optional


def _told(rule: str, optional: bool) -> str:
    return rule + (", or empty" if optional else "")


def _tidy(longest: int) -> Callable[[str], bool]:
    return lambda value: len(value) <= longest and value == value.strip()


def text(longest: int = 2000, *, optional: bool = False) -> Col:
    """Text without spaces at its ends and at most `longest` characters."""
    rule = f"text of 1 to {longest} characters, no space at its ends"
    return Col(_told(rule, optional), _tidy(longest), optional=optional)


def slug(*, key: bool = False) -> Col:
    """A stable identifier: lower-case letters, digits, hyphens (claims: S01)."""
    return Col("an id of letters, digits, '-' and '_'", re.compile(_ID).fullmatch, unique=key)


def word(*allowed: str, optional: bool = False) -> Col:
    """One of a fixed list of words."""
    return Col(_told("one of " + ", ".join(allowed), optional), frozenset(allowed).__contains__, optional=optional)


def flag() -> Col:
    """yes or no."""
    return Col("yes or no", frozenset(("yes", "no")).__contains__, kind="flag")


def number(low: float | None = None, high: float | None = None, *, optional: bool = False) -> Col:
    """A plain number, within `low` and `high` where given."""
    least, most = -inf if low is None else low, inf if high is None else high
    bounds = "" if low is None and high is None else f" from {least} to {most}"

    def keeps(value: str) -> bool:
        return bool(_NUMBER.fullmatch(value)) and least <= float(value) <= most and isfinite(float(value))

    return Col(_told("a plain number" + bounds, optional), keeps, kind="number", optional=optional)


def counts(names: str) -> dict[str, Col]:
    """Several columns of whole counts, which may be empty, by their names in one text."""
    return {name: number(0, 10_000_000, optional=True) for name in names.split()}


def day(first: str = "2010-01-01", last: str = "2030-12-31", *, optional: bool = False) -> Col:
    """A full ISO date between `first` and `last`."""

    def keeps(value: str) -> bool:
        return bool(_DAY.fullmatch(value)) and first <= value <= last and _exists(value)

    rule = f"a date written YYYY-MM-DD from {first} to {last}"
    return Col(_told(rule, optional), keeps, kind="date", optional=optional)


def loose_date(*, optional: bool = False) -> Col:
    """A date as exact as the publisher gives it: YYYY, YYYY-MM or YYYY-MM-DD (kept as text)."""

    def keeps(value: str) -> bool:
        return bool(_LOOSE_DATE.fullmatch(value)) and _exists(value + "-01-01"[len(value) - 4 :])

    return Col(_told("a date written YYYY, YYYY-MM or YYYY-MM-DD", optional), keeps, optional=optional)


def _exists(iso_date: str) -> bool:
    try:
        date.fromisoformat(iso_date)
    except ValueError:
        return False
    return True


def url() -> Col:
    """A web address without spaces."""
    return Col("an address that starts with https:// or http://", re.compile(r"https?://[^\s]+").fullmatch)


def name() -> Col:
    """A plain name that is the key of its table."""
    return Col("a name of 1 to 60 characters, no space at its ends", _tidy(60), unique=True)


def named(table: str, *, optional: bool = False) -> Col:
    """A plain name that is a key of another table."""
    plain = text(60, optional=optional)
    return Col(plain.rule, plain.keeps, optional=optional, refers_to=table)


def ref(table: str, *, many: bool = False, optional: bool = False) -> Col:
    """A key of another table (or several, separated by one space)."""
    pattern = re.compile(f"{_ID}( {_ID})*" if many else _ID)
    rule = f"a key of {table}.csv" + (" (several separated by one space)" if many else "")
    return Col(_told(rule, optional), pattern.fullmatch, optional=optional, refers_to=table, many=many)
