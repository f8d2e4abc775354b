"""The cases of the course put to the model: their way, their ends, their days, their defences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import day, one_of
from helpers.core.tables import CASE_DATES, CASE_ENDS
from helpers.law import model as law

FIRM = "a firm"
MARKS = {"adopted": "binds", "award": "binds", "settled": "settled", "pending": "pending", "void": "hangs", "talks only": "at talks", "ended without ruling": "no ruling"}  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """The way of one complaint through the gates.

    Attributes
    ----------
    name, measure : str
        What the case is called; what is complained of.
    who, whom : str
        Complainants and defendant, as printed.
    kind, articles : str
        Kind of the measure; the rules named.
    defence, clause, plea : str
        Words of `wto_cases.csv`; a plea that no panel has ruled on is "not ruled on".
    forum, end : str
        Likewise; both empty where the way stops earlier.
    stopped : str
        The gate at which it stops before any judge, or "".
    start, until : date or None
        Days of the case; None for one that nobody has brought.
    """

    name: str
    measure: str
    who: str
    whom: str
    kind: str
    articles: str
    defence: str
    clause: str
    plea: str
    forum: str
    end: str
    stopped: str = ""
    start: date | None = None
    until: date | None = None

    @property
    def binds(self) -> bool:
        """Whether it ends, or would end, in something that binds both sides."""
        return bool(self.end) and bool(law.binds(self.end))

    @property
    def members(self) -> list[str]:
        """Complainants one by one."""
        return [self.who] if self.who == "Hong Kong, China" else self.who.split(", ")


@cache
def record_end() -> date:
    """The newest event of the record: until then a case that is open is counted."""
    return day("newest_event", data.record_ends()["newest_event"])


@cache
def _cases() -> pd.DataFrame:
    return data.load("wto_cases").set_index("case_id")


def _case(case_id: str) -> pd.Series:
    """The row of a case, if there is such a case."""
    one_of("case_id", case_id, list(_cases().index))
    return _cases().loc[case_id]


@cache
def clock() -> dict[str, int]:
    """Days by the rules on disputes, by the ids of `dsu_clock.csv`."""
    rows = data.load("dsu_clock").dropna(subset="days")
    return {row.clock_id: int(row.days) for row in rows.itertuples()}


@cache
def body_last_day() -> date:
    """The last day on which the Appellate Body could take an appeal: from then on it has had too few members."""
    return data.load("dsu_clock").set_index("clock_id").loc["body-last-day", "on"].date()


@cache
def body_empty_after() -> date:
    """The last day on which the Appellate Body had a member at all."""
    return data.load("dsu_clock").set_index("clock_id").loc["body-empty", "on"].date()


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def walk_of(case_id: str) -> Walk:
    """The way that a case of the table took.

    Parameters
    ----------
    case_id : str
        A key of `wto_cases.csv`.

    Returns
    -------
    Walk

    Raises
    ------
    ValueError
        No such case.

    Examples
    --------
    >>> way = walk_of("DS611")
    >>> way.forum, way.end, way.binds
    ('MPIA', 'award', True)
    """
    return _walk_of(case_id)


@cache
def _walk_of(case_id: str) -> Walk:
    row = _case(case_id)
    return Walk(
        f"{case_id} {row.title}", row.measure, row.complainants, row.respondent, row.kind, row.articles, row.defence,
        row.clause, row.plea, row.forum, row.end, "", _day(row.requested), _day(row.ended) or record_end(),
    )  # fmt: skip


def disputes(cases: pd.DataFrame) -> int:
    """Disputes by the WTO's count: each complainant has a number of its own.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")`` or part of it.
    """
    return len(cases) + int(cases["also"].str.split().str.len().sum())


def ends(cases: pd.DataFrame) -> pd.Series:
    """Cases by their end, all ends, in the order of the vocabulary.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")`` or part of it.

    Returns
    -------
    Series of int
    """
    return cases["end"].value_counts().reindex(list(CASE_ENDS), fill_value=0)


def mark(case_id: str) -> str:
    """What a case is worth as a precedent between its two sides, in a word or two.

    Parameters
    ----------
    case_id : str
        A key of `wto_cases.csv`.

    Returns
    -------
    str
        "binds", "hangs", "settled", "pending", "at talks" or "no ruling".

    Raises
    ------
    ValueError
        No such case.

    Examples
    --------
    >>> mark("DS431"), mark("DS558"), mark("DS309")
    ('binds', 'hangs', 'settled')
    """
    return MARKS[_case(case_id)["end"]]


def unread_days(cases: pd.DataFrame) -> int:
    """How many of the days that the table gives for its cases were not read in a source.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")`` or part of it.
    """
    known = cases[list(CASE_DATES)].notna()
    read = pd.DataFrame({name: cases["dates_read"].str.split().map(lambda r, n=name: n in r) for name in CASE_DATES})
    return int((known & ~read).to_numpy().sum())


def security_pleas(cases: pd.DataFrame) -> pd.DataFrame:
    """Cases in which security is the defence, those ruled on first, then by the day of the report.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")``.

    Returns
    -------
    DataFrame
        The rows, with ``ruled`` (bool).
    """
    rows = cases[cases["defence"] == "security"].copy()
    rows["ruled"] = rows["plea"] != "not ruled on"
    return rows.sort_values(["ruled", "report", "requested"], ascending=[False, True, True], kind="stable")


def lives(cases: pd.DataFrame) -> pd.DataFrame:
    """How long each case has run, and how long the rules would give it.

    Parameters
    ----------
    cases : DataFrame
        ``data.load("wto_cases")`` or part of it.

    Returns
    -------
    DataFrame
        case_id, title, complainants, respondent, end, start, until (days; the record's end for one that is open),
        is_open, took_days, rule_days (talks, then the panel's time with or without an appeal; NaN where no ruling
        came), times (took over rule; NaN likewise).
    """
    rows = cases[["case_id", "title", "complainants", "respondent", "end", "forum"]].copy()
    rows["start"], rows["until"] = cases["requested"], cases["ended"].fillna(pd.Timestamp(record_end()))
    rows["is_open"] = cases["ended"].isna()
    rows["took_days"] = (rows["until"] - rows["start"]).dt.days
    days = clock()
    appealed = rows["forum"].isin(["Appellate Body", "MPIA", "void"])
    ruled = rows["end"].isin(["adopted", "award", "void"])
    by_rule = days["talks"] + np.where(appealed, days["appealed"], days["plain"])
    rows["rule_days"] = np.where(ruled, by_rule, np.nan)
    rows["times"] = np.where(ruled, law.times_the_rule(rows["took_days"].to_numpy(), by_rule), np.nan)
    return rows.drop(columns="forum")


def panel_since(case_id: str = "DS615") -> date:
    """The day since which the complainant of a case may ask for a panel.

    Parameters
    ----------
    case_id : str
        A key of `wto_cases.csv`.

    Raises
    ------
    ValueError
        No such case.

    Examples
    --------
    >>> panel_since().isoformat()
    '2023-02-10'
    """
    return law.earliest_panel(_case(case_id)["requested"].date(), clock()["talks"])


def days_not_used(case_id: str = "DS615") -> int:
    """Days to the record's end in which the complainant could have asked for a panel.

    Parameters
    ----------
    case_id : str
        A key of `wto_cases.csv` of a case still at talks.

    Raises
    ------
    ValueError
        No such case, or one that has had a panel.
    """
    since = panel_since(case_id)
    if _case(case_id)["end"] != "talks only":
        raise ValueError(f"case_id = {case_id!r} has had a panel; choose one that is still at talks.")
    return (record_end() - since).days


def all_walks() -> list[Walk]:
    """The ways of all cases of the table, in its order."""
    return [walk_of(case_id) for case_id in _cases().index]
