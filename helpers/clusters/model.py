"""Clusters: equal work with other chips, its power and its cost, and whether it can be made at all.

Four steps, each of plain functions on values or arrays: how many chips of one kind do the work of
another; what they draw and cost for each delivered petaFLOP-hour; at what price of electricity two
clusters tie; and how many chips the wafers, the memory and the packaging allow. Nothing here knows
a price or a yield: they come from ``data/`` through whoever calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within

HOURS_PER_YEAR = 8760.0
PARTS = ("chips", "server", "network", "energy", "site")
LIMITS = ("dies", "memory", "packaging")
METHODS = ("straight_line", "annuity", "declining")

_MOST = 1e12  # no count, power or sum of money here is larger


# --- equal work ---------------------------------------------------------------------------------


def chips_to_match(chips: ArrayLike, relative_speed: ArrayLike) -> np.ndarray:
    """Chips of kind B that do the work of a number of chips of kind A.

    Parameters
    ----------
    chips : scalar or array, 0 to 1e9
        Chips of kind A.
    relative_speed : scalar or array, 0.01 to 100
        Work per second of one chip B, as a share of one chip A on the same task.

    Returns
    -------
    ndarray of float, broadcast shape
        Chips of kind B; a fraction means the last chip is partly needed.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    n_B = n_A / relative_speed: work per second is held equal; nothing is lost to a longer network.

    Examples
    --------
    >>> float(chips_to_match(1000, 0.5))
    2000.0
    """
    n = within("chips", chips, 0, 1e9)
    return n / within("relative_speed", relative_speed, 0.01, 100)


def equal_work(
    peak_a_tflops: ArrayLike, utilisation_a: ArrayLike, peak_b_tflops: ArrayLike, utilisation_b: ArrayLike
) -> np.ndarray:
    """Chips of kind B that deliver the work of one chip of kind A.

    Parameters
    ----------
    peak_a_tflops, peak_b_tflops : scalar or array, 0.1 to 1,000,000 TFLOPS
        Dense peaks in the same number format.
    utilisation_a, utilisation_b : scalar or array, 0.01 to 1
        Share of the peak that the work gets.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    n = (P_A u_A) / (P_B u_B).

    Examples
    --------
    >>> float(equal_work(2500, 0.4, 750, 0.4).round(2))
    3.33
    """
    work = [
        within(f"peak_{k}_tflops", p, 0.1, 1e6, "TFLOPS") * within(f"utilisation_{k}", u, 0.01, 1)
        for k, p, u in (("a", peak_a_tflops, utilisation_a), ("b", peak_b_tflops, utilisation_b))
    ]
    return work[0] / work[1]


def network_growth(chips_ratio: ArrayLike, exponent: ArrayLike = 1.0) -> np.ndarray:
    """How the network grows when a cluster has more chips for the same work.

    Parameters
    ----------
    chips_ratio : scalar or array, 1e-7 to 1e7
        Chips of B for each chip of A.
    exponent : scalar or array, 0 to 2
        0: the network follows the work, so it is the same for both; 1: it follows the number of
        chips; 2: it follows the number of pairs of chips (every chip wired to every other).

    Returns
    -------
    ndarray of float, broadcast shape
        Network of B as a multiple of the network of A.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    n ** exponent. All-to-all wiring has n (n - 1) / 2 links, which tends to n squared.

    Examples
    --------
    >>> network_growth(3.0, [0, 1, 2]).tolist()
    [1.0, 3.0, 9.0]
    """
    n = within("chips_ratio", chips_ratio, 1e-7, 1e7)
    return n ** within("exponent", exponent, 0, 2)


def energy_ratio(
    chips_ratio: ArrayLike,
    power_a_w: ArrayLike,
    power_b_w: ArrayLike,
    pue_a: ArrayLike = 1.0,
    pue_b: ArrayLike = 1.0,
) -> np.ndarray:
    """Energy of cluster B over energy of cluster A, for the same work in the same time.

    Parameters
    ----------
    chips_ratio : scalar or array, 1e-7 to 1e7
        Chips of B for each chip of A, see `equal_work`.
    power_a_w, power_b_w : scalar or array, 1 to 100,000 W
        Power for each chip, its share of the server included.
    pue_a, pue_b : scalar or array, 1 to 3
        Power of the site over power of the computers.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    e = n W_B PUE_B / (W_A PUE_A).

    Examples
    --------
    >>> float(energy_ratio(3, 1000, 800).round(2))
    2.4
    """
    n = within("chips_ratio", chips_ratio, 1e-7, 1e7)
    a = within("power_a_w", power_a_w, 1, 1e5, "W") * within("pue_a", pue_a, 1, 3)
    b = within("power_b_w", power_b_w, 1, 1e5, "W") * within("pue_b", pue_b, 1, 3)
    return n * b / a


def network_usd(hardware_usd: ArrayLike, network_share: ArrayLike) -> np.ndarray:
    """Price of the network that joins servers, from its share of the price of a whole cluster.

    Parameters
    ----------
    hardware_usd : scalar or array, 0 to 1e12 USD
        Chips and servers, without the network between servers.
    network_share : scalar or array, 0 to 0.9
        Share of the price of the whole cluster; Epoch AI (2024) uses 0.19.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    hardware s / (1 - s): the share is of the whole, not of the hardware.

    Examples
    --------
    >>> float(network_usd(81, 0.19).round(6))
    19.0
    """
    hardware = within("hardware_usd", hardware_usd, 0, _MOST, "USD")
    share = within("network_share", network_share, 0, 0.9)
    return hardware * share / (1 - share)


def capital_ratio(
    chips_ratio: ArrayLike,
    hardware_a_usd: ArrayLike,
    hardware_b_usd: ArrayLike,
    network_share_a: ArrayLike = 0.19,
    exponent: ArrayLike = 1.0,
) -> np.ndarray:
    """Capital of cluster B over capital of cluster A for the same work, network included.

    Parameters
    ----------
    chips_ratio : scalar or array, 1e-7 to 1e7
        Chips of B for each chip of A, see `equal_work`.
    hardware_a_usd, hardware_b_usd : scalar or array, 1 to 1e7 USD
        Price for each chip, its share of the server included.
    network_share_a : scalar or array, 0 to 0.9
        Share of the network in the price of cluster A.
    exponent : scalar or array, 0 to 2
        See `network_growth`.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    k = (n C_B + N_A n^exponent) / (C_A + N_A), with N_A = C_A s / (1 - s): a link costs the same
    in both clusters, only their number differs.

    Examples
    --------
    >>> float(capital_ratio(3, 30_000, 15_000, 0, 1).round(2))
    1.5
    """
    n = within("chips_ratio", chips_ratio, 1e-7, 1e7)
    a = within("hardware_a_usd", hardware_a_usd, 1, 1e7, "USD")
    b = within("hardware_b_usd", hardware_b_usd, 1, 1e7, "USD")
    network = network_usd(a, within("network_share_a", network_share_a, 0, 0.9))
    return (n * b + network * network_growth(n, exponent)) / (a + network)


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
    energy = within("power_kw", power_kw, 0, _MOST, "kW") * within("hours", hours, 0, 1e7, "h")
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
    checked = {name: within(name, value, 0, _MOST) for name, value in parts.items()}
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
    a, b = within("kwh_a", kwh_a, 1e-9, _MOST, "kWh"), within("kwh_b", kwh_b, 1e-9, _MOST, "kWh")
    gap = within("other_a_usd", other_a_usd, 0, _MOST, "USD") - within("other_b_usd", other_b_usd, 0, _MOST, "USD")
    return (price * a + gap) / b


# --- can it be made? ------------------------------------------------------------------------------


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
    good = within("package_yield", package_yield, 0, 1)
    started = (
        dies / within("dies_per_chip", dies_per_chip, 1, 100),
        within("hbm_stacks", hbm_stacks, 0, 1e10) / within("stacks_per_chip", stacks_per_chip, 1, 100),
        within("packages", packages, 0, 1e10),
    )
    by_limit = np.stack(np.broadcast_arrays(*(s * good for s in started)))
    return Supply(
        by_limit.min(axis=0), np.array(LIMITS)[by_limit.argmin(axis=0)], dict(zip(LIMITS, by_limit, strict=True))
    )


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
    gw = within("power_kw", power_kw, 0, _MOST, "kW") / 1e6
    return gw / (within("added_gw", added_gw, 0.001, 1e6, "GW") * within("capacity_factor", capacity_factor, 0.01, 1))
