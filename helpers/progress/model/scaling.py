"""Scaling laws: loss as a function of size and data, and the gain between two fitted curves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import first_bad, one_of, shown, within

FLOP_PER_PFLOP_DAY = 1e15 * 86_400

_PARAMETERS = (1e3, 1e16)
_TOKENS = (1e3, 1e18)
_FLOP = (1e12, 1e32)
_COMPUTE = (1e-12, 1e12)


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
    return fits[one_of("name", name, fits)]


def _law(law: Fit | None) -> Fit:
    if law is not None and not isinstance(law, Fit):
        raise ValueError(f"law = {shown(law)} is not a Fit; take a published one with fit(name).")
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
        raise ValueError(f"{which} = {shown(curve)} is not a PowerLaw; take a published one with power_law(name).")
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


def times_outside(value: ArrayLike, low: ArrayLike, high: ArrayLike) -> np.ndarray:
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
