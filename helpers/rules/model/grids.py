"""Many chips on many days, one chip through time, and every dated test against one chip."""

from __future__ import annotations

import math
import re
import reprlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.rules.model.answers import Answer, classify
from helpers.rules.model.book import regime_at, rule_book
from helpers.rules.model.decision import Outcome, case_of, decide
from helpers.rules.model.doors import check_datacenter, check_exporter, check_party, day_number, endpoints, specs_of
from helpers.rules.model.limbs import Limb, holds, limb_words, limbs_of, row_words

MOST_CHIPS, MOST_DAYS, MOST_ANSWERS = 500, 20_000, 1_000_000  # of one grid
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def months(first: str = "2022-01", last: str = "2026-12") -> list[date]:
    """The first day of every month from `first` to `last`.

    Parameters
    ----------
    first, last : str
        YYYY-MM, 2000-01 to 2099-12.

    Raises
    ------
    ValueError
        Not a month, or the last before the first.

    Examples
    --------
    >>> len(months("2026-01", "2026-03"))
    3
    """
    for name, value in (("first", first), ("last", last)):
        if not isinstance(value, str) or not _MONTH.fullmatch(value):
            raise ValueError(f"{name} = {reprlib.repr(value)} is not a month; write it YYYY-MM, 2000-01 to 2099-12.")
    if last < first:
        raise ValueError(f"last = {last!r} is before first = {first!r}; give the earlier month first.")
    return [stamp.date() for stamp in pd.date_range(f"{first}-01", f"{last}-01", freq="MS")]


def classify_all(
    items: Iterable[Any] | pd.DataFrame | None = None,
    dates: Iterable[Any] | None = None,
    destination: str = "China",
    *,
    end_user_hq: str | None = None,
    shipped_from: str = "United States",
    exporter: str | None = None,
    datacenter: bool | None = None,
    party: str = "unlisted",
) -> pd.DataFrame:
    """The answers for many chips on many days, without the words: one row a chip and day.

    Days between two changes of any rule share one decision, so a grid costs no more than the
    number of changes in it.

    Parameters
    ----------
    items : iterable or DataFrame, optional
        Names, mappings or Specs, at most 500; or a frame with a column ``chip``. All of ``data/chips.csv``
        by default.
    dates : iterable of days, optional
        At most 20,000; the months of 2022 to 2026 by default. Days before the record are kept, as undecidable.
    destination, end_user_hq, shipped_from, exporter, datacenter, party
        As in `classify`.

    Returns
    -------
    DataFrame
        chip, date (datetime64), paragraph, review_policy, rests_on, as_written, tariff, rule, undecidable.

    Raises
    ------
    ValueError
        As `classify`, except for days before the record; more chips or days than a grid takes.
    """
    to, _, hq, from_us = endpoints(destination, end_user_hq, shipped_from)
    check_datacenter(datacenter)
    check_exporter(exporter)
    check_party(party)
    all_specs = _specs_of_all(chips.known_chips() if items is None else items)
    begins, turns = rule_book().begins, rule_book().turns
    if dates is None:
        dates = months()
    elif isinstance(dates, (str, date)):
        dates = [dates]
    days = [day_number(day, "dates", early=True) for day in _several("dates", dates, MOST_DAYS)]
    if len(all_specs) * len(days) > MOST_ANSWERS:
        raise ValueError(
            f"items ({len(all_specs):,}) times dates ({len(days):,}) is more than {MOST_ANSWERS:,} answers; ask for fewer."
        )
    stamps = pd.to_datetime([date.fromordinal(day) for day in days])
    held = [-1 if day < begins else turns[bisect_right(turns, day) - 1] for day in days]
    kinds = sorted(set(held))
    which = np.searchsorted(kinds, held)
    early = (
        "none",
        "undecidable",
        "text",
        "undecidable",
        "no_tariff_232",
        "",
        f"before the record, which begins on {date.fromordinal(begins)}",
    )
    cells = []
    for specs in all_specs:
        for turn in kinds:
            if turn < 0:
                cells.append(early)
                continue
            case = case_of(specs, datacenter, exporter, to, hq, party, from_us, regime_at(turn))
            cells.append(_cell(decide(case)))
    rows = np.add.outer(np.arange(len(all_specs)) * len(kinds), which).ravel()
    names = ["paragraph", "review_policy", "rests_on", "as_written", "tariff", "rule", "undecidable"]
    answers = pd.DataFrame(cells, columns=names).take(rows).reset_index(drop=True)
    answers.insert(0, "chip", np.repeat(np.array([specs.name for specs in all_specs], dtype=object), len(days)))
    answers.insert(1, "date", np.tile(stamps.to_numpy(), len(all_specs)))
    return answers


def _several(name: str, values: Any, most: int) -> list[Any]:
    """The values as a list, when there are at most so many."""
    try:
        found = list(islice(iter(values), most + 1))
    except TypeError:
        raise ValueError(f"{name} = {reprlib.repr(values)} is not a list; give at most {most:,}.") from None
    if len(found) > most:
        raise ValueError(
            f"{name} has more than {most:,} values; give at most {most:,} in one grid, and the rest in another."
        )
    return found


