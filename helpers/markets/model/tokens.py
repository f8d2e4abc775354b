"""Prices of tokens: blended, adjusted for quality, and flat plans that several people share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, within
from helpers.markets.model.limits import share

_MOST = 1e6  # of a price


def blended_price(
    input_usd: ArrayLike, hit_usd: ArrayLike, output_usd: ArrayLike, hit_share: ArrayLike = 0.0,
    parts_in: ArrayLike = 3.0, parts_out: ArrayLike = 1.0,
) -> np.ndarray:  # fmt: skip
    """One price for a million tokens of mixed use.

    Parameters
    ----------
    input_usd, hit_usd, output_usd : scalar or array, 0 to 1e6 USD for a million tokens
        Read for the first time, read again from the cache, written.
    hit_share : scalar or array, 0 to 1
        Of what is read, the share found in the cache.
    parts_in, parts_out : scalar or array, 0 to 1e6
        Tokens read and written, in any unit; not both nought.

    Returns
    -------
    ndarray of float, broadcast shape, USD for a million tokens

    Raises
    ------
    ValueError
        A value outside its range, not a number, or no tokens at all.

    Notes
    -----
    (in (h hit + (1 - h) input) + out output) / (in + out).

    Examples
    --------
    >>> float(blended_price(0.435, 0.003625, 0.87)), float(blended_price(0.435, 0.003625, 0.87, 0.5))
    (0.54375, 0.381984375)
    """
    h = share("hit_share", hit_share)
    read, again, wrote = (
        within(name, value, 0, _MOST, "USD")
        for name, value in (("input_usd", input_usd), ("hit_usd", hit_usd), ("output_usd", output_usd))
    )
    n_in, n_out = within("parts_in", parts_in, 0, 1e6), within("parts_out", parts_out, 0, 1e6)
    total = n_in + n_out
    if np.any(total < 1e-9):
        raise ValueError("parts_in and parts_out are both nought: give tokens read or written.")
    return (n_in * (h * again + (1 - h) * read) + n_out * wrote) / total


def quality_adjusted_price(
    price: ArrayLike, right_share: ArrayLike, reference_share: ArrayLike, guess_share: ArrayLike = 0.0
) -> np.ndarray:
    """Price of as much quality as the reference gives, where quality is right answers beyond guessing.

    Parameters
    ----------
    price : scalar or array, 0 to 1e6
    right_share, reference_share : scalar or array, 0 to 1
        Right answers of the service bought and of the reference; both above `guess_share` by 0.001 or more.
    guess_share : scalar or array, 0 to 0.99
        Right by guessing.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range, not a number, or a service no better than guessing.

    Notes
    -----
    price x (reference - guess) / (right - guess). Right answers of several calls do not add up to one right answer, so
    this compares services and is no price at which the reference's quality could be had.

    Examples
    --------
    >>> round(float(quality_adjusted_price(0.1, 0.3695, 0.8382)), 3)
    0.227
    """
    paid, luck = within("price", price, 0, _MOST), share("guess_share", guess_share, 0.99)
    right, best = share("right_share", right_share), share("reference_share", reference_share)
    for name, value in (("right_share", right), ("reference_share", best)):
        poor = value - luck < 1e-3
        if np.any(poor):
            given, least = first_bad(poor, value, luck)
            raise ValueError(f"{name} = {given:g} must lie above guess_share = {least:g} by 0.001 or more.")
    return paid * (best - luck) / (right - luck)


@dataclass(frozen=True)
class Plan:
    """A flat plan some of whose accounts are shared; money in the unit of the use.

    Attributes: balance (of the provider, an account on average); fee_to_break_even; surcharge (what an ordinary user
    then pays beyond the cost of their own use); shared_loss (of the provider on one shared account at the present fee;
    below nought is a gain).
    """

    balance: np.ndarray
    fee_to_break_even: np.ndarray
    surcharge: np.ndarray
    shared_loss: np.ndarray


def flat_plan(
    fee: ArrayLike, ordinary_use: ArrayLike, shared_account_share: ArrayLike, users: ArrayLike, heavy_use: ArrayLike
) -> Plan:
    """Who pays when some accounts of a flat plan are used by many.

    Parameters
    ----------
    fee : scalar or array, 0 to 1e9
        For an account and month.
    ordinary_use : scalar or array, 0 to 1e9
        Cost to the provider of an ordinary user's month.
    shared_account_share : scalar or array, 0 to 1
        Of all accounts.
    users : scalar or array, 1 to 1e6
        Of one shared account.
    heavy_use : scalar or array, 0 to 1e9
        Cost of the month of one user of a shared account.

    Returns
    -------
    Plan
        Of the broadcast shape.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    A shared account loses users x heavy use - fee. The fee that covers all is the mean cost of an account,
    (1 - s) ordinary + s users heavy: adverse selection, paid by ordinary users or by the provider.

    Examples
    --------
    >>> found = flat_plan(1, 1, 0.05, 10, 2)
    >>> round(float(found.fee_to_break_even), 6), round(float(found.surcharge), 6), float(found.shared_loss)
    (1.95, 0.95, 19.0)
    """
    paid, own = within("fee", fee, 0, 1e9), within("ordinary_use", ordinary_use, 0, 1e9)
    s = share("shared_account_share", shared_account_share)
    burden = within("users", users, 1, 1e6) * within("heavy_use", heavy_use, 0, 1e9)
    needed = (1 - s) * own + s * burden
    return Plan(*np.broadcast_arrays(paid - needed, needed, needed - own, burden - paid))
