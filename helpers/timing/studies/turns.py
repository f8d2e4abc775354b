"""What a return to selling buys, then and now; and the counterfactual that one path of shares leaves open."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core.limits import within
from helpers.timing import model as timing
from helpers.timing.studies.values import FIRST, LAST, home_share, middle_of, parameter, speed, tap

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


def turn(share: float, fear: float, answer_part: float | None = None) -> Turn:
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

    Returns
    -------
    Turn

    Raises
    ------
    ValueError
        Out of range.

    Examples
    --------
    >>> early, late = turn(0.05, 0.2), turn(0.41, 0.9)
    >>> early.bought > 10 * late.bought
    True
    """
    s, q = within("share", share, 1e-4, 0.9999).item(), within("fear", fear, 0, 1).item()
    efforts, memory, rest = tap(answer_part), parameter("memory")[1], parameter("fear_sold")[1]
    fears = []
    for _ in range(AHEAD):
        fears.append(q)
        q = float(timing.fear_after(q, 1.0, min(rest, fears[0]), memory))
    fastest = efforts["base"] + efforts["answer"]
    sold = timing.share_after(s, efforts["base"] + efforts["answer"] * float(np.mean(fears)), AHEAD)
    denied = timing.share_after(s, fastest, AHEAD)
    ends = [float(timing.supply_denied(np.clip(end, 1e-4, 0.9999), fastest)) for end in (sold, denied)]
    return Turn(s, fears[0], *ends, ends[0] - ends[1])


def turns(answer_part: float | None = None) -> dict[str, Turn]:
    """The same U-turn in 2021 and in 2026, and with one thing changed at a time.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        As in `tap`.

    Returns
    -------
    dict of str to Turn
        "2021", "the home share of 2026", "the fear of 2026", "2026".

    Raises
    ------
    ValueError
        Out of range.

    Notes
    -----
    Home shares: `share_2021` of ``data/timing_parameters.csv``, and IDC's of 2025, the newest count. Fears are ours.
    """
    shares = (parameter("share_2021")[1], home_share(LAST))
    fears = (parameter("fear_sold")[1], parameter("fear_now")[1])
    named = {
        "2021": (shares[0], fears[0]),
        "the home share of 2026": (shares[1], fears[0]),
        "the fear of 2026": (shares[0], fears[1]),
        "2026": (shares[1], fears[1]),
    }
    return {name: turn(s, q, answer_part) for name, (s, q) in named.items()}


def times_less(answer_part: float | None = None) -> float:
    """How many times less a U-turn buys in 2026 than in 2021.

    Parameters
    ----------
    answer_part : float, 0.01 to 1, optional
        As in `tap`; at nought a turn buys nothing on either day.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Out of range.
    """
    part = parameter("answer_part")[1] if answer_part is None else answer_part
    found = turns(within("answer_part", part, 0.01, 1).item())
    return found["2021"].bought / found["2026"].bought


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
    Every reading has the same speed under denial and so passes through the same two counts. They differ in what they say
    of a world in which the buyer had been sold to, and had expected to be, since the first count.
    """
    start, end = within("first", first, 2015, 2040).item(), within("last", last, 2015, 2040).item()
    if not start < end:
        raise ValueError(f"first = {start:g} must be before last = {end:g}.")
    years = np.linspace(start, end, 28)
    rows = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        k = 1 - part * (1 - parameter("fear_sold")[1])
        shares = timing.share_after(home_share(FIRST), k * speed() * np.sign(years - middle_of(FIRST)), np.abs(years - middle_of(FIRST)))  # fmt: skip
        rows.append(pd.DataFrame({"answer_part": part, "year": years, "share": shares}))
    return pd.concat(rows, ignore_index=True)


def share_without_fear(answer_part: float, year: float | None = None) -> float:
    """The home share of one year if the buyer had been sold to since the first count: a counterfactual.

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
    (0.41, 0.14)
    """
    efforts = tap(answer_part)
    when = middle_of(LAST) if year is None else within("year", year, 2023.25, 2040).item()
    k = efforts["base"] + efforts["answer"] * parameter("fear_sold")[1]
    return float(timing.share_after(home_share(FIRST), k, max(when - middle_of(FIRST), 0.0)))


class Passing(NamedTuple):
    """What it costs and brings a buyer to pass on what is offered, in years of its need.

    Attributes: cost (chips not had in the next `AHEAD` years), saved (less to lose from a denial after that), times (cost
    over saved: how much more chips must count later for fear alone to be a reason).
    """

    cost: float
    saved: float
    times: float


def passing(answer_part: float | None = None, share: float | None = None, fear: float | None = None) -> Passing:
    """Whether fear of a later denial can be reason enough to pass on an offer.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        As in `tap`.
    share : float, 0.0001 to 0.9, optional
        Home share; without it, IDC's of 2025.
    fear : float, 0 to 0.99, optional
        Expected chance of denial while buying; without it, that of 2026.

    Returns
    -------
    Passing
        times is infinite where nothing is saved.

    Raises
    ------
    ValueError
        Out of range.

    Notes
    -----
    Passing opens the tap as a denial does. With D(s) = `supply_denied` without end, passing costs D(now) - D(after passing)
    and saves D(after buying) - D(after passing). As D(after buying) is at most D(now), it never saves what it costs.
    """
    s = home_share(LAST) if share is None else within("share", share, 1e-4, 0.9).item()
    q = parameter("fear_now")[1] if fear is None else within("fear", fear, 0, 0.99).item()
    found = turn(s, q, answer_part)
    cost = float(timing.supply_denied(s, speed(), AHEAD))
    return Passing(cost, found.bought, cost / found.bought if found.bought > 1e-12 else float("inf"))
