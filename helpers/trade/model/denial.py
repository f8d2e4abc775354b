"""A linear market at home, an import that is denied, and who gains and loses: the one-good model of `42_reverse_tariff`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import together, within

LARGEST = 1e9  # of a price or a quantity here


@dataclass(frozen=True)
class Denial:
    """A market before and after imports are cut, as arrays of one shape.

    Attributes
    ----------
    world_price, price : ndarray
        With free imports, and after.
    home_before, home, imports_before, imports, bought_before, bought : ndarray
        Chips a year: made at home, imported, used.
    tariff : ndarray
        Equal ad valorem import tariff: price over world price, less 1. Where nothing was imported it is 0.
    buyers_lose, makers_gain : ndarray
        Changes of consumer and of producer surplus at home, both as positive amounts.
    wedge : ndarray
        What the chips that still come in fetch above the world price.
    deadweight : ndarray
        Buyers' loss less makers' gain less the wedge: gained by nobody.
    seller_loses : ndarray
        Margin on the imports that are gone.
    """

    world_price: np.ndarray
    price: np.ndarray
    home_before: np.ndarray
    home: np.ndarray
    imports_before: np.ndarray
    imports: np.ndarray
    bought_before: np.ndarray
    bought: np.ndarray
    tariff: np.ndarray
    buyers_lose: np.ndarray
    makers_gain: np.ndarray
    wedge: np.ndarray
    deadweight: np.ndarray
    seller_loses: np.ndarray


def _market(demand_at_zero, demand_slope, cost_floor, supply_slope):
    return (
        within("demand_at_zero", demand_at_zero, 1e-6, LARGEST, "chips a year"),
        within("demand_slope", demand_slope, 1e-6, LARGEST, "chips a year for each unit of price"),
        within("cost_floor", cost_floor, 0, LARGEST),
        within("supply_slope", supply_slope, 0, LARGEST, "chips a year for each unit of price"),
    )


def _demand(a, b, p):
    return np.maximum(a - b * p, 0.0)


def _supply(c0, d, p):
    return d * np.maximum(p - c0, 0.0)


def _clearing(a, b, c0, d, arriving):
    """The price at which demand is home supply and what arrives; the demand's own end where none is made at home."""
    free = np.maximum(a - arriving, 0.0)
    alone = free / b  # nobody makes any at home
    return np.where(alone <= c0, alone, (free + d * c0) / (b + d))


def price_without_imports(
    demand_at_zero: ArrayLike,
    demand_slope: ArrayLike,
    cost_floor: ArrayLike,
    supply_slope: ArrayLike,
    arriving: ArrayLike = 0.0,
) -> np.ndarray:
    """The price at home when the foreign line is lifted away, all or but for some chips.

    Parameters
    ----------
    demand_at_zero : scalar or array, 1e-6 to 1e9 chips a year
        a: bought at a price of 0.
    demand_slope : scalar or array, 1e-6 to 1e9
        b: fewer bought for each unit of price.
    cost_floor : scalar or array, 0 to 1e9
        c0: below this price nothing is made at home.
    supply_slope : scalar or array, 0 to 1e9
        d: more made at home for each unit of price above the floor.
    arriving : scalar or array, 0 to 1e9 chips a year
        Chips that still come in, licensed or smuggled.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Demand Q = a - b p, supply Q = d (p - c0) for p above c0: p = (a - m + d c0) / (b + d) where that is above c0,
    else (a - m) / b, at which nobody at home makes any.

    Examples
    --------
    >>> float(price_without_imports(100, 1, 20, 1))
    60.0
    """
    a, b, c0, d = _market(demand_at_zero, demand_slope, cost_floor, supply_slope)
    m = within("arriving", arriving, 0, LARGEST, "chips a year")
    together(demand_at_zero=a, demand_slope=b, cost_floor=c0, supply_slope=d, arriving=m)
    return _clearing(a, b, c0, d, m)


