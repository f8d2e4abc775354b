"""Whose moves, of which effect, in which quarter, and where they stand on a two-sided timeline."""

from __future__ import annotations

import pandas as pd

from helpers.core.limits import whole

CAMPS = ("US and partners", "China")


def other(camp: str) -> str:
    """The other camp of the two.

    Raises
    ------
    ValueError
        Neither "US and partners" nor "China".
    """
    if camp not in CAMPS:
        raise ValueError(f"camp = {camp!r} is not one of {CAMPS[0]!r} and {CAMPS[1]!r}.")
    return CAMPS[1 - CAMPS.index(camp)]


def government_moves(events: pd.DataFrame) -> pd.DataFrame:
    """Events that are acts of one government and have occurred: the moves that are counted and timed.

    Joint acts (summits, truces) and international rulings are nobody's move and are left out.

    Parameters
    ----------
    events : DataFrame
        As ``data.load("events")`` gives it.

    Returns
    -------
    DataFrame
        Rows with side US, ally or CN and status occurred, in order of date.
    """
    acts = events["side"].isin(["US", "ally", "CN"]) & (events["status"] == "occurred")
    return events[acts].sort_values(["date", "event_id"]).reset_index(drop=True)


def per_quarter(events: pd.DataFrame) -> pd.DataFrame:
    """Count of events by quarter, camp and effect, with zero rows where nothing happened.

    Events known only to the year are left out, since a quarter would be invented for them.

    Returns
    -------
    DataFrame
        quarter (first day), camp, effect, events (count).
    """
    dated = events[events["date_precision"] != "year"]
    quarter = dated["date"].dt.to_period("Q")
    every = pd.MultiIndex.from_product(
        [
            pd.period_range(quarter.min(), quarter.max(), freq="Q"),
            CAMPS,
            ("tightens", "eases", "neither"),
        ],
        names=["quarter", "camp", "effect"],
    )
    counts = dated.groupby([quarter.rename("quarter"), "camp", "effect"]).size().reindex(every, fill_value=0)
    table = counts.rename("events").reset_index()
    table["quarter"] = table["quarter"].dt.start_time
    return table


def stacked(events: pd.DataFrame, bin_days: int = 31) -> pd.DataFrame:
    """Place events on a two-sided timeline: a level away from the axis, so that none covers another.

    Parameters
    ----------
    events : DataFrame
        With `date` and `camp`.
    bin_days : int
        Events of one camp within the same run of `bin_days` days are stacked.

    Returns
    -------
    DataFrame
        A copy with `level`: 1, 2, ... for the US and partners (above), -1, -2, ... for China (below),
        0 for joint events (on the axis).
    """
    bin_days = whole("bin_days", bin_days, 1, 36_525)
    frame = events.sort_values(["date", "event_id"]).reset_index(drop=True)
    day = (frame["date"] - pd.Timestamp("2000-01-01")).dt.days
    level = frame.groupby([frame["camp"], day // bin_days]).cumcount() + 1
    frame["level"] = level * frame["camp"].map({CAMPS[0]: 1, CAMPS[1]: -1}).fillna(0).astype(int)
    return frame
