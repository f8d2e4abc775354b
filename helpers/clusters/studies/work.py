"""Equal work with other chips: how many, and what they draw, link and cost; what a delivered petaFLOP-hour costs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from helpers.clusters import model as clusters
from helpers.clusters.studies.values import Range, band, common_draws, pair_draws, parameter, place_of
from helpers.core.limits import fitting, one_of, within

CHIPS_OF_A = 10_000
MEASURES = ("Chips", "Power at the meter", "Links of the network", "Capital")
LIMITED_BY = ("peak_tflops", "memory_gb_s")  # what limits the work: arithmetic or the speed of memory
SPENT_ON = ("hardware", "network", "energy", "site")


class EqualWork(NamedTuple):
    """Clusters of B for the work of `CHIPS_OF_A` chips of A.

    Attributes
    ----------
    ratios : dict of str to Range
        B over A by `MEASURES`: central value, and nine of ten draws around it.
    mw, usd : float
        Power at the meter and capital of A, network included.
    gwh : float
        Electricity of B in a year at average load.
    """

    ratios: dict[str, Range]
    mw: float
    usd: float
    gwh: float


def equal_work(
    a: str, b: str, use_a: float, use_b: float, exponent: float, limited_by: str = "peak_tflops"
) -> EqualWork:
    """What the same delivered work takes on another cluster.

    Parameters
    ----------
    a, b : str
        Blocks, see `blocks`.
    use_a, use_b : float, fractions
        Share that the work gets of what limits it.
    exponent : float
        Growth of links, see `model.network_growth`.
    limited_by : str
        One of `LIMITED_BY`.

    Examples
    --------
    >>> same = equal_work("HGX H100", "HGX H100", 0.4, 0.4, 1)
    >>> [central for _, central, _ in same.ratios.values()]
    [1.0, 1.0, 1.0, 1.0]
    """
    within("use_a", use_a, 0.01, 1)
    within("use_b", use_b, 0.01, 1)
    within("exponent", exponent, 0, 2)
    one_of("limited_by", limited_by, LIMITED_BY)
    of_a, of_b = pair_draws(a, b)
    n = clusters.equal_work(of_a[limited_by], use_a, of_b[limited_by], use_b)
    ratios = (
        n,
        clusters.energy_ratio(n, of_a["it_power_w"], of_b["it_power_w"], of_a["pue"], of_b["pue"]),
        clusters.network_growth(n, exponent),
        clusters.capital_ratio(
            n, of_a["hardware_usd"], of_b["hardware_usd"], common_draws()["network_share"], exponent
        ),
    )
    banded = {measure: band(ratio) for measure, ratio in zip(MEASURES, ratios, strict=True)}
    mw = float(clusters.facility_power_kw(CHIPS_OF_A, of_a["it_power_w"][0], 1, of_a["pue"][0])) / 1000
    hardware = CHIPS_OF_A * of_a["hardware_usd"][0]
    usd = float(hardware + clusters.network_usd(hardware, parameter("network_share")[1]))
    gwh = mw * banded["Power at the meter"][1] * parameter("load_factor")[1] * clusters.HOURS_PER_YEAR / 1000
    return EqualWork(banded, mw, usd, gwh)


def cost_parts(of: dict[str, np.ndarray], common: dict[str, np.ndarray], **given: Any) -> dict[str, np.ndarray]:
    """Cost of a delivered petaFLOP-hour of one side in USD, by `SPENT_ON`.

    Parameters
    ----------
    of, common : dict of str to array
        As from `pair_draws` and `common_draws`.
    **given
        ``use`` (a fraction), ``usd_per_kwh``, ``charge`` (share of the price a year), ``network_usd`` (for each chip).
    """
    unknown = {"use", "usd_per_kwh", "charge", "network_usd"} ^ set(given)
    if unknown:
        raise ValueError(f"{min(unknown)} is missing or unknown; give use, usd_per_kwh, charge and network_usd.")
    own = {name: within(name, value, -1e300, 1e300) for name, value in given.items()}
    within("use", own["use"], 0.01, 1)
    fitting(of=np.asarray(of["peak_tflops"]), **own)
    usd = clusters.cost_per_pflop_hour(
        of["peak_tflops"],
        given["use"],
        of["hardware_usd"],
        of["it_power_w"],
        given["usd_per_kwh"],
        charge=given["charge"],
        network_usd=given["network_usd"],
        load_factor=common["load_factor"],
        pue=of["pue"],
        site_usd_per_kw_month=of["site_cost"],
    )
    return {"hardware": usd["chips"] + usd["server"], **{k: usd[k] for k in ("network", "energy", "site")}}


class Side(NamedTuple):
    """Cost of a delivered petaFLOP-hour on one block in USD: central parts by `SPENT_ON`, and the total with its range."""

    block: str
    parts: dict[str, float]
    total: Range

    @property
    def electricity(self) -> float:
        """Electricity as a share of the cost."""
        return float(clusters.shares(self.parts)["energy"])


class CostOfWork(NamedTuple):
    """A delivered petaFLOP-hour on two blocks, and B over A in cost."""

    a: Side
    b: Side
    ratio: Range


def cost_of_work(a: str, b: str, usd_kwh_a: float, usd_kwh_b: float, use_b: float, capital: str) -> CostOfWork:
    """What a delivered petaFLOP-hour costs on two blocks; A at the central utilisation of its place.

    Parameters
    ----------
    a, b : str
        Blocks, see `blocks`.
    usd_kwh_a, usd_kwh_b : float
        Price of electricity, USD per kWh.
    use_b : float, a fraction
        Utilisation of B.
    capital : str
        One of `model.METHODS`.
    """
    one_of("capital", capital, clusters.METHODS)
    within("use_b", use_b, 0.01, 1)
    within("usd_kwh_a", usd_kwh_a, -1, 5, "USD per kWh")
    within("usd_kwh_b", usd_kwh_b, -1, 5, "USD per kWh")
    of_a, of_b = pair_draws(a, b)
    common = common_draws()
    use_a = parameter("utilisation", place_of(a))[1]
    n = clusters.equal_work(of_a["peak_tflops"], use_a, of_b["peak_tflops"], use_b)
    link = clusters.network_usd(of_a["hardware_usd"], common["network_share"])  # a link costs the same on both sides
    link_b = link * clusters.network_growth(n, parameter("network_exponent")[1]) / n
    charge = clusters.capital_charge(capital, *(parameter(k)[1] for k in ("years", "interest", "value_decline")))
    sides = [
        cost_parts(of, common, use=use, usd_per_kwh=price, charge=charge, network_usd=network)
        for of, use, price, network in ((of_a, use_a, usd_kwh_a, link), (of_b, use_b, usd_kwh_b, link_b))
    ]
    totals = [sum(parts.values()) for parts in sides]
    side_a, side_b = (
        Side(name, {part: float(usd[0]) for part, usd in parts.items()}, band(total))
        for name, parts, total in zip((a, b), sides, totals, strict=True)
    )
    return CostOfWork(side_a, side_b, band(totals[1] / totals[0]))


def bill_at(usd_kwh_b: float) -> tuple[float, float]:
    """CloudMatrix over NVL72 in cost, and electricity's share of CloudMatrix's, at its price in USD per kWh, all else central."""
    within("usd_kwh_b", usd_kwh_b, 0, 5, "USD per kWh")
    use_b, usd_kwh_a = parameter("utilisation", "CN")[1], parameter("electricity_price", "US")[1]
    cost = cost_of_work("GB200 NVL72", "CloudMatrix 384", usd_kwh_a, usd_kwh_b, use_b, "straight_line")
    return cost.ratio[1], cost.b.electricity


def yearly_usd_per_kw(place: str) -> dict[str, float]:
    """What a kilowatt of computers costs a year at central values, as ``energy`` and as ``site``, in "US" or "CN"."""
    one_of("place", place, ("US", "CN"))
    price, pue, site = (parameter(k, place)[1] for k in ("electricity_price", "pue", "site_cost"))
    drawn = clusters.facility_power_kw(1, 1000, 1, pue, parameter("load_factor")[1])
    return {"energy": float(clusters.energy_cost_usd(drawn, price)), "site": site * 12}
