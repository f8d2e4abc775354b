"""The two-period game of a seller's government: sell, deny or threaten, now and later, against a home tap that answers.

Everything is counted in one unit: what selling the buyer its whole need for one period is worth to the seller (profit,
tax, research, standards that others then follow). `denial_worth` is what it would be worth, in that unit, if the buyer's
whole stock were missing for one period. So a reader can argue either way by saying what the second is, over the first.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, listed_names, one_of, shown, within, yes_no
from helpers.timing.model.stock import first_bites
from helpers.timing.model.tap import FASTEST, LARGEST, LEAST, share_after

PLANS = ("sell", "sell, then deny", "deny", "deny, then sell", "threaten")
_STEPS = 400  # of a search for the place at which a choice flips
_HALVINGS = 40


class Payoffs(NamedTuple):
    """What each plan is worth to the seller; dict by plan, arrays of the inputs' shape together.

    Attributes: early, late (in the first and in the second period, the second not yet discounted), total (early plus
    discounted late), share (home share in the second period), discount (factor of the second period).
    """

    early: dict[str, np.ndarray]
    late: dict[str, np.ndarray]
    total: dict[str, np.ndarray]
    share: dict[str, np.ndarray]
    discount: np.ndarray


# What a call may be given: lowest, highest; `share` and the like as in the other rooms.
_RANGES: dict[str, tuple[float, float]] = {
    "share": (LEAST, LARGEST),
    "base": (0, FASTEST),
    "answer": (0, FASTEST),
    "fear_sold": (0, 1),
    "fear_threat": (0, 1),
    "denial_worth": (0, 1000),
    "later_worth": (0, 100),
    "discount_rate": (0, 10),
    "leak": (0, 1),
    "taken": (0, 1),
    "gives_in": (0, 1),
    "prize": (0, 1000),
    "retire_per_year": (0, 0.99),
    "growth_per_year": (0, 5),
    "years": (1, 20),
}


def payoffs(
    share: ArrayLike = 0.1,
    base: ArrayLike = 0.3,
    answer: ArrayLike = 0.5,
    fear_sold: ArrayLike = 0.2,
    fear_threat: ArrayLike = 0.6,
    denial_worth: ArrayLike = 3.0,
    later_worth: ArrayLike = 1.0,
    discount_rate: ArrayLike = 0.05,
    leak: ArrayLike = 0.0,
    taken: ArrayLike = 1.0,
    gives_in: ArrayLike = 0.3,
    prize: ArrayLike = 2.0,
    retire_per_year: ArrayLike = 0.2,
    growth_per_year: ArrayLike = 0.0,
    years: ArrayLike = 4.0,
    foreseen: bool = False,
) -> Payoffs:
    """What five plans are worth to the seller.

    Parameters
    ----------
    share : scalar or array, 0.0001 to 0.9999
        Home share of the buyer's need in the first period.
    base, answer : scalar or array, 0 to 5
        k0 and k1 of the home tap, a year.
    fear_sold, fear_threat : scalar or array, 0 to 1
        Expected chance of denial in the second period while the seller sells, and while it sells and threatens.
    denial_worth : scalar or array, 0 to 1000
        Of the buyer's whole stock missing for one period, over the worth of selling it its whole need.
    later_worth : scalar or array, 0 to 100
        `denial_worth` of the second period over that of the first: above 1 if the contest is decided later.
    discount_rate : scalar or array, 0 to 10
        A year.
    leak : scalar or array, 0 to 1
        Part of what is denied that comes in all the same.
    taken : scalar or array, 0 to 1
        Part of what is offered after a denial that the buyer's government lets in.
    gives_in : scalar or array, 0 to 1
        Chance that a threatened buyer makes the concession.
    prize : scalar or array, 0 to 1000
        Worth of the concession from a buyer that imports all, over the worth of selling it its whole need.
    retire_per_year, growth_per_year, years : scalar or array
        As in `first_bites`; `years` is the length of each period.
    foreseen : bool
        The buyer knows the plan, and what the seller will prefer in the second period, and fears accordingly.

    Returns
    -------
    Payoffs

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    With m = 1 - s the part of the need that is imported, b1 and b2 of `first_bites`, a the worth of denial, and s2 the
    home share after `years` of effort k0 + k1 fear:

    - sell: m, then m2;
    - sell, then deny: m, then a x later x (1 - leak) x m2 x b1;
    - deny: a (1 - leak) m b1, then a x later x (1 - leak) x m2 x b2 (the stock has drained further);
    - deny, then sell: a (1 - leak) m b1, then taken x m2;
    - threaten: m, then with `gives_in` (prize + 1) m2, else what denying brings.

    In the second period denying beats selling if a x later x (1 - leak) x b1 > 1, whatever the home share. A buyer that
    foresees this fears denial for certain, however often sale is promised.

    Examples
    --------
    >>> found = payoffs()
    >>> {plan: round(float(total), 2) for plan, total in found.total.items()}
    {'sell': 1.45, 'sell, then deny': 1.58, 'deny': 1.57, 'deny, then sell': 1.31, 'threaten': 1.55}
    """
    given = locals()
    foreseen = yes_no("foreseen", given.pop("foreseen"))
    return _payoffs(_checked(given), foreseen)


# What `payoffs` takes for what it is not told.
DEFAULTS: dict[str, float] = {
    name: parameter.default for name, parameter in inspect.signature(payoffs).parameters.items() if name != "foreseen"
}


def promise_holds(
    denial_worth: ArrayLike = 3.0,
    later_worth: ArrayLike = 1.0,
    leak: ArrayLike = 0.0,
    retire_per_year: ArrayLike = 0.2,
    growth_per_year: ArrayLike = 0.0,
    years: ArrayLike = 4.0,
) -> np.ndarray:
    """Whether the seller will still prefer to sell in the second period, so that a promise to sell can be believed.

    Parameters
    ----------
    denial_worth, later_worth, leak, retire_per_year, growth_per_year, years : scalar or array
        As in `payoffs`.

    Returns
    -------
    ndarray of bool

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Examples
    --------
    >>> bool(promise_holds(2.0)), bool(promise_holds(3.0))
    (True, False)
    """
    g = _checked(locals())
    return _prefers_sale(g, first_bites(g["years"], g["retire_per_year"], g["growth_per_year"])[0])


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
    >>> PLANS[int(best_plan(payoffs(denial_worth=1)))], PLANS[int(best_plan(payoffs(answer=0.1)))]
    ('sell', 'deny')
    """
    return np.argmax(np.stack([found.total[plan] for plan in PLANS]), axis=0)


