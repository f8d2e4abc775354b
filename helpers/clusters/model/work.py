"""Equal work: how many chips of one kind do the work of another, and their energy, network and capital."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.clusters.model.ranges import MOST
from helpers.core.limits import within


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
    hardware = within("hardware_usd", hardware_usd, 0, MOST, "USD")
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
