"""The choice of a seller: what each plan is worth, where the choice flips, and which published argument flips it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import columns, within
from helpers.timing import model as timing
from helpers.timing.studies.values import parameter, settings, speed

SELLS, DENIES = ("sell", "sell, then deny"), ("deny", "deny, then sell")
TIE = "too close to call"
CLOSE = 0.05  # of the best total: nearer than that, no plan is called the best


class Choice(NamedTuple):
    """A seller's choice, and what it brings the buyer.

    Attributes: total, early, late (worth of each plan by name; `late` discounted), buyer (what each brings the buyer, in
    its own unit), best (plan with the largest total), second (the best of those that begin the other way), ahead (best over
    second), close (whether that is less than `CLOSE` of the best), share (home share after the first period, by plan), promise (whether a seller that has sold would
    still rather sell), flips (value of an assumption, nearest to its own, at which the best plan that begins with sale and
    the best that begins with denial change places; NaN where none does).
    """

    total: dict[str, float]
    early: dict[str, float]
    late: dict[str, float]
    buyer: dict[str, float]
    best: str
    second: str
    ahead: float
    close: bool
    share: dict[str, float]
    promise: bool
    flips: dict[str, float]


def choice(
    answer_part: float | None = None,
    denial_worth: float | None = None,
    discount_rate: float | None = None,
    share: float | None = None,
    fear_start: float | None = None,
    later_worth: float | None = None,
    of_speed: float | None = None,
    gives_in: float | None = None,
    growth_per_year: float | None = None,
    home_worth: float | None = None,
    taken_first: float | None = None,
    buyer: str = "answers fear",
    when: str = "2023",
) -> Choice:
    """What each plan is worth under a reader's assumptions; what is not given stands at its central value.

    Parameters
    ----------
    answer_part, of_speed, share, fear_start, when : optional
        As in `settings`.
    denial_worth : float, 0 to 100, optional
    discount_rate : float, 0 to 2, optional
    later_worth : float, 0 to 100, optional
    gives_in : float, 0 to 1, optional
    growth_per_year : float, 0 to 5, optional
    home_worth : float, 0 to 100, optional
    taken_first : float, 0 to 1, optional
    buyer : str
        One of `helpers.timing.model.BUYERS`.

    Returns
    -------
    Choice

    Raises
    ------
    ValueError
        Out of range.
    """
    given = _with(
        settings(answer_part, of_speed, share, fear_start, when),
        denial_worth=denial_worth, discount_rate=discount_rate, later_worth=later_worth, gives_in=gives_in,
        growth_per_year=growth_per_year, home_worth=home_worth, taken_first=taken_first,
    )  # fmt: skip
    given["buyer"] = buyer
    found = timing.payoffs(**given)
    total = _floats(found.total)
    order = sorted(timing.PLANS, key=total.get, reverse=True)
    other = next(plan for plan in order if (plan in DENIES) != (order[0] in DENIES))
    ahead = total[order[0]] - total[other]
    return Choice(
        total,
        _floats(found.early),
        {plan: float(found.discount * worth) for plan, worth in found.late.items()},
        _floats(found.buyer),
        order[0],
        other,
        ahead,
        ahead < CLOSE * total[order[0]],
        _floats(found.share),
        bool(found.promise),
        _flips(given),
    )


# Assumption that a reader may set -> the most that it may be.
_MOST = {"denial_worth": 100, "discount_rate": 2, "later_worth": 100, "gives_in": 1, "growth_per_year": 5, "home_worth": 100, "taken_first": 1}  # fmt: skip


def _with(given: dict[str, object], **values: float | None) -> dict[str, object]:
    """The arguments with what is given in their place, held to its range."""
    found = {name: within(name, value, 0, _MOST[name]).item() for name, value in values.items() if value is not None}
    return {**given, **found}


def _floats(by_plan: Mapping[str, np.ndarray]) -> dict[str, float]:
    return {plan: float(value) for plan, value in by_plan.items()}


_SPANS = {"denial_worth": (0.0, 20.0), "discount_rate": (0.0, 2.0), "answer_part": (0.0, 1.0), "growth_per_year": (0.0, 2.0)}  # fmt: skip


def _ahead(given: dict[str, object]) -> np.ndarray:
    """Best plan that begins with denial, less best one that begins with sale, no threat made."""
    total = timing.payoffs(**given).total
    return np.maximum(*(total[plan] for plan in DENIES)) - np.maximum(*(total[plan] for plan in SELLS))


def _flips(given: dict[str, float], names: tuple[str, ...] = tuple(_SPANS)) -> dict[str, float]:
    """Where the best plan that begins with sale and the best that begins with denial change places, nearest to here."""
    whole = given["base"] + given["answer"]
    here = {**given, "answer_part": given["answer"] / whole if whole else 0.0}
    flips = {}
    for name in names:
        grid = np.linspace(*_SPANS[name], 801)
        moved = {"base": (1 - grid) * whole, "answer": grid * whole} if name == "answer_part" else {name: grid}
        ahead = np.broadcast_to(_ahead({**given, **moved}), grid.shape)
        at = np.flatnonzero((ahead[1:] > 0) != (ahead[:-1] > 0))
        if not at.size:
            flips[name] = float("nan")
            continue
        places = grid[at] - ahead[at] * (grid[at + 1] - grid[at]) / (ahead[at + 1] - ahead[at])
        flips[name] = float(places[np.abs(places - here[name]).argmin()])
    return flips


def ties(answer_part: float | None = None, met: float | None = None) -> pd.DataFrame:
    """The worth of missing chips at which denying first overtakes selling first, over what decides it most.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        As in `tap`.
    met : float, 0.25 to 1, optional
        As in `speed`.

    Returns
    -------
    DataFrame
        growth_per_year (low, central and high of its row), buyer ("answers fear", "foresees"), denial_worth (NaN: nowhere).

    Raises
    ------
    ValueError
        Out of range.
    """
    given = settings(answer_part, speed(met))
    rows = [
        (growth, buyer, _flips({**given, "growth_per_year": growth, "buyer": buyer}, ("denial_worth",))["denial_worth"])
        for growth in parameter("growth_per_year")
        for buyer in ("answers fear", "foresees")
    ]
    return pd.DataFrame(rows, columns=["growth_per_year", "buyer", "denial_worth"])


def both_sides(denial_worth: float | None = None, home_worth: float | None = None, growth_per_year: float | None = None, when: str = "2023") -> pd.DataFrame:  # fmt: skip
    """What every plan of the seller brings both sides, against every conduct of the buyer.

    Parameters
    ----------
    denial_worth, home_worth, growth_per_year, when : optional
        As in `choice`.

    Returns
    -------
    DataFrame
        plan, buyer, seller_gets, buyer_gets (each in its own unit), seller_best (no other plan pays more against this
        conduct, to the two digits printed), buyer_best (no other conduct pays more against this plan, likewise). Where both are true neither has a reason to
        move alone.

    Raises
    ------
    ValueError
        Out of range.
    """
    given = _with(
        settings(when=when), denial_worth=denial_worth, growth_per_year=growth_per_year, home_worth=home_worth
    )
    found = {conduct: timing.payoffs(**given, buyer=conduct) for conduct in timing.BUYERS}
    rows = [(plan, conduct, float(made.total[plan]), float(made.buyer[plan])) for conduct, made in found.items() for plan in timing.PLANS]  # fmt: skip
    table = pd.DataFrame(rows, columns=["plan", "buyer", "seller_gets", "buyer_gets"])
    said = table.round(2)  # as printed: what looks alike is tied
    most = said.groupby("buyer")["seller_gets"].transform("max"), said.groupby("plan")["buyer_gets"].transform("max")
    return table.assign(seller_best=said["seller_gets"] == most[0], buyer_best=said["buyer_gets"] == most[1])


def winners(
    share: float | None = None,
    discount_rate: float | None = None,
    growth_per_year: float | None = None,
    buyer: str = "answers fear",
    when: str = "2023",
    points: int = 71,
) -> pd.DataFrame:
    """The best plan over the two assumptions on which most of the debate turns.

    Parameters
    ----------
    share, discount_rate, growth_per_year, buyer, when : optional
        As in `choice`.
    points : int, 5 to 200
        Along each side.

    Returns
    -------
    DataFrame
        answer_part, denial_worth, plan (the best one; `TIE` where the best that begins with denial and the best other one
        are nearer to each other than `CLOSE`).

    Raises
    ------
    ValueError
        Out of range.
    """
    size = int(within("points", points, 5, 200))
    given = _with(settings(share=share, when=when), discount_rate=discount_rate, growth_per_year=growth_per_year)
    part = np.linspace(0, 1, size)[:, None]
    low, _, high = parameter("denial_worth")
    worth = np.geomspace(low, high, size)
    found = timing.payoffs(**{**given, "base": (1 - part) * speed(), "answer": part * speed(), "denial_worth": worth, "buyer": buyer})  # fmt: skip
    names = np.array(timing.PLANS)[timing.best_plan(found)]
    denies, others = (np.max([found.total[plan] for plan in timing.PLANS if (plan in DENIES) == first], axis=0) for first in (True, False))  # fmt: skip
    names = np.where(np.abs(denies - others) < CLOSE * np.maximum(denies, others), TIE, names)
    grid = np.broadcast_arrays(part, worth)
    return pd.DataFrame({"answer_part": grid[0].ravel(), "denial_worth": grid[1].ravel(), "plan": names.ravel()})


def denied_from(table: pd.DataFrame) -> tuple[float, float]:
    """The lowest worth of missing chips from which a plan that begins with denial wins clearly, at both ends of the map.

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


def by_argument() -> pd.DataFrame:
    """Every published argument put into the model, one at a time, all else central: what it makes of the choice.

    Returns
    -------
    DataFrame
        The rows of ``data/timing_arguments.csv`` with ``best`` (plan), ``margin`` (best plan that begins with denial less
        best other one), ``base_margin`` (the same without the argument) and ``shift`` (of the margin, by the argument).
    """
    table = data.load("timing_arguments")
    moved = [_floats(timing.payoffs(**_argued(row.parameter, row.value)).total) for row in table.itertuples()]
    margins = [_margin(total) for total in moved]
    base = _margin(_floats(timing.payoffs(**settings()).total))
    return table.assign(
        best=[max(timing.PLANS, key=total.get) for total in moved],
        margin=margins,
        base_margin=base,
        shift=[margin - base for margin in margins],
    )


def _argued(name: str, value: float) -> dict[str, float]:
    if name in ("answer_part", "speed"):
        return settings(**{"answer_part" if name == "answer_part" else "of_speed": value})
    return {**settings(), name: value, **({"fear_start": value} if name == "fear_sold" else {})}


def _margin(total: dict[str, float]) -> float:
    return max(total[plan] for plan in DENIES) - max(total[plan] for plan in (*SELLS, "threaten"))
