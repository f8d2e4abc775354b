"""Partly good dies: how many cores work, which product a die becomes, and what it then costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import each, fitting, shown, together, whole, within
from helpers.wafers.model.ranges import MM2_PER_CM2, MOST_D0, MOST_USD


def working_cores(
    cores: int,
    core_area_mm2: ArrayLike,
    shared_area_mm2: ArrayLike,
    d0_per_cm2: ArrayLike,
    alpha: ArrayLike = 3.0,
) -> np.ndarray:
    """Chance that a die has a working shared part and exactly 0, 1, ... all cores working.

    Parameters
    ----------
    cores : int, 1 to 300
        Identical cores on the die.
    core_area_mm2 : scalar or array, 0 to 1,000 mm2
        Area of one core in which a defect kills that core.
    shared_area_mm2 : scalar or array, 0 to 10,000 mm2
        Area in which a defect kills the die.
    d0_per_cm2 : scalar or array, 0 to 100 per cm2
        Mean density.
    alpha : scalar or array, 0.05 to 1e7
        Clustering, as in `die_yield`: the density varies from die to die by a gamma distribution.

    Returns
    -------
    ndarray of float, broadcast shape and a last axis of `cores` + 1
        Sums to the chance that the shared part works; the last entry is the flawless die.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    At density D the cores fail independently (binomial, exp(-D a) each). All cores of a die share its
    D, so the binomial is averaged over the gamma distribution, by a sum over equal steps of log D (to
    1e-8); the flawless die has a closed form. Putting a negative-binomial core into a binomial would
    treat cores as strangers and misstate every bin.

    Examples
    --------
    >>> p = working_cores(25, 15.97, 266.24, 0.161)
    >>> round(float(p[25]), 3), round(float(p[20:].sum()), 3)
    (0.4, 0.67)
    """
    n = whole("cores", cores, 1, 300)
    core = within("core_area_mm2", core_area_mm2, 0, 1000, "mm2")
    shared = within("shared_area_mm2", shared_area_mm2, 0, 10_000, "mm2")
    d0 = within("d0_per_cm2", d0_per_cm2, 0, MOST_D0, "per cm2")
    alpha = within("alpha", alpha, 0.05, 1e7)
    _not_too_many(n, 1, core_area_mm2=core, shared_area_mm2=shared, d0_per_cm2=d0, alpha=alpha)
    return _core_chances(n, core, shared, d0 / MM2_PER_CM2, alpha)


MOST_STEPS = 30_000_000  # values times cores times densities: under two seconds


def _not_too_many(cores: int, rounds: int, **given: np.ndarray) -> None:
    """Refuse what would take longer than two seconds; how many values that are depends on the cores."""
    size = math.prod(fitting(**given))
    alphas = np.unique(given["alpha"])
    if size < 2:
        return
    most = max(1, MOST_STEPS // (rounds * cores * len(_densities(float(alphas[-1]), cores)[0])))
    large = " and ".join(name for name, value in given.items() if value.ndim)
    if alphas.size > 2000:
        raise ValueError(f"alpha holds {alphas.size:,} different values, more than 2,000; give them in pieces.")
    if size > most:
        raise ValueError(f"{large} make {size:,} values, more than {most:,} at cores = {cores}; give them in pieces.")


def _core_chances(
    n: int, core: np.ndarray, shared: np.ndarray, d0_per_mm2: np.ndarray, alpha: np.ndarray
) -> np.ndarray:
    if alpha.ndim:  # densities differ by alpha: one value of it after the other
        core, shared, d0_per_mm2, alpha = np.broadcast_arrays(core, shared, d0_per_mm2, alpha)
        out = np.empty((*alpha.shape, n + 1))
        for one in np.unique(alpha):
            here = alpha == one
            out[here] = _core_chances(n, core[here], shared[here], d0_per_mm2[here], one)
        return out
    density, weights = _densities(float(alpha), n)
    core, shared, d0_per_mm2 = np.broadcast_arrays(core, shared, d0_per_mm2)
    step = max(1, 1_000_000 // (n * density.size))
    if core.ndim and core.size > step:  # in pieces, so that memory stays small
        flat = [a.ravel() for a in (core, shared, d0_per_mm2)]
        parts = [
            _core_chances(n, *(a[first : first + step] for a in flat), alpha) for first in range(0, core.size, step)
        ]
        return np.concatenate(parts).reshape(*core.shape, n + 1)
    core, shared, d0 = (a[..., None] for a in (core, shared, d0_per_mm2))
    k = np.arange(n)
    hits = (d0 * density * core)[..., None]  # mean number of defects on a core; last axes are density and k
    dead = np.log(np.maximum(-np.expm1(-hits), 1e-300))
    some_dead = np.exp(_log_ways(n)[:n] - k * hits + (n - k) * dead - (d0 * density * shared)[..., None])
    none_dead = np.exp(-alpha * np.log1p(d0 * (core * n + shared) / alpha))
    return np.minimum(np.concatenate([weights @ some_dead, none_dead], axis=-1), 1.0)


@lru_cache(maxsize=64)
def _log_ways(n: int) -> np.ndarray:
    """Logarithms of the ways to choose 0, 1, ... n of n."""
    return np.array([math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(n + 1)])


@lru_cache(maxsize=256)
def _densities(alpha: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Densities, over their mean, and their weights: a gamma distribution in steps fine enough for n cores.

    The steps are equal in the logarithm, where the gamma distribution and the chance of any number of working
    cores each have one smooth peak of a width of about 1 / sqrt(alpha) and 1 / sqrt(0.65 n) or more; so the plain sum
    is as good as the integral. Lower densities than the first kill no core.
    """
    reach = 24 / alpha  # the chance of what lies beyond the ends is below exp(-24)
    left, right = reach + math.sqrt(2 * reach), math.log(1 + reach + math.sqrt(2 * reach))
    step = 0.65 / math.sqrt(1 + alpha + 0.65 * n)
    log = np.arange(-min(left, 34.0), right + step, step)
    scale = alpha * math.log(alpha) - math.lgamma(alpha) - alpha
    weights = step * np.exp(scale + alpha * (log - np.expm1(log)))
    return np.exp(log), weights / weights.sum() if left < 34 else weights


