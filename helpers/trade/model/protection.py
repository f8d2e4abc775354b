"""Effective protection: what a maker keeps for its own work when its output and its inputs are denied at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import each, one_number, together, within


def effective_protection(output_rise: ArrayLike, input_rise: ArrayLike, input_share: ArrayLike) -> np.ndarray:
    """Effective rate of protection with one bundle of inputs: the rise of value added above that at world prices.

    Parameters
    ----------
    output_rise : scalar or array, -1 to 100
        Price of the product at home over its world price, less 1: a tariff, or what equals one.
    input_rise : scalar or array, -1 to 100
        The same for bought inputs.
    input_share : scalar or array, 0 to 0.99
        Inputs of one unit at world prices, as a share of its world price.

    Returns
    -------
    ndarray of float, broadcast shape
        0.25 is 25% more for own work; below 0 the policy takes away from it; below -1 nothing is left.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (t_out - a t_in) / (1 - a), with fixed input shares: Corden (1966), Balassa (1965). Makers that can do with less of a
    dear input lose less than this says.

    Examples
    --------
    >>> [round(float(effective_protection(0.2, t, 0.6)), 2) for t in (0, 0.5)]
    [0.5, -0.25]
    """
    out = within("output_rise", output_rise, -1, 100)
    into, share = within("input_rise", input_rise, -1, 100), within("input_share", input_share, 0, 0.99)
    together(output_rise=out, input_rise=into, input_share=share)
    return (out - share * into) / (1 - share)


def effective_protection_of(output_rise: float, inputs: list[tuple[float, float]]) -> float:
    """Effective rate of protection with several inputs.

    Parameters
    ----------
    output_rise : float, -1 to 100
    inputs : list of (share, rise)
        Each input's share of the world price of the product, 0 to 0.99, and the rise of its own price, -1 to 100.
        The shares add to at most 0.99.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        A value outside its range, or shares that leave nothing for own work.

    Notes
    -----
    (t_out - sum a_i t_i) / (1 - sum a_i).

    Examples
    --------
    >>> round(effective_protection_of(0.2, [(0.3, 0.5), (0.3, 0.5)]), 2)
    -0.25
    """
    out = float(within("output_rise", output_rise, -1, 100))
    pairs = []
    for item in each("inputs", inputs, 1000):
        two = each("inputs", item, 2)
        if len(two) != 2:
            raise ValueError("inputs must be pairs: the share of an input, and the rise of its price.")
        share, rise = (one_number("inputs", value) for value in two)
        pairs.append((float(within("inputs", share, 0, 0.99)), float(within("inputs", rise, -1, 100))))
    total = sum(share for share, _ in pairs)
    if total > 0.99:
        raise ValueError(f"inputs have shares of {total:.4g} together; they must add to at most 0.99.")
    return (out - sum(share * rise for share, rise in pairs)) / (1 - total)


def input_rise_that_undoes(output_rise: ArrayLike, input_share: ArrayLike) -> np.ndarray:
    """The rise of input prices at which protection of the output is spent.

    Parameters
    ----------
    output_rise : scalar or array, 0 to 100
    input_share : scalar or array, 0.001 to 0.99

    Returns
    -------
    ndarray of float, broadcast shape
        Above it effective protection is negative.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    t_out / a.

    Examples
    --------
    >>> round(float(input_rise_that_undoes(0.2, 0.6)), 4)
    0.3333
    """
    out, share = within("output_rise", output_rise, 0, 100), within("input_share", input_share, 0.001, 0.99)
    together(output_rise=out, input_share=share)
    return out / share


def home_supply(
    inputs: ArrayLike, own_floor: ArrayLike, own_slope: ArrayLike, learned: ArrayLike = 1.0, input_rise: ArrayLike = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """The home makers' line: bought inputs at their price, and own work that learning makes cheaper.

    Parameters
    ----------
    inputs : scalar or array, 0 to 1e6
        Bought for one chip, at world prices.
    own_floor : scalar or array, 0 to 1e6
        Own work on the first chip of a year.
    own_slope : scalar or array, 1e-6 to 1e6
        Further own work for each chip more.
    learned : scalar or array, 0.001 to 1
        Own work now over own work at first.
    input_rise : scalar or array, 0 to 100
        Rise of the inputs' price.

    Returns
    -------
    (ndarray, ndarray)
        Cost floor and supply slope, for `denial`.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Price = inputs (1 + t_in) + k (own_floor + own_slope Q). Learning is granted to own work only.

    Examples
    --------
    >>> [float(v) for v in home_supply(14, 6, 1)]
    [20.0, 1.0]
    """
    bought, floor = within("inputs", inputs, 0, 1e6), within("own_floor", own_floor, 0, 1e6)
    slope, k = within("own_slope", own_slope, 1e-6, 1e6), within("learned", learned, 0.001, 1)
    rise = within("input_rise", input_rise, 0, 100)
    together(inputs=bought, own_floor=floor, own_slope=slope, learned=k, input_rise=rise)
    return bought * (1 + rise) + k * floor, 1 / (k * slope)


def substitution_sign(elasticity: ArrayLike) -> np.ndarray:
    """Whether scarcity of an input turns invention toward using it better: 1, away from it: -1, or neither: 0.

    Parameters
    ----------
    elasticity : scalar or array, 0.001 to 100
        Of substitution between the scarce input and the others.

    Returns
    -------
    ndarray of float
        1 for gross complements (below 1), -1 for gross substitutes (above 1).

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Directed technical change (Acemoglu 2002, from memory): scarcity augments the scarce factor when it complements
    the rest. Alfaro and others (2025) find rare earths to be complements.

    Examples
    --------
    >>> substitution_sign([0.5, 1, 2]).tolist()
    [1.0, 0.0, -1.0]
    """
    sigma = within("elasticity", elasticity, 0.001, 100)
    return np.sign(1 - sigma)
