"""The kinds of columns: the rule that the text of a cell must keep, and the type it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf, isfinite
from typing import Any

from helpers.core.safe import ADDRESS, is_address

_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_ZERO = re.compile(r"[+-]?[0.]+([eE].*)?")
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
    limits : mapping
        The rule in the words of a Frictionless field: type, format, constraints.
    """

    rule: str
    keeps: Callable[[str], object]
    kind: str = "text"
    optional: bool = False
    unique: bool = False
    refers_to: str | None = None
    many: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def allows(self, value: str) -> bool:
        """Whether the text of a cell keeps the rule."""
        return bool(self.keeps(value)) if value else self.optional


def _told(rule: str, optional: bool) -> str:
    return rule + (", or empty" if optional else "")


def _tidy(longest: int) -> Callable[[str], bool]:
    """Short enough, no space at its ends, and nothing that is not seen: no control or direction characters."""
    return lambda value: len(value) <= longest and value.isprintable() and value == value.strip()


def _limits(kind: str, form: str = "", **constraints: Any) -> dict[str, Any]:
    known = {name: value for name, value in constraints.items() if value is not None}
    return {"type": kind, **({"format": form} if form else {}), **({"constraints": known} if known else {})}


def text(longest: int = 2000, *, optional: bool = False) -> Col:
    """Text of at most `longest` characters, without spaces at its ends, control or direction characters."""
    rule = f"text of 1 to {longest} characters, no space at its ends, no control or direction characters"
    limits = _limits("string", maxLength=longest)
    return Col(_told(rule, optional), _tidy(longest), optional=optional, limits=limits)


def slug(*, key: bool = False) -> Col:
    """A stable identifier: lower-case letters, digits, hyphens (claims: S01)."""
    rule = "an id of letters, digits, '-' and '_'"
    return Col(rule, re.compile(_ID).fullmatch, unique=key, limits=_limits("string", pattern=f"^{_ID}$"))


def word(*allowed: str, optional: bool = False) -> Col:
    """One of a fixed list of words."""
    limits = _limits("string", enum=list(allowed))
    rule = _told("one of " + ", ".join(allowed), optional)
    return Col(rule, frozenset(allowed).__contains__, optional=optional, limits=limits)


def flag() -> Col:
    """yes or no."""
    limits = {**_limits("boolean"), "trueValues": ["yes"], "falseValues": ["no"]}
    return Col("yes or no", frozenset(("yes", "no")).__contains__, kind="flag", limits=limits)


def number(low: float | None = None, high: float | None = None, *, optional: bool = False) -> Col:
    """A plain number, within `low` and `high` where given."""
    least, most = -inf if low is None else low, inf if high is None else high
    bounds = "" if low is None and high is None else f" from {least} to {most}"

    def keeps(value: str) -> bool:
        if not _NUMBER.fullmatch(value):
            return False
        as_float = float(value)  # zero only where nought is written: 1e-400 is none
        return least <= as_float <= most and isfinite(as_float) and (as_float != 0 or bool(_ZERO.fullmatch(value)))

    limits = _limits("number", minimum=low, maximum=high)
    return Col(_told("a plain number" + bounds, optional), keeps, kind="number", optional=optional, limits=limits)


def whole(low: int, high: int, *, optional: bool = False) -> Col:
    """A whole number from `low` to `high`, in digits."""

    def keeps(value: str) -> bool:
        return bool(_WHOLE.fullmatch(value)) and len(value) < 19 and low <= int(value) <= high

    limits = _limits("integer", minimum=low, maximum=high)
    rule = _told(f"a whole number from {low} to {high}", optional)
    return Col(rule, keeps, kind="number", optional=optional, limits=limits)


def counts(names: str) -> dict[str, Col]:
    """Several columns of whole counts, which may be empty, by their names in one text."""
    return {name: whole(0, 10_000_000, optional=True) for name in names.split()}


def day(first: str = "2010-01-01", last: str = "2030-12-31", *, optional: bool = False) -> Col:
    """A full ISO date between `first` and `last`."""

    def keeps(value: str) -> bool:
        return bool(_DAY.fullmatch(value)) and first <= value <= last and _exists(value)

    rule = f"a date written YYYY-MM-DD from {first} to {last}"
    limits = _limits("date", minimum=first, maximum=last)
    return Col(_told(rule, optional), keeps, kind="date", optional=optional, limits=limits)


def loose_date(first: int = 1950, last: int = 2030, *, optional: bool = False) -> Col:
    """A date as exact as the publisher gives it: YYYY, YYYY-MM or YYYY-MM-DD (kept as text), in `first` to `last`."""

    def keeps(value: str) -> bool:
        known = _LOOSE_DATE.fullmatch(value) and first <= int(value[:4]) <= last
        return bool(known) and _exists(value + "-01-01"[len(value) - 4 :])

    rule = f"a date written YYYY, YYYY-MM or YYYY-MM-DD from {first} to {last}"
    limits = _limits("string", pattern=f"^{_LOOSE_DATE.pattern}$")
    return Col(_told(rule, optional), keeps, optional=optional, limits=limits)


def _exists(iso_date: str) -> bool:
    try:
        date.fromisoformat(iso_date)
    except ValueError:
        return False
    return True


def url() -> Col:
    """A web address: no spaces, brackets, quotes or user name."""
    rule = "an address that starts with https:// or http://, without spaces, brackets, quotes or a user name"
    return Col(rule, is_address, limits=_limits("string", "uri", pattern=f"^{ADDRESS.pattern}$"))


def name() -> Col:
    """A plain name that is the key of its table."""
    plain = text(60)
    return Col(plain.rule, plain.keeps, unique=True, limits=plain.limits)


def named(table: str, *, optional: bool = False) -> Col:
    """A plain name that is a key of another table."""
    plain = text(60, optional=optional)
    return Col(plain.rule, plain.keeps, optional=optional, refers_to=table, limits=plain.limits)


def ref(table: str, *, many: bool = False, optional: bool = False) -> Col:
    """A key of another table (or several, separated by one space)."""
    pattern = f"{_ID}( {_ID})*" if many else _ID
    rule = _told(f"a key of {table}.csv" + (" (several separated by one space)" if many else ""), optional)
    limits = _limits("string", pattern=f"^{pattern}$")
    return Col(rule, re.compile(pattern).fullmatch, optional=optional, refers_to=table, many=many, limits=limits)