def denial(
    demand_at_zero: ArrayLike,
    demand_slope: ArrayLike,
    cost_floor: ArrayLike,
    supply_slope: ArrayLike,
    world_price: ArrayLike,
    seller_cost: ArrayLike | None = None,
    arriving: ArrayLike = 0.0,
) -> Denial:
    """A market with free imports at the world price, and after a denial: prices, quantities, gains and losses.

    Parameters
    ----------
    demand_at_zero, demand_slope, cost_floor, supply_slope, arriving : scalar or array
        As in `price_without_imports`.
    world_price : scalar or array, 1e-6 to 1e9
        At which the foreign chip is for sale without limit.
    seller_cost : scalar or array, 0 to 1e9, optional
        Of one more chip to the foreign seller; by default the world price, a seller without a margin.

    Returns
    -------
    Denial

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    The areas are exact for straight lines with a floor: consumer surplus (a - b p)^2 / 2b, producer surplus
    d (p - c0)^2 / 2 above c0. The denial does not bind where the home market would clear at or below the world price
    anyway; then nothing changes. The loss of the seller is no part of the deadweight loss at home.

    Examples
    --------
    >>> d = denial(100, 1, 20, 1, 35, 12)
    >>> [float(v) for v in (d.price, d.buyers_lose, d.makers_gain, d.deadweight, d.seller_loses)]
    [60.0, 1312.5, 687.5, 625.0, 1150.0]
    """
    a, b, c0, d = _market(demand_at_zero, demand_slope, cost_floor, supply_slope)
    pw = within("world_price", world_price, 1e-6, LARGEST)
    mc = pw if seller_cost is None else within("seller_cost", seller_cost, 0, LARGEST)
    m = within("arriving", arriving, 0, LARGEST, "chips a year")
    together(
        demand_at_zero=a, demand_slope=b, cost_floor=c0, supply_slope=d, world_price=pw, seller_cost=mc, arriving=m
    )
    home_before, bought_before = _supply(c0, d, pw), _demand(a, b, pw)
    imports_before = np.maximum(bought_before - home_before, 0.0)
    price = np.where(imports_before > 0, np.maximum(_clearing(a, b, c0, d, np.minimum(m, imports_before)), pw), pw)
    home, bought = _supply(c0, d, price), _demand(a, b, price)
    imports = np.where(imports_before > 0, np.maximum(bought - home, 0.0), 0.0)
    lost = (bought_before + bought) / 2 * (price - pw)  # a trapezium; at the end of demand a triangle
    lost = np.where(bought > 0, lost, bought_before**2 / (2 * b))
    gained = d * (np.maximum(price - c0, 0) ** 2 - np.maximum(pw - c0, 0) ** 2) / 2
    wedge = imports * (price - pw)
    return Denial(
        pw,
        price,
        home_before,
        home,
        imports_before,
        imports,
        bought_before,
        bought,
        price / pw - 1,
        lost,
        gained,
        wedge,
        lost - gained - wedge,
        (imports_before - imports) * (pw - mc),
    )


def deadweight_shortcut(world_price: ArrayLike, price: ArrayLike, imports_before: ArrayLike) -> np.ndarray:
    """Half of base times height: the textbook's deadweight loss of a full ban.

    Parameters
    ----------
    world_price, price : scalar or array, 0 to 1e9
        Before and after.
    imports_before : scalar or array, 0 to 1e9 chips a year

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (p - p_w) M / 2. It is the full loss only when home makers sell some at the world price already and buyers still buy
    at the new one. When the cost floor lies above the world price it is too small: between the two prices
    nobody gains what buyers lose. See `denial` for the full form.

    Examples
    --------
    >>> float(deadweight_shortcut(35, 72.5, 65)), float(denial(100, 1, 45, 1, 35).deadweight)
    (1218.75, 1356.25)
    """
    pw, p = within("world_price", world_price, 0, LARGEST), within("price", price, 0, LARGEST)
    m = within("imports_before", imports_before, 0, LARGEST, "chips a year")
    together(world_price=pw, price=p, imports_before=m)
    return (p - pw) * m / 2


def price_of_one_seller(
    demand_at_zero: ArrayLike,
    demand_slope: ArrayLike,
    cost_floor: ArrayLike,
    supply_slope: ArrayLike,
    seller_cost: ArrayLike,
) -> np.ndarray:
    """The price that one foreign seller with market power would ask of a market with home makers at its fringe.

    Parameters
    ----------
    demand_at_zero, demand_slope, cost_floor, supply_slope : scalar or array
        As in `price_without_imports`.
    seller_cost : scalar or array, 0 to 1e9

    Returns
    -------
    ndarray of float, broadcast shape
        At least the seller's cost; where the market is worth nothing to it, that cost.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    The seller faces what home makers leave: a - b p below their floor, (a + d c0) - (b + d) p above it. On each straight
    piece A - B p the best price is (A / B + cost) / 2. The best of the two, and of the kink at c0, is chosen: to sell just
    below c0 keeps home makers out (a limit price).

    Examples
    --------
    >>> float(price_of_one_seller(100, 1, 20, 1, 12)), float(price_of_one_seller(100, 1, 90, 1, 12))
    (36.0, 56.0)
    """
    a, b, c0, d = _market(demand_at_zero, demand_slope, cost_floor, supply_slope)
    mc = within("seller_cost", seller_cost, 0, LARGEST)
    shape = together(demand_at_zero=a, demand_slope=b, cost_floor=c0, supply_slope=d, seller_cost=mc)
    a, b, c0, d, mc = shape
    without, beside = (a / b + mc) / 2, ((a + d * c0) / (b + d) + mc) / 2
    prices = np.stack(np.broadcast_arrays(mc, np.minimum(without, c0), c0, np.maximum(beside, c0)))
    left = np.maximum(_demand(a, b, prices) - _supply(c0, d, prices), 0.0)
    profit = np.where(prices >= mc, (prices - mc) * left, -1.0)
    return np.take_along_axis(prices, profit.argmax(axis=0)[None], axis=0)[0]
