"""Progress: scaling laws, compute-equivalent gains, rates, and gaps in months.

A *compute-equivalent gain* of 2 says: the new method reaches with half of the compute what the old
one needs. It is a statement about one loss at one scale, measured by whoever published it. The
functions here turn such numbers into one another where that is defined, and refuse where it is
not. All take values or arrays; `fit` and `power_law` look at ``data/scaling_fits.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import first_bad, one_of, within

DAYS_PER_MONTH = 365.25 / 12
FLOP_PER_PFLOP_DAY = 1e15 * 86_400

_PARAMETERS = (1e3, 1e16)
_TOKENS = (1e3, 1e18)
_FLOP = (1e12, 1e32)
_COMPUTE = (1e-12, 1e12)


# --- scaling laws: loss as a function of size and data ------------------------------------------


@dataclass(frozen=True)
class Fit:
    """One fit of L(N, D) = E + A / N^alpha + B / D^beta.

    Attributes: E (loss that no model of this form gets below, nats per token), A, B, alpha, beta.
    """

    E: float
    A: float
    B: float
    alpha: float
    beta: float


def fit(name: str = "besiroglu-2024") -> Fit:
    """A published fit of the parametric scaling law.

    Parameters
    ----------
    name : str
        ``"hoffmann-2022"`` (as printed, rounded), ``"hoffmann-2022-unrounded"`` (as in the paper's
        source file) or ``"besiroglu-2024"`` (refit of the same data).

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        No such fit; the names are listed.

    Examples
    --------
    >>> fit("hoffmann-2022").alpha
    0.34
    """
    return _published("parametric", "fit", name)


@cache
def _fits(form: str) -> dict[str, Fit | PowerLaw]:
    rows = data.load("scaling_fits").query("form == @form").itertuples()
    if form == "parametric":
        return {r.fit_id: Fit(r.e, r.a, r.b, r.alpha, r.beta) for r in rows}
    return {r.fit_id: PowerLaw(r.a, r.b) for r in rows}


def _published(form: str, argument: str, name: str):
    fits = _fits(form)
    return fits[one_of(argument, name, fits)]


def _law(law: Fit | None) -> Fit:
    if law is not None and not isinstance(law, Fit):
        raise ValueError(f"law = {law!r} is not a Fit; take a published one with fit(name).")
    return law or fit()


def loss(parameters: ArrayLike, tokens: ArrayLike, law: Fit | None = None) -> np.ndarray:
    """Loss of a dense model after training, by the parametric law.

    Parameters
    ----------
    parameters : scalar or array, 1e3 to 1e16
    tokens : scalar or array, 1e3 to 1e18
        Training tokens, each seen once.
    law : Fit, optional
        From `fit`; the refit of 2024 by default.

    Returns
    -------
    ndarray of float, broadcast shape
        Nats per token on the fit's own data.

    Raises
    ------
    ValueError
        A value outside its range, or a law that is no `Fit`.

    Notes
    -----
    L = E + A / N^alpha + B / D^beta (Hoffmann et al. 2022, equation 2). Fitted on dense models of
    0.07 to 16 billion parameters and 5 to 500 billion tokens: all else is extrapolation.

    Examples
    --------
    >>> round(float(loss(70e9, 1.4e12)), 3)
    1.974
    """
    law = _law(law)
    n, d = within("parameters", parameters, *_PARAMETERS), within("tokens", tokens, *_TOKENS)
    return law.E + law.A / n**law.alpha + law.B / d**law.beta


def optimum(compute_flop: ArrayLike, law: Fit | None = None) -> dict[str, np.ndarray]:
    """The split of a training budget between size and data that gives the lowest loss.

    Parameters
    ----------
    compute_flop : scalar or array, 1e12 to 1e32 FLOP
    law : Fit, optional
        As in `loss`.

    Returns
    -------
    dict of ndarray, shape of `compute_flop`
        ``parameters``, ``tokens``, ``tokens_per_parameter``.

    Raises
    ------
    ValueError
        A value outside its range, or a law that is no `Fit`.

    Notes
    -----
    With C = 6 N D: N = G (C/6)^(beta/(alpha+beta)), G = (alpha A / (beta B))^(1/(alpha+beta)). Hoffmann et
    al., arXiv 2203.15556, equation 4. E does not move the optimum.

    Examples
    --------
    >>> best = optimum(5.76e23)
    >>> round(float(best["parameters"]) / 1e9), round(float(best["tokens_per_parameter"]), 1)
    (72, 18.4)
    """
    law = _law(law)
    c = within("compute_flop", compute_flop, *_FLOP, "FLOP") / 6
    both = law.alpha + law.beta
    n = (law.alpha * law.A / (law.beta * law.B)) ** (1 / both) * c ** (law.beta / both)
    d = c / n
    return {"parameters": n, "tokens": d, "tokens_per_parameter": d / n}


# --- compute-equivalent gain of fitted curves ---------------------------------------------------


@dataclass(frozen=True)
class PowerLaw:
    """One fitted curve L = a C^-b. Attributes: a (loss at C = 1), b (exponent)."""

    a: float
    b: float


def power_law(name: str) -> PowerLaw:
    """A published curve L = a C^-b, C in PFLOP/s-days.

    Parameters
    ----------
    name : str
        ``"kimi-linear-mla"`` or ``"kimi-linear-kda"``.

    Returns
    -------
    PowerLaw

    Raises
    ------
    ValueError
        No such curve; the names are listed.

    Examples
    --------
    >>> power_law("kimi-linear-mla")
    PowerLaw(a=2.3092, b=0.0536)
    """
    return _published("power law", "power_law", name)


def _checked(curve: PowerLaw, which: str) -> tuple[float, float]:
    if not isinstance(curve, PowerLaw):
        raise ValueError(f"{which} = {curve!r} is not a PowerLaw; take a published one with power_law(name).")
    a = float(within(f"{which}.a", curve.a, 0.01, 100))
    return a, float(within(f"{which}.b", curve.b, 0.001, 1))


def equivalent_gain(compute: ArrayLike, old: PowerLaw, new: PowerLaw) -> np.ndarray:
    """How many times less compute the new curve needs for the loss that the old one has at `compute`.

    Parameters
    ----------
    compute : scalar or array, 1e-12 to 1e12
        Compute of the old method, in the unit of the fits.
    old, new : PowerLaw

    Returns
    -------
    ndarray of float
        C / C', with L_new(C') = L_old(C); below 1 where the new method is the worse one.

    Raises
    ------
    ValueError
        A value outside its range, or a gain outside 1e-12 to 1e12.

    Notes
    -----
    The gain is a power of C unless the exponents are equal: a gain without a scale is incomplete.

    Examples
    --------
    >>> mla, kda = PowerLaw(2.3092, 0.0536), PowerLaw(2.2879, 0.0527)
    >>> [round(float(g), 2) for g in equivalent_gain([1.0, 5.0, 1000.0], mla, kda)]
    [1.19, 1.16, 1.06]
    """
    c = within("compute", compute, *_COMPUTE)
    (a_old, b_old), (a_new, b_new) = _checked(old, "old"), _checked(new, "new")
    # log C' = (log a_new - log a_old + b_old log C) / b_new
    log_gain = np.log(c) - (np.log(a_new / a_old) + b_old * np.log(c)) / b_new
    return np.exp(within("log of the gain (the curves are too far apart)", log_gain, -27.64, 27.64))


def crossing(old: PowerLaw, new: PowerLaw) -> float:
    """The compute at which two fitted curves give the same loss.

    Parameters
    ----------
    old, new : PowerLaw

    Returns
    -------
    float
        In the unit of the fits.

    Raises
    ------
    ValueError
        Equal exponents (parallel curves never cross), or a crossing outside 1e-30 to 1e30.

    Notes
    -----
    C = (a_old / a_new)^(1 / (b_old - b_new)). A small error of an exponent moves it by powers of ten.

    Examples
    --------
    >>> round(crossing(PowerLaw(2.3092, 0.0536), PowerLaw(2.2879, 0.0527)), -2)
    29600.0
    """
    (a_old, b_old), (a_new, b_new) = _checked(old, "old"), _checked(new, "new")
    if b_old == b_new:
        raise ValueError(f"old.b = new.b = {b_old:g}: curves with equal exponents never cross.")
    power = np.log10(a_old / a_new) / (b_old - b_new)
    return float(10 ** within("log10 of the crossing", power, -30, 30))


def times_outside(value: ArrayLike, low: float, high: float) -> np.ndarray:
    """How many times a value lies outside the range that a fit was made on.

    Parameters
    ----------
    value : scalar or array, 1e-12 to 1e12
    low, high : scalar or array, 1e-12 to 1e12
        Ends of the range.

    Returns
    -------
    ndarray of float, broadcast shape
        1 inside; value / high above, low / value below.

    Raises
    ------
    ValueError
        A value outside its range, or `low` above `high`.

    Examples
    --------
    >>> times_outside([1.0, 8.0, 160.0], 2, 16).tolist()
    [2.0, 1.0, 10.0]
    """
    v = within("value", value, *_COMPUTE)
    first, last = within("low", low, *_COMPUTE), within("high", high, *_COMPUTE)
    if (first > last).any():
        a, b = first_bad(first > last, first, last)
        raise ValueError(f"low = {a:g} is above high = {b:g}.")
    return np.maximum(1.0, np.maximum(v / last, first / v))


# --- rates --------------------------------------------------------------------------------------


def factor_per_year(months: ArrayLike) -> np.ndarray:
    """Growth in a year of what doubles (or shrinkage of what halves) in so many months.

    Parameters
    ----------
    months : scalar or array, 0.1 to 1200
        Give an interval as an array: its ends change places, since a short time is a fast rate.

    Returns
    -------
    ndarray of float, shape of `months`
        Times a year.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    2^(12 / months).

    Examples
    --------
    >>> [round(float(f), 1) for f in factor_per_year([5, 8, 14])]
    [5.3, 2.8, 1.8]
    """
    return 2 ** (12 / within("months", months, 0.1, 1200, "months"))


# --- several gains together ---------------------------------------------------------------------


def _gains(gains: ArrayLike) -> np.ndarray:
    found = np.atleast_1d(within("gains", gains, 1, 1e6, "times"))
    if found.shape[-1] == 0:
        raise ValueError("gains is empty: give at least one gain.")
    return found


def combined_gain(gains: ArrayLike, overlap: ArrayLike) -> np.ndarray:
    """Gains used together, when part of what they save is the same compute.

    Parameters
    ----------
    gains : array, last axis the methods; each 1 to 1e6
        Measured one by one, against the same baseline.
    overlap : scalar or array, 0 to 1
        0: what one saves tells nothing about what another saves (the product). 1: the smaller
        saving lies wholly inside the larger (the largest gain alone).

    Returns
    -------
    ndarray of float, shape of `overlap` against the leading axes of `gains`

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    A gain g leaves the share 1/g of the compute. Together they leave
    (1 - w) x product of the shares + w x the smallest share. A line between two of Frechet's cases;
    the third, savings that never touch the same compute, is in `gain_bounds`. Methods can also
    interfere, and then none of these bounds holds.

    Examples
    --------
    >>> [round(float(combined_gain([1.25, 1.16], w)), 2) for w in (0, 0.5, 1)]
    [1.45, 1.34, 1.25]
    """
    left = 1 / _gains(gains)
    w = within("overlap", overlap, 0, 1)
    return 1 / ((1 - w) * left.prod(axis=-1) + w * left.min(axis=-1))


def gain_bounds(gains: ArrayLike) -> dict[str, np.ndarray]:
    """Largest gain, product, and the gain of savings that never touch the same compute.

    Parameters
    ----------
    gains : array, last axis the methods; each 1 to 1e6

    Returns
    -------
    dict of ndarray
        ``largest``, ``product``, ``disjoint``. ``disjoint`` is infinite where the savings add up
        to all of the compute or more, which shows that they cannot all be disjoint.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Frechet's bounds for the union of the savings 1 - 1/g.

    Examples
    --------
    >>> {k: round(float(v), 2) for k, v in gain_bounds([1.25, 1.16]).items()}
    {'largest': 1.25, 'product': 1.45, 'disjoint': 1.51}
    """
    g = _gains(gains)
    left = 1 - (1 - 1 / g).sum(axis=-1)
    with np.errstate(divide="ignore"):
        disjoint = np.where(left > 1e-12, 1 / np.maximum(left, 1e-300), np.inf)
    return {"largest": g.max(axis=-1), "product": g.prod(axis=-1), "disjoint": disjoint}


# --- who keeps a gain ---------------------------------------------------------------------------


def two_labs(
    ratio: ArrayLike, gain: ArrayLike, exponent: ArrayLike, rich_uses_it: bool = True
) -> dict[str, np.ndarray]:
    """What a method does to the distance between a rich lab and a poor one.

    Parameters
    ----------
    ratio : scalar or array, 1 to 1e6
        Compute of the rich lab for each unit of the poor one's.
    gain : scalar or array, 1 to 1e6
        Compute-equivalent gain at the poor lab's scale.
    exponent : scalar or array, -1 to 1
        How the gain depends on scale, as a power of compute. 0: the same at every scale.
        Above 0: it needs scale. Below 0: it fades with scale.
    rich_uses_it : bool
        False: the poor lab keeps the method to itself.

    Returns
    -------
    dict of ndarray
        ``poor_gain``, ``rich_gain`` (1 without the method), ``poor``, ``rich`` (effective compute,
        the poor lab's raw compute = 1) and ``ratio`` (rich over poor, after).

    Raises
    ------
    ValueError
        A value outside its range, or `rich_uses_it` neither True nor False.

    Notes
    -----
    Effective compute is raw compute times the gain at that scale, gain x ratio^s for the rich lab.
    Nobody has to use a method that does harm, so its gain is never below 1. If both use it,
    ratio after = ratio^(1 + s), whatever the size of the gain, until the gain has faded to 1 at
    the rich lab's scale: then ratio after = ratio / gain, as if the poor lab alone had it.

    Examples
    --------
    >>> round(float(two_labs(10, 3, 0)["ratio"]), 2), round(float(two_labs(10, 3, 0, False)["ratio"]), 2)
    (10.0, 3.33)
    """
    if not isinstance(rich_uses_it, (bool, np.bool_)):
        raise ValueError(f"rich_uses_it = {rich_uses_it!r} is not True or False.")
    r, poor, s = np.broadcast_arrays(
        within("ratio", ratio, 1, 1e6, "times"),
        within("gain", gain, 1, 1e6, "times"),
        within("exponent", exponent, -1, 1),
    )
    rich_gain = np.maximum(poor * r**s, 1.0) if rich_uses_it else np.ones(r.shape)
    rich = r * rich_gain
    return {"poor_gain": poor, "rich_gain": rich_gain, "poor": poor, "rich": rich, "ratio": rich / poor}


# --- gaps in months -----------------------------------------------------------------------------


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
    return (_days("last", last) - _days("first", first)) / DAYS_PER_MONTH


def _days(name: str, dates: ArrayLike) -> np.ndarray:
    try:
        days = np.asarray(dates, dtype="datetime64[D]")
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} = {dates!r} is not a date; write it as YYYY-MM-DD, 1990 to 2100.") from None
    if np.isnat(days).any() or (days < np.datetime64("1990-01-01")).any() or (days > np.datetime64("2100-12-31")).any():
        raise ValueError(f"{name} = {dates!r} is not a date from 1990 to 2100.")
    return days.astype("int64").astype(float)


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
    today, level = np.broadcast_arrays(_days("on", on), within("score", score, -1e6, 1e6, "points"))
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
