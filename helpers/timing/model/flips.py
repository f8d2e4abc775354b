"""Where a choice flips: the value of an assumption at which two plans of the game are worth the same."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from helpers.core.limits import listed_names, one_of, shown, within
from helpers.timing.model.game import DEFAULTS, OTHERS, PLANS, RANGES, checked, others_checked, worths
from helpers.timing.model.tap import FASTEST

_STEPS = 400  # of a search for the place at which a choice flips
_HALVINGS = 40


def flip_discount(settings: Mapping[str, float], one: str = "deny", other: str = "sell") -> float:
    """The yearly discount rate at which two plans are worth the same.

    Parameters
    ----------
    settings : mapping of str to float
        Arguments of `payoffs`; those not named keep their defaults, and `discount_rate` does not count.
    one, other : str
        Two of `PLANS`.

    Returns
    -------
    float
        NaN where no rate from 0 upwards makes them equal.

    Raises
    ------
    ValueError
        A setting that `payoffs` does not know or refuses, or no plan.

    Notes
    -----
    Totals are linear in the discount factor f: f = - (early difference) / (late difference), rate = f^(-1/years) - 1.

    Examples
    --------
    >>> round(flip_discount({"answer": 0.2}), 3)
    0.165
    """
    _two_plans(one, other)
    g, others = _settings(settings)
    found = worths(g, **others)
    early = float(found.early[one] - found.early[other])
    late = float(found.late[one] - found.late[other])
    factor = -early / late if late else float("nan")
    return factor ** (-1 / others["years"]) - 1 if 0 < factor <= 1 else float("nan")


def flip_answer(settings: Mapping[str, float], one: str = "deny", other: str = "sell", most: float = 2.0) -> float:
    """The answer of the home tap (k1) at which two plans are worth the same.

    Parameters
    ----------
    settings : mapping of str to float
        As in `flip_discount`; `answer` does not count.
    one, other : str
        Two of `PLANS`.
    most : float, 0.1 to 5
        How far is searched, from 0.

    Returns
    -------
    float
        The lowest such answer; NaN where the same plan is better all the way.

    Raises
    ------
    ValueError
        As in `flip_discount`.

    Examples
    --------
    >>> round(flip_answer({}, "deny", "sell, then deny"), 3)
    0.442
    """
    return flip(settings, "answer", one, other, 0.0, within("most", most, 0.1, FASTEST).item())


def flip(
    settings: Mapping[str, float],
    name: str,
    one: str = "deny",
    other: str = "sell",
    low: float = 0.0,
    high: float = 1.0,
) -> float:
    """The value of one assumption at which two plans are worth the same.

    Parameters
    ----------
    settings : mapping of str to float
        As in `flip_discount`.
    name : str
        The assumption that moves.
    one, other : str
        Two of `PLANS`.
    low, high : float
        The span that is searched, within the range of that assumption.

    Returns
    -------
    float
        The lowest such value; NaN where the same plan is better all the way.

    Raises
    ------
    ValueError
        As in `flip_discount`, or an empty span.

    Examples
    --------
    >>> round(flip({}, "denial_worth", "deny", "sell", 0, 10), 2)
    2.25
    """
    _two_plans(one, other)
    one_of("name", name, RANGES)
    g, others = _settings(settings)
    low, high = (within(end, value, *RANGES[name]).item() for end, value in (("low", low), ("high", high)))
    if not low < high:
        raise ValueError(f"low = {low:g} must be below high = {high:g}.")

    def ahead(value: np.ndarray) -> np.ndarray:
        found = worths({**g, name: value}, **others)
        return found.total[one] - found.total[other]

    grid = np.linspace(low, high, _STEPS + 1)
    sign = ahead(grid) > 0
    at = np.flatnonzero(sign[1:] != sign[:-1])
    if not at.size:
        return float("nan")
    left, right, start = grid[at[0]], grid[at[0] + 1], bool(sign[at[0]])
    for _ in range(_HALVINGS):
        middle = (left + right) / 2
        if bool(ahead(np.float64(middle)) > 0) == start:
            left = middle
        else:
            right = middle
    return float((left + right) / 2)


# --- inside -------------------------------------------------------------------------------------


def _settings(settings: Mapping[str, float]) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    for name, value in settings.items():
        if name not in RANGES and name not in OTHERS:
            raise ValueError(f"settings name {shown(name)}, which is not one of {listed_names([*RANGES, *OTHERS])}.")
        if np.ndim(value):
            raise ValueError(f"settings give {shown(value)} for {name}, which is not one number.")
    try:
        others = others_checked(**{name: value for name, value in settings.items() if name in OTHERS})
        given = {**DEFAULTS, **{name: value for name, value in settings.items() if name in RANGES}}
        given.setdefault("fear_start", given["fear_sold"])
        return checked(given), others
    except ValueError as error:
        raise ValueError(f"settings: {error}") from None


def _two_plans(one: str, other: str) -> None:
    one_of("one", one, PLANS)
    one_of("other", other, PLANS)
    if one == other:
        raise ValueError(f"one and other are both {one!r}; give two plans.")
