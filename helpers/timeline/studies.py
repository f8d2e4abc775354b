"""What 10_timeline asks of the record: who tightens when, open gates, eras, lags beside chance, two keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.core import data, limits, tables
from helpers.timeline import model as timeline

ABOVE, BELOW = timeline.CAMPS
EFFECTS = ("tightens", "eases", "neither")
MONTHS = 24  # that the model of two keys is drawn for
DELIVERED = {
    "yes": "some, by then",
    "no": "none confirmed",
    "partial": "a few, place not named",
    "unknown": "no source found",
}


# --- the two-sided timeline ---------------------------------------------------------------------


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
        self.years = events["date"].dt.year.to_numpy()
        self._columns = {name: events[name].to_numpy(dtype=object) for name in ("track", "side", "confidence")}
        self._camps = [*timeline.CAMPS, *sorted(set(events["camp"]) - set(timeline.CAMPS))]
        self._camp = events["camp"].map(self._camps.index).to_numpy()
        self._effect = events["effect"].map(EFFECTS.index).to_numpy()
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


# --- gates and eras -----------------------------------------------------------------------------


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
    return events.set_index("event_id").loc[turns].sort_values("date").index.tolist()


# --- what came back -----------------------------------------------------------------------------


def told(events: pd.DataFrame) -> pd.Series:
    """Titles of events as every page shows them: what is contested is called so.

    Examples
    --------
    >>> told(pd.DataFrame({"title": ["A", "B"], "confidence": ["primary", "contested"]})).tolist()
    ['A', 'B (contested)']
    """
    return events["title"] + np.where(events["confidence"] == "contested", " (contested)", "")


def close_pairs(pairs: pd.DataFrame, events: pd.DataFrame, days: int = 14) -> pd.Series:
    """How many pairs at most some days apart have each word of link; all words, zeros too."""
    close = pair_days(pairs, events).query("0 <= days <= @days")
    return close["link"].value_counts().reindex(list(tables.LINKS), fill_value=0)


def eased_before(events: pd.DataFrame, day: str, side: str = "US") -> pd.DataFrame:
    """Moves of one government that ease, before a day, the earliest first."""
    day = str(limits.day("day", day))
    found = events[(events["effect"] == "eases") & (events["side"] == side) & (events["date"] < day)]
    return found.sort_values("date")


def tight_by_year(moves: pd.DataFrame) -> pd.DataFrame:
    """Moves that tighten by year (index, every year from the first to the last) and camp (columns)."""
    tight = moves[moves["effect"] == "tightens"]
    counts = tight.groupby([tight["date"].dt.year, "camp"]).size().unstack(fill_value=0)
    return counts.reindex(range(counts.index.min(), counts.index.max() + 1), fill_value=0)


def pair_days(pairs: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Pairs of moves with the days between them and what links them, firmest links first.

    Returns
    -------
    DataFrame
        move, later_move (titles), days (int), link (ordered category), note.
    """
    by_id = events.set_index("event_id")
    first, second = by_id.loc[pairs["action_id"]], by_id.loc[pairs["response_id"]]
    return pd.DataFrame(
        {
            "move": told(first).to_numpy(),
            "later_move": told(second).to_numpy(),
            "days": ((second["date"].to_numpy() - first["date"].to_numpy()) / np.timedelta64(1, "D")).astype(int),
            "link": pd.Categorical(pairs["link"], tables.LINKS, ordered=True),
            "note": pairs["note"].to_numpy(),
        }
    ).sort_values(["link", "days"], kind="stable")


def timed_moves(events: pd.DataFrame, since: str = "2018-01-01") -> pd.DataFrame:
    """Government moves dated to the day since a day: those whose lags are measured."""
    moves = timeline.government_moves(events)
    return moves[(moves["date"] >= str(limits.day("since", since))) & (moves["date_precision"] == "day")]


@dataclass(frozen=True)
class Lags:
    """Lags of one side's moves to the other side's next, beside what chance would give.

    Attributes
    ----------
    responder : str
        The camp whose next move is awaited.
    moves, unanswered, closing : int
        Moves that start a clock; those without a later move; different moves that stop the clocks.
    answered : DataFrame
        As `model.response_lags`, those with a later move, the shortest lag first.
    median, low, high : float or None
        Days: the median lag, and the 5th and 95th percentile of medians under random dates.
    """

    responder: str
    moves: int
    answered: pd.DataFrame
    unanswered: int
    closing: int
    median: float | None
    low: float | None
    high: float | None

    @property
    def place(self) -> str:
        """Where the median lies: "inside", "below" or "above" the band of chance."""
        if self.low <= self.median <= self.high:
            return "inside"
        return "below" if self.median < self.low else "above"


