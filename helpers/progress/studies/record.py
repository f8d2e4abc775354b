"""The record: papers, pieces of evidence, gaps and moves of ideas, counted and put in order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.core import tables
from helpers.core.limits import each, shown, whole

CHINA, US, ELSEWHERE = "labs in China", "labs in the US", "labs elsewhere"
PLACES = (CHINA, US, ELSEWHERE)
# Dates of US rules on chips: event -> short words.
CONTROLS = {
    "bis-oct-2022": "Oct 2022",
    "bis-oct-2023": "Oct 2023",
    "h20-licence-letter": "Apr 2025",
    "bis-h200-rule": "Jan 2026",
}
SIDES = {
    "for": "for scarcity as a cause",
    "against": "against, or another cause",
    "contested": "contested, or bearing on both",
}
KINDS = ("paper", "company statement", "config", "library code")  # of evidence that an idea moved
CLOSED = "China to closed US models"
NO_HARDWARE = tables.HARDWARE_KINDS[-2:]  # looked for and not named; not looked for


# --- papers -------------------------------------------------------------------------------------


def place(home: str) -> str:
    """Which of `PLACES` a row with this `home` belongs to."""
    return {"CN": CHINA, "US": US}.get(home, ELSEWHERE)


def counted_by_place(rows: pd.DataFrame) -> dict[str, int]:
    """How many rows come from each of `PLACES`, without the places of none.

    Parameters
    ----------
    rows : DataFrame
        With the column ``home``.

    Returns
    -------
    dict of str to int

    Examples
    --------
    >>> counted_by_place(pd.DataFrame({"home": ["US", "CN", "US"]}))
    {'labs in China': 1, 'labs in the US': 2}
    """
    counts = rows["home"].map(place).value_counts()
    return {p: int(counts[p]) for p in PLACES if p in counts}


def control_dates(events: pd.DataFrame) -> pd.Series:
    """Dates of the rules in `CONTROLS`, in their order."""
    return events.set_index("event_id").loc[list(CONTROLS), "date"]


def families(papers: pd.DataFrame) -> list[str]:
    """Families of technique, the one with most entries first."""
    return papers["family"].value_counts().index.tolist()


def papers_that_fit(
    papers: pd.DataFrame, family: str, home: str, hardware: str, years: tuple[int, int]
) -> pd.DataFrame:
    """Entries that pass the filters.

    Parameters
    ----------
    papers : DataFrame
        ``data.load("papers")``.
    family, home, hardware : str
        A technique, one of `PLACES`, a kind of hardware; empty for all.
    years : pair of int
        First and last.

    Returns
    -------
    DataFrame
    """
    if not isinstance(years, (tuple, list)) or len(each("years", years, 2)) != 2:
        raise ValueError(f"years = {shown(years)} must be two, the first and the last.")
    years = tuple(whole("years", year, 1900, 2200) for year in years)
    keep = papers["date"].dt.year.between(*years)
    keep &= papers["family"].eq(family) if family else True
    keep &= papers["home"].map(place).eq(home) if home else True
    keep &= papers["hardware_kind"].eq(hardware) if hardware else True
    return papers[keep]


def hardware_words(paper: Any) -> str:
    """The hardware that a row of ``papers`` names; else whether its text was read for it."""
    if not (hasattr(paper, "hardware") and hasattr(paper, "hardware_kind")):
        raise ValueError(f"paper = {shown(paper)} is not a row of the table of papers.")
    return paper.hardware or paper.hardware_kind


def without_hardware(papers: pd.DataFrame) -> dict[str, int]:
    """How many rows name no hardware, by why: "not stated" in a text read for it, "not read" by us.

    Returns
    -------
    dict of str to int
        Both words, zeros too.
    """
    counts = papers["hardware_kind"].value_counts()
    return {word: int(counts.get(word, 0)) for word in NO_HARDWARE}


def papers_older_than_rules(papers: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Entries dated before the first rule in `CONTROLS`."""
    return papers[papers["date"] < control_dates(events).iloc[0]]


