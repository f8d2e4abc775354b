"""An infant industry behind a ban: years to parity, Mill and Bastable, and the sweep of learning rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import whole, within
from helpers.trade import model as trade
from helpers.trade.studies.values import central

YEARS = 20  # looked at
SWEEP = (0.05, 0.10, 0.15, 0.20, 0.25)


@dataclass(frozen=True)
class Growing:
    """Home cost and rival's price by year, years to parity (infinite: never), and two tests.

    `value` and `by_output` are the sums of Bastable's test, for one chip a year and weighted by output, in the rival's
    first price; `bastable` is the answer of the first. `price_then` is the rival's price in the year of parity, over its price at first; `ends` says whether growth of output
    stopped at its end before parity.
    """

    years: np.ndarray
    cost: np.ndarray
    price: np.ndarray
    parity: float
    price_then: float
    doublings_needed: float
    mill: bool
    bastable: bool
    value: float
    by_output: float
    ends: bool


def growing(
    rate: float,
    growth: float,
    rival_fall: float,
    cost_ratio: float = 2.0,
    discount: float = 0.1,
    most_growth: float = 1e15,
) -> Growing:
    """An infant industry over `YEARS` years.

    Parameters
    ----------
    rate : float, 0.001 to 0.9
        Learning rate.
    growth : float, 1 to 100 times a year
        Of cumulative output.
    rival_fall : float, 0 to 0.9 a year
        Of the rival's price.
    cost_ratio : float, 0.1 to 100
        Home cost over the rival's price, at first.
    discount : float, 0 to 1 a year
    most_growth : float, 1 to 1e15
        Multiple of the first year's cumulative output at which growth ends.

    Returns
    -------
    Growing

    Examples
    --------
    >>> round(growing(0.2, 3, 0.2).parity, 1), growing(0.2, 2, 0.2).parity
    (5.3, inf)
    """
    within("rate", rate, 0.001, 0.9)
    within("growth", growth, 1, 100)
    within("rival_fall", rival_fall, 0, 0.9)
    within("cost_ratio", cost_ratio, 0.1, 100)
    within("most_growth", most_growth, 1, 1e15)
    found = trade.infant_industry(cost_ratio, rate, growth, rival_fall, YEARS, discount, most_growth)
    parity = float(trade.parity_years(cost_ratio, rate, growth, rival_fall))
    # Growth that ends stops the curve: parity counts only where it comes before that.
    last = np.inf if growth <= 1 else np.log(most_growth) / np.log(growth)
    ends = bool(np.isfinite(parity) and parity > last + 1e-9)
    if ends:
        parity = np.inf
    return Growing(
        np.arange(YEARS + 1.0),
        found.cost,
        found.price,
        parity,
        float((1 - rival_fall) ** parity) if np.isfinite(parity) else 0.0,
        float(trade.doublings_to_keep_up(rate, rival_fall)),
        bool(found.mill),
        bool(found.bastable),
        float(found.value),
        float(found.by_output),
        ends,
    )


def sweep(growth: float = 3.0, rival_fall: float = 0.2, cost_ratio: float = 2.0) -> pd.DataFrame:
    """Exponents and years to parity for the learning rates of `SWEEP`.

    Parameters
    ----------
    growth, rival_fall, cost_ratio : float
        As in `growing`.

    Returns
    -------
    DataFrame
        By rate: exponent, years (infinite: never), doublings (a year that only match the rival).

    Examples
    --------
    >>> sweep()["years"].round(1).tolist()
    [inf, inf, 20.1, 5.3, 3.0]
    """
    rates = np.array(SWEEP)
    return pd.DataFrame(
        {
            "exponent": trade.learning_exponent(rates),
            "years": trade.parity_years(cost_ratio, rates, growth, rival_fall),
            "doublings": trade.doublings_to_keep_up(rates, rival_fall),
        },
        index=pd.Index(rates, name="rate"),
    )


def spillover_effect(others: float = 6.0, cut_to: float = 0.0) -> tuple[float, float]:
    """Effective experience with what others teach, and with a part of that cut off.

    Parameters
    ----------
    others : float, 0 to 1e6
        Output of others, in units of own output.
    cut_to : float, 0 to 1
        Share of the spillover that is left.

    Returns
    -------
    (float, float)

    Examples
    --------
    >>> [round(v, 1) for v in spillover_effect()]
    [3.0, 1.0]
    """
    alpha = central("spillover")
    left = float(within("cut_to", cut_to, 0, 1))
    return tuple(float(trade.effective_experience(1.0, others, alpha * part)) for part in (1.0, left))


def rates() -> pd.DataFrame:
    """Published learning rates, those with a figure first, with what we read of each."""
    frame = data.load("learning_rates")
    return frame.sort_values("central", na_position="last", kind="stable").reset_index(drop=True)


def surface(size: int = 200) -> np.ndarray:
    """Years to parity over learning rates and growth, a square of them: what the bench times.

    Parameters
    ----------
    size : int, 2 to 1,000

    Returns
    -------
    ndarray of float
    """
    n = whole("size", size, 2, 1000)
    learn = np.linspace(0.02, 0.3, n)[:, None]
    return trade.parity_years(central("cost-ratio"), learn, np.linspace(1.1, 6, n), central("rival-fall"))
