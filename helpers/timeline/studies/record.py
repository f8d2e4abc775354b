"""Who tightens when: events filtered, placed and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.timeline import model as timeline

ABOVE, BELOW = timeline.CAMPS
EFFECTS = ("tightens", "eases", "neither")


@dataclass(frozen=True)
class Chosen:
    """Events that pass a filter, placed on the two-sided timeline.

    Attributes
    ----------
    places : ndarray of int
        Rows of `Record.events`, in order of date.
    levels : ndarray of int
        As `model.stacked`: above the axis positive, below negative, on it 0.
    counts : mapping
        (camp, effect) to number of events.
    busiest : tuple of int
        Year or years in which most moves tighten; empty when none does.
    """

    places: np.ndarray
    levels: np.ndarray
    counts: Mapping[tuple[str, str], int]
    busiest: tuple[int, ...]

    def count(self, camp: str | None = None, effect: str | None = None) -> int:
        """Events of one camp, one effect, or both; all of them when neither is given."""
        return sum(n for (c, e), n in self.counts.items() if camp in (None, c) and effect in (None, e))

    def camps(self, effect: str) -> dict[str, int]:
        """Events of one effect by camp, those without any left out."""
        return {camp: n for (camp, e), n in self.counts.items() if e == effect and n}


class Record:
    """The events, sorted and coded once, so that a filter is answered in well under a millisecond.

    Parameters
    ----------
    events : DataFrame
        As ``data.load("events")`` gives it.
    bin_days : int
        Events of one camp within the same run of so many days are stacked.

    Attributes
    ----------
    events : DataFrame
        Sorted by date and id, with `until`: the last day a roughly dated event may have fallen on.
    years : ndarray of int
        Of each event.
    """

    def __init__(self, events: pd.DataFrame, bin_days: int = 31) -> None:
        events = events.sort_values(["date", "event_id"]).reset_index(drop=True)
        self.events = events.assign(until=known_until(events))
        self.years = events["date"].dt.year.to_numpy(dtype=np.intp)  # what bincount takes, on a machine of 32 bits too
        self._columns = {name: events[name].to_numpy(dtype=object) for name in ("track", "side", "confidence")}
        self._camps = [*timeline.CAMPS, *sorted(set(events["camp"]) - set(timeline.CAMPS))]
        self._camp = events["camp"].map(self._camps.index).to_numpy(dtype=np.intp)
        self._effect = events["effect"].map(EFFECTS.index).to_numpy(dtype=np.intp)
        day = (events["date"] - pd.Timestamp("2000-01-01")).dt.days.to_numpy() // bin_days
        self._stack = (day - day.min()) * len(self._camps) + self._camp
        self._sign = np.array([1, -1, *[0] * (len(self._camps) - 2)])

    def chosen(
        self, years: tuple[int, int] | None = None, track: str = "", side: str = "", confidence: str = ""
    ) -> Chosen:
        """The events of some years, one track, one side and one confidence; an empty word lets all pass."""
        keep = np.ones(len(self.years), dtype=bool)
        if years is not None:
            keep &= (self.years >= years[0]) & (self.years <= years[1])
        for name, value in (("track", track), ("side", side), ("confidence", confidence)):
            if value:
                keep &= self._columns[name] == value
        places = np.flatnonzero(keep)
        camp, effect = self._camp[places], self._effect[places]
        table = np.bincount(camp * len(EFFECTS) + effect, minlength=len(self._camps) * len(EFFECTS))
        names = [(c, e) for c in self._camps for e in EFFECTS]
        tight = np.bincount(self.years[places][effect == EFFECTS.index("tightens")])
        busiest = np.flatnonzero(tight == tight.max()) if tight.any() else []
        return Chosen(
            places,
            self._levels(places),
            {name: int(n) for name, n in zip(names, table, strict=True)},
            tuple(int(year) for year in busiest),
        )

    def _levels(self, places: np.ndarray) -> np.ndarray:
        stack = self._stack[places]
        order = np.argsort(stack, kind="stable")
        ranked = stack[order]
        starts = np.searchsorted(ranked, ranked, side="left")
        level = np.empty(len(places), dtype=int)
        level[order] = np.arange(len(places)) - starts + 1
        return level * self._sign[self._camp[places]]


def known_until(events: pd.DataFrame) -> pd.Series:
    """The last day a roughly dated event may have fallen on; its own day when known to the day."""
    ends = {
        "day": pd.DateOffset(days=0),
        "month": pd.DateOffset(months=1),
        "quarter": pd.DateOffset(months=3),
        "year": pd.DateOffset(years=1),
    }
    until = events["date"].copy()
    for precision, offset in ends.items():
        rows = events["date_precision"] == precision
        until[rows] = events.loc[rows, "date"] + offset
    return until


def quarter_bars(events: pd.DataFrame) -> pd.DataFrame:
    """Government moves per quarter as stacked bars on two sides of zero.

    Returns
    -------
    DataFrame
        quarter (first day), camp, effect, events, from, to (counts; negative for China); no empty bars.
    """
    counts = timeline.per_quarter(timeline.government_moves(events))
    counts = counts[counts["events"] > 0]
    sign = np.where(counts["camp"] == ABOVE, 1, -1)
    top = counts.groupby(["quarter", "camp"])["events"].cumsum()
    return counts.assign(**{"from": sign * (top - counts["events"]), "to": sign * top})
