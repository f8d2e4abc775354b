"""What training costs: GPU-hours at a rent, a whole development, and chips that one owns."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.clusters import model as clusters
from helpers.core.limits import first_bad, within
from helpers.training.model.operations import MOST_HOURS

_MOST_USD = 1e13


def rental_cost_usd(hours: ArrayLike, usd_per_gpu_hour: ArrayLike) -> np.ndarray:
    """What a number of GPU-hours costs at a rent.

    Parameters
    ----------
    hours : scalar or array, 0 to 1e12 GPU-hours
    usd_per_gpu_hour : scalar or array, 0 to 10,000 USD

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> float(rental_cost_usd(2.788e6, 2))
    5576000.0
    """
    hours = within("hours", hours, 0, MOST_HOURS, "GPU-hours")
    return hours * within("usd_per_gpu_hour", usd_per_gpu_hour, 0, 1e4, "USD")


def implied_rent_usd(cost_usd: ArrayLike, hours: ArrayLike) -> np.ndarray:
    """The rent of a GPU-hour that a cost and a number of GPU-hours imply: the inverse of `rental_cost_usd`.

    Parameters
    ----------
    cost_usd : scalar or array, 0 to 1e13 USD
    hours : scalar or array, 1e-6 to 1e12 GPU-hours

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    cost / GPU-hours. arXiv 2412.19437, table 1: 2.788 million H800 GPU-hours, 5.576 million USD.

    Examples
    --------
    >>> float(implied_rent_usd(5.576e6, 2.788e6))
    2.0
    """
    cost = within("cost_usd", cost_usd, 0, _MOST_USD, "USD")
    return cost / within("hours", hours, 1e-6, MOST_HOURS, "GPU-hours")


def development_cost_usd(
    run_usd: ArrayLike, final_run_share: ArrayLike = 1.0, staff_share: ArrayLike = 0.0
) -> np.ndarray:
    """From the compute of the released run to the compute and the staff of a whole development.

    Parameters
    ----------
    run_usd : scalar or array, 0 to 1e13 USD
        Compute of the run that produced the released model.
    final_run_share : scalar or array, 0.001 to 1
        Its share of all research and development compute; 1 says that nothing else was computed.
    staff_share : scalar or array, 0 to 0.95
        Share of staff in the whole development cost; 0 leaves staff out.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    run / final_run_share / (1 - staff_share). Shares: Epoch AI, Gradient Updates of 26 March 2026, and
    arXiv 2405.21015. Inference, data and office costs stay outside.

    Examples
    --------
    >>> float(development_cost_usd(5e6, 0.25, 0.5))
    40000000.0
    """
    compute = within("run_usd", run_usd, 0, _MOST_USD, "USD") / within("final_run_share", final_run_share, 1e-3, 1)
    return compute / (1 - within("staff_share", staff_share, 0, 0.95))


def capital_usd_per_gpu(
    chip_price_usd: ArrayLike, server_factor: ArrayLike = 1.64, network_share: ArrayLike = 0.19
) -> np.ndarray:
    """What one chip in a working cluster costs to buy: the chip, its part of the server and of the network.

    Parameters
    ----------
    chip_price_usd : scalar or array, 0 to 10,000,000 USD
    server_factor : scalar or array, 1 to 5
        Price of a server divided by that of its chips.
    network_share : scalar or array, 0 to 0.9
        Share of the cluster's network in the whole.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    Default shares: Cottier et al. (Epoch AI), arXiv 2405.21015.

    Examples
    --------
    >>> round(float(capital_usd_per_gpu(30_000)))
    60741
    """
    price = within("chip_price_usd", chip_price_usd, 0, 1e7, "USD")
    server = price * within("server_factor", server_factor, 1, 5)
    return server + clusters.network_usd(server, network_share)


def owned_usd_per_gpu_hour(
    capital_usd: ArrayLike,
    lifetime_years: ArrayLike,
    utilisation: ArrayLike,
    power_usd_per_hour: ArrayLike = 0.0,
    upkeep_share_per_year: ArrayLike = 0.0,
) -> np.ndarray:
    """Cost of one useful hour of a chip one owns.

    Parameters
    ----------
    capital_usd : scalar or array, 0 to 100,000,000 USD
        From `capital_usd_per_gpu`; written off in equal parts, worth nothing at the end.
    lifetime_years : scalar or array, 0.5 to 20
    utilisation : scalar or array, 0.01 to 1
        Share of all hours in which the chip does work that someone wants.
    power_usd_per_hour : scalar or array, 0 to 1,000 USD
        Electricity while it works (``clusters.energy_cost_usd``); an idle chip counts as drawing nothing.
    upkeep_share_per_year : scalar or array, 0 to 1
        Staff, site and repairs in a year, as a share of the capital.

    Returns
    -------
    ndarray of float, broadcast shape, USD per useful GPU-hour

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    capital x (1/lifetime + upkeep) / (8,760 x utilisation) + power. No interest.

    Examples
    --------
    >>> round(float(owned_usd_per_gpu_hour(60_000, 4, 0.8, 0.1, 0.05)), 2)
    2.67
    """
    fixed = _fixed_usd_per_hour(capital_usd, lifetime_years, upkeep_share_per_year)
    power = within("power_usd_per_hour", power_usd_per_hour, 0, 1000, "USD")
    return fixed / within("utilisation", utilisation, 0.01, 1) + power


def break_even_utilisation(
    usd_per_gpu_hour: ArrayLike,
    capital_usd: ArrayLike,
    lifetime_years: ArrayLike,
    power_usd_per_hour: ArrayLike = 0.0,
    upkeep_share_per_year: ArrayLike = 0.0,
) -> np.ndarray:
    """Utilisation at which an owned chip costs as much per useful hour as a rented one.

    Parameters
    ----------
    usd_per_gpu_hour : scalar or array, 0 to 10,000 USD
        The rent.
    capital_usd, lifetime_years, power_usd_per_hour, upkeep_share_per_year : as in `owned_usd_per_gpu_hour`

    Returns
    -------
    ndarray of float, broadcast shape
        Above 1: renting is cheaper even against a chip that never rests.

    Raises
    ------
    ValueError
        A value outside its range; or a rent that does not exceed the electricity, where none breaks even.

    Notes
    -----
    capital x (1/lifetime + upkeep) / (8,760 x (rent - power)).

    Examples
    --------
    >>> round(float(break_even_utilisation(2.0, 60_000, 4, 0.1, 0.05)), 2)
    1.08
    """
    rent = within("usd_per_gpu_hour", usd_per_gpu_hour, 0, 1e4, "USD")
    power = within("power_usd_per_hour", power_usd_per_hour, 0, 1000, "USD")
    never = rent <= power
    if never.any():
        least, most = first_bad(never, rent, power)
        raise ValueError(
            f"usd_per_gpu_hour = {least:g} does not exceed power_usd_per_hour = {most:g}:"
            " at no utilisation does owning pay."
        )
    return _fixed_usd_per_hour(capital_usd, lifetime_years, upkeep_share_per_year) / (rent - power)


def _fixed_usd_per_hour(capital_usd: ArrayLike, lifetime_years: ArrayLike, upkeep: ArrayLike) -> np.ndarray:
    yearly = 1 / within("lifetime_years", lifetime_years, 0.5, 20, "years") + within(
        "upkeep_share_per_year", upkeep, 0, 1
    )
    return within("capital_usd", capital_usd, 0, 1e8, "USD") * yearly / clusters.HOURS_PER_YEAR
