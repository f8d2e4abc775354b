"""A price at home and abroad: the wedge, its parts, and who gets it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, one_of, within
from helpers.markets.model.limits import money, share

# Instrument -> who receives the wedge on each piece that still crosses.
RECEIVERS = {
    "open market": "nobody: there is no gap",
    "ban": "all sellers, after losses and trouble",
    "tariff": "the importer's treasury",
    "export charge": "the exporter's treasury",
    "quota": "holders of licences",
}


@dataclass(frozen=True)
class Wedge:
    """A price abroad, taken apart; all in the currency of the price.

    Attributes: list_price; freight; tax; risk (expected loss from being caught); scarcity (what is left; below
    nought where the price does not cover the rest).
    """

    list_price: np.ndarray
    freight: np.ndarray
    tax: np.ndarray
    risk: np.ndarray
    scarcity: np.ndarray

    @property
    def price(self) -> np.ndarray:
        return self.list_price + self.freight + self.tax + self.risk + self.scarcity

    @property
    def mark_up(self) -> np.ndarray:
        return self.price / self.list_price - 1


@dataclass(frozen=True)
class Rent:
    """Where a wedge goes: receiver and what it receives; seized goods and fines, which treasuries may receive; and what is
    used up on the way (received by nobody)."""

    receiver: str
    received: np.ndarray
    seized: np.ndarray
    used_up: np.ndarray

    @property
    def total(self) -> np.ndarray:
        return self.received + self.seized + self.used_up


def in_usd(yuan: ArrayLike, yuan_per_usd: ArrayLike) -> np.ndarray:
    """Yuan in dollars.

    Parameters
    ----------
    yuan : scalar or array, 0 to 1e12 yuan
    yuan_per_usd : scalar or array, 1 to 20 yuan for a dollar

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(in_usd(8e6, 7.2)))
    1111111
    """
    return money("yuan", yuan) / within("yuan_per_usd", yuan_per_usd, 1, 20, "yuan")


def mark_up(price: ArrayLike, list_price: ArrayLike) -> np.ndarray:
    """How far a price lies above the list price, as a fraction.

    Parameters
    ----------
    price : scalar or array, 0 to 1e12
    list_price : scalar or array, 0.001 to 1e12
        In the same currency.

    Returns
    -------
    ndarray of float, broadcast shape
        1.02 is 102 per cent.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    price / list price - 1.

    Examples
    --------
    >>> round(float(mark_up(in_usd(8e6, 7.2), 0.55e6)), 2)
    1.02
    """
    return money("price", price) / money("list_price", list_price, 1e-3) - 1


def landed(list_price: ArrayLike, freight_share: ArrayLike, tax_share: ArrayLike = 0.0) -> np.ndarray:
    """What a piece costs that crosses an open border: list price, freight, tax.

    Parameters
    ----------
    list_price : scalar or array, 0.001 to 1e12
    freight_share, tax_share : scalar or array, 0 to 1
        Of the list price.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(landed(100, 0.02, 0.13)), 2)
    115.0
    """
    at_home = money("list_price", list_price, 1e-3)
    return at_home * (1 + share("freight_share", freight_share) + share("tax_share", tax_share))


def wedge(
    price: ArrayLike,
    list_price: ArrayLike,
    freight_share: ArrayLike = 0.0,
    tax_share: ArrayLike = 0.0,
    risk: ArrayLike = 0.0,
) -> Wedge:
    """A price abroad taken apart into list price, freight, tax, risk and what is left: scarcity.

    Parameters
    ----------
    price : scalar or array, 0 to 1e12
    list_price : scalar or array, 0.001 to 1e12
    freight_share, tax_share : scalar or array, 0 to 1
        Of the list price.
    risk : scalar or array, 0 to 1e12
        Expected loss a piece, of `risk_premium`.

    Returns
    -------
    Wedge
        Of the broadcast shape; its parts add up to the price.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> parts = wedge(210, 100, 0.02, 0.13, 40)
    >>> round(float(parts.scarcity), 6), round(float(parts.mark_up), 6)
    (55.0, 1.1)
    """
    paid, at_home = money("price", price), money("list_price", list_price, 1e-3)
    freight = at_home * share("freight_share", freight_share)
    tax = at_home * share("tax_share", tax_share)
    loss = money("risk", risk)
    rest = paid - at_home - freight - tax - loss
    return Wedge(*np.broadcast_arrays(at_home, freight, tax, loss, rest))


def where_the_rent_goes(
    instrument: str, quantity: ArrayLike, low_price: ArrayLike, high_price: ArrayLike, used_up_share: ArrayLike = 0.0,
    seized_share: ArrayLike = 0.0,
) -> Rent:  # fmt: skip
    """Who receives the gap between two prices of one good, by what holds them apart.

    Parameters
    ----------
    instrument : {"open market", "ban", "tariff", "export charge", "quota"}
    quantity : scalar or array, 0 to 1e12 pieces
        That still cross.
    low_price, high_price : scalar or array, 0 to 1e12
        On the two sides, freight and ordinary tax included in both; the high one not below the low one.
    used_up_share : scalar or array, 0 to 1
        Of the gap, what nobody receives: effort, danger, waiting, lawyers.
    seized_share : scalar or array, 0 to 1
        Of the gap, goods seized and fines, at what they cost whoever was caught. Treasuries receive it, or a part of it.

    Returns
    -------
    Rent
        Its parts add up to quantity x (high price - low price). On an open market there must be no gap.

    Raises
    ------
    ValueError
        An unknown instrument, a value outside its range, a high price below the low one, a gap on an open market, or
        two shares that are more than the whole.

    Notes
    -----
    The rectangle between two prices. It says nothing of what is lost because less is traded (the triangle).

    Examples
    --------
    >>> found = where_the_rent_goes("tariff", 10, 100, 125)
    >>> found.receiver, float(found.received)
    ("the importer's treasury", 250.0)
    """
    one_of("instrument", instrument, tuple(RECEIVERS))
    pieces = money("quantity", quantity)
    low, high = money("low_price", low_price), money("high_price", high_price)
    burnt, taken = share("used_up_share", used_up_share), share("seized_share", seized_share)
    over = burnt + taken > 1 + 1e-9
    if np.any(over):
        one, other = first_bad(over, burnt, taken)
        raise ValueError(f"used_up_share = {one:g} and seized_share = {other:g} are together more than 1.")
    gap = high - low
    if np.any(gap < 0):
        raise ValueError("high_price lies below low_price: give the price on the dear side as high_price.")
    if instrument == "open market" and np.any(gap > 0):
        raise ValueError("high_price lies above low_price, but on an open market there is no gap.")
    whole = pieces * gap
    received, caught, lost = np.broadcast_arrays(
        whole * np.maximum(0.0, 1 - burnt - taken), whole * taken, whole * burnt
    )
    return Rent(RECEIVERS[instrument], received, caught, lost)


def change_net_of(before: ArrayLike, after: ArrayLike, other_before: ArrayLike, other_after: ArrayLike) -> np.ndarray:
    """Growth of one price beyond that of another, which stands for what would have happened anyway.

    Parameters
    ----------
    before, after, other_before, other_after : scalar or array, 0.000001 to 1e12

    Returns
    -------
    ndarray of float, broadcast shape
        Fraction: 0.5 is half as much again as the other price grew.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    (after / before) / (other after / other before) - 1, a difference in differences of logarithms.

    Examples
    --------
    >>> round(float(change_net_of(4, 8, 1, 1.25)), 6)
    0.6
    """
    one, two, three, four = (
        money(name, value, 1e-6)
        for name, value in (
            ("before", before),
            ("after", after),
            ("other_before", other_before),
            ("other_after", other_after),
        )
    )
    return (two / one) / (four / three) - 1
