"""Packages: dies, memory and what joins them, and what a dearer part does to a bill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import each, fitting, shown, whole, wholes, within
from helpers.wafers.model.costs import die_cost
from helpers.wafers.model.ranges import MOST_AREA, MOST_USD


class PackageCost(NamedTuple):
    """Cost of one good package in USD by part; `scrap_usd` is interposers and substrates lost in assembly,
    `wasted_usd` dies and stacks lost in it. The first six add to total_usd. `good_share` is the share of
    the packages started that come out good."""

    logic_usd: np.ndarray
    memory_usd: np.ndarray
    packaging_usd: np.ndarray
    other_usd: np.ndarray
    scrap_usd: np.ndarray
    wasted_usd: np.ndarray
    total_usd: np.ndarray
    good_share: np.ndarray


def package_cost(
    die_usd: ArrayLike,
    dies: ArrayLike = 1,
    interposer_usd: ArrayLike = 0.0,
    substrate_usd: ArrayLike = 0.0,
    interposer_yield: ArrayLike = 1.0,
    bond_yield: ArrayLike = 1.0,
    attach_yield: ArrayLike = 1.0,
    hbm_usd: ArrayLike = 0.0,
    stacks: ArrayLike = 0,
    other_usd: ArrayLike = 0.0,
    stack_yield: ArrayLike | None = None,
    die_quality: ArrayLike = 1.0,
) -> PackageCost:
    """Cost of a good package of several dies and memory stacks, bonded last to a tested interposer.

    Parameters
    ----------
    die_usd : scalar or array, 0 to 1e9 USD
        One die that passed its test.
    dies : scalar or array, whole number, 1 to 100
        Logic dies in a package.
    interposer_usd, substrate_usd : scalar or array, 0 to 1e9 USD
        The silicon that joins the dies (0 for none), and the board below it.
    interposer_yield, bond_yield, attach_yield : scalar or array, 0.05 to 1
        Good interposers, found before bonding; one die bonded without harm; the whole attached to its
        substrate without harm.
    hbm_usd : scalar or array, 0 to 1e9 USD
        One stack of memory.
    stacks : scalar or array, whole number, 0 to 100
    other_usd : scalar or array, 0 to 1e9 USD
        Test and parts added last, to good packages only.
    stack_yield : scalar or array, 0.05 to 1, optional
        One memory stack bonded without harm; `bond_yield` by default.
    die_quality : scalar or array, 0.05 to 1
        Share of the dies bonded that are good, as `after_test` gives it; 1 for known good dies. A bad one is
        found in the finished package, and takes it all along.

    Returns
    -------
    PackageCost

    Raises
    ------
    ValueError
        A value outside its range, or so many parts that fewer than one package in a billion is good.

    Notes
    -----
    With y1 the interposer, y2 = bond_yield^dies stack_yield^stacks, y3 = attach_yield die_quality^dies:
    interposers and substrates lost Ci (1/(y1 y2 y3) - 1) + Cs (1/y3 - 1); dies and stacks lost
    C (1/(y2 y3) - 1); good packages y2 y3. Feng and Ma, DAC 2022, arXiv 2203.12268, for the order they call
    chip last; they take all dies as good.

    Examples
    --------
    >>> p = package_cost(100, 2, bond_yield=0.95)
    >>> round(float(p.wasted_usd), 1), round(float(p.total_usd), 1)
    (21.6, 221.6)
    >>> from helpers.wafers.model import after_test
    >>> passed = after_test(0.4, 0.95)
    >>> round(float(package_cost(100, 2, die_quality=passed.quality).good_share), 2)
    0.87
    """
    count = wholes("dies", dies, 1, 100)
    logic = within("die_usd", die_usd, 0, MOST_USD, "USD") * count
    number = wholes("stacks", stacks, 0, 100)
    memory = within("hbm_usd", hbm_usd, 0, MOST_USD, "USD") * number
    interposer = within("interposer_usd", interposer_usd, 0, MOST_USD, "USD")
    substrate = within("substrate_usd", substrate_usd, 0, MOST_USD, "USD")
    other = within("other_usd", other_usd, 0, MOST_USD, "USD")
    y1 = within("interposer_yield", interposer_yield, 0.05, 1)
    bond = within("bond_yield", bond_yield, 0.05, 1)
    stack = bond if stack_yield is None else within("stack_yield", stack_yield, 0.05, 1)
    y2 = bond**count * stack**number
    y3 = within("attach_yield", attach_yield, 0.05, 1) * within("die_quality", die_quality, 0.05, 1) ** count
    if (y2 * y3 < 1e-9).any():
        raise ValueError("dies and stacks are too many for these yields: fewer than one package in a billion is good.")
    scrap = interposer * (1 / (y1 * y2 * y3) - 1) + substrate * (1 / y3 - 1)
    wasted = (logic + memory) * (1 / (y2 * y3) - 1)
    packaging = interposer + substrate
    total = logic + memory + packaging + other + scrap + wasted
    return PackageCost(logic, memory, packaging, other, scrap, wasted, total, y2 * y3)


def mixed_package_cost(dies: Sequence[tuple[float, int]], **package: Any) -> PackageCost:
    """Cost of a good package of unlike dies: `package_cost` with several kinds of die at once.

    Parameters
    ----------
    dies : sequence of (USD, number), or of (USD, number, quality)
        One a kind of die: the cost of one that passed its test, as from `die_cost`; how many a package holds, 0 to 100
        and at least one of all kinds together; and the share of them that are good, 0.05 to 1, if not all.
    **package
        The other arguments of `package_cost`, but `die_usd`, `dies` and `die_quality`.

    Returns
    -------
    PackageCost
        ``logic_usd`` is that of all kinds.

    Raises
    ------
    ValueError
        A value outside its range, no die at all, or as `package_cost`.

    Notes
    -----
    As in `package_cost`, with C = sum of n_i c_i, bond_yield to the power of sum n_i, and the qualities q_i to the power
    of n_i multiplied. A package of n like dies costs what `package_cost` says.

    Examples
    --------
    >>> two = mixed_package_cost([(100, 2), (20, 1)], bond_yield=0.95)
    >>> float(two.logic_usd), round(float(two.good_share), 3)
    (220.0, 0.857)
    """
    kinds = [each("dies", kind, 3) for kind in each("dies", dies, 100)]
    if any(len(kind) not in (2, 3) for kind in kinds):
        raise ValueError(f"dies = {shown(dies)} must hold pairs (USD, number), or (USD, number, quality).")
    usd = [within("dies, USD", kind[0], 0, MOST_USD, "USD") for kind in kinds]
    number = [whole("dies, number", kind[1], 0, 100) for kind in kinds]
    quality = [within("dies, quality", kind[2] if len(kind) == 3 else 1, 0.05, 1) for kind in kinds]
    count = sum(number)
    if not 1 <= count <= 100:
        raise ValueError(f"dies = {shown(dies)} are {count} in all; the valid range is 1 to 100.")
    if taken := next((name for name in ("die_usd", "dies", "die_quality") if name in package), None):
        raise ValueError(f"{taken} is given by dies already.")
    fitting(
        **{f"dies, kind {place}": one * good for place, (one, good) in enumerate(zip(usd, quality, strict=True), 1)}
    )
    mean = sum(n * one for n, one in zip(number, usd, strict=True)) / count
    good = np.prod(np.stack(np.broadcast_arrays(*(q**n for q, n in zip(quality, number, strict=True)))), axis=0)
    return package_cost(mean, count, die_quality=good ** (1 / count), **package)


def accelerator_cost(
    die_area_mm2: ArrayLike,
    d0_per_cm2: ArrayLike,
    wafer_usd: ArrayLike,
    dies: ArrayLike = 1,
    alpha: ArrayLike = 3.0,
    critical_share: ArrayLike = 1.0,
    edge_mm: ArrayLike = 3.0,
    scribe_mm: ArrayLike = 0.1,
    **package: Any,
) -> PackageCost:
    """From a wafer's price to the cost of one accelerator package.

    Parameters
    ----------
    die_area_mm2, d0_per_cm2, wafer_usd, alpha, critical_share, edge_mm, scribe_mm
        As in `die_cost` (closed form of Hennessy and Patterson, negative binomial yield).
    dies : scalar or array, whole number, 1 to 100
    **package
        The other arguments of `package_cost`.

    Returns
    -------
    PackageCost

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    `package_cost` of the known good die of `die_cost`.

    Examples
    --------
    >>> c = accelerator_cost(814, 0.1, 16_000, hbm_usd=280, stacks=5, interposer_usd=750, bond_yield=0.99)
    >>> bool(c.memory_usd > 1.5 * c.logic_usd)
    True
    """
    cost = die_cost(
        within("die_area_mm2", die_area_mm2, 0.01, MOST_AREA, "mm2"),
        wafer_usd,
        d0_per_cm2,
        alpha=alpha,
        critical_share=critical_share,
        edge_mm=edge_mm,
        scribe_mm=scribe_mm,
    )
    return package_cost(cost.known_good_usd, dies, **package)


def bill_after(share: ArrayLike, times: ArrayLike) -> np.ndarray:
    """A bill, with 1 as before, when a part that is `share` of it costs `times` as much.

    Parameters
    ----------
    share : scalar or array, 0 to 1
    times : scalar or array, 0 to 1,000

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    1 - share + share x times. Epoch AI's estimate for the logic dies of modern accelerators is 13 to 14%.

    Examples
    --------
    >>> round(float(bill_after(0.14, 2)), 2)
    1.14
    """
    return 1 + within("share", share, 0, 1) * (within("times", times, 0, 1000) - 1)
