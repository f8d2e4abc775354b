"""A complaint of the reader's own: complainant, measure, defendant; and who could bind whom on a day."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import day, one_of
from helpers.law import model as law
from helpers.law.studies.cases import FIRM, Walk, body_last_day, record_end


@cache
def _members() -> pd.DataFrame:
    return data.load("wto_members").set_index("member")


@cache
def _measures() -> pd.DataFrame:
    return data.load("trade_measures").set_index("measure_id")


def in_arrangement(on: date) -> pd.Series:
    """Which members of the table are in the arrangement for appeals (MPIA) on a day.

    Parameters
    ----------
    on : date or ISO text

    Returns
    -------
    Series of bool, by member

    Raises
    ------
    ValueError
        Not a day.

    Examples
    --------
    >>> bool(in_arrangement("2022-01-01")["Japan"]), bool(in_arrangement("2024-01-01")["Japan"])
    (False, True)
    """
    when = pd.Timestamp(day("on", on))
    return (_members()["since"] <= when).rename("in_mpia")


def walk(complainant: str, measure_id: str, whom: str = "") -> Walk:
    """The way of a complaint that nobody has brought, if the losing side uses every appeal.

    Parameters
    ----------
    complainant : str
        A member of `wto_members.csv`, or `FIRM`.
    measure_id : str
        A key of `trade_measures.csv`.
    whom : str
        Defendant; empty for the member whose measure it is.

    Returns
    -------
    Walk
        Up to the gate at which it stops.

    Raises
    ------
    ValueError
        No such member or measure.

    Examples
    --------
    >>> [walk(who, "cn-dc-chips").end for who in ("EU", "Korea")]
    ['award', 'void']
    >>> walk("EU", "us-chip-controls", whom="China").stopped
    'whom'
    """
    one_of("complainant", complainant, [*_members().index, FIRM])
    one_of("measure_id", measure_id, list(_measures().index))
    row = _measures().loc[measure_id]
    defendant = whom or row.member
    one_of("whom", defendant, list(_members().index))
    own = defendant == row.member and complainant != defendant
    stopped = str(law.stops_at(complainant != FIRM, own, True))
    defence = "none" if row.pleas == "none" else "security" if "XXI" in row.pleas else "general"
    forum = end = ""
    if not stopped:
        inside = in_arrangement(record_end())
        sits = record_end() <= body_last_day()
        forum = str(law.appeal_route(sits, bool(inside[complainant]), bool(inside[defendant])))
        end = law.end_of(forum, True)
    return Walk(
        row.title, row.title, complainant, defendant, row.kind, row.articles, defence,
        "" if row.pleas == "none" else row.pleas, "not raised" if defence == "none" else "not ruled on",
        forum, end, stopped,
    )  # fmt: skip


def routes(on: date) -> pd.DataFrame:
    """Who hears an appeal, for every pair of members on a day.

    Parameters
    ----------
    on : date or ISO text
        The day on which the panel's report is due.

    Returns
    -------
    DataFrame
        complainant, defendant, route ("Appellate Body", "MPIA", "void"; "" for a member against itself), binds.

    Raises
    ------
    ValueError
        Not a day.
    """
    inside = in_arrangement(on)
    sits = day("on", on) <= body_last_day()
    is_in = inside.to_numpy()
    route = law.appeal_route(sits, is_in[:, None], is_in[None, :])
    binds = law.could_bind(is_in, sits)
    rows, columns = np.indices(route.shape)
    names = inside.index.to_numpy()
    same = rows == columns
    return pd.DataFrame(
        {
            "complainant": names[rows.ravel()],
            "defendant": names[columns.ravel()],
            "route": np.where(same, "", route).ravel(),
            "binds": binds.ravel(),
        }
    )


def who_could_bind(defendant: str, on: date) -> list[str]:
    """Members that could get from a defendant a ruling that no appeal can stop.

    Parameters
    ----------
    defendant : str
        A member of `wto_members.csv`.
    on : date or ISO text

    Returns
    -------
    list of str
        In the order of the table.

    Raises
    ------
    ValueError
        No such member; not a day.

    Examples
    --------
    >>> "Korea" in who_could_bind("China", "2026-10-01"), who_could_bind("United States", "2026-10-01")
    (False, [])
    """
    one_of("defendant", defendant, list(_members().index))
    rows = routes(on)
    return rows.loc[(rows["defendant"] == defendant) & rows["binds"], "complainant"].tolist()


@cache
def turns() -> tuple[tuple[str, date], ...]:
    """Days on which the matrix changes: the Appellate Body's last one, and each joining; then the record's end.

    Returns
    -------
    tuple of (str, date)
        Words, day.
    """
    joined = _members().dropna(subset="since").groupby("since").groups
    found = [("Appellate Body sits", body_last_day())]
    for when, members in joined.items():
        who = "China, the EU and others join" if len(members) > 1 else f"{members[0]} joins"
        found.append((who, when.date()))
    return (*found, ("the record’s end", record_end()))
