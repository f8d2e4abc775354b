"""Two sides and four sources: what each adds, owns and uses, with nothing counted twice."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within
from helpers.scenario.model.vintages import LARGEST

SOURCES = ("domestic", "licensed", "smuggled", "rented")
_GOLDEN = (5**0.5 - 1) / 2
LEND_AT_MOST = 0.3  # of what the owners have


class Additions(NamedTuple):
    """A year's new computing, by where it ends up.

    Attributes
    ----------
    us, others, china : ndarray
        Owned by firms of the United States, by others outside China, and in China.
    """

    us: np.ndarray
    others: np.ndarray
    china: np.ndarray


def additions(
    sold_abroad: ArrayLike,
    domestic: ArrayLike,
    licensed: ArrayLike,
    smuggled: ArrayLike,
    us_share: ArrayLike,
    displaced: ArrayLike = 0.0,
) -> Additions:
    """What each side gains in a year.

    Parameters
    ----------
    sold_abroad : scalar or array, 0 to 1e9
        Chips of foreign design sold outside China, those that are smuggled later among them.
    domestic, licensed, smuggled : scalar or array, 0 to 1e9
        The sources of what is new in China.
    us_share : scalar or array, 0 to 1
        Part of what stays outside China that US firms own.
    displaced : scalar or array, 0 to 1
        Part of the licensed chips that other buyers go without; 0: all are made in addition.

    Returns
    -------
    Additions

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Smuggled chips were sold to somebody else first: they are taken off once, there. outside = sold - smuggled -
    displaced x licensed, never below 0; us = share x outside. The three parts add up to sold + domestic + (1 - displaced)
    x licensed, as long as no more is smuggled than sold.

    Examples
    --------
    >>> [float(part) for part in additions(13, 0.6, 0.1, 0.5, 0.8)]
    [10.0, 2.5, 1.2]
    """
    sold, home, open_, dark = (
        within(name, value, 0, LARGEST)
        for name, value in (
            ("sold_abroad", sold_abroad),
            ("domestic", domestic),
            ("licensed", licensed),
            ("smuggled", smuggled),
        )
    )
    share, taken = within("us_share", us_share, 0, 1), within("displaced", displaced, 0, 1)
    outside = np.maximum(sold - dark - taken * open_, 0)
    us = share * outside
    return Additions(us, outside - us, home + open_ + dark)


class Used(NamedTuple):
    """Stocks by who uses them.

    Attributes
    ----------
    us, china, others : ndarray
        Used by firms of the United States, of China, and by others outside China.
    lent : ndarray
        What the owners in the United States let China use.
    """

    us: np.ndarray
    china: np.ndarray
    others: np.ndarray
    lent: np.ndarray


def used(
    us_stock: ArrayLike, china_stock: ArrayLike, others_stock: ArrayLike, rented: ArrayLike, rented_us: ArrayLike
) -> Used:
    """From who owns computing to who uses it.

    Parameters
    ----------
    us_stock, china_stock, others_stock : scalar or array, 0 to 1e9
        Owned by firms of the United States; in China; owned by others.
    rented : scalar or array, 0 to 1e9
        Used by Chinese firms and standing abroad: part of the stock of others.
    rented_us : scalar or array, 0 to 1
        The part of it that US firms own.

    Returns
    -------
    Used

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    What is added to the user is taken off the owner: lent = f x min(rented, 0.3 US stock), and used(US) = stock - lent.
    The limit of 0.3 keeps the owner's stock positive in the tails; what others lend is held to what they have.
    The three uses add up to the three stocks.

    Examples
    --------
    >>> [round(float(part), 3) for part in used(14.5, 1.9, 3.5, 0.4, 0.5)]
    [14.3, 2.3, 3.3, 0.2]
    """
    us, china, others, hired = (
        within(name, value, 0, LARGEST)
        for name, value in (
            ("us_stock", us_stock),
            ("china_stock", china_stock),
            ("others_stock", others_stock),
            ("rented", rented),
        )
    )
    share = within("rented_us", rented_us, 0, 1)
    lent = share * np.minimum(hired, LEND_AT_MOST * us)
    by_others = np.minimum((1 - share) * hired, others)
    return Used(us - lent, china + lent + by_others, others - by_others, lent)


def capped(added: ArrayLike, limit_gw: float, chip_kw: ArrayLike, site_over_chips: ArrayLike) -> np.ndarray:
    """A year's additions that the power of new sites allows.

    Parameters
    ----------
    added : scalar or array, 0 to 1e9 million H100-equivalents
    limit_gw : float, 0 to 10,000 GW
        New power of sites in the year.
    chip_kw : scalar or array, 0.001 to 100 kW
        Of the chips of one H100-equivalent.
    site_over_chips : scalar or array, 1 to 10
        Power of the site over power of its chips.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    min(added, limit / (chip x site)); a million times a kW is a GW.

    Examples
    --------
    >>> float(capped(30, 12, 0.25, 1.6))
    30.0
    >>> float(capped(60, 12, 0.25, 1.6))
    30.0
    """
    new, most = within("added", added, 0, LARGEST), within("limit_gw", limit_gw, 0, 1e4, "GW")
    each = within("chip_kw", chip_kw, 0.001, 100, "kW") * within("site_over_chips", site_over_chips, 1, 10)
    return np.minimum(new, most / each)


def site_gw(added: ArrayLike, chip_kw: ArrayLike, site_over_chips: ArrayLike) -> np.ndarray:
    """Power of the sites that additions need.

    Parameters
    ----------
    added : scalar or array, 0 to 1e9 million H100-equivalents
    chip_kw, site_over_chips : scalar or array
        As in `capped`.

    Returns
    -------
    ndarray of float, GW

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    added x chip x site.

    Examples
    --------
    >>> round(float(site_gw(13.6, 0.55, 1.5)), 1)
    11.2
    """
    each = within("chip_kw", chip_kw, 0.001, 100, "kW") * within("site_over_chips", site_over_chips, 1, 10)
    return within("added", added, 0, LARGEST) * each


def blend(first: ArrayLike, second: ArrayLike, weight: float) -> np.ndarray:
    """Two rival models of one quantity, merged with a stated weight: each draw follows one of them.

    Parameters
    ----------
    first, second : array, draws on the last axis, 0 to 1e9
        On the same random numbers.
    weight : float, 0 to 1
        Share of the draws that follow the second.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    A mixture, not a mean: if one of the models is right, the truth is at one of the two, not between. Draw i follows the
    second if the fraction of i x 0.618 is below the weight, which spreads them evenly and needs no chance of its own.

    Examples
    --------
    >>> blend([1, 1, 1, 1], [4, 4, 4, 4], 0.5).tolist()
    [4.0, 1.0, 4.0, 1.0]
    """
    a, b = within("first", first, 0, LARGEST), within("second", second, 0, LARGEST)
    a, b = np.broadcast_arrays(a, b)
    w = float(within("weight", weight, 0, 1))
    place = np.arange(a.shape[-1] if a.ndim else 1) * _GOLDEN % 1
    return np.where(place < w, b, a) if a.ndim else np.where(w > 0.5, b, a)
