"""The choice of a seller: what each plan is worth, where the choice flips, and which published argument flips it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import columns, within
from helpers.timing import model as timing
from helpers.timing.studies.values import FIRST, LAST, home_share, parameter, settings, speed

WHEN = {"2023": (FIRST, "fear_sold"), "2026": (LAST, "fear_now")}  # home share by series, fear by row
SELLS, DENIES = ("sell", "sell, then deny"), ("deny", "deny, then sell")


class Choice(NamedTuple):
    """A seller's choice.

    Attributes: total, early, late (worth of each plan by name; `late` discounted), best (plan with the largest total),
    second, ahead (best over second), share (home share in the second period, by plan), promise (whether sale would still
    be preferred then), flips (value of an assumption, nearest to its own, at which the best plan that begins with sale
    and the best that begins with denial change places; NaN where none does).
    """

    total: dict[str, float]
    early: dict[str, float]
    late: dict[str, float]
    best: str
    second: str
    ahead: float
    share: dict[str, float]
    promise: bool
    flips: dict[str, float]


def choice(
    answer_part: float | None = None,
    denial_worth: float | None = None,
    discount_rate: float | None = None,
    share: float | None = None,
    fear_sold: float | None = None,
    later_worth: float | None = None,
    of_speed: float | None = None,
    gives_in: float | None = None,
    foreseen: bool = False,
) -> Choice:
    """What each plan is worth under a reader's assumptions; what is not given stands at its central value.

    Parameters
    ----------
    answer_part, of_speed, share, fear_sold : float, optional
        As in `settings`.
    denial_worth : float, 0 to 100, optional
    discount_rate : float, 0 to 2, optional
    later_worth : float, 0 to 100, optional
    gives_in : float, 0 to 1, optional
    foreseen : bool
        As in `helpers.timing.model.payoffs`.

    Returns
    -------
    Choice

    Raises
    ------
    ValueError
        Out of range.
    """
    given = settings(answer_part, of_speed, share, fear_sold)
    for name, value, most in (
        ("denial_worth", denial_worth, 100), ("discount_rate", discount_rate, 2), ("later_worth", later_worth, 100),
        ("gives_in", gives_in, 1),
    ):  # fmt: skip
        if value is not None:
            given[name] = within(name, value, 0, most).item()
    return _choice({**given, "foreseen": foreseen})


def _choice(given: dict[str, float]) -> Choice:
    found = timing.payoffs(**given)
    total = {plan: float(worth) for plan, worth in found.total.items()}
    order = sorted(timing.PLANS, key=total.get, reverse=True)
    promise = {name: given[name] for name in ("denial_worth", "later_worth", "leak", "retire_per_year", "growth_per_year", "years")}  # fmt: skip
    return Choice(
        total,
        {plan: float(worth) for plan, worth in found.early.items()},
        {plan: float(found.discount * worth) for plan, worth in found.late.items()},
        order[0],
        order[1],
        total[order[0]] - total[order[1]],
        {plan: float(share) for plan, share in found.share.items()},
        bool(timing.promise_holds(**promise)),
        _flips(given),
    )


_SPANS = {"denial_worth": (0.0, 20.0), "discount_rate": (0.0, 2.0), "answer_part": (0.0, 1.0)}


def _flips(given: dict[str, float]) -> dict[str, float]:
    """Where the best plan that begins with sale and the best that begins with denial change places, nearest to here."""
    whole = given["base"] + given["answer"]
    here = {**given, "answer_part": given["answer"] / whole if whole else 0.0}
    flips = {}
    for name, span in _SPANS.items():
        grid = np.linspace(*span, 2001)
        moved = {"base": (1 - grid) * whole, "answer": grid * whole} if name == "answer_part" else {name: grid}
        total = timing.payoffs(**{**given, **moved}).total
        ahead = np.maximum(*(total[plan] for plan in DENIES)) - np.maximum(*(total[plan] for plan in SELLS))
        ahead = np.broadcast_to(ahead, grid.shape)
        at = np.flatnonzero((ahead[1:] > 0) != (ahead[:-1] > 0))
        if not at.size:
            flips[name] = float("nan")
            continue
        places = grid[at] - ahead[at] * (grid[at + 1] - grid[at]) / (ahead[at + 1] - ahead[at])
        flips[name] = float(places[np.abs(places - here[name]).argmin()])
    return flips


def winners(share: float | None = None, fear_sold: float | None = None, discount_rate: float | None = None, foreseen: bool = False, points: int = 71) -> pd.DataFrame:  # fmt: skip
    """The best plan over the two assumptions on which most of the debate turns.

    Parameters
    ----------
    share, fear_sold, discount_rate, foreseen : optional
        As in `choice`.
    points : int, 5 to 200
        Along each side.

    Returns
    -------
    DataFrame
        answer_part, denial_worth, plan (the best one).

    Raises
    ------
    ValueError
        Out of range.
    """
    size = int(within("points", points, 5, 200))
    given = settings(None, None, share, fear_sold)
    if discount_rate is not None:
        given["discount_rate"] = within("discount_rate", discount_rate, 0, 2).item()
    part = np.linspace(0, 1, size)[:, None]
    low, _, high = parameter("denial_worth")
    worth = np.geomspace(low, high, size)
    found = timing.payoffs(**{**given, "base": (1 - part) * speed(), "answer": part * speed(), "denial_worth": worth, "foreseen": foreseen})  # fmt: skip
    best = timing.best_plan(found)
    grid = np.broadcast_arrays(part, worth)
    return pd.DataFrame(
        {"answer_part": grid[0].ravel(), "denial_worth": grid[1].ravel(), "plan": np.array(timing.PLANS)[best.ravel()]}
    )


def denied_from(table: pd.DataFrame) -> tuple[float, float]:
    """The lowest worth of missing chips from which a plan that begins with denial wins, at the two ends of the map.

    Parameters
    ----------
    table : DataFrame
        ``winners(...)``.

    Returns
    -------
    tuple of float
        Where nothing of the tap's speed answers fear, and where all of it does; infinite where denial never wins.

    Raises
    ------
    ValueError
        A table without those columns, or without rows.
    """
    columns("table", table, ("answer_part", "denial_worth", "plan"))
    if table.empty:
        raise ValueError("table has no rows.")
    ends = (table["answer_part"].min(), table["answer_part"].max())
    found = [table[(table["answer_part"] == end) & table["plan"].isin(DENIES)]["denial_worth"].min() for end in ends]
    first, last = (float("inf") if math.isnan(value) else float(value) for value in found)
    return first, last


def at_date(when: str = "2023", answer_part: float | None = None) -> Choice:
    """The choice with the home share and the fear of one date.

    Parameters
    ----------
    when : str
        "2023" or "2026".
    answer_part : float, 0 to 1, optional

    Returns
    -------
    Choice

    Raises
    ------
    KeyError
        Another date.
    """
    series, fear = WHEN[when]
    return choice(answer_part, share=home_share(series), fear_sold=parameter(fear)[1])


def by_argument() -> pd.DataFrame:
    """Every published argument put into the model, one at a time, all else central: what it makes of the choice.

    Returns
    -------
    DataFrame
        The rows of ``data/timing_arguments.csv`` with ``best`` (plan), ``margin`` (best plan that begins with denial less
        best one that begins with sale) and ``base_margin`` (the same without the argument).
    """
    table = data.load("timing_arguments")
    moved = [_choice(_with(row.parameter, row.value)) for row in table.itertuples()]
    margins = [_margin(made.total) for made in moved]
    return table.assign(best=[made.best for made in moved], margin=margins, base_margin=_margin(choice().total))


def _with(name: str, value: float) -> dict[str, float]:
    if name in ("answer_part", "speed"):
        return settings(**{"answer_part" if name == "answer_part" else "of_speed": value})
    return {**settings(), name: value}


def _margin(total: dict[str, float]) -> float:
    return max(total[plan] for plan in DENIES) - max(total[plan] for plan in (*SELLS, "threaten"))
