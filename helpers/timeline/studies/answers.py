"""What came back: pairs of moves, and lags beside chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.core import limits, tables
from helpers.timeline import model as timeline


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
    return found.sort_values("date", kind="stable")


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
    answered = lags.dropna(subset="lag_days").sort_values("lag_days", kind="stable")
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
