"""Cost of delivered work: power, energy, capital by the year, and the price at which two clusters tie."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.clusters.model.ranges import MOST
from helpers.core.limits import one_of, within

HOURS_PER_YEAR = 8760.0
PARTS = ("chips", "server", "network", "energy", "site")
METHODS = ("straight_line", "annuity", "declining")


# --- power and energy -----------------------------------------------------------------------------


def facility_power_kw(
    chips: ArrayLike,
    tdp_w: ArrayLike,
    server_multiplier: ArrayLike = 1.82,
    pue: ArrayLike = 1.25,
    load_factor: ArrayLike = 1.0,
) -> np.ndarray:
    """Power at the site's meter.

    Parameters
    ----------
    chips : scalar or array, 0 to 1e9
    tdp_w : scalar or array, 1 to 100,000 W
        Power limit of one chip.
    server_multiplier : scalar or array, 1 to 5
        Power of the server over power of its chips.
    pue : scalar or array, 1 to 3
        Power usage effectiveness: power of the site over power of the computers.
    load_factor : scalar or array, 0 to 1
        Average over highest power of the server; 1 gives the capacity that must be connected.

    Returns
    -------
    ndarray of float, broadcast shape, kW

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    chips x TDP x multiplier x load x PUE. Epoch AI, training-cost-trends (2024): 10.2 kW / 8 / 0.7 kW
    = 1.82 for the H100, load 0.75, PUE 1.1 or 1.25.

    Examples
    --------
    >>> round(float(facility_power_kw(100_000, 700, 10.2 / 8 / 0.7, 1.25)), 6)
    159375.0
    """
    power = within("chips", chips, 0, 1e9) * within("tdp_w", tdp_w, 1, 1e5, "W") / 1000
    power = power * within("server_multiplier", server_multiplier, 1, 5) * within("pue", pue, 1, 3)
    return power * within("load_factor", load_factor, 0, 1)


def energy_cost_usd(
    power_kw: ArrayLike, usd_per_kwh: ArrayLike, hours: ArrayLike = HOURS_PER_YEAR, subsidy: ArrayLike = 0.0
) -> np.ndarray:
    """What the user pays for the energy of some hours, a year by default.

    Parameters
    ----------
    power_kw : scalar or array, 0 to 1e12 kW
        Average power at the meter, see `facility_power_kw`.
    usd_per_kwh : scalar or array, -1 to 5 USD per kWh
        Before the subsidy; below 0 when the user is paid to take it. Places: ``data/electricity.csv``.
    hours : scalar or array, 0 to 1e7 h
    subsidy : scalar or array, 0 to 1
        Share of the price that a government pays in the user's place.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    power x hours x price x (1 - subsidy). A price that is quoted after a subsidy takes none here.

    Examples
    --------
    >>> energy_cost_usd(100, 0.05, 10, [0, 0.5]).tolist()
    [50.0, 25.0]
    """
    paid = 1 - within("subsidy", subsidy, 0, 1)
    energy = within("power_kw", power_kw, 0, MOST, "kW") * within("hours", hours, 0, 1e7, "h")
    return energy * within("usd_per_kwh", usd_per_kwh, -1, 5, "USD per kWh") * paid


# --- capital by the year --------------------------------------------------------------------------


def capital_recovery_factor(rate: ArrayLike, years: ArrayLike) -> np.ndarray:
    """Equal yearly payment that repays 1 with interest.

    Parameters
    ----------
    rate : scalar or array, 0 to 1 a year
        Interest; 0 gives the straight line, 1 / years.
    years : scalar or array, 0.5 to 100

    Returns
    -------
    ndarray of float, broadcast shape, share of the price a year

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    r (1 + r)^n / ((1 + r)^n - 1). It makes things with unlike lives comparable.

    Examples
    --------
    >>> float(capital_recovery_factor(0, 5)), float(capital_recovery_factor(0.10, 5).round(4))
    (0.2, 0.2638)
    """
    r, n = np.broadcast_arrays(within("rate", rate, 0, 1, "a year"), within("years", years, 0.5, 100, "years"))
    paid = -np.expm1(-n * np.log1p(r))  # 1 - (1 + r)^-n, exact for small r
    return np.where(r > 1e-12, r / np.where(r > 1e-12, paid, 1), 1 / n)


def declining_rate(orders_per_year: ArrayLike = 0.14) -> np.ndarray:
    """Loss of value in the first instant, as a share of the value a year, when value falls steadily.

    Parameters
    ----------
    orders_per_year : scalar or array, 0 to 2
        Factors of ten by which price for performance improves in a year.

    Returns
    -------
    ndarray of float, share of the present value a year

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    value = 10^(-r t), so -d value / dt = value r ln 10. Epoch AI, arXiv 2405.21015: r = 0.14.

    Examples
    --------
    >>> float(declining_rate().round(4))
    0.3224
    """
    return np.log(10) * within("orders_per_year", orders_per_year, 0, 2)


def capital_charge(
    method: str, years: ArrayLike = 5.0, rate: ArrayLike = 0.08, orders_per_year: ArrayLike = 0.14
) -> np.ndarray:
    """Share of the purchase price that a year of use bears.

    Parameters
    ----------
    method : "straight_line", "annuity" or "declining"
        Price over years; `capital_recovery_factor`; the mean loss of value over `years` by
        `declining_rate`.
    years : scalar or array, 0.5 to 100
        Years of use.
    rate : scalar or array, 0 to 1 a year
        Interest, for the annuity.
    orders_per_year : scalar or array, 0 to 2
        For the declining value.

    Returns
    -------
    ndarray of float, share of the price a year, broadcast shape of what the method uses

    Raises
    ------
    ValueError
        Unknown method, or a value outside its range.

    Notes
    -----
    Declining: (1 - 10^(-r n)) / n, which tends to r ln 10 for the first instant.

    Examples
    --------
    >>> [float(capital_charge(m).round(4)) for m in METHODS]
    [0.2, 0.2505, 0.1601]
    """
    one_of("method", method, METHODS)
    n = within("years", years, 0.5, 100, "years")
    annuity, fall = capital_recovery_factor(rate, n), declining_rate(orders_per_year)
    return {"straight_line": 1 / n, "annuity": annuity, "declining": -np.expm1(-fall * n) / n}[method]


# --- cost of delivered work -----------------------------------------------------------------------


def cost_per_pflop_hour(
    peak_tflops: ArrayLike,
    utilisation: ArrayLike,
    chip_usd: ArrayLike,
    it_power_w: ArrayLike,
    usd_per_kwh: ArrayLike,
    *,
    charge: ArrayLike = 0.2,
    server_overhead: ArrayLike = 1.0,
    network_usd: ArrayLike = 0.0,
    load_factor: ArrayLike = 1.0,
    pue: ArrayLike = 1.0,
    site_usd_per_kw_month: ArrayLike = 0.0,
) -> dict[str, np.ndarray]:
    """What one delivered petaFLOP-hour costs, part by part.

    A delivered petaFLOP-hour is an hour of 10^15 useful operations a second: peak times utilisation.

    Parameters
    ----------
    peak_tflops : scalar or array, 0.1 to 1,000,000 TFLOPS
        Dense peak of one chip.
    utilisation : scalar or array, 0.01 to 1
        Share of the peak that the work gets, over the year.
    chip_usd : scalar or array, 0 to 1e7 USD
        Price of one chip, or of its share of a server or rack if `server_overhead` is 1.
    it_power_w : scalar or array, 1 to 100,000 W
        Highest power for each chip, its share of the server included.
    usd_per_kwh : scalar or array, -1 to 5 USD per kWh
    charge : scalar or array, 0 to 3 a year
        Share of the purchase price that a year bears, see `capital_charge`.
    server_overhead : scalar or array, 1 to 5
        Price of the server over price of its chips.
    network_usd : scalar or array, 0 to 1e8 USD
        Network between servers for each chip.
    load_factor : scalar or array, 0 to 1
        Average over highest power.
    pue : scalar or array, 1 to 3
    site_usd_per_kw_month : scalar or array, 0 to 10,000 USD
        Building and cooling plant, as rent for each kW of computers.

    Returns
    -------
    dict of str to ndarray
        The `PARTS`, in USD per delivered petaFLOP-hour; their sum is the cost.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Each part's USD a year and chip / (peak / 1000 x utilisation x 8,760 h), with chips = price x charge;
    server = price x (overhead - 1) x charge; network = price x charge; energy = kW x load x PUE x 8,760 h x price;
    site = kW x rent x 12. Staff is left out.

    Examples
    --------
    >>> parts = cost_per_pflop_hour(1000, 0.5, 43_800, 1000, 0.10)
    >>> {name: round(float(usd), 3) for name, usd in parts.items()}
    {'chips': 2.0, 'server': 0.0, 'network': 0.0, 'energy': 0.2, 'site': 0.0}
    """
    work = within("peak_tflops", peak_tflops, 0.1, 1e6, "TFLOPS") / 1000
    work = work * within("utilisation", utilisation, 0.01, 1) * HOURS_PER_YEAR
    yearly = within("charge", charge, 0, 3, "a year")
    chip = within("chip_usd", chip_usd, 0, 1e7, "USD")
    kw = within("it_power_w", it_power_w, 1, 1e5, "W") / 1000
    drawn = kw * within("load_factor", load_factor, 0, 1) * within("pue", pue, 1, 3)
    usd = {
        "chips": chip * yearly,
        "server": chip * (within("server_overhead", server_overhead, 1, 5) - 1) * yearly,
        "network": within("network_usd", network_usd, 0, 1e8, "USD") * yearly,
        "energy": energy_cost_usd(drawn, usd_per_kwh),
        "site": kw * within("site_usd_per_kw_month", site_usd_per_kw_month, 0, 1e4, "USD") * 12,
    }
    return {part: usd[part] / work for part in PARTS}


def shares(parts: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    """Each part as a share of the sum.

    Parameters
    ----------
    parts : dict of str to scalar or array, 0 to 1e12
        As from `cost_per_pflop_hour`.

    Returns
    -------
    dict of str to ndarray
        They add to 1.

    Raises
    ------
    ValueError
        A part below 0, or all of them 0.

    Examples
    --------
    >>> {k: float(v) for k, v in shares({"capital": 3, "energy": 1}).items()}
    {'capital': 0.75, 'energy': 0.25}
    """
    checked = {name: within(name, value, 0, MOST) for name, value in parts.items()}
    total = sum(checked.values())
    if np.any(np.asarray(total) <= 0):
        raise ValueError("parts are all 0, so none has a share; at least one must be above 0.")
    return {name: value / total for name, value in checked.items()}


def tie_price(
    usd_per_kwh_a: ArrayLike,
    kwh_a: ArrayLike,
    kwh_b: ArrayLike,
    other_a_usd: ArrayLike = 0.0,
    other_b_usd: ArrayLike = 0.0,
) -> np.ndarray:
    """Price of electricity at B for which B costs as much as A for the same work.

    Parameters
    ----------
    usd_per_kwh_a : scalar or array, -1 to 5 USD per kWh
        What A pays.
    kwh_a, kwh_b : scalar or array, 1e-9 to 1e12 kWh
        Energy of each for the same work.
    other_a_usd, other_b_usd : scalar or array, 0 to 1e12 USD
        All other cost of each for the same work; leave both at 0 to tie running costs alone.

    Returns
    -------
    ndarray of float, broadcast shape, USD per kWh
        Below 0: no price ties. Even free electricity leaves B dearer.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    p_B = (p_A E_A + other_A - other_B) / E_B; with equal other costs, p_A / e.

    Examples
    --------
    >>> float(tie_price(0.091, 7057, 16323).round(3))
    0.039
    """
    price = within("usd_per_kwh_a", usd_per_kwh_a, -1, 5, "USD per kWh")
    a, b = within("kwh_a", kwh_a, 1e-9, MOST, "kWh"), within("kwh_b", kwh_b, 1e-9, MOST, "kWh")
    gap = within("other_a_usd", other_a_usd, 0, MOST, "USD") - within("other_b_usd", other_b_usd, 0, MOST, "USD")
    return (price * a + gap) / b
