"""Defects scattered over a wafer, and the dies they hit."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import seeded, within
from helpers.wafers.model.dies import Placement
from helpers.wafers.model.ranges import MM2_PER_CM2


def random_defects(
    d0_per_cm2: float,
    alpha: float | None = None,
    diameter_mm: float = 300.0,
    region_mm: float = 75.0,
    seed: int | np.random.Generator = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Killer defects scattered over one wafer.

    Parameters
    ----------
    d0_per_cm2 : float, 0 to 5 per cm2
        Mean density over many wafers.
    alpha : float, 0.05 to 1e7, optional
        Each square region draws its density from a gamma distribution of this shape (small for strong
        clusters). None for one density everywhere.
    diameter_mm : float, 25 to 450 mm
    region_mm : float, 5 to 450 mm
        Side of a region.
    seed : int or numpy Generator

    Returns
    -------
    x, y : ndarray of float, mm from the centre

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    A die that lies across a border averages two regions, so a few fewer dies escape than the negative
    binomial says: 54% for 57% on dies of 666 mm2 at 0.16 per cm2 and alpha 0.5.

    Examples
    --------
    >>> x, y = random_defects(0.1, seed=3)
    >>> len(x) == len(y) and 40 < len(x) < 110
    True
    """
    d0 = float(within("d0_per_cm2", d0_per_cm2, 0, 5, "per cm2")) / MM2_PER_CM2
    diameter = float(within("diameter_mm", diameter_mm, 25, 450, "mm"))
    side = float(within("region_mm", region_mm, 5, 450, "mm")) if alpha is not None else diameter
    rng = seeded("seed", seed)
    count = math.ceil(diameter / side)
    left, below = (a.ravel() for a in np.meshgrid(*[(np.arange(count) - count / 2) * side] * 2))
    density = np.full(left.size, d0)
    if alpha is not None:
        shape = float(within("alpha", alpha, 0.05, 1e7))
        density = rng.gamma(shape, d0 / shape, left.size)
    number = rng.poisson(density * side**2).astype(np.intp)  # a browser's Python counts in 32 bits
    x = np.repeat(left, number) + rng.uniform(0, side, number.sum())
    y = np.repeat(below, number) + rng.uniform(0, side, number.sum())
    inside = np.hypot(x, y) <= diameter / 2
    return x[inside], y[inside]


def defects_on_dies(placement: Placement, x: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Number of defects on each die of a placement.

    Parameters
    ----------
    placement : Placement
        As `place_dies` gives it.
    x, y : array, -1,000 to 1,000 mm
        Defects; those in streets or beside every die hit none.

    Returns
    -------
    ndarray of int, one a die of the placement

    Raises
    ------
    ValueError
        A value outside its range, or x and y of different lengths.

    Examples
    --------
    >>> from helpers.wafers.model import place_dies
    >>> p = place_dies(26, 33)
    >>> hits = defects_on_dies(p, [p.x[0] + 1], [p.y[0] + 1])
    >>> int(hits[0]), int(hits.sum())
    (1, 1)
    """
    x = within("x", x, -1000, 1000, "mm")
    y = within("y", y, -1000, 1000, "mm")
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"x of shape {x.shape} and y of shape {y.shape} must be two lists of the same length.")
    if x.size * placement.x.size > 20_000_000:
        raise ValueError(
            f"x and y are {x.size:,} defects on {placement.x.size:,} dies, too many at once; give them in pieces."
        )
    on = (
        (x >= placement.x[:, None])
        & (x <= placement.x[:, None] + placement.width_mm)
        & (y >= placement.y[:, None])
        & (y <= placement.y[:, None] + placement.height_mm)
    )
    return on.sum(axis=1)
