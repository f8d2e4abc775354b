"""From peak to bill, then to supply: four ratios of the two systems, and what three inputs let a country make."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.clusters import model as clusters
from helpers.clusters.studies.electricity import SYSTEMS
from helpers.clusters.studies.supplies import scenarios
from helpers.clusters.studies.values import block, parameter
from helpers.clusters.studies.work import cost_of_work, equal_work
from helpers.core import data
from helpers.core.limits import one_of, within

# Accounts of supply without dies from stock, by row of ``data/supply_scenarios.csv``.
ACCOUNTS = ("sa-2026", "ms-2025", "plan-2026")


class Machines(NamedTuple):
    """Two systems, NVL72 first.

    Attributes
    ----------
    chips : tuple of int
        Chips of each.
    tflops : tuple of float
        Peak of one chip of each, dense 16-bit.
    """

    chips: tuple[int, int]
    tflops: tuple[float, float]


@cache
def machines() -> Machines:
    """Chips of the two systems, and the peak of one chip of each.

    Examples
    --------
    >>> machines()
    Machines(chips=(72, 384), tflops=(2500.0, 752.0))
    """
    count = data.load("systems").set_index("system")["accelerator_count"]
    return Machines(
        tuple(int(count[name]) for name in SYSTEMS), tuple(block(name)["peak_tflops"][1] for name in SYSTEMS)
    )


class Ladder(NamedTuple):
    """CloudMatrix over NVL72 for the same delivered work, central values, rung by rung.

    Attributes
    ----------
    chips, power, capital, bill : float
        Times as much as NVL72: chips; power at the meter; purchase with network; cost of the work, all in.
    electricity : tuple of float
        Electricity as a share of the bill of NVL72 and of CloudMatrix.
    use_a : float
        Share of its peak that NVL72 gets.
    """

    chips: float
    power: float
    capital: float
    bill: float
    electricity: tuple[float, float]
    use_a: float

    @property
    def rungs(self) -> dict[str, float]:
        """The four ratios by name, from the top."""
        return {name: getattr(self, name) for name in ("chips", "power", "capital", "bill")}

    def each(self, rung: str) -> float:
        """What one chip of CloudMatrix has over one of NVL72: work, power, price, bill."""
        one_of("rung", rung, ("chips", "power", "capital", "bill"))
        return (1.0 if rung == "chips" else self.rungs[rung]) / self.chips


def ladder(use_b: float, usd_kwh_b: float) -> Ladder:
    """The four ratios where CloudMatrix gets a share of its peak and pays a price for electricity.

    Parameters
    ----------
    use_b : float, a fraction
        Share of its peak that CloudMatrix gets; NVL72 at its central value.
    usd_kwh_b : float
        What CloudMatrix pays, USD per kWh.

    Examples
    --------
    >>> [round(ratio, 1) for ratio in ladder(0.355, 0.056).rungs.values()]
    [3.5, 3.0, 2.1, 2.0]
    """
    within("use_b", use_b, 0.01, 1)
    within("usd_kwh_b", usd_kwh_b, 0, 5, "USD per kWh")
    return _ladder(use_b, usd_kwh_b)


@lru_cache(maxsize=64)
def _ladder(use_b: float, usd_kwh_b: float) -> Ladder:
    use_a, exponent = parameter("utilisation", "US")[1], parameter("network_exponent")[1]
    chips, power, _, capital = (r[1] for r in equal_work(*SYSTEMS, use_a, use_b, exponent).ratios.values())
    cost = cost_of_work(*SYSTEMS, parameter("electricity_price", "US")[1], usd_kwh_b, use_b, "straight_line")
    return Ladder(chips, power, capital, cost.ratio[1], (cost.a.electricity, cost.b.electricity), use_a)


def chips_for(h100s: float, use_b: float) -> float:
    """910C that do the work of so many H100, these at the central share of their peak.

    Parameters
    ----------
    h100s : float
    use_b : float, a fraction
        Share of its peak that a 910C gets.

    Examples
    --------
    >>> round(chips_for(1e6, 0.355) / 1e6, 2)
    1.39
    """
    within("h100s", h100s, 0, 1e9)
    within("use_b", use_b, 0.01, 1)
    return h100s * _chips_for_one(use_b)


@lru_cache(maxsize=64)
def _chips_for_one(use_b: float) -> float:
    use_a, exponent = parameter("utilisation", "US")[1], parameter("network_exponent")[1]
    return equal_work("HGX H100", SYSTEMS[1], use_a, use_b, exponent).ratios["Chips"][1]


class Taps(NamedTuple):
    """A year's inputs of one account, each in chips that it would allow alone.

    Attributes
    ----------
    name : str
    whole, good, memory : float
        Dies on the wafers, good dies among them, memory stacks; in chips.
    chips : float
        What can be made.
    binding : str
        The limit that binds, of `model.LIMITS`.
    filled : str
        What we filled in ourselves, comma by comma.
    """

    name: str
    whole: float
    good: float
    memory: float
    chips: float
    binding: str
    filled: str


@cache
def _accounts() -> pd.DataFrame:
    return scenarios().set_index("scenario_id")


def taps(account: str) -> Taps:
    """What wafers, yield and memory allow by one account.

    Parameters
    ----------
    account : str
        One of `ACCOUNTS`.

    Examples
    --------
    >>> t = taps("sa-2026")
    >>> [round(v / 1e6, 2) for v in (t.whole, t.good, t.memory, t.chips)], t.binding
    ([2.34, 0.7, 0.3, 0.3], 'memory')
    """
    one_of("account", account, ACCOUNTS)
    r = _accounts().loc[account]
    same = (r["dies_per_chip"], r["hbm_stacks"], r["stacks_per_chip"], r["packages"], r["package_yield"])
    limits = clusters.supply(r["wafers_per_month"], r["dies_per_wafer"], r["die_yield"], *same).limits
    every = clusters.supply(r["wafers_per_month"], r["dies_per_wafer"], 1, *same).limits["dies"]
    return Taps(str(r["name"]), float(every), float(limits["dies"]), float(limits["memory"]), float(r["made"]), str(r["binding"]), str(r["ours"]))  # fmt: skip
