"""Checks at the door: places, days, chips and companies that a question may name."""

from __future__ import annotations

import difflib
import re
import reprlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.rules.model.book import rule_book

IMPORT = "United States (import)"
PARTIES = ("unlisted", "listed")


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[dict[str, tuple[str, str]], list[str]]:
    known: dict[str, tuple[str, str]] = {}
    table = data.load("rules/places")
    for row in table.itertuples():
        for spelling in (row.iso2, row.place, *filter(None, row.also.split(";"))):
            known[_plain(spelling)] = (row.iso2, row.place)
    return known, table["place"].tolist()


def _plain(text: str) -> str:
    text = text.casefold().replace("&", " and ")
    text = re.sub(r"^the\s+", "", re.sub(r"[\s.,'’_-]+", " ", text).strip())
    return text


def place(name: str, parameter: str = "destination") -> tuple[str, str]:
    """The ISO code and plain name of a place.

    Parameters
    ----------
    name : str
        A plain name or ISO 3166-1 alpha-2 code, or "United States (import)"; case does not matter.
    parameter : str
        What the caller calls it, for the message.

    Returns
    -------
    tuple of str

    Raises
    ------
    ValueError
        Not a place of ``data/rules/places.csv``; near spellings are named.

    Examples
    --------
    >>> place("uae"), place("VN")
    (('AE', 'United Arab Emirates'), ('VN', 'Vietnam'))
    """
    if not isinstance(parameter, str) or not parameter.isidentifier() or len(parameter) > 40:
        raise ValueError(f"parameter = {reprlib.repr(parameter)} is not a name of at most 40 letters.")
    known, names = _gazetteer()
    if isinstance(name, str) and (found := known.get(_plain(name))):
        return found
    near = difflib.get_close_matches(_plain(name), known, n=3, cutoff=0.7) if isinstance(name, str) else []
    hint = (
        f"Did you mean {', '.join(dict.fromkeys(known[n][1] for n in near))}?"
        if near
        else "Give a country or its two-letter ISO code."
    )
    raise ValueError(
        f"{parameter} = {reprlib.repr(name)} is not a place of data/rules/places.csv ({len(names)} places). {hint}"
    )


def day_number(on: Any, parameter: str = "on", *, early: bool = False) -> int:
    """The day as a number, within the record; with `early` also before it."""
    book = rule_book()
    span = f"{date.fromordinal(book.begins)} to {date.fromordinal(book.ends)}"
    try:
        if isinstance(on, str):
            day = date.fromisoformat(on.strip())
        elif isinstance(on, datetime):  # pandas timestamps too
            day = on.date()
        elif isinstance(on, date):
            day = on
        else:
            day = pd.Timestamp(on).date() if hasattr(on, "dtype") else None
        number = None if day is None or pd.isna(day) else day.toordinal()
    except (ValueError, TypeError, OverflowError):
        number = None
    if number is None:
        raise ValueError(f"{parameter} = {reprlib.repr(on)} is not a day; write it YYYY-MM-DD, from {span}.")
    if number < book.begins and not early:
        raise ValueError(f"{parameter} = {date.fromordinal(number)} is before the record, which runs from {span}.")
    if number > book.ends:
        raise ValueError(f"{parameter} = {date.fromordinal(number)} is after the record, which runs from {span}.")
    return number


def endpoints(destination: Any, end_user_hq: Any, shipped_from: Any) -> tuple[str, str, str, bool]:
    """ISO code and name of the destination, ISO code of the headquarters, shipped from the US or not."""
    to, to_name = place(destination, "destination")
    if to == "US":
        raise ValueError(
            f"destination = {reprlib.repr(destination)}: an export does not go there. For an import ask {IMPORT!r}."
        )
    hq = to if end_user_hq is None else place(end_user_hq, "end_user_hq")[0]
    origin = place(shipped_from, "shipped_from")[0]
    for parameter, given, code in (("end_user_hq", end_user_hq, hq), ("shipped_from", shipped_from, origin)):
        if given is not None and code == "US-IMPORT":
            raise ValueError(f"{parameter} = {reprlib.repr(given)} is only a destination; give a country.")
    return to, to_name, hq, origin == "US"


def specs_of(chip: Any) -> chips.Specs:
    return chip if isinstance(chip, chips.Specs) else chips.specifications(chip)


def check_datacenter(datacenter: Any) -> None:
    if datacenter is not None and not isinstance(datacenter, bool):
        raise ValueError(f"datacenter = {reprlib.repr(datacenter)} is not True, False or None.")


def check_exporter(exporter: Any) -> None:
    if exporter is not None and not (isinstance(exporter, str) and exporter.strip()):
        raise ValueError(
            f"exporter = {reprlib.repr(exporter)} is not a company's name; leave it out for the chip's maker."
        )


def check_party(party: Any) -> None:
    if not isinstance(party, str) or party not in PARTIES:
        raise ValueError(f"party = {reprlib.repr(party)} is not one of {', '.join(PARTIES)}.")