def flip_discount(settings: Mapping[str, float], one: str = "deny", other: str = "sell") -> float:
    """The yearly discount rate at which two plans are worth the same.

    Parameters
    ----------
    settings : mapping of str to float
        Arguments of `payoffs`; those not named keep their defaults, and `discount_rate` does not count.
    one, other : str
        Two of `PLANS`.

    Returns
    -------
    float
        NaN where no rate from 0 upwards makes them equal.

    Raises
    ------
    ValueError
        A setting that `payoffs` does not know or refuses, or no plan.

    Notes
    -----
    Totals are linear in the discount factor f: f = - (early difference) / (late difference), rate = f^(-1/years) - 1.

    Examples
    --------
    >>> round(flip_discount({"answer": 0.2}), 3)
    0.339
    """
    _two_plans(one, other)
    g, foreseen = _settings(settings)
    found = _payoffs(g, foreseen)
    early = float(found.early[one] - found.early[other])
    late = float(found.late[one] - found.late[other])
    factor = -early / late if late else float("nan")
    return factor ** (-1 / float(g["years"])) - 1 if 0 < factor <= 1 else float("nan")


def flip_answer(settings: Mapping[str, float], one: str = "deny", other: str = "sell", most: float = 2.0) -> float:
    """The answer of the home tap (k1) at which two plans are worth the same.

    Parameters
    ----------
    settings : mapping of str to float
        As in `flip_discount`; `answer` does not count.
    one, other : str
        Two of `PLANS`.
    most : float, 0.1 to 5
        How far is searched, from 0.

    Returns
    -------
    float
        The lowest such answer; NaN where the same plan is better all the way.

    Raises
    ------
    ValueError
        As in `flip_discount`.

    Examples
    --------
    >>> round(flip_answer({}, "deny", "sell, then deny"), 3)
    0.48
    """
    return flip(settings, "answer", one, other, 0.0, within("most", most, 0.1, FASTEST).item())


