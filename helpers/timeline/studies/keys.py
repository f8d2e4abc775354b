"""Two keys: the wait of the record, and what a model of two governments makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.core import limits
from helpers.timeline import model as timeline

MONTHS = 24  # that the model of two keys is drawn for
DELIVERED = {
    "yes": "some, by then",
    "no": "none confirmed",
    "partial": "a few, place not named",
    "unknown": "not known",
}


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
    record = record.sort_values("month", kind="stable").reset_index(drop=True)
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
