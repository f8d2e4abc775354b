"""Days by the rules on disputes, against days that a case took."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import day, together, within

_LONGEST = 20_000  # days


def earliest_panel(requested: date, talks_days: float) -> date:
    """The first day on which a complainant may ask for a panel.

    Parameters
    ----------
    requested : date or ISO text
        Day of the request for consultations.
    talks_days : float, 0 to 20000 days
        That talks must be given: 60 by DSU 4.7, from the day on which the request is received.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        Not a day; days outside their range.

    Examples
    --------
    >>> earliest_panel("2022-12-12", 60)
    datetime.date(2023, 2, 10)
    """
    days = float(within("talks_days", talks_days, 0, _LONGEST, "days"))
    return day("requested", requested) + timedelta(days=int(days))


def times_the_rule(took_days: ArrayLike, rule_days: ArrayLike) -> np.ndarray:
    """How many times as long as the rules say a case took.

    Parameters
    ----------
    took_days : float or array, 0 to 20000 days
    rule_days : float or array, 1 to 20000 days

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        Outside its range; shapes that do not fit.

    Examples
    --------
    >>> float(times_the_rule(850, 425))
    2.0
    """
    took, rule = together(
        took_days=within("took_days", took_days, 0, _LONGEST, "days"),
        rule_days=within("rule_days", rule_days, 1, _LONGEST, "days"),
    )
    return took / rule
