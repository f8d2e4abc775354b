"""Where electricity is cheap, at what price two systems tie, and one system against several baselines."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.clusters import model as clusters
from helpers.clusters.studies.ratio import ratio_at
from helpers.clusters.studies.values import ENDS, Range, block, parameter, power_price
from helpers.core import data
from helpers.core.limits import within

SYSTEMS = "GB200 NVL72", "CloudMatrix 384"
STATES = (
    "Louisiana", "New Mexico", "Washington", "Texas", "Georgia", "Iowa", "Ohio", "Oregon", "Virginia", "Arizona", "Illinois",
    "Nevada", "New Jersey", "Massachusetts", "California",
)  # fmt: skip
# Words -> row of data/electricity.csv.
IN_CHINA = {
    "The three provinces after subsidy, 2025": "cn-west-subsidised-2025",
    "Gui'an in Guizhou, data centres, 2026": "cn-guizhou-2026",
    "Qingyang in Gansu, lowest, 2026": "cn-qingyang-2026",
    "Zhongwei, data centres, 2020": "cn-zhongwei-2020",
    "Hohhot, standard charge, 2015": "cn-hohhot-2015",
    "China, industry, 2024": "cn-industrial-2024",
}
BILLED = {
    "Three provinces, after subsidy": "cn-west-subsidised-2025",
    "Louisiana, industry": "us-louisiana-industrial-2023",
    "Texas, industry": "us-texas-industrial-2023",
    "China, industry": "cn-industrial-2024",
    "Virginia, industry": "us-virginia-industrial-2023",
    "US figure of the report": "us-average-2025",
    "California, industry": "us-california-industrial-2023",
}
PAID_BY_B = {"Three provinces, after subsidy": "cn-west-subsidised-2025", "China, industry": "cn-industrial-2024"}
PAID_BY_A = {
    "Louisiana": "us-louisiana-industrial-2023",
    "Texas": "us-texas-industrial-2023",
    "US figure of the report": "us-average-2025",
    "California": "us-california-industrial-2023",
}


@cache
def kw_per_pflop(name: str) -> Range:
    """Power of a system for each dense BF16 petaFLOP/s, kW: low, central, high."""
    row = data.load("systems").set_index("system").loc[name]
    return tuple(float(row[f"power_kw{end}"] / row["bf16_pflops_dense"]) for end in ENDS)


def systems_tie() -> Range:
    """Price of electricity, USD per kWh, at which CloudMatrix 384 runs as cheaply as an NVL72 at the US price.

    Low and high: one system at the other power figure in print.
    """
    (low_a, a, _), (low_b, b, _) = (kw_per_pflop(name) for name in SYSTEMS)
    price = parameter("electricity_price", "US")[1]
    return tuple(float(clusters.tie_price(price, *kw)) for kw in ((low_a, b), (a, b), (a, low_b)))


def price_before() -> float:
    """The price that a full cut by half to the subsidised one would have had to start from, USD per kWh.

    Examples
    --------
    >>> round(price_before(), 3)
    0.112
    """
    cut = data.load("electricity").set_index("row_id").loc["cn-west-cut-2025", "high"]
    return power_price("cn-west-subsidised-2025") / (1 - float(cut) / 100)


def prices() -> pd.DataFrame:
    """Electricity of large users by state and province, the cheapest first, USD per kWh.

    Returns
    -------
    DataFrame
        ``where``; ``low`` and ``high`` (industry and commerce in a US state); ``side``: "US", "CN" (as reported) or
        "implied" (by a full cut by half).
    """
    rows = []
    for state in STATES:
        slug = state.lower().replace(" ", "-")
        ends = (power_price(f"us-{slug}-{kind}-2023") for kind in ("industrial", "commercial"))
        rows.append((f"{state}, 2023", *ends, "US"))
    rows += [(words, power_price(key), power_price(key), "CN") for words, key in IN_CHINA.items()]
    rows.append(("The three provinces before, if the cut was half", price_before(), price_before(), "implied"))
    return pd.DataFrame(rows, columns=["where", "low", "high", "side"]).sort_values("low", kind="stable")


def bills() -> pd.DataFrame:
    """Electricity of a petaFLOP-year at full power without cooling, USD by system, by what a place pays.

    Returns
    -------
    DataFrame
        By place: ``usd_per_kwh`` and one column a system.
    """
    rows = {}
    for words, key in BILLED.items():
        price = power_price(key)
        usd = {name: float(clusters.energy_cost_usd(kw_per_pflop(name)[1], price)) for name in SYSTEMS}
        rows[words] = {"usd_per_kwh": price, **usd}
    return pd.DataFrame.from_dict(rows, "index")


def places() -> pd.DataFrame:
    """All costs of the same work, CloudMatrix 384 over GB200 NVL72, by what each pays for electricity.

    Returns
    -------
    DataFrame
        Rows of `PAID_BY_B`, columns of `PAID_BY_A`.
    """
    return pd.DataFrame(
        {
            a: {
                b: ratio_at(usd_kwh_a=power_price(key_a), usd_kwh_b=power_price(key_b))
                for b, key_b in PAID_BY_B.items()
            }
            for a, key_a in PAID_BY_A.items()
        }
    )


class Tie(NamedTuple):
    """CloudMatrix 384 (b) and GB200 NVL72 (a) for each petaFLOP-year.

    Attributes
    ----------
    kwh_a, kwh_b, capital_a, capital_b, running_a : float
        Electricity in kWh, capital and A's electricity in USD.
    running, total : float
        Price of B, USD per kWh, at which running costs and all costs tie; below 0 where none does.
    subsidised, bill : float
        The subsidised price, USD per kWh, and B's electricity at it, USD.
    """

    kwh_a: float
    kwh_b: float
    capital_a: float
    capital_b: float
    running_a: float
    running: float
    total: float
    subsidised: float
    bill: float


def tie(cm_kw: float, nvl_kw: float, usd_kwh_a: float, cm_usd: float, nvl_usd: float, years: float) -> Tie:
    """At what price of electricity CloudMatrix 384 costs as much as GB200 NVL72 for the same peak.

    Parameters
    ----------
    cm_kw, nvl_kw : float
        Power of each system, kW.
    usd_kwh_a : float
        What NVL72 pays, USD per kWh.
    cm_usd, nvl_usd : float
        Price of each system, USD.
    years : float
        Capital spread over, by the straight line.

    Examples
    --------
    >>> t = tie(559, 145, 0.091, 8.2e6, 3.0e6, 5)
    >>> round(t.running, 3), t.total < 0
    (0.039, True)
    """
    within("cm_kw", cm_kw, 0.01, 1e6, "kW")
    within("nvl_kw", nvl_kw, 0.01, 1e6, "kW")
    within("usd_kwh_a", usd_kwh_a, -1, 5, "USD per kWh")
    within("cm_usd", cm_usd, 0, 1e12, "USD")
    within("nvl_usd", nvl_usd, 0, 1e12, "USD")
    within("years", years, 0.5, 100)
    pflops = data.load("systems").set_index("system")["bf16_pflops_dense"]
    a, b = (float(pflops[name]) for name in SYSTEMS)
    kwh_a, kwh_b = (kw / peak * clusters.HOURS_PER_YEAR for kw, peak in ((nvl_kw, a), (cm_kw, b)))
    charge = float(clusters.capital_charge("straight_line", years))
    capital_a, capital_b = nvl_usd / a * charge, cm_usd / b * charge
    running = float(clusters.tie_price(usd_kwh_a, kwh_a, kwh_b))
    total = float(clusters.tie_price(usd_kwh_a, kwh_a, kwh_b, capital_a, capital_b))
    paid = parameter("electricity_price", "CN")[1]
    return Tie(kwh_a, kwh_b, capital_a, capital_b, kwh_a * usd_kwh_a, running, total, paid, kwh_b * paid)


def baselines() -> pd.DataFrame:
    """What CloudMatrix 384, or (last row) current Chinese chips, take against several baselines.

    Returns
    -------
    DataFrame
        ``measure``, ``baseline``, ``low`` and ``high`` (times the baseline), ``known`` (how).
    """
    systems = data.load("systems").set_index("system")
    nvl, cm = (systems.loc[name] for name in SYSTEMS)
    per_nvl, per_cm = (kw_per_pflop(name) for name in SYSTEMS)
    h100, h20 = (
        np.array(block(name)["it_power_w"]) / block(name)["peak_tflops"][1] for name in ("HGX H100", "HGX H20")
    )
    extra = data.load("electricity").set_index("row_id").loc["cn-extra-energy-2025"]
    bandwidth = (cm["power_kw"] / cm["hbm_bandwidth_tb_s"]) / (nvl["power_kw"] / nvl["hbm_bandwidth_tb_s"])
    flop, memory, token = "Power for each petaFLOP", "Power for each TB/s of memory", "Electricity for each token"
    rows = [
        (flop, SYSTEMS[0], per_cm[0] / per_nvl[2], per_cm[2] / per_nvl[0], "estimates of two analysts"),
        (memory, SYSTEMS[0], bandwidth, bandwidth, "estimate of one analyst"),
        (flop, "HGX H100", per_cm[0] / h100[2], per_cm[2] / h100[0], "estimate over a maker’s maximum"),
        (flop, "HGX H20", per_cm[0] / h20[2], per_cm[2] / h20[0], "estimate over our derivation"),
        (token, "H20", 1 + extra["low"] / 100, 1 + extra["high"] / 100, "experts in the Financial Times"),
    ]
    return pd.DataFrame(rows, columns=["measure", "baseline", "low", "high", "known"])
