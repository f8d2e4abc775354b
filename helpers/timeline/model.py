"""What a dated record can and cannot say: counts per quarter, lags between moves, two keys.

Pure functions: frames and numbers in, frames and numbers out. Dates come from
``data.load("events")``; nothing here reads a file or draws.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core.limits import within

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
    frame = events.sort_values(["date", "event_id"]).reset_index(drop=True)
    day = (frame["date"] - pd.Timestamp("2000-01-01")).dt.days
    level = frame.groupby([frame["camp"], day // bin_days]).cumcount() + 1
    frame["level"] = level * frame["camp"].map({CAMPS[0]: 1, CAMPS[1]: -1}).fillna(0).astype(int)
    return frame


# --- lags ---------------------------------------------------------------------------------------


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


# --- two keys -----------------------------------------------------------------------------------


def both_keys(us_per_month: ArrayLike, cn_per_month: ArrayLike, link: ArrayLike = 0.0) -> np.ndarray:
    """Probability that both governments say yes in one month.

    Parameters
    ----------
    us_per_month, cn_per_month : scalar or array, 0 to 1
        Probability that the US, and China, allow delivery in a given month.
    link : scalar or array, -1 to 1
        0: the two decide independently. 1: they agree as often as the two numbers allow (a deal
        opens both doors). -1: they agree as seldom as the two numbers allow (when one opens, the
        other shuts).

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    ``link`` runs in straight lines from the lower Fréchet bound max(0, p + q - 1), by
    independence p q, to the upper Fréchet bound min(p, q). Source: M. Fréchet (1951),
    "Sur les tableaux de corrélation dont les marges sont données".

    Examples
    --------
    >>> float(both_keys(0.5, 0.4))
    0.2
    >>> float(both_keys(0.5, 0.4, link=1)), float(both_keys(0.5, 0.4, link=-1))
    (0.4, 0.0)
    """
    p = within("us_per_month", us_per_month, 0, 1)
    q = within("cn_per_month", cn_per_month, 0, 1)
    link = within("link", link, -1, 1)
    apart = p * q
    lowest, highest = np.maximum(0.0, p + q - 1), np.minimum(p, q)
    return apart + np.where(link >= 0, link * (highest - apart), -link * (lowest - apart))


def delivery_probability(
    months: ArrayLike,
    us_per_month: ArrayLike,
    cn_per_month: ArrayLike,
    *,
    link: ArrayLike = 0.0,
    keys_stay: bool = False,
) -> np.ndarray:
    """Probability that a first delivery has happened within a number of months.

    Parameters
    ----------
    months : scalar or array, 0 to 1200
        Months since the first of the two doors opened.
    us_per_month, cn_per_month, link
        As in `both_keys`.
    keys_stay : bool
        False: both must say yes in the same month. True: a yes, once given, stays.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    With j the chance of both in one month: 1 - (1 - j)^t when they must coincide, and
    1 - (1 - p)^t - (1 - q)^t + (1 - p - q + j)^t when a yes stays.

    Examples
    --------
    >>> float(delivery_probability(1, 0.5, 0.5))
    0.25
    """
    t = within("months", months, 0, 1200)
    j = both_keys(us_per_month, cn_per_month, link)
    p, q = np.asarray(us_per_month, dtype=float), np.asarray(cn_per_month, dtype=float)
    if not keys_stay:
        return 1 - (1 - j) ** t
    neither = np.maximum(0.0, 1 - p - q + j)
    return np.clip(1 - (1 - p) ** t - (1 - q) ** t + neither**t, 0.0, 1.0)


def months_until(
    probability: float,
    us_per_month: float,
    cn_per_month: float,
    *,
    link: float = 0.0,
    keys_stay: bool = False,
    horizon: int = 600,
) -> float:
    """First whole month by which delivery is at least as likely as `probability`.

    Returns
    -------
    float
        Months; infinity when it is not reached within `horizon` months.

    Raises
    ------
    ValueError
        A value outside its range (probability: 0 to 1).
    """
    within("probability", probability, 0, 1)
    t = np.arange(0, horizon + 1)
    reached = delivery_probability(t, us_per_month, cn_per_month, link=link, keys_stay=keys_stay) >= probability
    return float(t[reached.argmax()]) if reached.any() else float("inf")


def upper_bound_after_zero(months: ArrayLike, confidence: float = 0.95) -> np.ndarray:
    """Highest chance per month that is still compatible with none in so many months.

    Parameters
    ----------
    months : scalar or array, 1 to 1200
        Months observed, all without the event.
    confidence : float, 0.5 to 0.999
        A chance above the bound would have shown itself with this probability.

    Returns
    -------
    ndarray of float, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    1 - (1 - confidence)^(1/months), near 3/months at 95% ("rule of three"): J. A. Hanley and
    A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983) 1743.

    Examples
    --------
    >>> round(float(upper_bound_after_zero(6)), 2)
    0.39
    """
    n = within("months", months, 1, 1200)
    within("confidence", confidence, 0.5, 0.999)
    return 1 - (1 - confidence) ** (1 / n)
