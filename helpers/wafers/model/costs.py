"""Cost of a die, of what leaves its test, and of one large die against several small ones."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, whole, wholes, within
from helpers.wafers.model.dies import dies_per_wafer
from helpers.wafers.model.ranges import MOST_AREA, MOST_USD
from helpers.wafers.model.yields import die_yield

# --- cost of a die ------------------------------------------------------------------------------


class DieCost(NamedTuple):
    """Cost of one die in USD: raw (wafer over all dies), defect (the bad dies' share), known_good, and
    the yield and the gross dies it rests on."""

    raw_usd: np.ndarray
    defect_usd: np.ndarray
    known_good_usd: np.ndarray
    good_share: np.ndarray
    gross_dies: np.ndarray


def die_cost(
    area_mm2: ArrayLike,
    wafer_usd: ArrayLike,
    d0_per_cm2: ArrayLike,
    form: str = "hennessy_patterson",
    model: str = "negative_binomial",
    alpha: ArrayLike = 3.0,
    layers: ArrayLike = 13.5,
    diameter_mm: ArrayLike = 300.0,
    edge_mm: ArrayLike = 0.0,
    scribe_mm: ArrayLike = 0.0,
    critical_share: ArrayLike = 1.0,
) -> DieCost:
    """Cost of a good die, split into what the silicon costs and what the defects cost.

    Parameters
    ----------
    area_mm2, d0_per_cm2, form, model, alpha, layers, diameter_mm, edge_mm, scribe_mm
        As in `dies_per_wafer` and `die_yield`; area from 0.01 mm2.
    wafer_usd : scalar or array, 0 to 1e9 USD
        Price of a processed wafer.
    critical_share : scalar or array, 0 to 1
        Share of the die's area in which a defect ends the sale (the rest is spare or insensitive).

    Returns
    -------
    DieCost

    Raises
    ------
    ValueError
        A value outside its range, a die that does not fit, or a yield of practically nothing.

    Notes
    -----
    raw = wafer / gross dies; known good = raw / yield; defect = their difference. Named as in Feng and Ma, DAC 2022,
    arXiv 2203.12268.

    Examples
    --------
    >>> c = die_cost(400, 9346, 0.09, alpha=10, edge_mm=5, scribe_mm=0.2)
    >>> round(float(c.raw_usd), 3), round(float(c.known_good_usd), 3)
    (71.901, 102.408)
    """
    area = within("area_mm2", area_mm2, 0.01, MOST_AREA, "mm2")
    wafer = within("wafer_usd", wafer_usd, 0, MOST_USD, "USD")
    critical = within("critical_share", critical_share, 0, 1)
    gross = dies_per_wafer(area, form, diameter_mm, edge_mm, scribe_mm)
    if (gross < 0.01).any():
        raise ValueError("area_mm2 is too large: no die of that area fits on the wafer by this form.")
    good = die_yield(area * critical, d0_per_cm2, model, alpha, layers)
    if (good < 1e-9).any():
        raise ValueError("d0_per_cm2 is too high for this area: fewer than one die in a billion is good.")
    raw = wafer / gross
    return DieCost(raw, raw / good - raw, raw / good, good, gross)


class WaferYield(NamedTuple):
    """What a wafer gives: good dies, and their revenue in USD."""

    good_dies: np.ndarray
    revenue_usd: np.ndarray


def wafer_yield(gross_dies: ArrayLike, good_share: ArrayLike, die_usd: ArrayLike = 0.0) -> WaferYield:
    """Good dies of a wafer, and what they sell for.

    Parameters
    ----------
    gross_dies : scalar or array, 0 to 1e7
        Whole dies on the wafer, good and bad, as from `exact_dies` or `dies_per_wafer`.
    good_share : scalar or array, 0 to 1
        As from `die_yield`.
    die_usd : scalar or array, 0 to 1e9 USD
        Price of a good die.

    Returns
    -------
    WaferYield
        The mean over many wafers, so not a whole number.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    gross x share; times price. Dies that keep enough cores: `bin_shares` gives the shares.

    Examples
    --------
    >>> good, revenue = wafer_yield(64, 0.5, 300)
    >>> float(good), float(revenue)
    (32.0, 9600.0)
    """
    good = within("gross_dies", gross_dies, 0, 1e7) * within("good_share", good_share, 0, 1)
    return WaferYield(good, good * within("die_usd", die_usd, 0, MOST_USD, "USD"))


class Outgoing(NamedTuple):
    """What a test lets through: share of all dies, share of those that are good, cost of one in USD."""

    passing: np.ndarray
    quality: np.ndarray
    usd: np.ndarray


def after_test(
    good_share: ArrayLike, coverage: ArrayLike, make_usd: ArrayLike = 0.0, test_usd: ArrayLike = 0.0
) -> Outgoing:
    """Dies after a test that finds only part of the bad ones.

    Parameters
    ----------
    good_share : scalar or array, 1e-6 to 1
    coverage : scalar or array, 0 to 1
        Share of the bad dies that the test finds.
    make_usd, test_usd : scalar or array, 0 to 1e9 USD
        Cost of each die before the test, and of testing it.

    Returns
    -------
    Outgoing

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Passing = 1 - (1 - y) c; quality = y / passing; cost = (make + test) / passing. As in CATCH
    (Graening and others, 2025, arXiv 2503.15753).

    Examples
    --------
    >>> t = after_test(0.5, 0.9, 100, 10)
    >>> round(float(t.passing), 2), round(float(t.quality), 3), round(float(t.usd), 1)
    (0.55, 0.909, 200.0)
    """
    y = within("good_share", good_share, 1e-6, 1)
    passing = y + (1 - y) * (1 - within("coverage", coverage, 0, 1))  # a full test passes y exactly
    make = within("make_usd", make_usd, 0, MOST_USD, "USD")
    return Outgoing(passing, y / passing, (make + within("test_usd", test_usd, 0, MOST_USD, "USD")) / passing)


# --- several small dies for one large -----------------------------------------------------------


def split_cost(
    area_mm2: ArrayLike,
    pieces: ArrayLike,
    wafer_usd: ArrayLike,
    d0_per_cm2: ArrayLike,
    link_share: ArrayLike = 0.1,
    joining_usd: ArrayLike = 0.0,
    bond_yield: ArrayLike = 0.99,
    alpha: ArrayLike = 3.0,
    edge_mm: ArrayLike = 3.0,
    scribe_mm: ArrayLike = 0.1,
) -> np.ndarray:
    """Cost in USD of one product's logic, made as one die or as several that are joined.

    Parameters
    ----------
    area_mm2 : scalar or array, 1 to 50,000 mm2
        Logic of the product, without what links the pieces.
    pieces : scalar or array, whole number, 1 to 64
        1 is the single die: no link, no joining, no bonding loss.
    wafer_usd, d0_per_cm2, alpha, edge_mm, scribe_mm
        As in `die_cost`.
    link_share : scalar or array, 0 to 0.5
        Share of each piece's own area that the links to the others take.
    joining_usd : scalar or array, 0 to 1e9 USD
        Extra packaging that more than one piece needs.
    bond_yield : scalar or array, 0.5 to 1
        One piece bonded without harm; a failure loses them all.

    Returns
    -------
    ndarray of float, USD for each good product, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (n die(A / n / (1 - link)) + joining) / bond^n, with die(S) the known good die of area S by `die_cost`.

    Examples
    --------
    >>> bool(split_cost(800, 2, 14_000, 0.2) < split_cost(800, 1, 14_000, 0.2))
    True
    >>> bool(split_cost(100, 2, 14_000, 0.2, joining_usd=50) < split_cost(100, 1, 14_000, 0.2))
    False
    """
    area = within("area_mm2", area_mm2, 1, 50_000, "mm2")
    n = wholes("pieces", pieces, 1, 64)
    joined = n > 1
    own = 1 - np.where(joined, within("link_share", link_share, 0, 0.5), 0)
    extra = np.where(joined, within("joining_usd", joining_usd, 0, MOST_USD, "USD"), 0)
    bond = np.where(joined, within("bond_yield", bond_yield, 0.5, 1) ** n, 1)
    one = die_cost(area / n / own, wafer_usd, d0_per_cm2, alpha=alpha, edge_mm=edge_mm, scribe_mm=scribe_mm)
    return (n * one.known_good_usd + extra) / bond


MOST_CROSSINGS = 2_000  # values of which `crossover_area` answers in two seconds
_SPLIT = ("link_share", "joining_usd", "bond_yield", "alpha", "edge_mm", "scribe_mm")


def crossover_area(pieces: int, wafer_usd: ArrayLike, d0_per_cm2: ArrayLike, **split: ArrayLike) -> np.ndarray:
    """Smallest area, to 1 mm2, from which splitting a die is the cheaper way; NaN if none up to 858 mm2.

    Parameters
    ----------
    pieces : int, 2 to 64
    wafer_usd, d0_per_cm2 : scalar or array
        As in `split_cost`.
    **split
        The other arguments of `split_cost`.

    Returns
    -------
    ndarray of float, mm2 of logic, broadcast shape, at most 2,000 values
        858 mm2 is the largest single die that one field prints.

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> at = crossover_area(2, 14_000, [0.2, 0.4], joining_usd=30)
    >>> bool(150 < at[1] < at[0] < 500)
    True
    """
    n = whole("pieces", pieces, 2, 64)
    given = {"wafer_usd": wafer_usd, "d0_per_cm2": d0_per_cm2, **split}
    unknown = next((name for name in split if name not in _SPLIT), None)
    if unknown is not None:
        raise ValueError(f"{unknown} is no argument of split_cost that may be given; those are {', '.join(_SPLIT)}.")
    columns = {name: within(name, value, -1e300, 1e300) for name, value in given.items()}
    shape = fitting(**columns)
    if math.prod(shape) > MOST_CROSSINGS:
        large = " and ".join(name for name, value in columns.items() if value.ndim)
        raise ValueError(
            f"{large} make {math.prod(shape):,} values, more than {MOST_CROSSINGS:,} of which each is tried at 858 areas;"
            " give them in pieces."
        )
    flat = {name: np.broadcast_to(value, shape).reshape(-1, 1) for name, value in columns.items()}
    size = max(1, math.prod(shape))
    parts = [
        _crossover(n, {name: value[start : start + 100] for name, value in flat.items()})
        for start in range(0, size, 100)
    ]
    return np.concatenate(parts).reshape(shape)


def _crossover(n: int, columns: dict[str, np.ndarray]) -> np.ndarray:
    """`crossover_area` of one column of values."""
    areas = np.arange(1.0, 859.0)
    one, several = (split_cost(areas, m, **columns) for m in (1, n))
    losing = several >= one
    first = areas.size - np.argmax(losing[..., ::-1], axis=-1)  # place after the last area at which splitting loses
    first = np.where(losing.any(axis=-1), first, 0)
    return np.where(first < areas.size, areas[np.minimum(first, areas.size - 1)], math.nan)
