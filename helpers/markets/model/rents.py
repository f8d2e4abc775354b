"""Hire price against price of hardware: when does the one pay for the other?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, within
from helpers.markets.model.limits import money

HOURS_A_MONTH, HOURS_A_YEAR = 730, 8760


def hourly_rent(
    yuan_a_month: ArrayLike, gpus: ArrayLike, yuan_per_usd: ArrayLike, hours: ArrayLike = HOURS_A_MONTH
) -> np.ndarray:
    """Rent of one GPU for an hour, from the rent of a server for a month.

    Parameters
    ----------
    yuan_a_month : scalar or array, 0 to 1e12 yuan
    gpus : scalar or array, 1 to 100,000
        In the server.
    yuan_per_usd : scalar or array, 1 to 20 yuan for a dollar
    hours : scalar or array, 1 to 744
        In the month.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(hourly_rent(75_000, 8, 7.2)), 2)
    1.78
    """
    rent = money("yuan_a_month", yuan_a_month) / within("gpus", gpus, 1, 1e5)
    return rent / within("hours", hours, 1, 744, "hours") / within("yuan_per_usd", yuan_per_usd, 1, 20, "yuan")


def _terms(
    rent: ArrayLike, utilisation: ArrayLike, running_usd: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    paid = within("usd_per_gpu_hour", rent, 0, 1e4, "USD")
    used = within("utilisation", utilisation, 0.01, 1)
    return paid, used, within("running_usd", running_usd, 0, 1e3, "USD")


def price_a_rent_carries(
    usd_per_gpu_hour: ArrayLike, years: ArrayLike, utilisation: ArrayLike, running_usd: ArrayLike = 0.0
) -> np.ndarray:
    """The most that hardware may cost if its rent is to pay for it.

    Parameters
    ----------
    usd_per_gpu_hour : scalar or array, 0 to 10,000 USD
        The rent.
    years : scalar or array, 0.1 to 20
        For which the chip earns.
    utilisation : scalar or array, 0.01 to 1
        Share of all hours in which somebody pays.
    running_usd : scalar or array, 0 to 1,000 USD
        Power, site and staff for an hour in use.

    Returns
    -------
    ndarray of float, broadcast shape, USD for each GPU
        Nought where the rent does not cover the running cost.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    (rent - running) x 8,760 x utilisation x years, without interest. Inverse of
    ``training.owned_usd_per_gpu_hour`` without upkeep.

    Examples
    --------
    >>> round(float(price_a_rent_carries(2.3, 5, 0.6, 0.3)))
    52560
    """
    paid, used, running = _terms(usd_per_gpu_hour, utilisation, running_usd)
    return np.maximum(0.0, paid - running) * HOURS_A_YEAR * used * within("years", years, 0.1, 20, "years")


def years_to_pay_back(
    usd_per_gpu: ArrayLike, usd_per_gpu_hour: ArrayLike, utilisation: ArrayLike, running_usd: ArrayLike = 0.0
) -> np.ndarray:
    """Years after which rent has paid for the hardware.

    Parameters
    ----------
    usd_per_gpu : scalar or array, 0 to 1e9 USD
        One chip with its share of server and network.
    usd_per_gpu_hour, utilisation, running_usd : scalar or array
        As in `price_a_rent_carries`.

    Returns
    -------
    ndarray of float, broadcast shape, years

    Raises
    ------
    ValueError
        A value outside its range, not a number, or a rent that does not exceed the running cost.

    Examples
    --------
    >>> round(float(years_to_pay_back(52_560, 2.3, 0.6, 0.3)), 9)
    5.0
    """
    paid, used, running = _terms(usd_per_gpu_hour, utilisation, running_usd)
    never = paid - running < 1e-6
    if np.any(never):
        rent, cost = first_bad(never, paid, running)
        raise ValueError(f"usd_per_gpu_hour = {rent:g} must exceed running_usd = {cost:g}: else it never pays back.")
    return within("usd_per_gpu", usd_per_gpu, 0, 1e9, "USD") / ((paid - running) * HOURS_A_YEAR * used)
