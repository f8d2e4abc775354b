"""A gain and its scale: two fitted curves, extended beyond the range of their tests."""

from __future__ import annotations

import itertools
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import within
from helpers.progress import model as progress

# DeepSeek-V3: 37 billion active parameters, 14.8 trillion tokens (arXiv 2412.19437), 6 N D; in PFLOP/s-days.
V3_BUDGET = 6 * 37e9 * 14.8e12 / progress.FLOP_PER_PFLOP_DAY
OLD, NEW = "kimi-linear-mla", "kimi-linear-kda"
_HALF_DIGIT = 5e-5  # the exponents are printed with four decimals


@cache
def tested_range() -> tuple[float, float]:
    """PFLOP/s-days between which the two curves of Kimi Linear were fitted (read by us off the chart)."""
    row = data.load("scaling_fits").set_index("fit_id").loc[NEW]
    return float(row["range_low"]), float(row["range_high"])


def gain_span(
    compute: ArrayLike, old: progress.PowerLaw, new: progress.PowerLaw, half_digit: float = _HALF_DIGIT
) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest gain that the printed digits allow: each exponent holds to half of its last digit.

    Parameters
    ----------
    compute : scalar or array
        PFLOP/s-days of the old method.
    old, new : PowerLaw
    half_digit : float
        Half of the exponents' last digit.

    Returns
    -------
    pair of ndarray, shape of `compute`
    """
    within("half_digit", half_digit, 0, 1e-3)
    ends = [
        progress.equivalent_gain(compute, progress.PowerLaw(old.a, old.b + i), progress.PowerLaw(new.a, new.b + j))
        for i, j in itertools.product((-half_digit, half_digit), repeat=2)
    ]
    return np.min(ends, axis=0), np.max(ends, axis=0)


def crossing_span(
    old: progress.PowerLaw, new: progress.PowerLaw, half_digit: float = _HALF_DIGIT
) -> tuple[float, float] | None:
    """Where two curves may cross by the rounding of their printed exponents alone, in PFLOP/s-days.

    Parameters
    ----------
    old, new : PowerLaw
        The new curve is the flatter one.
    half_digit : float
        Half of the exponents' last digit.

    Returns
    -------
    pair of float, or None
        The upper end is infinite where rounding can make the exponents equal. None where the printed exponents
        differ by no more than their rounding, so that no crossing can be named.
    """
    within("half_digit", half_digit, 0, 1e-3)
    apart = old.b - new.b
    if apart < 2.5 * half_digit:
        return None
    ends = [
        (progress.PowerLaw(old.a, old.b + d), progress.PowerLaw(new.a, new.b - d)) for d in (half_digit, -half_digit)
    ]
    last = progress.crossing(*ends[1]) if apart > 4.5 * half_digit else float("inf")
    return progress.crossing(*ends[0]), last


class AtScale(NamedTuple):
    """The gain of Kimi Linear over latent attention against compute.

    Attributes: compute, gain, low, high (arrays along the curve; low and high by rounding), at (gain at the budget),
    at_span (the same by rounding), outside (how many times the budget lies outside the tests, 1 inside), meet
    (PFLOP/s-days at which the curves cross, None where none can be named), meet_span (the same by rounding).
    """

    compute: np.ndarray
    gain: np.ndarray
    low: np.ndarray
    high: np.ndarray
    at: float
    at_span: tuple[float, float]
    outside: float
    meet: float | None
    meet_span: tuple[float, float] | None


def gain_at_scale(exponent: float, budget: float) -> AtScale:
    """The gain of one published method against compute, at a budget, and where it ends.

    Parameters
    ----------
    exponent : float
        Of the new curve; printed 0.0527.
    budget : float
        PFLOP/s-days, 1e-12 to 1e12.

    Returns
    -------
    AtScale

    Raises
    ------
    ValueError
        As ``progress.equivalent_gain``.
    """
    within("exponent", exponent, 0.002, 0.9)
    within("budget", budget, 1e-12, 1e12, "PFLOP/s-days")
    old, published = progress.power_law(OLD), progress.power_law(NEW)
    new = progress.PowerLaw(published.a, exponent)
    grid = np.geomspace(1, 1e7, 71)
    low_at, high_at = (float(v) for v in gain_span(budget, old, new))
    span = crossing_span(old, new)
    return AtScale(
        grid,
        progress.equivalent_gain(grid, old, new),
        *gain_span(grid, old, new),
        float(progress.equivalent_gain(budget, old, new)),
        (low_at, high_at),
        float(progress.times_outside(budget, *tested_range())),
        progress.crossing(old, new) if span else None,
        span,
    )