def flip(
    settings: Mapping[str, float],
    name: str,
    one: str = "deny",
    other: str = "sell",
    low: float = 0.0,
    high: float = 1.0,
) -> float:
    """The value of one assumption at which two plans are worth the same.

    Parameters
    ----------
    settings : mapping of str to float
        As in `flip_discount`.
    name : str
        The assumption that moves.
    one, other : str
        Two of `PLANS`.
    low, high : float
        The span that is searched, within the range of that assumption.

    Returns
    -------
    float
        The lowest such value; NaN where the same plan is better all the way.

    Raises
    ------
    ValueError
        As in `flip_discount`, or an empty span.

    Examples
    --------
    >>> round(flip({}, "denial_worth", "deny", "sell", 0, 10), 2)
    2.63
    """
    _two_plans(one, other)
    one_of("name", name, _RANGES)
    g, foreseen = _settings(settings)
    low, high = (within(end, value, *_RANGES[name]).item() for end, value in (("low", low), ("high", high)))
    if not low < high:
        raise ValueError(f"low = {low:g} must be below high = {high:g}.")

    def ahead(value: np.ndarray) -> np.ndarray:
        found = _payoffs({**g, name: value}, foreseen)
        return found.total[one] - found.total[other]

    grid = np.linspace(low, high, _STEPS + 1)
    sign = ahead(grid) > 0
    at = np.flatnonzero(sign[1:] != sign[:-1])
    if not at.size:
        return float("nan")
    left, right, start = grid[at[0]], grid[at[0] + 1], bool(sign[at[0]])
    for _ in range(_HALVINGS):
        middle = (left + right) / 2
        if bool(ahead(np.float64(middle)) > 0) == start:
            left = middle
        else:
            right = middle
    return float((left + right) / 2)


# --- inside -------------------------------------------------------------------------------------


def _checked(given: dict[str, ArrayLike]) -> dict[str, np.ndarray]:
    """Arguments by name as arrays, within their ranges and fitting each other."""
    checked = {name: within(name, value, *_RANGES[name]) for name, value in given.items()}
    fitting(**checked)
    return checked


def _settings(settings: Mapping[str, float]) -> tuple[dict[str, np.ndarray], bool]:
    for name, value in settings.items():
        if name != "foreseen" and name not in _RANGES:
            raise ValueError(
                f"settings name {shown(name)}, which is not one of {listed_names([*_RANGES, 'foreseen'])}."
            )
        if name != "foreseen" and np.ndim(value):
            raise ValueError(f"settings give {shown(value)} for {name}, which is not one number.")
    try:
        foreseen = yes_no("foreseen", settings.get("foreseen", False))
        given = {name: value for name, value in settings.items() if name != "foreseen"}
        return _checked({**DEFAULTS, **given}), foreseen
    except ValueError as error:
        raise ValueError(f"settings: {error}") from None


def _two_plans(one: str, other: str) -> None:
    one_of("one", one, PLANS)
    one_of("other", other, PLANS)
    if one == other:
        raise ValueError(f"one and other are both {one!r}; give two plans.")


def _prefers_sale(g: Mapping[str, np.ndarray], bite: np.ndarray) -> np.ndarray:
    return g["denial_worth"] * g["later_worth"] * (1 - g["leak"]) * bite <= 1


def _payoffs(g: Mapping[str, np.ndarray], foreseen: bool) -> Payoffs:
    first, second = first_bites(g["years"], g["retire_per_year"], g["growth_per_year"])
    later = g["denial_worth"] * g["later_worth"] * (1 - g["leak"])
    imported = 1 - g["share"]
    none_yet = 0.0 * (later + imported + g["base"] + g["answer"] + g["fear_sold"] + g["fear_threat"] + g["taken"])
    none_yet = none_yet + 0.0 * (g["gives_in"] + g["prize"] + g["discount_rate"] + first)  # the shape of all together

    def share_of(fear: ArrayLike) -> np.ndarray:
        return share_after(g["share"], g["base"] + g["answer"] * fear, g["years"]) + none_yet

    sold, denied = share_of(g["fear_sold"]), share_of(1.0)
    kept = sold
    if foreseen:
        kept = np.where(_prefers_sale(g, first), sold, denied)
        sold = denied
    threat = share_of(g["fear_threat"])
    share = dict(zip(PLANS, (kept, sold, denied, denied, threat), strict=True))
    sells, denies = imported + none_yet, g["denial_worth"] * (1 - g["leak"]) * imported * first + none_yet
    early = dict(zip(PLANS, (sells, sells, denies, denies, sells), strict=True))
    deny_late = later * first
    each = {
        "sell": 1.0,
        "sell, then deny": deny_late,
        "deny": later * second,
        "deny, then sell": g["taken"],
        "threaten": g["gives_in"] * (g["prize"] + 1) + (1 - g["gives_in"]) * deny_late,
    }
    late = {plan: (1 - share[plan]) * each[plan] for plan in PLANS}
    discount = (1 + g["discount_rate"]) ** -g["years"]
    total = {plan: early[plan] + discount * late[plan] for plan in PLANS}
    return Payoffs(early, late, total, share, discount)