def bin_shares(working: ArrayLike, at_least: Sequence[int]) -> np.ndarray:
    """Shares of dies in product bins, the best bin first, then scrap.

    Parameters
    ----------
    working : array, last axis the number of working cores
        As `working_cores` gives it.
    at_least : sequence of int, falling
        Cores that each product needs; a die goes to the first bin it reaches.

    Returns
    -------
    ndarray of float, last axis one a bin and one for scrap
        Sums to 1.

    Raises
    ------
    ValueError
        Not chances, or needs that do not fall from at most the number of cores to 0 or more.

    Notes
    -----
    A bin's share is the sum of the chances from its need up to the need of the bin before; scrap is 1 minus all.

    Examples
    --------
    >>> bin_shares([0.1, 0.2, 0.3, 0.3], [3, 2]).round(2).tolist()
    [0.3, 0.3, 0.4]
    """
    chance = within("working", working, 0, 1)
    if chance.ndim == 0 or not chance.size or (chance.sum(axis=-1) > 1 + 1e-9).any():
        raise ValueError("working must hold chances that add to at most 1, one for each number of cores.")
    most = chance.shape[-1] - 1
    needs = [whole("at_least", need, 0, 1000) for need in each("at_least", at_least, 1000)]
    if max(needs, default=0) > most:
        raise ValueError(
            f"at_least = {max(needs)} is more than the {most} cores that working knows; its valid range is 0 to {most}."
        )
    if not needs or any(later >= earlier for earlier, later in zip(needs, needs[1:])):
        raise ValueError(f"at_least = {shown(needs)} must name one need or more, each below the one before.")
    tops = [chance.shape[-1], *needs[:-1]]
    bins = [chance[..., need:top].sum(axis=-1) for need, top in zip(needs, tops, strict=True)]
    sold = np.stack(bins, axis=-1)
    scrap = np.maximum(1 - sold.sum(axis=-1, keepdims=True), 0)
    return np.concatenate([sold, scrap], axis=-1)


