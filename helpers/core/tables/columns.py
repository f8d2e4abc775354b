"""The kinds of columns: the rule that the text of a cell must keep, and the type it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandera.pandas as pa


@dataclass(frozen=True)
class Col:
    """One column of a table: the rule its text must keep, and the type the text becomes."""

    schema: pa.Column
    kind: str = "text"  # text | date | number | flag
    refers_to: str | None = None  # "table": every value is a key there
    many: bool = False  # space-separated list of values


def _column(rule: str, test, *, optional: bool = False, unique: bool = False) -> pa.Column:
    def holds(value: str) -> bool:
        return (optional and value == "") or bool(test(value))

    rule = rule + (", or empty" if optional else "")
    return pa.Column(str, pa.Check(holds, element_wise=True, error=rule), unique=unique, nullable=False)


def text(longest: int = 2000, *, optional: bool = False) -> Col:
    """Text without spaces at its ends and at most `longest` characters."""
    return Col(
        _column(
            f"text of 1 to {longest} characters, no space at its ends",
            lambda v: 0 < len(v) <= longest and v == v.strip(),
            optional=optional,
        )
    )


def slug(*, key: bool = False) -> Col:
    """A stable identifier: lower-case letters, digits, hyphens (claims: S01)."""
    pattern = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
    return Col(_column("an id of letters, digits, '-' and '_'", pattern.fullmatch, unique=key))


def word(*allowed: str, optional: bool = False) -> Col:
    """One of a fixed list of words."""
    return Col(_column("one of " + ", ".join(allowed), lambda v: v in allowed, optional=optional))


def flag() -> Col:
    """yes or no."""
    return Col(_column("yes or no", lambda v: v in ("yes", "no")), kind="flag")


def number(low: float | None = None, high: float | None = None, *, optional: bool = False) -> Col:
    """A plain number, within `low` and `high` where given."""

    def test(value: str) -> bool:
        try:
            n = float(value)
        except ValueError:
            return False
        return n == n and abs(n) != float("inf") and (low is None or n >= low) and (high is None or n <= high)

    bounds = (
        ""
        if low is None and high is None
        else f" from {low if low is not None else '-inf'} to {high if high is not None else 'inf'}"
    )
    return Col(_column("a plain number" + bounds, test, optional=optional), kind="number")


def counts(names: str) -> dict[str, Col]:
    """Several columns of whole counts, which may be empty, by their names in one text."""
    return {name: number(0, 10_000_000, optional=True) for name in names.split()}


def day(first: str = "2010-01-01", last: str = "2030-12-31", *, optional: bool = False) -> Col:
    """A full ISO date between `first` and `last`."""

    def test(value: str) -> bool:
        try:
            return first <= date.fromisoformat(value).isoformat() <= last and len(value) == 10
        except ValueError:
            return False

    return Col(_column(f"a date written YYYY-MM-DD from {first} to {last}", test, optional=optional), kind="date")


def loose_date(*, optional: bool = False) -> Col:
    """A date as exact as the publisher gives it: YYYY, YYYY-MM or YYYY-MM-DD (kept as text)."""

    def test(value: str) -> bool:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
            return False
        try:
            date.fromisoformat((value + "-01-01")[:10] if len(value) != 7 else value + "-01")
        except ValueError:
            return False
        return True

    return Col(_column("a date written YYYY, YYYY-MM or YYYY-MM-DD", test, optional=optional))


def url() -> Col:
    """A web address without spaces."""
    return Col(_column("an address that starts with https:// or http://", re.compile(r"https?://[^\s]+").fullmatch))


def name() -> Col:
    """A plain name that is the key of its table."""
    return Col(
        _column(
            "a name of 1 to 60 characters, no space at its ends",
            lambda v: 0 < len(v) <= 60 and v == v.strip(),
            unique=True,
        )
    )


def named(table: str, *, optional: bool = False) -> Col:
    """A plain name that is a key of another table."""
    return Col(text(60, optional=optional).schema, refers_to=table)


def ref(table: str, *, many: bool = False, optional: bool = False) -> Col:
    """A key of another table (or several, separated by one space)."""
    pattern = r"[A-Za-z0-9][A-Za-z0-9_-]*"
    full = re.compile(rf"{pattern}( {pattern})*" if many else pattern)
    rule = f"a key of {table}.csv" + (" (several separated by one space)" if many else "")
    return Col(_column(rule, full.fullmatch, optional=optional), refers_to=table, many=many)
