"""What a wafer costs, in USD, what it sells for, and a node's parameters in ``data/nodes.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import listed_names, shown, within

WAFER_PARTS = ("depreciation", "materials", "labour", "utilities", "maintenance", "masks")


def depreciation_per_wafer(
    capital_per_yearly_wafer_usd: ArrayLike, annual_rate: ArrayLike = 0.2, utilisation: ArrayLike = 0.9
) -> np.ndarray:
    """Depreciation in one wafer, from what it costs to build the capacity for one wafer a year.

    Parameters
    ----------
    capital_per_yearly_wafer_usd : scalar or array, 0 to 1 million USD
    annual_rate : scalar or array, 0 to 1
        Share of the capital written off in a year (0.2: five years).
    utilisation : scalar or array, 0.05 to 1

    Returns
    -------
    ndarray of float, USD a wafer, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    capital x rate / utilisation.

    Examples
    --------
    >>> float(depreciation_per_wafer(16000, 0.2, 0.8))
    4000.0
    """
    capital = within("capital_per_yearly_wafer_usd", capital_per_yearly_wafer_usd, 0, 1e6, "USD")
    return capital * within("annual_rate", annual_rate, 0, 1) / within("utilisation", utilisation, 0.05, 1)


def wafer_cost(parts_usd: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    """Cost of a processed wafer from its parts.

    Parameters
    ----------
    parts_usd : dict
        `WAFER_PARTS` to USD a wafer, each 0 to 1 million; a part left out is 0.

    Returns
    -------
    dict of str to ndarray
        ``"total"`` and the share of each part, which add to 1 (0 where the total is 0).

    Raises
    ------
    ValueError
        An unknown part, or a value outside its range.

    Notes
    -----
    total = sum of the parts; share = part / total.

    Examples
    --------
    >>> float(wafer_cost({"depreciation": 3000, "materials": 1000})["depreciation"])
    0.75
    """
    for part in parts_usd:
        if part not in WAFER_PARTS:
            raise ValueError(f"part = {shown(part)} is not one of {', '.join(WAFER_PARTS)}, the names in parts_usd.")
    values = {p: within(f"parts_usd, {p}", parts_usd.get(p, 0.0), 0, 1e6, "USD") for p in WAFER_PARTS}
    total = sum(values.values())
    safe = np.where(total > 0, total, 1)
    return {"total": total, **{p: v / safe for p, v in values.items()}}


def price_from_cost(cost_usd: ArrayLike, gross_margin: ArrayLike) -> np.ndarray:
    """Sale price that leaves a gross margin.

    Parameters
    ----------
    cost_usd : scalar or array, 0 to 1 million USD
    gross_margin : scalar or array, -1 to 0.95
        Share of the price; negative is a sale below cost.

    Returns
    -------
    ndarray of float, USD, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    cost / (1 - margin).

    Examples
    --------
    >>> float(price_from_cost(8000, 0.5))
    16000.0
    """
    margin = within("gross_margin", gross_margin, -1, 0.95)
    return within("cost_usd", cost_usd, 0, 1e6, "USD") / (1 - margin)


def good_die_price_ratio(price_ratio: ArrayLike, yield_reference: ArrayLike, yield_own: ArrayLike) -> np.ndarray:
    """What a good die costs a buyer who pays by the wafer, over what it would at a reference foundry.

    Parameters
    ----------
    price_ratio : scalar or array, 0.1 to 10
        Own wafer price over the reference's.
    yield_reference, yield_own : scalar or array, 0.001 to 1
        Of the same die.

    Returns
    -------
    ndarray of float
        Prices, not the foundries' costs, are compared.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    price ratio x yield of the reference / own yield.

    Examples
    --------
    >>> round(float(good_die_price_ratio(1.45, 0.55, 0.30)), 2)
    2.66
    """
    ratio = within("price_ratio", price_ratio, 0.1, 10)
    reference = within("yield_reference", yield_reference, 0.001, 1)
    return ratio * reference / within("yield_own", yield_own, 0.001, 1)


def node_range(vendor: str, node: str, parameter: str) -> tuple[float, float, float]:
    """A node's parameter: low, central, high.

    Parameters
    ----------
    vendor, node, parameter : str
        As in ``data/nodes.csv``, for instance ``"TSMC"``, ``"N5"``, ``"wafer_price_usd"``.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        No such row.

    Examples
    --------
    >>> node_range("TSMC", "N5", "wafer_price_usd")
    (13495.0, 16000.0, 16988.0)
    """
    found = _node_ranges().get((vendor, node, parameter))
    if found is None:
        have = sorted({f"{v} {n}" for v, n, p in _node_ranges() if p == parameter})
        raise ValueError(
            f"no range of parameter = {shown(parameter, 40)} for {vendor[:40]} {node[:40]} (vendor and node);"
            f" there is one for {listed_names(have) or 'none'}."
        )
    return found


@lru_cache(maxsize=None)
def _node_ranges() -> dict[tuple[str, str, str], tuple[float, float, float]]:
    rows = data.load("nodes").query("role == 'range'")
    return {(r.vendor, r.node, r.parameter): (r.low, r.central, r.high) for r in rows.itertuples()}