def lags_and_chance(
    moves: pd.DataFrame, actor: str, same_track: bool = False, effect: str | None = "tightens", draws: int = 400
) -> Lags:
    """How soon the other side moves next, and how soon it would by chance.

    Parameters
    ----------
    moves : DataFrame
        `timed_moves`.
    actor, same_track, effect
        As in `model.response_lags`.
    draws : int
        Random shifts, seeded.

    Raises
    ------
    ValueError
        Unknown camp.
    """
    lags = timeline.response_lags(moves, actor, same_track=same_track, effect=effect)
    answered = lags.dropna(subset="lag_days").sort_values("lag_days")
    median = low = high = None
    if not answered.empty:
        chance = timeline.chance_medians(moves, actor, same_track=same_track, effect=effect, draws=draws)
        low, high = (float(v) for v in np.nanpercentile(chance, [5, 95]))
        median = float(answered["lag_days"].median())
    return Lags(
        responder=timeline.other(actor),
        moves=len(lags),
        answered=answered,
        unanswered=len(lags) - len(answered),
        closing=answered["next_id"].nunique(),
        median=median,
        low=low,
        high=high,
    )


# --- two keys -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wait:
    """How long the record shows no named delivery.

    Attributes
    ----------
    months : int
        Months before the first named delivery, or all months of the record when there is none.
    empty : int
        Months known to be empty.
    first : Timestamp or None
        Month of the first named delivery.
    """

    months: int
    empty: int
    first: pd.Timestamp | None


def observed_wait(record: pd.DataFrame) -> Wait:
    """The wait for a first named delivery, from ``data.load("h200_record")``."""
    record = record.sort_values("month").reset_index(drop=True)
    arrived = record.index[record["delivered"] == "yes"]
    months = int(arrived[0]) if len(arrived) else len(record)
    first = record["month"].iloc[months] if len(arrived) else None
    return Wait(months, int((record["delivered"] == "no").sum()), first)


@dataclass(frozen=True)
class Keys:
    """Two keys at one setting, beside the record's wait.

    Attributes
    ----------
    curves : dict
        "both keys", "US key alone", "China’s key alone": chance of a first delivery by month 0, 1, ... `MONTHS`.
    joint : float
        Chance that both say yes in one month.
    half : float
        Months to an even chance; infinity when it is not reached in 50 years.
    never : bool
        Both can never say yes.
    by_six : float
        Chance of a first delivery within 6 months.
    still_none, by_then : float
        Chance of a wait as long as the record's or longer; chance of a delivery one month later.
    """

    curves: dict[str, np.ndarray]
    joint: float
    half: float
    never: bool
    by_six: float
    still_none: float
    by_then: float


def two_keys(us_per_month: float, cn_per_month: float, link: float, keys_stay: bool, waited: int) -> Keys:
    """When two governments must agree: how the chance of a first delivery grows.

    Parameters
    ----------
    us_per_month, cn_per_month, link, keys_stay
        As in `model.delivery_probability`; chances are fractions.
    waited : int
        Months that the record shows without a delivery.

    Raises
    ------
    ValueError
        A value outside its range.
    """
    waited = limits.whole("waited", waited, 0, 1199)
    p, q, how = us_per_month, cn_per_month, {"link": link, "keys_stay": keys_stay}
    t = np.arange(0, MONTHS + 1)
    joint = float(timeline.both_keys(p, q, link))
    by = timeline.delivery_probability(np.array([6, waited, waited + 1]), p, q, **how)
    return Keys(
        curves={
            "both keys": timeline.delivery_probability(t, p, q, **how),
            "US key alone": timeline.delivery_probability(t, p, 1, keys_stay=True),
            "China’s key alone": timeline.delivery_probability(t, 1, q, keys_stay=True),
        },
        joint=joint,
        half=timeline.months_until(0.5, p, q, **how),
        never=min(p, q) == 0 or (joint == 0 and not keys_stay),
        by_six=float(by[0]),
        still_none=float(1 - by[1]),
        by_then=float(by[2]),
    )


limits.guard(globals())