def paper_lanes(rows: pd.DataFrame, apart_days: int = 40) -> list[float]:
    """Small shifts of marks, so that entries of one family that are close in time do not hide each other.

    Parameters
    ----------
    rows : DataFrame
        With ``family`` and ``date``, in order of date.
    apart_days : int
        Marks nearer than that get different shifts.

    Returns
    -------
    list of float, one a row, -0.26 to 0.26
    """
    shifts = (0.0, -0.26, 0.26, -0.13, 0.13)
    recent: dict[str, list[tuple[pd.Timestamp, float]]] = {}
    out = []
    for row in rows.itertuples():
        near = [s for day, s in recent.get(row.family, []) if (row.date - day).days < apart_days]
        shift = next((s for s in shifts if s not in near), 0.0)
        recent.setdefault(row.family, []).append((row.date, shift))
        out.append(shift)
    return out


# --- causes, gaps, moves ------------------------------------------------------------------------


def numbered(causes: pd.DataFrame) -> pd.DataFrame:
    """The evidence with a number each, 1 upwards by date, so that no number tells the side we lay it on.

    Parameters
    ----------
    causes : DataFrame
        ``data.load("causes")``.

    Returns
    -------
    DataFrame
        The same rows in order, with the column ``number``.
    """
    order = causes.iloc[np.argsort(causes["date"].to_numpy(), kind="stable")].reset_index(drop=True)
    return order.assign(number=np.arange(1, len(order) + 1))


def gaps_in_months(gaps: pd.DataFrame) -> pd.DataFrame:
    """The gaps that are lengths of time, by kind of measure, then by date.

    Parameters
    ----------
    gaps : DataFrame
        ``data.load("capability_gaps")``.

    Returns
    -------
    DataFrame
    """
    rows = gaps[gaps["unit"] == "months"]
    rows = rows.assign(rank=rows["kind"].map(tables.GAP_KINDS.index))
    return rows.sort_values(["rank", "date"], kind="stable").drop(columns="rank")


def months_in_print(gaps: pd.DataFrame) -> tuple[tuple[float, float], tuple[float, float]]:
    """The smallest and largest gap printed as one figure, and the ends of all ranges printed.

    Parameters
    ----------
    gaps : DataFrame
        ``data.load("capability_gaps")``.

    Returns
    -------
    two pairs of float, months
        A value that is the middle of its range is ours and no printed figure.
    """
    rows = gaps_in_months(gaps)
    alone = rows.loc[rows["value"] != (rows["low"] + rows["high"]) / 2, "value"]
    return (float(alone.min()), float(alone.max())), (float(rows["low"].min()), float(rows["high"].max()))


def direction(row: Any) -> str:
    """From where to where an idea went, by the homes of the labs."""
    if not (hasattr(row, "from_home") and hasattr(row, "to_home")):
        raise ValueError(f"row = {shown(row)} is not a row of the table of adoptions.")
    names = {"CN": "China", "US": "US"}
    return f"{names.get(row.from_home, 'elsewhere')} to {names.get(row.to_home, 'elsewhere')}"


def flows(adoptions: pd.DataFrame) -> pd.DataFrame:
    """Adoptions counted by `direction` and kind of evidence; rows where none was found are left out.

    Parameters
    ----------
    adoptions : DataFrame
        ``data.load("adoptions")``.

    Returns
    -------
    DataFrame
        direction, kind, moves.
    """
    found = adoptions[adoptions["kind"] != "none found"]
    found = found.assign(direction=[direction(r) for r in found.itertuples()])
    return found.groupby(["direction", "kind"]).size().rename("moves").reset_index()


def closed_labs(adoptions: pd.DataFrame) -> list[str]:
    """Labs for whose closed models nothing was found, in alphabetical order."""
    return sorted(adoptions.loc[adoptions["kind"] == "none found", "to_lab"])
