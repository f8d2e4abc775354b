"""Gaps in months: between dates, on an index, and what is no length of time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core.limits import MOST, day, each, first_bad, fitting, shown, together, within

DAYS_PER_MONTH = 365.25 / 12
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)


def months_between(first: ArrayLike, last: ArrayLike) -> np.ndarray:
    """Months from one date to another (30.44 days each); negative when `last` is earlier.

    Parameters
    ----------
    first, last : date, ISO text, or array of them, 1990 to 2100

    Returns
    -------
    ndarray of float, broadcast shape, months

    Raises
    ------
    ValueError
        Not a date, or outside its range.

    Examples
    --------
    >>> round(float(months_between("2025-08-07", "2026-04-24")), 1)
    8.5
    """
    start, end = _days("first", first), _days("last", last)
    fitting(first=start, last=end)
    return (end - start) / DAYS_PER_MONTH


def _days(name: str, dates: ArrayLike) -> np.ndarray:
    """Days since 1970, of one date or of an array of them, each looked at."""
    known = isinstance(dates, (np.ndarray, pd.Series, pd.Index))
    try:
        items = np.asarray(dates if known or isinstance(dates, (str, date, np.generic)) else _listed(name, dates))
    except TypeError:  # numpy's word on a list that raises
        raise ValueError(f"{name} = {shown(dates)} is not a date from 1990 to 2100.") from None
    if items.size > MOST:
        raise ValueError(f"{name} holds {items.size:,} dates, more than {MOST:,}.")
    if items.dtype.kind != "M":
        days = np.array([_day(name, item) for item in items.astype(object).flat], dtype="datetime64[D]")
        items = days.reshape(items.shape)
    outside = np.isnat(items) | (items < np.datetime64(_FIRST)) | (items > np.datetime64(_LAST))
    if outside.any():
        raise ValueError(f"{name} = {shown(items[outside].flat[0])} is not a date from 1990 to 2100.")
    return items.astype("datetime64[D]").astype("int64").astype(float)


def _listed(name: str, dates: object) -> np.ndarray:
    rows = each(name, dates)
    out = np.empty(len(rows), dtype=object)
    out[:] = rows
    return out


def _day(name: str, item: object) -> date:
    try:
        return day(name, item, _FIRST, _LAST)
    except ValueError:
        raise ValueError(f"{name} = {shown(item)} is not a date; write it as YYYY-MM-DD, 1990 to 2100.") from None


def months_behind(dates: ArrayLike, scores: ArrayLike, on: ArrayLike, score: ArrayLike) -> np.ndarray:
    """How long before a day the leader had the follower's score, on one index.

    Parameters
    ----------
    dates : array of dates
        Releases of the leader's models, two or more.
    scores : array
        Their scores, -1e6 to 1e6; the best so far counts at each date.
    on : date or array
        Day on which the follower has its score.
    score : scalar or array
        The follower's score.

    Returns
    -------
    ndarray of float
        Months. Between two of the leader's releases the score is taken as rising in a straight line.

    Raises
    ------
    ValueError
        Fewer than two dates, a score above the leader's best by that day (not behind), a day before the
        leader's first release, or a score below the leader's first (the record is too short to say).

    Examples
    --------
    >>> leader = ["2025-08-07", "2026-02-05"], [800, 1000]
    >>> round(float(months_behind(*leader, "2026-05-07", 900)), 1)
    6.0
    """
    days, levels = _days("dates", dates), within("scores", scores, -1e6, 1e6, "points")
    if days.ndim != 1 or days.shape != levels.shape or len(days) < 2:
        raise ValueError("dates and scores must be two rows of equal length, with two releases or more.")
    order = np.argsort(days, kind="stable")
    days, levels = days[order], np.maximum.accumulate(levels[order])
    today, level = together(on=_days("on", on), score=within("score", score, -1e6, 1e6, "points"))
    if (today < days[0]).any():
        raise ValueError("on: no model of the leader was released by that day: not behind on this index.")
    if (level < levels[0]).any():
        low, day = first_bad(level < levels[0], level, today)
        raise ValueError(
            f"score = {low:g} is below the first score on record, {levels[0]:g}: the gap is at least"
            f" {(day - days[0]) / DAYS_PER_MONTH:.1f} months, and the record cannot say how much more."
        )
    best = levels[np.searchsorted(days, today, side="right") - 1]
    if (level > best).any():
        high, then = first_bad(level > best, level, best)
        raise ValueError(
            f"score = {high:g} is above the leader's best by that day, {then:g}: not behind on this index."
        )
    # the first day at which the leader reached the level: keep the earliest date of equal scores
    rising = np.concatenate([[True], np.diff(levels) > 0])
    days, levels = days[rising], levels[rising]
    return (today - np.interp(level, levels, days)) / DAYS_PER_MONTH


def months_from_points(points: ArrayLike, points_per_month: ArrayLike | None = None) -> np.ndarray:
    """Points of a rating, or per cent of a score, as months: only with a trend to divide by.

    Parameters
    ----------
    points : scalar or array, 0 to 1e6
        Points or per cent by which one model is ahead.
    points_per_month : scalar or array, 0.001 to 1e6
        How fast the leader gains points on that same scale in that period.

    Returns
    -------
    ndarray of float
        Months, if the leader's trend is a straight line.

    Raises
    ------
    ValueError
        No trend is given: points of a rating are not a length of time.

    Examples
    --------
    >>> months_from_points(39)
    Traceback (most recent call last):
    ...
    ValueError: points_per_month is missing: 39 points are no number of months without the leader's gain per month on the same scale.
    >>> float(months_from_points(8, 2))
    4.0
    """
    p = within("points", points, 0, 1e6, "points")
    if points_per_month is None:
        raise ValueError(
            f"points_per_month is missing: {p.flat[0] if p.size else 0:g} points are no number of months without the"
            " leader's gain per month on the same scale."
        )
    return p / within("points_per_month", points_per_month, 0.001, 1e6, "points a month")
