"""What a return to selling buys, then and now; and the counterfactual that one path of shares leaves open."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core.limits import one_of, within
from helpers.timing import model as timing
from helpers.timing.studies.values import FIRST, LAST, lag, middle_of, need_share, parameter, settings, speed, tap

AHEAD = 5  # years after the turn at which leverage is looked at


class Turn(NamedTuple):
    """What a return to selling buys.

    Attributes: share, fear (home share and expected chance of denial on the day), sold, denied (leverage after `AHEAD`
    years of sale and of denial, in years of the buyer's need), bought (their difference).
    """

    share: float
    fear: float
    sold: float
    denied: float
    bought: float


def turn(share: float, fear: float, answer_part: float | None = None, taken: float = 1.0) -> Turn:
    """What a return to selling buys on one day: leverage that denial would have spent in the next five years.

    Parameters
    ----------
    share : float, 0.0001 to 0.9999
        Home share on the day.
    fear : float, 0 to 1
        The buyer's expected chance of denial on the day; with sale it fades towards its rest, by the memory of
        ``data/timing_parameters.csv``.
    answer_part : float, 0 to 1, optional
        As in `tap`.
    taken : float, 0 to 1
        Part of what is offered that the buyer's government lets in.

    Returns
    -------
    Turn

    Raises
    ------
    ValueError
        Out of range.

    Notes
    -----
    `helpers.timing.model.leverage` after five years of sale, and after five of denial: the same years as in the picture.

    Examples
    --------
    >>> early, late = turn(0.05, 0.2), turn(0.33, 0.9)
    >>> early.bought > 8 * late.bought
    True
    """
    s, q = within("share", share, 1e-4, 0.9999).item(), within("fear", fear, 0, 1).item()
    let_in = within("taken", taken, 0, 1).item()
    rest = min(parameter("fear_sold")[1], q)
    sale = np.array([[1.0] * AHEAD, [0.0] * AHEAD])
    sold, denied = (
        float(left)
        for left in timing.leverage(
            sale, s, **tap(answer_part), fear_sold=rest, fear_start=q, memory=parameter("memory")[1], taken=let_in, lag_years=lag(),
        )[:, -1]
    )  # fmt: skip
    return Turn(s, q, sold, denied, sold - denied)


def turns(answer_part: float | None = None) -> dict[str, Turn]:
    """The same U-turn in 2021 and in 2026, and with one thing changed at a time.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        As in `tap`.

    Returns
    -------
    dict of str to Turn
        "2021", "the home share of 2026", "the fear of 2026", "2026", "2026, as let in".

    Raises
    ------
    ValueError
        Out of range.

    Notes
    -----
    Home shares: `share_2021` of ``data/timing_parameters.csv``, and `need_share` of 2025, the newest count. Fears are ours,
    and so is the part that China lets in, in the last.
    """
    shares = (parameter("share_2021")[1], need_share(LAST))
    fears = (parameter("fear_sold")[1], parameter("fear_now")[1])
    named = {
        "2021": (shares[0], fears[0]),
        "the home share of 2026": (shares[1], fears[0]),
        "the fear of 2026": (shares[0], fears[1]),
        "2026": (shares[1], fears[1]),
    }
    found = {name: turn(s, q, answer_part) for name, (s, q) in named.items()}
    return {**found, "2026, as let in": turn(shares[1], fears[1], answer_part, parameter("taken")[1])}


def times_less(answer_part: float | None = None, share_2021: float | None = None) -> float:
    """How many times less a U-turn buys in 2026 than in 2021, in years of the need.

    Parameters
    ----------
    answer_part : float, 0.01 to 1, optional
        As in `tap`; at nought a turn buys nothing on either day.
    share_2021 : float, 0.0001 to 0.9, optional
        Home share of 2021.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Out of range.

    Notes
    -----
    In chips the ratio is smaller by as much as the need has grown, since a year of the need is more chips in 2026.
    """
    part = parameter("answer_part")[1] if answer_part is None else answer_part
    part = within("answer_part", part, 0.01, 1).item()
    first = parameter("share_2021")[1] if share_2021 is None else within("share_2021", share_2021, 1e-4, 0.9).item()
    then = turn(first, parameter("fear_sold")[1], part)
    return then.bought / turns(part)["2026"].bought


def paths(first: float = 2023.25, last: float = 2030.0) -> pd.DataFrame:
    """One path of home shares, and what it would have been without fear, for several readings of the same data.

    Parameters
    ----------
    first, last : float, 2015 to 2040
        Years.

    Returns
    -------
    DataFrame
        answer_part (0 is the path of the data, carried on at its speed), year, share.

    Raises
    ------
    ValueError
        Out of range, or an empty span.

    Notes
    -----
    Every reading has the same speed under certain fear and so passes through the same two shares of the need. They differ
    in what they say of a world without fear since the first count: no denial, and none expected.
    """
    start, end = within("first", first, 2015, 2040).item(), within("last", last, 2015, 2040).item()
    if not start < end:
        raise ValueError(f"first = {start:g} must be before last = {end:g}.")
    years = np.linspace(start, end, 28)
    rows = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        shares = timing.share_after(need_share(FIRST), (1 - part) * speed() * np.sign(years - middle_of(FIRST)), np.abs(years - middle_of(FIRST)))  # fmt: skip
        rows.append(pd.DataFrame({"answer_part": part, "year": years, "share": shares}))
    return pd.concat(rows, ignore_index=True)


def share_without_fear(answer_part: float, year: float | None = None) -> float:
    """The home share of one year if there had been no fear since the first count: a counterfactual.

    Parameters
    ----------
    answer_part : float, 0 to 1
        As in `tap`.
    year : float, 2023.25 to 2040, optional
        Without it, the middle of the last count.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Out of range.

    Examples
    --------
    >>> round(share_without_fear(0.0), 2), round(share_without_fear(1.0), 2)
    (0.33, 0.1)
    """
    when = middle_of(LAST) if year is None else within("year", year, 2023.25, 2040).item()
    return float(timing.share_after(need_share(FIRST), tap(answer_part)["base"], max(when - middle_of(FIRST), 0.0)))


class Passing(NamedTuple):
    """What it costs and brings a buyer to pass on what is offered, over the two periods of the game.

    Attributes: cost (chips in use that it goes without, in periods of a full stock), gained (home share that it has more,
    in periods of its whole need), worth (of a home share, over chips in use, from which passing pays; infinite if never).
    """

    cost: float
    gained: float
    worth: float


def passing(answer_part: float | None = None, plan: str = "sell", share: float | None = None, growth_per_year: float | None = None) -> Passing:  # fmt: skip
    """What a buyer of 2026 must want, besides chips, for passing on an offer to pay.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        As in `tap`.
    plan : str
        Of the seller: "sell", or "sell, then deny".
    share : float, 0.0001 to 0.9, optional
        Home share; without it, that of 2025.
    growth_per_year : float, 0 to 5, optional
        Of the need; without it, the central value.

    Returns
    -------
    Passing

    Raises
    ------
    ValueError
        Out of range, or another plan.

    Notes
    -----
    Two buyers of the game: one that takes what it is sold and goes by what comes, one that takes nothing. Pay-offs are linear
    in `home_worth`, so the worth that makes both equal is the difference of what else they have over that in home share.
    """
    one_of("plan", plan, ("sell", "sell, then deny"))
    given = {**settings(answer_part, share=share, when="2026"), "taken": 1.0, "taken_first": 1.0}
    if growth_per_year is not None:
        given["growth_per_year"] = within("growth_per_year", growth_per_year, 0, 5).item()

    def own(buyer: str, **weights: float) -> float:
        return float(timing.payoffs(**{**given, "buyer": buyer, **weights}).buyer[plan])

    def ahead(**weights: float) -> float:  # of the buyer that takes what it is sold
        return own("answers fear", **weights) - own("passes", **weights)

    chips, without = ahead(home_worth=0.0, push_cost=0.0), ahead(home_worth=0.0)
    gained = without - ahead(home_worth=1.0)
    return Passing(chips, gained, without / gained if gained > 1e-12 else float("inf"))
