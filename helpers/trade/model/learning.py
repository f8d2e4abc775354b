"""Learning by doing: exponents and rates, experience with spillovers, years to parity, and three tests of an infant industry."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import together, whole, within


def learning_exponent(rate: ArrayLike) -> np.ndarray:
    """The exponent of a learning curve from its learning rate.

    Parameters
    ----------
    rate : scalar or array, 0 to 0.95
        By which cost falls with each doubling of cumulative output; 0.2 is 20%.

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    beta = -log2(1 - rate), so that cost c1 E^-beta falls by `rate` with each doubling of E (Wright 1936, from memory).

    Examples
    --------
    >>> round(float(learning_exponent(0.2)), 3)
    0.322
    """
    return -np.log2(1 - within("rate", rate, 0, 0.95))


def learning_rate(exponent: ArrayLike) -> np.ndarray:
    """The learning rate from the exponent of a learning curve.

    Parameters
    ----------
    exponent : scalar or array, 0 to 4

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    1 - 2^-beta.

    Examples
    --------
    >>> round(float(learning_rate(0.322)), 3)
    0.2
    """
    return 1 - np.exp2(-within("exponent", exponent, 0, 4))


def unit_cost(experience: ArrayLike, first_cost: ArrayLike, rate: ArrayLike) -> np.ndarray:
    """Cost of a unit after some experience.

    Parameters
    ----------
    experience : scalar or array, 1 to 1e12
        Cumulative output, in units of the output at which the cost was `first_cost`.
    first_cost : scalar or array, 0 to 1e9
    rate : scalar or array, 0 to 0.95
        Learning rate.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    c1 E^-beta.

    Examples
    --------
    >>> unit_cost([1, 2, 4, 8], 100, 0.2).round(1).tolist()
    [100.0, 80.0, 64.0, 51.2]
    """
    e, cost = within("experience", experience, 1, 1e12), within("first_cost", first_cost, 0, 1e9)
    beta = learning_exponent(rate)
    together(experience=e, first_cost=cost, rate=beta)
    return cost * e**-beta


def effective_experience(own: ArrayLike, others: ArrayLike, spillover: ArrayLike = 1 / 3) -> np.ndarray:
    """Own experience, and what is learned from the output of others.

    Parameters
    ----------
    own, others : scalar or array, 0 to 1e12
        Cumulative output.
    spillover : scalar or array, 0 to 1
        What a unit of others teaches, in own units. Irwin and Klenow (1994): a firm learns three times as much from its own
        unit, and as much from firms abroad as at home.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    own + alpha others. Controls can raise the first term and lower alpha: two effects of opposite sign.

    Examples
    --------
    >>> round(float(effective_experience(1, 6)), 6)
    3.0
    """
    mine, theirs = within("own", own, 0, 1e12), within("others", others, 0, 1e12)
    alpha = within("spillover", spillover, 0, 1)
    together(own=mine, others=theirs, spillover=alpha)
    return mine + alpha * theirs


def parity_years(cost_ratio: ArrayLike, rate: ArrayLike, growth: ArrayLike, rival_fall: ArrayLike) -> np.ndarray:
    """Years until the home maker's cost meets the rival's price; infinite where it never does.

    Parameters
    ----------
    cost_ratio : scalar or array, 0.01 to 1,000
        Cost at home now over the rival's price now.
    rate : scalar or array, 0 to 0.95
        Learning rate at home.
    growth : scalar or array, 1 to 1,000
        Factor by which cumulative output at home grows in a year.
    rival_fall : scalar or array, 0 to 0.95
        Share by which the rival's price falls in a year.

    Returns
    -------
    ndarray of float, broadcast shape, years
        0 where there is parity already.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    ln(c0 / p0) / (beta x - gamma), with x = ln growth and gamma = -ln(1 - fall); never when beta x is not above gamma.
    Steady growth of cumulative output for years is itself a strong assumption: it ends when the market is full.

    Examples
    --------
    >>> round(float(parity_years(2, 0.2, 3, 0.2)), 1), float(parity_years(2, 0.2, 2, 0.2))
    (5.3, inf)
    """
    ratio, beta = within("cost_ratio", cost_ratio, 0.01, 1000), learning_exponent(rate)
    x = np.log(within("growth", growth, 1, 1000, "times a year"))
    gamma = -np.log1p(-within("rival_fall", rival_fall, 0, 0.95, "a year"))
    together(cost_ratio=ratio, rate=beta, growth=x, rival_fall=gamma)
    gain = beta * x - gamma
    ahead = gain > 1e-12  # rates that are equal on paper differ in the last digits
    years = np.log(ratio) / np.where(ahead, gain, 1.0)
    return np.where(ratio <= 1, 0.0, np.where(ahead, years, np.inf))


def doublings_to_keep_up(rate: ArrayLike, rival_fall: ArrayLike) -> np.ndarray:
    """Doublings of cumulative output a year that only just match the rival's falling price.

    Parameters
    ----------
    rate : scalar or array, 0.001 to 0.95
    rival_fall : scalar or array, 0 to 0.95

    Returns
    -------
    ndarray of float, broadcast shape, doublings a year

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    ln(1 - fall) / ln(1 - rate): one a year where the two rates are equal.

    Examples
    --------
    >>> round(float(doublings_to_keep_up(0.05, 0.2)), 2)
    4.35
    """
    learn, fall = within("rate", rate, 0.001, 0.95), within("rival_fall", rival_fall, 0, 0.95, "a year")
    together(rate=learn, rival_fall=fall)
    return np.abs(np.log1p(-fall) / np.log1p(-learn))


class Infant(NamedTuple):
    """An infant industry over some years, and what two tests say of it.

    `cost` and `price` hold the home cost and the rival's price by year, along a last axis; `value` the present value of
    benefits less costs of protection for one chip a year, in the rival's first price; `by_output` the same sum with each
    year weighted by output over that of the first year. `mill` and `bastable` (of `value`) are the two answers.
    """

    cost: np.ndarray
    price: np.ndarray
    value: np.ndarray
    mill: np.ndarray
    bastable: np.ndarray
    by_output: np.ndarray


def infant_industry(
    cost_ratio: ArrayLike,
    rate: ArrayLike,
    growth: ArrayLike,
    rival_fall: ArrayLike,
    years: int = 15,
    discount: ArrayLike = 0.1,
    most_growth: ArrayLike = 100.0,
) -> Infant:
    """Mill's and Bastable's tests of an industry that learns behind protection.

    Parameters
    ----------
    cost_ratio, rate, growth, rival_fall : scalar or array
        As in `parity_years`.
    years : int, 1 to 60
        Looked at, from year 0.
    discount : scalar or array, 0 to 1 a year
    most_growth : scalar or array, 1 to 1e15
        Cumulative output stops growing at this multiple of the first year's: a market is finite.

    Returns
    -------
    Infant

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Rival's price 1 at first. A unit a year is used at home throughout. While home cost c is above the rival's price p,
    protection costs c - p for it; afterwards the industry benefits the country by p - c. Mill: in the last year c is at most
    p, so that the industry stands unaided. Bastable: the sum of (benefit - cost) / (1 + r)^t is not below 0. Output that grows puts
    its weight on late years, so `by_output` can have the other sign: a year's output is taken in proportion to cumulative output,
    and stays level once that ends to grow. Whether a country can
    keep the margin p - c, rather than competition handing it to buyers anywhere, is assumed in the infant's favour.

    Examples
    --------
    >>> short = infant_industry(2, 0.2, 3, 0.2, years=15)
    >>> bool(short.mill), bool(short.bastable), round(float(short.value), 2)
    (False, False, -3.31)
    """
    n = whole("years", years, 1, 60)
    ratio, beta = within("cost_ratio", cost_ratio, 0.01, 1000), learning_exponent(rate)
    g = within("growth", growth, 1, 1000, "times a year")
    keep, r = 1 - within("rival_fall", rival_fall, 0, 0.95, "a year"), within("discount", discount, 0, 1, "a year")
    top = within("most_growth", most_growth, 1, 1e15)
    given = together(cost_ratio=ratio, rate=beta, growth=g, rival_fall=keep, discount=r, most_growth=top)
    ratio, beta, g, keep, r, top = (np.asarray(value)[..., None] for value in given)
    t = np.arange(n + 1.0)
    experience = np.minimum(np.exp(np.minimum(t * np.log(g), 700.0)), top)
    cost, price = ratio * experience**-beta, keep**t
    margin = (price - cost) / (1 + r) ** t
    value, by_output = margin.sum(axis=-1), (margin * experience).sum(axis=-1)
    cost, price = np.broadcast_arrays(cost, price)
    return Infant(cost, price, value, cost[..., -1] <= price[..., -1], value >= 0, by_output)


class Planner(NamedTuple):
    """What a planner compares: output at home without help and after learning, the loss of forcing it, and the gain."""

    unaided: np.ndarray
    after: np.ndarray
    loss: np.ndarray
    gain: np.ndarray
    value: np.ndarray
    protects: np.ndarray


def _surplus(q, alpha, sigma, p, c):
    """Surplus of the two goods when q of the home good is used and the foreign one is bought freely at p."""
    f = np.maximum(alpha - p - sigma * q, 0.0)
    return alpha * (q + f) - (q * q + f * f + 2 * sigma * q * f) / 2 - c * q - p * f


def _chosen(alpha, sigma, p, c):
    """Home good bought at cost c beside the foreign one at p."""
    both = (alpha * (1 - sigma) - c + sigma * p) / (1 - sigma**2)
    foreign = alpha - p - sigma * both
    return np.where(foreign >= 0, np.maximum(both, 0.0), np.maximum(alpha - c, 0.0))


def planners_choice(
    first_cost: ArrayLike,
    learned_cost: ArrayLike,
    to_learn: ArrayLike,
    closeness: ArrayLike,
    foreign_price: ArrayLike,
    years: ArrayLike = 10.0,
    discount: ArrayLike = 0.1,
    most_worth: ArrayLike = 1.0,
) -> Planner:
    """Would a planner at home have protected this industry? The question that Melitz (2005) puts, in two stages.

    Parameters
    ----------
    first_cost, learned_cost : scalar or array, 0 to 100
        Cost of a home unit before and after learning.
    to_learn : scalar or array, 0 to 100
        Output, all in the first year, that learning takes.
    closeness : scalar or array, 0 to 0.99
        Of the home to the foreign good: 0 unlike, 1 would be the same good.
    foreign_price : scalar or array, 0 to 100
    years : scalar or array, 1 to 100
        For which the learned cost is enjoyed.
    discount : scalar or array, 0 to 1 a year
    most_worth : scalar or array, 0.001 to 100
        What the first unit of either good alone is worth.

    Returns
    -------
    Planner
        `loss` is 0 where buyers use enough for learning unaided: then no help is needed, and `protects` is False.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Our reduction to two stages and a quadratic utility, w (q + f) - (q^2 + f^2 + 2 s q f) / 2; we read the abstract of the paper,
    not its equations. It lets the answer depend on what the abstract names: how much is learned, how fast, and how close
    the goods are. Learning is external to firms, so none of them would pay for it.

    Examples
    --------
    >>> bool(planners_choice(0.9, 0.3, 0.2, 0.9, 0.5).protects), bool(planners_choice(0.9, 0.49, 0.2, 0.9, 0.5).protects)
    (True, False)
    """
    c, low = within("first_cost", first_cost, 0, 100), within("learned_cost", learned_cost, 0, 100)
    need, s = within("to_learn", to_learn, 0, 100), within("closeness", closeness, 0, 0.99)
    p, n = within("foreign_price", foreign_price, 0, 100), within("years", years, 1, 100, "years")
    r, w = within("discount", discount, 0, 1, "a year"), within("most_worth", most_worth, 0.001, 100)
    together(
        first_cost=c,
        learned_cost=low,
        to_learn=need,
        closeness=s,
        foreign_price=p,
        years=n,
        discount=r,
        most_worth=w,
    )
    unaided, after = _chosen(w, s, p, c), _chosen(w, s, p, low)
    before = _surplus(unaided, w, s, p, c)
    forced = np.maximum(need, unaided)
    loss = before - _surplus(forced, w, s, p, c)
    gain = _surplus(after, w, s, p, low) - before
    paid = -np.expm1(-n * np.log1p(r))
    weight = np.where(r > 1e-12, paid / np.where(r > 1e-12, r, 1.0), n)
    value = weight * gain - loss
    return Planner(unaided, after, loss, gain, value, (value > 0) & (need > unaided))
