"""Whether the chips can be made: what wafers, memory and packaging allow, and what the grid adds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.clusters.model.ranges import MOST
from helpers.core.limits import within

LIMITS = ("dies", "memory", "packaging")


class Supply(NamedTuple):
    """Chips a year that the inputs allow.

    Attributes
    ----------
    chips : ndarray
        The smallest of the three limits.
    binding : ndarray of str
        Which of `LIMITS` that is; the first in that order if they tie.
    limits : dict of str to ndarray
        Chips a year by each limit alone.
    """

    chips: np.ndarray
    binding: np.ndarray
    limits: dict[str, np.ndarray]


def supply(
    wafers_per_month: ArrayLike,
    dies_per_wafer: ArrayLike,
    die_yield: ArrayLike,
    dies_per_chip: ArrayLike,
    hbm_stacks: ArrayLike,
    stacks_per_chip: ArrayLike,
    packages: ArrayLike,
    package_yield: ArrayLike = 1.0,
    banked_dies: ArrayLike = 0.0,
) -> Supply:
    """Chips of a year that dies, memory and packaging allow, and which of them binds.

    Parameters
    ----------
    wafers_per_month : scalar or array, 0 to 10,000,000
        Wafers started for this chip.
    dies_per_wafer : scalar or array, 0 to 100,000
        Whole dies, good and bad.
    die_yield : scalar or array, 0 to 1
        Share of dies that can be sold.
    dies_per_chip : scalar or array, 1 to 100
    hbm_stacks : scalar or array, 0 to 1e10
        Stacks of memory that the year has.
    stacks_per_chip : scalar or array, 1 to 100
    packages : scalar or array, 0 to 1e10
        Packages that can be started in the year.
    package_yield : scalar or array, 0 to 1
        Share of packages that come out good; a bad one takes its dies and stacks with it.
    banked_dies : scalar or array, 0 to 1e10
        Good dies in stock, used this year.

    Returns
    -------
    Supply

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    min((12 W N Y + bank) / m, H / k, P) x y. Every input is needed in a fixed proportion
    (Leontief), so the scarcest decides and money spent on the others adds nothing.

    Examples
    --------
    >>> made = supply(7000, 78, 0.30, 2, 10_000_000, 8, 2_000_000)
    >>> float(made.chips), str(made.binding)
    (982800.0, 'dies')
    """
    dies = 12 * within("wafers_per_month", wafers_per_month, 0, 1e7) * within("dies_per_wafer", dies_per_wafer, 0, 1e5)
    dies = dies * within("die_yield", die_yield, 0, 1) + within("banked_dies", banked_dies, 0, 1e10)
    by_limit = limits(
        dies,
        within("dies_per_chip", dies_per_chip, 1, 100),
        within("hbm_stacks", hbm_stacks, 0, 1e10),
        within("stacks_per_chip", stacks_per_chip, 1, 100),
        within("packages", packages, 0, 1e10),
        within("package_yield", package_yield, 0, 1),
    )
    return Supply(
        by_limit.min(axis=0), np.array(LIMITS)[by_limit.argmin(axis=0)], dict(zip(LIMITS, by_limit, strict=True))
    )


def limits(
    dies: ArrayLike,
    dies_per_chip: ArrayLike,
    stacks: ArrayLike,
    stacks_per_chip: ArrayLike,
    packages: ArrayLike,
    package_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """Chips by each limit alone: `supply` without its checks, for what calls it month by month with checked numbers.

    Parameters
    ----------
    dies, stacks, packages : scalar or array, 0 or more
        Good dies, stacks of memory and packages that can be used.
    dies_per_chip, stacks_per_chip : scalar or array, 1 or more
    package_yield : scalar or array, 0 to 1

    Returns
    -------
    ndarray of float
        In the order of `LIMITS` on the first axis, then the broadcast shape.

    Notes
    -----
    D / m x y, H / k x y, P x y.

    Examples
    --------
    >>> limits(156, 2, 80, 8, 100).tolist()
    [78.0, 10.0, 100.0]
    """
    started = (np.divide(dies, dies_per_chip), np.divide(stacks, stacks_per_chip), np.asarray(packages, dtype=float))
    return np.stack(np.broadcast_arrays(*(s * package_yield for s in started)))


def wafers_needed(
    chips: ArrayLike,
    dies_per_wafer: ArrayLike,
    die_yield: ArrayLike,
    dies_per_chip: ArrayLike = 1,
    package_yield: ArrayLike = 1.0,
) -> np.ndarray:
    """Wafers a month that a year's chips take: `supply` the other way round.

    Parameters
    ----------
    chips : scalar or array, 0 to 1e10 a year
    dies_per_wafer : scalar or array, 1 to 100,000
    die_yield, package_yield : scalar or array, 0.001 to 1
    dies_per_chip : scalar or array, 1 to 100

    Returns
    -------
    ndarray of float, broadcast shape, wafers a month

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    chips m / (12 N Y y), with m dies a chip, N dies a wafer, Y and y the yields of dies and packages.

    Examples
    --------
    >>> float(wafers_needed(982_800, 78, 0.30, 2).round(3))
    7000.0
    """
    dies = within("chips", chips, 0, 1e10) * within("dies_per_chip", dies_per_chip, 1, 100)
    dies = dies / within("package_yield", package_yield, 0.001, 1) / within("die_yield", die_yield, 0.001, 1)
    return dies / within("dies_per_wafer", dies_per_wafer, 1, 1e5) / 12


def grid_share(power_kw: ArrayLike, added_gw: ArrayLike, capacity_factor: ArrayLike = 1.0) -> np.ndarray:
    """Average power as a share of what a year's new power plants yield on average.

    Parameters
    ----------
    power_kw : scalar or array, 0 to 1e12 kW
        Average power at the meter.
    added_gw : scalar or array, 0.001 to 1e6 GW
        Capacity added to the grid.
    capacity_factor : scalar or array, 0.01 to 1
        Average over highest output: wind and solar yield far less than their name plate.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    power / (added capacity x capacity factor).

    Examples
    --------
    >>> float(grid_share(1e6, 100, 0.2))
    0.05
    """
    gw = within("power_kw", power_kw, 0, MOST, "kW") / 1e6
    return gw / (within("added_gw", added_gw, 0.001, 1e6, "GW") * within("capacity_factor", capacity_factor, 0.01, 1))
