"""Days from one side's move to the other side's next, and what unrelated dates would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core.limits import DRAWS, one_of, seeded, shown, within
from helpers.core.limits import draws as draws_allowed
from helpers.timeline.model.moves import CAMPS, other

_DAYS = -1e7, 1e7  # on any scale of days
MOST_LAGS = 10_000_000  # of one call, 80 MB


def days_to_next(actions: ArrayLike, moves: ArrayLike) -> np.ndarray:
    """Days from each action to the first later move.

    Parameters
    ----------
    actions, moves : array of numbers, -1e7 to 1e7
        Days on one scale (any origin); any order.

    Returns
    -------
    ndarray of float
        Shape of `actions`; NaN where no move came later. A move on the same day counts as 0 days.

    Examples
    --------
    >>> days_to_next([0, 10, 40], [30, 12]).tolist()
    [12.0, 2.0, nan]
    """
    actions = within("actions", actions, *_DAYS)
    moves = np.sort(within("moves", moves, *_DAYS), axis=None)
    if moves.size == 0:
        return np.full(actions.shape, np.nan)
    place = np.searchsorted(moves, actions, side="left")
    found = place < moves.size
    return np.where(found, moves[np.minimum(place, moves.size - 1)] - actions, np.nan)


def response_lags(
    events: pd.DataFrame, actor: str, *, same_track: bool = True, effect: str | None = "tightens"
) -> pd.DataFrame:
    """For each move of one camp, the other camp's next move.

    Only moves dated to the day count.

    Parameters
    ----------
    events : DataFrame
        `government_moves`, or a subset of it.
    actor : str
        The camp whose moves start the clock.
    same_track : bool
        The next move must be in the same track (controls, rare-earths, ...); otherwise any track.
    effect : str or None
        Count only moves with this effect ("tightens", "eases") on both sides; None counts all.

    Returns
    -------
    DataFrame
        One row a move of `actor`: event_id, date, track, title, lag_days (NaN: none yet),
        next_id, next_title.

    Raises
    ------
    ValueError
        Unknown camp.
    """
    one_of("actor", actor, CAMPS)
    responder = other(actor)
    dated = events[events["date_precision"] == "day"]
    if effect is not None:
        dated = dated[dated["effect"] == effect]
    actions = dated[dated["camp"] == actor].sort_values(["date", "event_id"])
    moves = dated[dated["camp"] == responder].sort_values(["date", "event_id"])
    days, later_days = day_number(actions["date"]), day_number(moves["date"])
    tracks, later_tracks = (frame["track"].to_numpy(dtype=object) for frame in (actions, moves))
    lags, found = np.full(len(actions), np.nan), np.full(len(actions), -1)  # -1: none came later
    for track in dict.fromkeys(tracks) if same_track else [None]:
        mine = np.flatnonzero(tracks == track) if same_track else np.arange(len(actions))
        pool = np.flatnonzero(later_tracks == track) if same_track else np.arange(len(moves))
        place = np.searchsorted(later_days[pool], days[mine], side="left")
        reached = place < len(pool)
        lags[mine] = days_to_next(days[mine], later_days[pool])
        found[mine[reached]] = pool[place[reached]]
    out = actions[["event_id", "date", "track", "title"]].reset_index(drop=True)
    out["lag_days"] = lags
    for column, source in (("next_id", "event_id"), ("next_title", "title")):
        values = moves[source].to_numpy(dtype=object)
        out[column] = [values[at] if at >= 0 else "" for at in found]
    return out


def shifted_lags(
    actions: ArrayLike,
    moves: ArrayLike,
    start: float,
    end: float,
    draws: int = 1000,
    seed: int | np.random.Generator = 1,
    *,
    most: int = DRAWS,
) -> np.ndarray:
    """Lags if the same moves had fallen on days that have nothing to do with the actions.

    The moves keep their spacing and are shifted round the period by a random number of days (what
    falls off the end comes in at the start), so busy spells stay busy spells.

    Parameters
    ----------
    actions, moves : array of numbers
        Days, from `start` to `end`.
    start, end : float
        The period, in days on the same scale.
    draws : int, 1 to `most`
        Number of shifts; draws times actions at most 10 million.
    seed : int or numpy Generator
        Of the random numbers.
    most : int, 1 to 10,000,000
        More than 200,000 draws must be asked for by this name.

    Returns
    -------
    ndarray of float, shape (draws, number of actions)
        Days to the next shifted move; NaN where none comes later in the period.

    Raises
    ------
    ValueError
        `draws` out of range, or `end` not after `start`.
    """
    draws = draws_allowed("draws", draws, most)
    within("start", start, *_DAYS), within("end", end, *_DAYS)
    if not end > start:
        raise ValueError(f"end = {end:g} must be later than start = {start:g}.")
    actions = within("actions", actions, start, end, "days (start to end)").ravel()
    moves = within("moves", moves, start, end, "days (start to end)").ravel()
    if draws * actions.size > MOST_LAGS:
        raise ValueError(
            f"draws = {draws:,} of {actions.size:,} actions are more than {MOST_LAGS:,} lags; ask for fewer at a time."
        )
    shifts = seeded("seed", seed).uniform(0, end - start, size=draws)
    lags = np.empty((draws, actions.size))
    step = max(1, 200_000 // max(1, actions.size))
    for first in range(0, draws, step):
        lags[first : first + step] = _lags_at(actions, moves, start, end, shifts[first : first + step])
    return lags


def _lags_at(actions: np.ndarray, moves: np.ndarray, start: float, end: float, shifts: np.ndarray) -> np.ndarray:
    """Days to the next move for each shift of the moves round the period, one row a shift.

    On the circle the moves keep their order, so the next one is found before they are shifted; one that would fall
    beyond the end of the period has come in at its start, before the action, and is none.
    """
    if moves.size == 0:
        return np.full((shifts.size, actions.size), np.nan)
    span, shift = end - start, shifts[:, None]
    sorted_moves = np.sort((moves - start) % span)
    place = np.searchsorted(sorted_moves, (actions - start - shift) % span, side="left") % moves.size
    lags = start + (sorted_moves[place] + shift) % span - actions
    return np.where(lags >= 0, lags, np.nan)


def chance_medians(
    moves: pd.DataFrame,
    actor: str,
    *,
    same_track: bool = True,
    effect: str | None = "tightens",
    draws: int = 400,
    most: int = DRAWS,
) -> np.ndarray:
    """Median lag of `response_lags` when the other side's moves fall on unrelated days.

    Parameters
    ----------
    moves : DataFrame
        The moves, dated to the day; the period is from the first to the last of them.
    actor, same_track, effect
        As in `response_lags`.
    draws : int, 1 to `most`
        Number of random shifts (seeded: the same every time).
    most : int, 1 to 10,000,000
        More than 200,000 draws must be asked for by this name; they run in pieces.

    Returns
    -------
    ndarray of float, shape (draws,)
        Days; NaN where no later move exists.
    """
    draws = draws_allowed("draws", draws, most)
    one_of("actor", actor, CAMPS)
    moves = moves[moves["date_precision"] == "day"]
    if effect is not None:
        moves = moves[moves["effect"] == effect]
    if moves.empty:
        return np.full(draws, np.nan)
    days = pd.Series(day_number(moves["date"]), index=moves.index)
    start, end = float(days.min()), float(days.max() + 1)
    mine = moves["camp"] == actor
    groups = (
        [moves.index[moves["track"] == track] for track in moves["track"].unique()] if same_track else [moves.index]
    )
    pairs = [  # a group's own seed goes by its place, whether both sides moved in it or not
        (days[group][mine[group]].to_numpy(), days[group][~mine[group]].to_numpy(), seeded("seed", seed))
        for seed, group in enumerate(groups, start=1)
        if mine[group].any() and not mine[group].all()
    ]
    medians = np.full(draws, np.nan)
    shifts = [rng.uniform(0, end - start, size=draws) for _, _, rng in pairs]
    step = max(1, 200_000 // max(1, len(moves)))
    for first in range(0, draws if pairs else 0, step):
        here = slice(first, first + step)
        lags = np.concatenate(
            [_lags_at(a, m, start, end, s[here]) for (a, m, _), s in zip(pairs, shifts, strict=True)], axis=1
        )
        medians[here] = _medians(lags)
    return medians


def _medians(lags: np.ndarray) -> np.ndarray:
    """Median of each row, leaving NaN out; NaN for a row without any."""
    ordered = np.sort(lags, axis=1)  # NaN last
    known = (~np.isnan(ordered)).sum(axis=1)
    rows = np.arange(len(lags))
    low, high = np.maximum((known - 1) // 2, 0), np.maximum(known // 2, 0)
    middle = (ordered[rows, low] + ordered[rows, np.minimum(high, lags.shape[1] - 1)]) / 2
    return np.where(known > 0, middle, np.nan)


def day_number(dates: pd.Series) -> np.ndarray:
    """Dates as days since 1 January 2000, the scale that the lag functions use; NaN for a missing date.

    Raises
    ------
    ValueError
        Not a column of dates.
    """
    if not pd.api.types.is_datetime64_dtype(dates):
        raise ValueError(f"dates = {shown(dates)} is not a column of dates.")
    return (dates - pd.Timestamp("2000-01-01")).dt.days.to_numpy(dtype=float)
