"""Days from one side's move to the other side's next, and what unrelated dates would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core.limits import within
from helpers.timeline.model.moves import other


def days_to_next(actions: ArrayLike, moves: ArrayLike) -> np.ndarray:
    """Days from each action to the first later move.

    Parameters
    ----------
    actions, moves : array of numbers
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
    actions = np.asarray(actions, dtype=float)
    moves = np.sort(np.asarray(moves, dtype=float))
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
    responder = other(actor)
    dated = events[events["date_precision"] == "day"]
    if effect is not None:
        dated = dated[dated["effect"] == effect]
    actions = dated[dated["camp"] == actor].sort_values(["date", "event_id"])
    moves = dated[dated["camp"] == responder].sort_values(["date", "event_id"])
    parts = []
    for track, group in actions.groupby("track") if same_track else [(None, actions)]:
        pool = moves[moves["track"] == track] if same_track else moves
        part = group[["event_id", "date", "track", "title"]].copy()
        part["lag_days"] = days_to_next(day_number(group["date"]), day_number(pool["date"]))
        place = np.searchsorted(day_number(pool["date"]), day_number(group["date"]), side="left")
        reached = np.asarray(place < len(pool))
        for column, source in (("next_id", "event_id"), ("next_title", "title")):
            values = pool[source].to_numpy(dtype=object)
            part[column] = [values[p] if ok else "" for p, ok in zip(place, reached, strict=True)]
        parts.append(part)
    if not parts:
        return pd.DataFrame(columns=["event_id", "date", "track", "title", "lag_days", "next_id", "next_title"])
    return pd.concat(parts).sort_values(["date", "event_id"]).reset_index(drop=True)


def shifted_lags(
    actions: ArrayLike, moves: ArrayLike, start: float, end: float, draws: int = 1000, seed: int = 1
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
    draws : int, 1 to 1,000,000
        Number of shifts.
    seed : int
        Of the random numbers.

    Returns
    -------
    ndarray of float, shape (draws, number of actions)
        Days to the next shifted move; NaN where none comes later in the period.

    Raises
    ------
    ValueError
        `draws` out of range, or `end` not after `start`.
    """
    within("draws", draws, 1, 1_000_000)
    if not end > start:
        raise ValueError(f"end = {end:g} must be later than start = {start:g}.")
    actions = np.asarray(actions, dtype=float)
    moves = np.asarray(moves, dtype=float)
    lags = np.full((int(draws), actions.size), np.nan)
    shifts = np.random.default_rng(seed).uniform(0, end - start, size=int(draws))
    for lag, shift in zip(lags, shifts, strict=True):
        lag[:] = days_to_next(actions, start + (moves - start + shift) % (end - start))
    return lags


def chance_medians(
    moves: pd.DataFrame, actor: str, *, same_track: bool = True, effect: str | None = "tightens", draws: int = 400
) -> np.ndarray:
    """Median lag of `response_lags` when the other side's moves fall on unrelated days.

    Parameters
    ----------
    moves : DataFrame
        The moves, dated to the day; the period is from the first to the last of them.
    actor, same_track, effect
        As in `response_lags`.
    draws : int
        Number of random shifts (seeded: the same every time).

    Returns
    -------
    ndarray of float, shape (draws,)
        Days; NaN where no later move exists.
    """
    moves = moves[moves["date_precision"] == "day"]
    if effect is not None:
        moves = moves[moves["effect"] == effect]
    if moves.empty:
        return np.full(int(draws), np.nan)
    days = pd.Series(day_number(moves["date"]), index=moves.index)
    start, end = float(days.min()), float(days.max() + 1)
    mine = moves["camp"] == actor
    groups = (
        [moves.index[moves["track"] == track] for track in moves["track"].unique()] if same_track else [moves.index]
    )
    pooled = [
        shifted_lags(days[group][mine[group]], days[group][~mine[group]], start, end, draws=draws, seed=seed)
        for seed, group in enumerate(groups, start=1)
        if mine[group].any() and not mine[group].all()
    ]
    if not pooled:
        return np.full(int(draws), np.nan)
    lags = np.concatenate(pooled, axis=1)
    with_any = ~np.isnan(lags).all(axis=1)
    medians = np.full(int(draws), np.nan)
    medians[with_any] = np.nanmedian(lags[with_any], axis=1)
    return medians


def day_number(dates: pd.Series) -> np.ndarray:
    """Dates as days since 1 January 2000, the scale that the lag functions use."""
    return (dates - pd.Timestamp("2000-01-01")).dt.days.to_numpy(dtype=float)
