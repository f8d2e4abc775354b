"""The reservoir year by year under three policies: what is in it, what is missing, and what leverage is left."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from helpers.core.limits import one_of, whole, within
from helpers.timing import model as timing
from helpers.timing.studies.values import lag, need_share, parameter, tap

YEARS, LATE = 10, 5  # of the picture; the late denial begins after so many years of sale
POLICIES = ("sell", "deny early", "deny late")


def sales(policy: str, late: int = LATE, years: int = YEARS) -> np.ndarray:
    """What may be sold in each year under a policy: 1 all, 0 nothing.

    Parameters
    ----------
    policy : str
        One of `POLICIES`.
    late : int, 1 to 20
        Years of sale before the late denial.
    years : int, 2 to 30

    Returns
    -------
    ndarray of float, shape (years,)

    Raises
    ------
    ValueError
        Another word, or out of range.

    Examples
    --------
    >>> sales("deny late", 2, 4).tolist()
    [1.0, 1.0, 0.0, 0.0]
    """
    one_of("policy", policy, POLICIES)
    late, years = whole("late", late, 1, 20), whole("years", years, 2, 30)
    first = {"sell": years, "deny early": 0, "deny late": late}[policy]
    return (np.arange(years) < first).astype(float)


class Tank(NamedTuple):
    """The reservoir under one policy; arrays by year, year 0 the start.

    Attributes: home, foreign (share of the chips wanted that is in use, made at home and not), missing (the rest),
    inflow, at_home, leaked (added in the year, as shares of the chips wanted), need (the yearly flow that keeps the tank
    full), tap (home share of that flow), fear, leverage (what a denial begun then would take, in years of the need),
    left (leverage over that of the start), used (what denial has taken until then, in years of the need).
    """

    home: np.ndarray
    foreign: np.ndarray
    missing: np.ndarray
    inflow: np.ndarray
    at_home: np.ndarray
    leaked: np.ndarray
    need: np.ndarray
    tap: np.ndarray
    fear: np.ndarray
    leverage: np.ndarray
    left: np.ndarray
    used: np.ndarray


def tanks(
    answer_part: float | None = None,
    retire_per_year: float | None = None,
    growth_per_year: float | None = None,
    fear_sold: float | None = None,
    leak: float = 0.0,
    late: int = LATE,
) -> dict[str, Tank]:
    """The reservoir under each policy.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        Part of the home tap's speed that is an answer to fear; the speed itself is `speed`.
    retire_per_year : float, 0.01 to 0.9, optional
        Without it, the central value of its row.
    growth_per_year : float, 0 to 5, optional
        Of the chips that the buyer wants in use; without it, the central value.
    fear_sold : float, 0 to 1, optional
        Expected chance of denial while sold to; without it, the central value.
    leak : float, 0 to 1
        Part of what is denied that comes in all the same.
    late : int, 1 to 9
        Years of sale before the late denial.

    Returns
    -------
    dict of str to Tank

    Raises
    ------
    ValueError
        Out of range.

    Notes
    -----
    Chips of the start are counted as home-made by the home share of that day. What is used and what is left add up: under
    denial from the start, used + leverage is the leverage of the start.
    """
    retire = parameter("retire_per_year")[1] if retire_per_year is None else retire_per_year
    retire = within("retire_per_year", retire, 0.01, 0.9).item()
    fear = parameter("fear_sold")[1] if fear_sold is None else fear_sold
    growth = parameter("growth_per_year")[1] if growth_per_year is None else growth_per_year
    return dict(_tanks(answer_part, retire, growth, fear, leak, whole("late", late, 1, YEARS - 1)))


def taken_in_chips(tank: Tank, growth_per_year: float | None = None) -> float:
    """What denial has taken by the picture's last year, in chips: the unit is the need of the first year.

    Parameters
    ----------
    tank : Tank
    growth_per_year : float, 0 to 5, optional
        Of the need; without it, the central value.

    Returns
    -------
    float

    Notes
    -----
    `Tank.used` counts in years of the need of the time, so a year missed late weighs as much as one missed early, though more
    chips are missing. Here year t weighs (1 + growth)^(t - 1).

    Examples
    --------
    >>> found = tanks()
    >>> [round(taken_in_chips(found[policy]), 1) for policy in POLICIES]
    [0.0, 11.3, 14.8]
    """
    growth = parameter("growth_per_year")[1] if growth_per_year is None else growth_per_year
    growth = within("growth_per_year", growth, 0, 5).item()
    missed = np.diff(tank.used)
    return float((missed * (1 + growth) ** np.arange(len(missed))).sum())


@lru_cache(maxsize=16)
def _tanks(
    answer_part: float | None, retire: float, growth: float, fear: float, leak: float, late: int
) -> dict[str, Tank]:
    of_tap = {"share": need_share(), **tap(answer_part), "fear_sold": fear, "memory": parameter("memory")[1], "lag_years": lag()}  # fmt: skip
    found = {}
    for policy in POLICIES:
        sale = sales(policy, late)
        run = timing.run(sale, **of_tap, growth_per_year=growth, retire_per_year=retire, leak=leak)
        before = run.home.copy()
        before[0] = run.stock[0] * need_share()  # all of the start as one vintage
        made = timing.in_use(before, retire) / run.wanted
        held = 1 - run.missing
        need = np.full(YEARS + 1, (run.sold[0] + run.home[0]) / run.wanted[0])
        leverage = timing.leverage(sale, **of_tap)
        kept_out = np.append(0.0, 1 - sale) * (1 - run.share) - run.leaked / (run.wanted * need)
        found[policy] = Tank(
            np.minimum(made, held), np.maximum(held - made, 0), run.missing, run.sold / run.wanted, run.home / run.wanted,
            run.leaked / run.wanted, need, run.share, run.fear, leverage, leverage / leverage[0], np.cumsum(kept_out),
        )  # fmt: skip
        for part in found[policy]:
            part.flags.writeable = False  # every step of the page asks for the same tanks
    return found
