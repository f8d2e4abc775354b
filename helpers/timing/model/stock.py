"""A stock of chips by vintage: what is left of a year's chips, and how fast a denial shows in the whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, one_of, together, within

HOW = ("by the year", "continuously")
LONGEST_LIFE = 100.0  # years: a life that ends no chip within any span of ours
MOST_YEARS = 60


def alive(age_years: ArrayLike, retire_per_year: ArrayLike = 0.2, life_years: ArrayLike = LONGEST_LIFE) -> np.ndarray:
    """Share of a vintage that still works at an age.

    Parameters
    ----------
    age_years : scalar or array, 0 to 60 years
    retire_per_year : scalar or array, 0 to 0.99
        Share of the working chips that is lost in a year.
    life_years : scalar or array, 1 to 100 years
        Age at which the rest is taken out; the year in which it ends counts in part.

    Returns
    -------
    ndarray of float, shape of the inputs together

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    (1 - retire)^age x clip(life - age, 0, 1).

    Examples
    --------
    >>> alive([0, 3], 0.2).round(3).tolist(), float(alive(4, 0, 4.5))
    ([1.0, 0.512], 0.5)
    """
    age = within("age_years", age_years, 0, MOST_YEARS, "years")
    retire = within("retire_per_year", retire_per_year, 0, 0.99)
    life = within("life_years", life_years, 1, LONGEST_LIFE, "years")
    age, retire, life = together(age_years=age, retire_per_year=retire, life_years=life)
    return (1 - retire) ** age * np.clip(life - age, 0, 1)


def left_after(years: ArrayLike, retire_per_year: ArrayLike = 0.2, how: str = "by the year") -> np.ndarray:
    """What is left of a stock that is not refilled.

    Parameters
    ----------
    years : scalar or array, 0 to 60
    retire_per_year : scalar or array, 0 to 0.99
        By the year: the share that is gone at the end of each year. Continuously: the rate of loss at every moment.
    how : str
        One of `HOW`.

    Returns
    -------
    ndarray of float, a share

    Raises
    ------
    ValueError
        Out of range, another word, or shapes that do not fit.

    Notes
    -----
    By the year (1 - d)^years; continuously exp(-d years).

    Examples
    --------
    >>> round(float(left_after(3, 0.2)), 3), round(float(left_after(3, 0.2, "continuously")), 3)
    (0.512, 0.549)
    """
    one_of("how", how, HOW)
    time = within("years", years, 0, MOST_YEARS)
    retire = within("retire_per_year", retire_per_year, 0, 0.99)
    time, retire = together(years=time, retire_per_year=retire)
    return (1 - retire) ** time if how == HOW[0] else np.exp(-retire * time)


def in_use(added: ArrayLike, retire_per_year: ArrayLike = 0.2, life_years: ArrayLike = LONGEST_LIFE) -> np.ndarray:
    """Chips in use at the end of each year, from the chips added in each.

    Parameters
    ----------
    added : array, 0 or more, shape (..., years)
        The last axis is years, at most 60; a year's chips have age 0 at its end.
    retire_per_year, life_years : scalar or array
        As in `alive`; an array has one value for each row of `added`, whose leading shape it must fit.

    Returns
    -------
    ndarray of float, shape (..., years)

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    stock[t] = sum over v <= t of added[v] x alive(t - v).

    Examples
    --------
    >>> in_use([100, 0, 0, 0], 0.2).round(1).tolist()
    [100.0, 80.0, 64.0, 51.2]
    """
    flows = np.atleast_1d(within("added", added, 0, 1e15))
    retire = within("retire_per_year", retire_per_year, 0, 0.99)
    life = within("life_years", life_years, 1, LONGEST_LIFE, "years")
    years = flows.shape[-1]
    if not 1 <= years <= MOST_YEARS:
        raise ValueError(f"added has {years} years along its last axis; it may have 1 to {MOST_YEARS}.")
    shape = fitting(added=flows[..., 0], retire_per_year=retire, life_years=life)
    stock = np.zeros((*shape, years))
    for age in range(years):
        share = np.asarray((1 - retire) ** age * np.clip(life - age, 0, 1))[..., None]
        stock[..., age:] += flows[..., : years - age] * share
    return stock
