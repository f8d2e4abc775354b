"""Gates and eras: when each chip could pass, and what ended an era."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.core import data, limits


def gate_spans(gates: pd.DataFrame, events: pd.DataFrame, end: str) -> pd.DataFrame:
    """Each gate's spans with the dates of the events that bound them.

    Parameters
    ----------
    gates : DataFrame
        As ``data.load("gates")`` gives it; a span without a last event runs to `end`.
    events : DataFrame
    end : str
        ISO date at which the record stops.

    Returns
    -------
    DataFrame
        gates with `start` and `end` (datetime64).
    """
    dates = events.set_index("event_id")["date"]
    return gates.assign(
        start=gates["from_event"].map(dates),
        end=gates["until_event"].map(dates).fillna(pd.Timestamp(limits.day("end", end))),
    )


def free_days(spans: pd.DataFrame) -> pd.Series:
    """Days for which each chip needed no US licence, from `gate_spans`; 0 for one that always did."""
    days = (spans["end"] - spans["start"]).dt.days
    free = days[(spans["government"] == "US") & (spans["state"] == "open")].groupby(spans["chip"]).sum()
    return free.reindex(spans["chip"].unique(), fill_value=0)


def free_months(chip: str) -> int:
    """Months for which a chip could be sold to China without a US licence, at most; the number that every page prints.

    From the first event that shows the chip to the one that shut the US gate (`data/gates.csv`), in whole months of
    30.4 days. A chip is not on sale on the day on which its figures are known, so this is an upper end.

    Parameters
    ----------
    chip : str
        A chip of ``data/gates.csv``.

    Raises
    ------
    KeyError
        No such chip.

    Examples
    --------
    >>> free_months("H800"), free_months("H20"), free_months("H200")
    (7, 17, 0)
    """
    gates, events = data.load("gates"), data.load("events")
    if chip not in set(gates["chip"]):
        raise KeyError(f"chip {chip!r} is not one of {', '.join(gates['chip'].unique())}.")
    return round(free_days(gate_spans(gates, events, data.record_ends()["newest_event"]))[chip] / 30.4)


def days_between(events: pd.DataFrame, first: str, second: str) -> int:
    """Days from one event to another, by their ids; negative when the second came first."""
    dates = events.set_index("event_id")["date"]
    return int((dates[second] - dates[first]).days)


def turns_in_order(eras: pd.DataFrame, events: pd.DataFrame, era_ids: Sequence[str]) -> list[str]:
    """Ids of the events that end some eras, the earliest first."""
    turns = eras.set_index("era_id").loc[limits.some_of("era_ids", era_ids, set(eras["era_id"])), "turn_event"]
    return events.set_index("event_id").loc[turns].sort_values("date", kind="stable").index.tolist()