def _specs_of_all(items: Any) -> list[chips.Specs]:
    if isinstance(items, pd.DataFrame):
        if "chip" not in items:
            raise ValueError(f"items is a table without a column 'chip'; it has {reprlib.repr(list(items.columns))}.")
        items = items["chip"]
    elif isinstance(items, (str, Mapping, chips.Specs)):
        items = [items]
    try:
        return [specs_of(item) for item in _several("items", items, MOST_CHIPS)]
    except ValueError as error:
        if str(error).startswith("items"):
            raise
        raise ValueError(f"items: {error}") from None


def _cell(outcome: Outcome) -> tuple:
    rule = next((row.rule for row in (outcome.policy, outcome.item, outcome.filing) if row is not None), "")
    missing = ", ".join(sorted(outcome.missing)) or (outcome.note if outcome.review == "undecidable" else "")
    return outcome.paragraph, outcome.review, outcome.rests_on, outcome.written, outcome.tariff, rule, missing


def history(chip: Any, destination: str, **settings: Any) -> pd.DataFrame:
    """How the answer for one chip and place changed, from the first letters on: one row a spell.

    Parameters
    ----------
    chip, destination, **settings
        As in `classify`.

    Returns
    -------
    DataFrame
        start, end (datetime64; the last spell ends with the evidence horizon), paragraph,
        review_policy, rests_on, as_written, confidence, fired (the limbs of the deciding paragraph,
        or the nearest miss), citation, url.
    """
    specs = specs_of(chip)
    book = rule_book()
    rows: list[dict[str, Any]] = []
    for turn in [turn for turn in book.turns if turn <= book.horizon]:
        answer = classify(specs, date.fromordinal(turn), destination, **settings)
        key = (answer.paragraph, answer.review_policy, answer.rests_on, answer.as_written)
        if rows and rows[-1]["key"] == key:
            rows[-1]["end"] = None
        else:
            if rows:
                rows[-1]["end"] = turn - 1
            rows.append({"key": key, "start": turn, "end": None, "answer": answer})
    out = []
    for row in rows:
        answer = row["answer"]
        out.append(
            {
                "start": pd.Timestamp(date.fromordinal(row["start"])),
                "end": pd.Timestamp(date.fromordinal(row["end"] or book.horizon)),
                "paragraph": answer.paragraph,
                "review_policy": answer.review_policy,
                "rests_on": answer.rests_on,
                "as_written": answer.as_written,
                "confidence": answer.confidence,
                "fired": decisive(answer),
                "citation": answer.citation,
                "url": answer.url,
            }
        )
    return pd.DataFrame(out)


def tightest(answer: Answer) -> Limb | None:
    """The limb nearest its line: of those of the paragraph that decided, else of all that were missed.

    Returns
    -------
    Limb or None
        None when no limb with a known distance fired or was missed.
    """
    known = [limb for limb in answer.fired or answer.limbs if not math.isnan(limb.margin_percent)]
    if not answer.fired:
        known = [limb for limb in known if limb.fired is False]
    return min(known, key=lambda limb: abs(limb.margin_percent), default=None)


def decisive(answer: Answer) -> str:
    """The limb that decided, in words: what fired, or the nearest miss when nothing did."""
    if answer.fired:
        return "; ".join(f"{limb.name.split(': ')[0]}: {limb_words(limb)}" for limb in answer.fired)
    nearest = tightest(answer)
    return f"nearest: {nearest.name.split(': ')[0]}: {limb_words(nearest)}" if nearest else ""


def every_test(chip: Any, *, datacenter: bool | None = None) -> pd.DataFrame:
    """Every test of the record, whatever its date, against one chip: what fired and by how much.

    Parameters
    ----------
    chip, datacenter
        As in `classify`.

    Returns
    -------
    DataFrame
        test (the threshold row), paragraph, rule, effective_from, effective_to, exporters, met
        (True, False, or None where something is missing), limb (the tightest: the nearest of those
        that fail, else of those that hold), margin_percent (of that limb), words, citation, url.
        Tests on memory stacks are shown for memory stacks only.
    """
    check_datacenter(datacenter)
    specs = specs_of(chip)
    datacenter = specs.datacenter if datacenter is None else datacenter
    rows = []
    for row in rule_book().thresholds:
        if row.memory != specs.is_hbm_stack or row.role == "foundry":
            continue
        met, _ = holds(row, specs, datacenter)
        limbs = limbs_of(row, specs)
        failing = [limb for limb in limbs if limb.fired is False]
        tightest = min(
            failing or limbs, key=lambda limb: math.inf if math.isnan(limb.margin_percent) else abs(limb.margin_percent)
        )
        version = rule_book().versions[row.rule]
        rows.append(
            {
                "test": row.threshold_id,
                "paragraph": row.paragraph,
                "rule": version.name,
                "effective_from": row.effective_from,
                "effective_to": row.effective_to,
                "exporters": row.exporters,
                "met": met,
                "limb": tightest.name.split(": ", 1)[1],
                "margin_percent": tightest.margin_percent,
                "words": row_words(row, specs, datacenter),
                "citation": version.citation,
                "url": version.url,
            }
        )
    return pd.DataFrame(rows)
