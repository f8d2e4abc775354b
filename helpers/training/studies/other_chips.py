"""DeepSeek-V3's pre-training on other chips: hours, and the cost by rent and by ownership."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.clusters import model as clusters
from helpers.core import data
from helpers.core.limits import within
from helpers.training import model as training
from helpers.training.studies.sources import H800, V3, chip, operations_per_token, runs, share

CHIPS = (
    "H800 SXM5 80GB", "H100 SXM5 80GB", "H200 SXM 141GB", "A100 SXM4 80GB", "H20 96GB", "Ascend 910B", "Ascend 910C",
)  # fmt: skip
# What the ownership model takes beside the reader's settings: see the notebook.
_PUE, _USD_PER_KWH, _UPKEEP, _POWER_IF_UNKNOWN_W = 1.25, 0.08, 0.05, 700.0


def power_usd_per_hour(name: str) -> float:
    """Electricity of one busy chip with its part of the server, USD; 700 W where no power limit is published."""
    tdp = chip(name).tdp_w
    kw = clusters.facility_power_kw(1, _POWER_IF_UNKNOWN_W if math.isnan(tdp) else tdp, pue=_PUE)
    return float(clusters.energy_cost_usd(kw, _USD_PER_KWH, 1))


def capital_usd(name: str, times_print: float = 1) -> np.ndarray | None:
    """What one chip of a cluster costs to buy.

    Parameters
    ----------
    name : str
        A chip.
    times_print : float
        Multiple of the prices in print.

    Returns
    -------
    ndarray of three float, USD
        From the lowest, middle and highest price in print; None without a price.
    """
    within("times_print", times_print, 0, 100)
    low, high = chip(name).price_low, chip(name).price_high
    if math.isnan(low):
        return None
    prices = times_print * np.array([low, (low + high) / 2, high])
    return training.capital_usd_per_gpu(prices, share("server-price"), share("network"))


def break_even_percent(name: str, rent: float, lifetime: float, times_print: float = 1) -> np.ndarray:
    """Share of hours an owned chip must be used to cost the rent.

    Parameters
    ----------
    name : str
        A chip with a price in print.
    rent : float
        USD an hour.
    lifetime : float
        Years.
    times_print : float
        Multiple of the prices in print.

    Returns
    -------
    ndarray of three float, per cent
        At its lowest, middle and highest price; above 100 renting is cheaper.

    Raises
    ------
    ValueError
        No price in print, or a rent below the electricity.
    """
    within("rent", rent, 0, 1e4, "USD")
    within("lifetime", lifetime, 0.5, 20, "years")
    within("times_print", times_print, 0, 100)
    capital = capital_usd(name, times_print)
    if capital is None:
        raise ValueError(f"name = {name!r} has no purchase price in print.")
    power = power_usd_per_hour(name)
    if rent <= power:
        raise ValueError(f"rent = {rent:g} does not exceed the electricity, {power:.3g} USD an hour; none breaks even.")
    return 100 * training.break_even_utilisation(rent, capital, lifetime, power, _UPKEEP)


@cache
def rents(name: str) -> tuple[float, float, float] | None:
    """Lowest, latest and highest rent of a chip in print since June 2024, USD an hour; None where none was found."""
    rows = data.load("rental_prices")
    rows = rows[(rows["chip"] == name) & (rows["date"] >= "2024-06")].sort_values("date", kind="stable")
    if rows.empty:
        return None
    latest = rows["usd_per_gpu_hour"]
    low = rows["usd_per_gpu_hour_low"].fillna(latest).min()
    high = rows["usd_per_gpu_hour_high"].fillna(latest).max()
    return float(low), float(latest.iloc[-1]), float(high)


class OtherChips(NamedTuple):
    """The same run on each of `CHIPS`; every range is low, central, high.

    Attributes: hours (million GPU-hours), rented (million USD; without chips whose rent is not in print),
    owned (million USD; without chips whose price is not in print), break_even (per cent of hours in which
    an owned H800 must be used at the report's rent), rent (that rent, USD an hour).
    """

    hours: dict[str, tuple[float, float, float]]
    rented: dict[str, tuple[float, float, float]]
    owned: dict[str, tuple[float, float, float]]
    break_even: float
    rent: float


def other_chips(mfu_fp8: float, mfu_bf16: float, use: float, lifetime: float, price: float) -> OtherChips:
    """Hours and cost of V3's pre-training on other chips.

    Parameters
    ----------
    mfu_fp8, mfu_bf16 : float
        Utilisation, per cent of the BF16 peak, of chips with and without FP8.
    use : float
        Hours in which an owned chip is used, per cent.
    lifetime : float
        Years that it lasts.
    price : float
        Purchase prices, per cent of those in print.

    Returns
    -------
    OtherChips

    Examples
    --------
    >>> found = other_chips(39, 25, 80, 4, 100)
    >>> round(found.hours["H20 96GB"][1] / found.hours["H800 SXM5 80GB"][1], 1), "H20 96GB" in found.rented
    (6.7, False)
    """
    within("mfu_fp8", mfu_fp8, 0.01, 100, "per cent")
    within("mfu_bf16", mfu_bf16, 0.01, 100, "per cent")
    within("use", use, 1, 100, "per cent")
    within("lifetime", lifetime, 0.5, 20, "years")
    within("price", price, 0, 10_000, "per cent")
    v3 = runs().loc["deepseek-v3-pretraining"]
    flops = operations_per_token(V3) * float(v3["tokens_t"]) * 1e12
    found: dict[str, dict[str, tuple[float, float, float]]] = {"hours": {}, "rented": {}, "owned": {}}
    for name in CHIPS:
        mfu = (mfu_fp8 if chip(name).has_fp8 else mfu_bf16) / 100
        hours = training.gpu_hours(flops, chip(name).peaks, mfu) / 1e6
        capital, owned = capital_usd(name, price / 100), None
        if capital is not None:
            owned = training.owned_usd_per_gpu_hour(capital, lifetime, use / 100, power_usd_per_hour(name), _UPKEEP)
        for kind, each in (("hours", 1.0), ("rented", rents(name)), ("owned", owned)):
            if each is not None:
                low, central, high = (float(v) for v in hours * each)
                found[kind][name] = low, central, high
    rent = float(v3["usd_per_gpu_hour"])
    even = float(break_even_percent(H800, rent, lifetime, price / 100)[1])
    return OtherChips(found["hours"], found["rented"], found["owned"], even, rent)
