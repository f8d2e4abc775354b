"""What partly good dies, pieces and packages cost, and published bills."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core import chance, data
from helpers.core.limits import whole, within
from helpers.wafers import model as wafers
from helpers.wafers.studies.record import CORE_SHARE, CORES, LARGEST_MM2, PARTS, PIECES, dies_of_910b, published


class Salvage(NamedTuple):
    """Fate of dies with `CORES` cores: chance of 0, 1, ... working cores; shares whose shared part failed, that are
    flawless, sold (flawless ones included) and scrapped; USD for a die if flawless ones, or all sold, bear the wafer."""

    chances: np.ndarray
    shared: float
    flawless: float
    sold: float
    scrap: float
    flawless_usd: float
    sold_usd: float


def salvage(d0: float, needed: int, core_share: float = CORE_SHARE, alpha: float = 3.0) -> Salvage:
    """What the need for cores does to the sellable share of 910B dies, as many on a wafer as `dies_of_910b` places.

    Parameters
    ----------
    d0 : float
        Mean defects per cm2.
    needed : int, 1 to 25
        Cores that a product needs.
    core_share : float, a fraction
        Of the die's area, in cores.
    alpha : float
        Clustering.

    Examples
    --------
    >>> s = salvage(0.32, 20)
    >>> round(s.flawless, 2), round(s.sold, 2), round(s.flawless + s.scrap, 2)
    (0.2, 0.47, 0.73)
    """
    within("d0", d0, 0, 100, "per cm2")
    needed = whole("needed", needed, 1, CORES)
    within("core_share", core_share, 0, 1)
    within("alpha", alpha, 0.05, 1e7)
    area, wafer = published("die-910b"), published("wafer-smic-7") / dies_of_910b()
    chances = wafers.working_cores(CORES, area * core_share / CORES, area * (1 - core_share), d0, alpha)
    *bins, scrap = wafers.bin_shares(chances, sorted({CORES, needed}, reverse=True)).tolist()
    flawless, sold = bins[0], sum(bins)
    return Salvage(chances, 1 - float(chances.sum()), flawless, sold, scrap, wafer / flawless, wafer / sold)


class Split(NamedTuple):
    """One die against several: rows of ``kind``, ``area`` (mm2 of logic) and ``usd``; the smallest area from which two
    pieces are the cheaper way (NaN if none), and from which four are; cost in USD of one die and of two pieces at 800 mm2."""

    costs: pd.DataFrame
    crossing: float
    crossing_four: float
    one_usd: float
    two_usd: float


def split(d0: float, joining_usd: float, link_share: float, bond_yield: float) -> Split:
    """Cost of logic against its area, made as one die, two pieces or four, on SMIC's wafers.

    Parameters
    ----------
    d0 : float
        Mean defects per cm2.
    joining_usd, link_share, bond_yield : float
        As in `model.split_cost`.
    """
    within("d0", d0, 0, 5, "per cm2")
    within("joining_usd", joining_usd, 0, 1e9, "USD")
    within("link_share", link_share, 0, 0.5)
    within("bond_yield", bond_yield, 0.5, 1)
    wafer = published("wafer-smic-7")
    keys = {"joining_usd": joining_usd, "link_share": link_share, "bond_yield": bond_yield}
    areas = np.sort(np.append(np.arange(40, 1601, 40.0), LARGEST_MM2))
    rows = []
    for kind, pieces in PIECES.items():
        end = min(LARGEST_MM2 * pieces * (1 - (link_share if pieces > 1 else 0)), areas[-1])  # one exposure a piece
        made = np.append(areas[areas < end], end)
        rows.append(
            pd.DataFrame({"kind": kind, "area": made, "usd": wafers.split_cost(made, pieces, wafer, d0, **keys)})
        )
    one, two = wafers.split_cost(800.0, [1, 2], wafer, d0, **keys)
    two_from, four_from = (float(wafers.crossover_area(pieces, wafer, d0, **keys)) for pieces in (2, 4))
    return Split(pd.concat(rows), two_from, four_from, float(one), float(two))


def bills() -> pd.DataFrame:
    """Published bills as shares in per cent: one row a part of a product."""
    table = data.load("bill_of_materials")
    total = table.groupby(["product", "period"])["usd"].transform("sum")
    share = table["share"].where(table["share"].notna(), 100 * table["usd"] / total)
    name = table["product"].where(table["usd"].notna(), "Four makers, " + table["period"])
    part = table["component"].replace({"assembly losses": "lost in assembly"})
    return pd.DataFrame({"bill": name, "part": part, "share": share})


# Inputs of one package of two 910B-size dies: low, central, high. Only the wafer's price and the packaging
# loss rest on published figures; the others are assumptions that the panel lets a reader move.
_FIXED = {
    "interposer_usd": (200.0, 400.0, 750.0),
    "substrate_usd": (30.0, 60.0, 120.0),
    "other_usd": (100.0, 250.0, 500.0),
    "attach_yield": (0.97, 0.99, 1.0),
}


def simulate_package(
    d0: float, critical: float, wafer_usd: float, stack_usd: float, loss: float, draws: int = 4000, seed: int = 1
) -> np.ndarray:
    """Draws of the parts of one package of two 910B-size dies and eight stacks, USD; parts in the order of `PARTS`.

    Parameters
    ----------
    d0 : float
        Central defects per cm2; drawn from 0.6 to 1.6 times.
    critical : float
        Central share of the die in which a defect ends the sale; drawn within 0.15 of it.
    wafer_usd, stack_usd : float
        Central prices; drawn within 10% and from 0.6 to 1.6 times.
    loss : float
        Central share of packages lost in bonding; drawn from 0.4 to 1.6 times.
    draws, seed : int
        As in `core.chance.simulate`.

    Returns
    -------
    ndarray of float, draws by parts
    """
    within("d0", d0, 0, 5, "per cm2")
    within("critical", critical, 0, 1)
    within("wafer_usd", wafer_usd, 0, 1e6, "USD")
    within("stack_usd", stack_usd, 0, 1e6, "USD")
    within("loss", loss, 0, 0.9)
    pair = int(published("pair-910c"))
    stacks, area = 8, published("die-910b")
    bond = [(1 - min(loss * k, 0.9)) ** (1 / (pair + stacks)) for k in (1.6, 1.0, 0.4)]
    ends = {
        "d0_per_cm2": (0.6 * d0, d0, 1.6 * d0),
        "critical_share": (max(critical - 0.15, 0), critical, min(critical + 0.15, 1)),
        "wafer_usd": (0.9 * wafer_usd, wafer_usd, 1.1 * wafer_usd),
        "hbm_usd": (0.6 * stack_usd, stack_usd, 1.6 * stack_usd),
        "bond_yield": bond,
        **_FIXED,
    }

    def parts(**drawn: np.ndarray) -> np.ndarray:
        cost = wafers.accelerator_cost(area, dies=pair, stacks=stacks, **drawn)
        return np.stack(
            [cost.logic_usd, cost.memory_usd, cost.packaging_usd, cost.scrap_usd + cost.wasted_usd, cost.other_usd],
            axis=-1,
        )

    return chance.simulate(parts, ends, draws, seed)


class PackageBill(NamedTuple):
    """Bill of a package under uncertainty: 5th, 50th and 95th percentile in USD by part and of the ``whole package``;
    5th and 95th percentile of logic's share; median share of memory; median rise of the bill at dies twice as dear;
    share of dies that escape at the central values."""

    usd: dict[str, tuple[float, float, float]]
    logic: tuple[float, float]
    memory: float
    at_twice: float
    escape: float


def package_bill(d0: float, critical: float, wafer_usd: float, stack_usd: float, loss: float) -> PackageBill:
    """`simulate_package` summed up; arguments as there."""
    within("d0", d0, 0, 5, "per cm2")
    within("critical", critical, 0, 1)
    within("wafer_usd", wafer_usd, 0, 1e6, "USD")
    within("stack_usd", stack_usd, 0, 1e6, "USD")
    within("loss", loss, 0, 0.9)
    parts = simulate_package(d0, critical, wafer_usd, stack_usd, loss)
    total = parts.sum(axis=1)
    columns = {**dict(zip(PARTS, parts.T, strict=True)), "whole package": total}
    usd = {name: tuple(float(v) for v in np.percentile(values, [5, 50, 95])) for name, values in columns.items()}
    logic = tuple(float(v) for v in np.percentile(parts[:, 0] / total, [5, 95]))
    dearer = simulate_package(d0, critical, 2 * wafer_usd, stack_usd, loss).sum(axis=1)
    memory, at_twice = (float(np.median(share)) for share in (parts[:, 1] / total, dearer / total - 1))
    return PackageBill(usd, logic, memory, at_twice, float(wafers.die_yield(published("die-910b"), d0 * critical)))