def infer_d0_from_bins(
    cores: int,
    core_area_mm2: ArrayLike,
    shared_area_mm2: ArrayLike,
    needed: int,
    good_share: ArrayLike,
    alpha: ArrayLike = 3.0,
) -> np.ndarray:
    """The defect density at which a share of dies keeps enough cores: `infer_d0` for sellable dies.

    Parameters
    ----------
    cores, core_area_mm2, shared_area_mm2, alpha
        As in `working_cores`; the areas add to more than 0.
    needed : int, 0 to `cores`
        Cores that a sellable die has.
    good_share : scalar or array, 0.001 to 1
        Share of dies with a working shared part and at least `needed` cores.

    Returns
    -------
    ndarray of float, defects per cm2, broadcast shape
        To a relative 1e-6, by bisection.

    Raises
    ------
    ValueError
        A value outside its range, or no density up to 100 per cm2 gives so low a share.

    Examples
    --------
    >>> flawless, sellable = (float(infer_d0_from_bins(25, 16, 265, n, 0.4)) for n in (25, 20))
    >>> round(flawless, 3), round(sellable, 3)
    (0.161, 0.402)
    """
    cores = whole("cores", cores, 1, 300)
    need = whole("needed", needed, 0, cores)
    share = within("good_share", good_share, 1e-3, 1)
    core = within("core_area_mm2", core_area_mm2, 0, 1000, "mm2")
    shared = within("shared_area_mm2", shared_area_mm2, 0, 10_000, "mm2")
    alpha = within("alpha", alpha, 0.05, 1e7)
    shape = fitting(good_share=share, core_area_mm2=core, shared_area_mm2=shared, alpha=alpha)
    _not_too_many(cores, 27, good_share=share, core_area_mm2=core, shared_area_mm2=shared, alpha=alpha)

    def sold(d0: np.ndarray) -> np.ndarray:
        return _core_chances(cores, core, shared, d0 / MM2_PER_CM2, alpha)[..., need:].sum(axis=-1)

    if (sold(np.array(MOST_D0)) > share).any():
        raise ValueError("good_share is too low: even 100 defects per cm2 leave more dies than that.")
    low, high = np.full(shape, -20.0), np.full(shape, math.log(MOST_D0))
    for _ in range(26):
        middle = (low + high) / 2
        above = sold(np.exp(middle)) > share
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(share < 1, np.exp((low + high) / 2), 0.0)


def cost_by_value(wafer_usd: ArrayLike, gross_dies: ArrayLike, shares: ArrayLike, prices_usd: ArrayLike) -> np.ndarray:
    """Cost of one die in each bin when a wafer's price is allocated by sales value.

    Parameters
    ----------
    wafer_usd : scalar or array, 0 to 1e9 USD
    gross_dies : scalar or array, 0.01 to 1e7
        Whole dies on the wafer, good and bad.
    shares : array, last axis one a bin, 0 to 1
        Shares of all dies that go to each bin, scrap left out.
    prices_usd : array, last axis one a bin, 0.01 to 1e9 USD
        Relative prices are enough.

    Returns
    -------
    ndarray of float, USD a die, broadcast shape and a last axis of bins
        Cost times number, added over the bins, gives the wafer's price.

    Raises
    ------
    ValueError
        A value outside its range, or nothing to sell.

    Notes
    -----
    Cost of bin i = wafer price_i / (gross sum of share_j price_j).

    Examples
    --------
    >>> cost_by_value(10_000, 100, [0.5, 0.25], [2, 1]).tolist()
    [160.0, 80.0]
    """
    wafer = within("wafer_usd", wafer_usd, 0, MOST_USD, "USD")
    gross = within("gross_dies", gross_dies, 0.01, 1e7)
    shares = within("shares", shares, 0, 1)
    prices = within("prices_usd", prices_usd, 0.01, MOST_USD, "USD")
    if shares.ndim and prices.ndim and shares.shape[-1] != prices.shape[-1]:
        raise ValueError(
            f"shares of shape {shares.shape} and prices_usd of shape {prices.shape} must have one value a bin each."
        )
    bins = np.multiply(*together(shares=shares, prices_usd=prices)) * np.ones(1)
    total = bins.sum(axis=-1)
    fitting(wafer_usd=wafer, gross_dies=gross, shares=total)
    value = gross * total
    if (value <= 0).any():
        raise ValueError("shares add to nothing: no die to carry the cost.")
    return (wafer / value)[..., None] * prices
