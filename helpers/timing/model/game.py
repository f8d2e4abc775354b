"""The two-period game of a seller's government and a buyer's: its pay-offs are sums over the years of `reservoir`.

The seller's unit is what selling the buyer its whole need for one period is worth (profit, tax, research, standards that
others then follow); `denial_worth` is what it is worth, in that unit, if the buyer's whole stock is missing for one
period. The buyer's unit is having all chips that it wants in use for one period. So a reader can argue either way by
saying what the weights are.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, one_of, whole, within
from helpers.timing.model.reservoir import MOST_LAG, fill, turn_tap
from helpers.timing.model.tap import FASTEST, LARGEST, LEAST, odds_of, share_of

PLANS = ("sell", "sell, then deny", "deny", "deny, then sell", "threaten")
BUYERS = ("answers fear", "foresees", "hurries", "passes")


class Payoffs(NamedTuple):
    """What each plan is worth to both sides; dict by plan, arrays of the inputs' shape together.

    Attributes: early, late (to the seller in the first and in the second period, the second not yet discounted), total
    (early plus discounted late), buyer (the buyer's total, in its own unit), share (home share at the end of the first
    period), missing (mean part of the wanted chips that is missing in the first period), discount (factor of the second
    period), promise (whether the seller, having sold, would still rather sell in the second period).
    """

    early: dict[str, np.ndarray]
    late: dict[str, np.ndarray]
    total: dict[str, np.ndarray]
    buyer: dict[str, np.ndarray]
    share: dict[str, np.ndarray]
    missing: dict[str, np.ndarray]
    discount: np.ndarray
    promise: np.ndarray


# What a call may be given: lowest, highest; `share` and the like as in the other rooms.
RANGES: dict[str, tuple[float, float]] = {
    "share": (LEAST, LARGEST),
    "base": (0, FASTEST),
    "answer": (0, FASTEST),
    "fear_sold": (0, 1),
    "fear_start": (0, 1),
    "memory": (0, 1),
    "threat": (0, 1),
    "denial_worth": (0, 1000),
    "later_worth": (0, 100),
    "discount_rate": (0, 10),
    "leak": (0, 1),
    "taken": (0, 1),
    "taken_first": (0, 1),
    "gives_in": (0, 1),
    "prize": (0, 1000),
    "home_worth": (0, 100),
    "push_cost": (0, 100),
    "retire_per_year": (0, 0.99),
    "growth_per_year": (0, 5),
}
OTHERS = ("years", "lag_years", "buyer")
_MOST_PERIOD = 20


def payoffs(
    share: ArrayLike = 0.1,
    base: ArrayLike = 0.3,
    answer: ArrayLike = 0.5,
    fear_sold: ArrayLike = 0.2,
    fear_start: ArrayLike | None = None,
    memory: ArrayLike = 0.7,
    threat: ArrayLike = 0.5,
    denial_worth: ArrayLike = 2.0,
    later_worth: ArrayLike = 1.0,
    discount_rate: ArrayLike = 0.05,
    leak: ArrayLike = 0.0,
    taken: ArrayLike = 1.0,
    taken_first: ArrayLike = 1.0,
    gives_in: ArrayLike = 0.3,
    prize: ArrayLike = 2.0,
    home_worth: ArrayLike = 0.0,
    push_cost: ArrayLike = 0.0,
    retire_per_year: ArrayLike = 0.2,
    growth_per_year: ArrayLike = 0.0,
    years: int = 4,
    lag_years: int = 1,
    buyer: str = "answers fear",
) -> Payoffs:
    """What five plans of the seller are worth, to it and to the buyer.

    Parameters
    ----------
    share, base, answer, fear_sold, fear_start, memory, leak, retire_per_year, growth_per_year, lag_years
        As in `helpers.timing.model.run`.
    threat : scalar or array, 0 to 1
        As in `fear_after`, in each year of the first period of "threaten".
    denial_worth : scalar or array, 0 to 1000
        Of the buyer's whole stock missing for one period, over the worth of selling it its whole need.
    later_worth : scalar or array, 0 to 100
        `denial_worth` of the second period over that of the first: above 1 if the contest is decided later.
    discount_rate : scalar or array, 0 to 10
        A year, of both sides; applied to the second period as a whole.
    taken, taken_first : scalar or array, 0 to 1
        Part of what is offered that the buyer's government lets in: after a denial, and in plans that begin with sale.
    gives_in : scalar or array, 0 to 1
        Chance that a threatened buyer makes the concession.
    prize : scalar or array, 0 to 1000
        Worth of the concession from a buyer that imports all, over the worth of selling it its whole need.
    home_worth : scalar or array, 0 to 100
        Of making its whole need at home for one period, to the buyer, over having all chips in use: an aim of its own.
    push_cost : scalar or array, 0 to 100
        To the buyer, of a home tap pushed by certain fear for one period.
    years : int, 1 to 20
        Of each period.
    buyer : str
        One of `BUYERS`. "answers fear": as it has learnt from what came. "foresees": it knows the plan, and fears denial
        for certain wherever one will come, or wherever the seller will have no reason to keep a promise. "hurries": it
        opens the tap at full speed whatever comes. "passes": it lets nothing in and concedes nothing.

    Returns
    -------
    Payoffs

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    Every plan is a path of sale over two periods of the yearly model. A year is worth to the seller what is sold, as part of
    that year's need, plus `denial_worth` times the part of the wanted chips that is missing, whoever keeps them out. It is
    worth to the buyer 1 - missing + home_worth x home share - push_cost x push, push the fear that moves the tap. A
    period is the mean of its years. "Threaten" sells, and in the second period with `gives_in` gets the prize times the part
    still imported and sells on, else it denies. What a concession costs the buyer is not counted.

    Examples
    --------
    >>> found = payoffs()
    >>> {plan: round(float(total), 2) for plan, total in found.total.items()}
    {'sell': 1.09, 'sell, then deny': 1.0, 'deny': 0.97, 'deny, then sell': 0.93, 'threaten': 1.03}
    """
    given = locals()
    others = {name: given.pop(name) for name in OTHERS}
    given["fear_start"] = given["fear_sold"] if given["fear_start"] is None else given["fear_start"]
    return worths(checked(given), **others_checked(**others))


# What `payoffs` takes for what it is not told.
DEFAULTS: dict[str, float] = {
    name: parameter.default
    for name, parameter in inspect.signature(payoffs).parameters.items()
    if name not in (*OTHERS, "fear_start")
}


def best_plan(found: Payoffs) -> np.ndarray:
    """The plan with the largest total, by its place in `PLANS`; the earlier one where two are equal.

    Parameters
    ----------
    found : Payoffs

    Returns
    -------
    ndarray of int

    Examples
    --------
    >>> PLANS[int(best_plan(payoffs(denial_worth=1)))], PLANS[int(best_plan(payoffs(denial_worth=4)))]
    ('sell', 'deny')
    """
    return np.argmax(np.stack([found.total[plan] for plan in PLANS]), axis=0)


# --- inside -------------------------------------------------------------------------------------


def checked(given: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    """Arguments by name as arrays, within their ranges and fitting each other."""
    checked = {name: within(name, value, *RANGES[name]) for name, value in given.items()}
    fitting(**checked)
    return checked


def others_checked(years: int = 4, lag_years: int = 1, buyer: str = BUYERS[0]) -> dict[str, object]:
    return {
        "years": whole("years", years, 1, _MOST_PERIOD),
        "lag": whole("lag_years", lag_years, 0, MOST_LAG),
        "buyer": one_of("buyer", buyer, BUYERS),
    }


class _Period(NamedTuple):
    """Means over the years of a period, and the home share at its end."""

    sold: np.ndarray
    missing: np.ndarray
    home: np.ndarray
    push: np.ndarray
    share: np.ndarray


class _State(NamedTuple):
    """Where a path stands: log odds of the home share, fears so far, stock as a share of what is wanted."""

    odds: np.ndarray
    fears: list[np.ndarray]
    stock: np.ndarray


class _Path(NamedTuple):
    """What a plan brings: to the seller early and late, to the buyer, home share and gap of the first period."""

    early: np.ndarray
    late: np.ndarray
    buyer: np.ndarray
    share: np.ndarray
    missing: np.ndarray


def worths(g: Mapping[str, np.ndarray], years: int, lag: int, buyer: str) -> Payoffs:
    shape = fitting(**g)
    g = dict(g)
    if buyer == "passes":
        g["taken"] = g["taken_first"] = g["gives_in"] = np.float64(0.0)
    if buyer == "hurries":
        g["base"], g["answer"] = g["base"] + g["answer"], np.float64(0.0)
    stays = (1 - g["retire_per_year"]) / (1 + g["growth_per_year"])  # of the wanted chips, from year to year
    need = 1 - stays
    per_need = np.where(need > 0, 1 / np.where(need > 0, need, 1.0), 0.0)
    tap = {name: g[name] for name in ("base", "answer", "fear_sold", "memory")}
    certain, never = np.float64(1.0), np.float64(0.0)
    discount = (1 + g["discount_rate"]) ** -float(years)
    later = g["denial_worth"] * g["later_worth"]

    def period(state: _State, part: float, taken, threat=never, feared: bool = False) -> tuple[_State, _Period]:
        """The years of one period, summed."""
        (odds, fears, stock), sums = state, [0.0] * 4
        moved = {**tap, "fear_sold": certain} if feared else tap
        for _ in range(years):
            odds, fears, push = turn_tap(odds, fears, lag, part, taken=taken, threat=threat, **moved)
            home_share, there = share_of(odds), stock * stays
            home, leaked, sold = fill(1.0, need, there, home_share, part, taken, g["leak"])
            stock = there + home + leaked + sold
            push = certain if buyer == "hurries" else push
            sums = [old + new for old, new in zip(sums, (sold, 1 - stock, home_share, push), strict=True)]
        sums[0] = sums[0] * per_need
        return _State(odds, fears, stock), _Period(*(total / years for total in sums), home_share)

    def buys(of: _Period) -> np.ndarray:
        return 1 - of.missing + g["home_worth"] * of.home - g["push_cost"] * of.push

    def path(first: _Period, second: _Period) -> _Path:
        early, late = first.sold + g["denial_worth"] * first.missing, second.sold + later * second.missing
        return _Path(early, late, buys(first) + discount * buys(second), first.share, first.missing)

    def branches(part: float, taken, threat=never, feared: bool = False, start=None) -> tuple[_Path, _Path]:
        """The two plans that begin so: sale in the second period, and denial."""
        begin = _State(odds_of(g["share"]), [g["fear_start"] if start is None else start], 1.0)
        state, first = period(begin, part, taken, threat, feared)
        return tuple(path(first, period(state, then, taken, feared=feared)[1]) for then in (1.0, 0.0))

    def threatened(feared: bool = False) -> _Path:
        yielded, carried = branches(1.0, g["taken_first"], g["threat"], feared, certain if feared else None)
        chance, gain = g["gives_in"], g["prize"] * (1 - yielded.share)
        late = chance * (yielded.late + gain) + (1 - chance) * carried.late
        own = chance * yielded.buyer + (1 - chance) * carried.buyer
        return carried._replace(late=late, buyer=own)

    kept, spent = branches(1.0, g["taken_first"])
    threat = threatened()
    promise = kept.late >= spent.late
    sees = buyer == "foresees"
    if sees:
        feared, spent = branches(1.0, g["taken_first"], feared=True, start=certain)
        kept = _Path(*(np.where(promise, one, other) for one, other in zip(kept, feared, strict=True)))
        threat = _Path(*(np.where(promise, one, other) for one, other in zip(threat, threatened(True), strict=True)))
    back, deny = branches(0.0, g["taken"], start=certain if sees else None)
    paths = dict(zip(PLANS, (kept, spent, deny, back, threat), strict=True))
    by = {name: {plan: np.broadcast_to(getattr(one, name), shape) for plan, one in paths.items()} for name in _Path._fields}  # fmt: skip
    total = {plan: np.broadcast_to(one.early + discount * one.late, shape) for plan, one in paths.items()}
    return Payoffs(by["early"], by["late"], total, by["buyer"], by["share"], by["missing"], discount, np.broadcast_to(promise, shape))  # fmt: skip
