"""The steps of the picture “With the border”, and effective protection under four policies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.core.limits import within
from helpers.trade import model as trade
from helpers.trade.studies.values import Market, after_learning, central, market


@dataclass(frozen=True)
class Stage:
    """The market in one state: the home line, the price, who gains and loses, and what is kept for own work.

    `floor` and `slope` are of the home makers' line (price of the first chip, further price for each chip more), `learned`
    own work over own work at first, `protection` the effective rate; amounts of money in units of price times chips.
    """

    market: Market
    floor: float
    slope: float
    learned: float
    input_rise: float
    price: float
    rise: float
    home: float
    imports: float
    bought: float
    home_before: float
    imports_before: float
    bought_before: float
    buyers_lose: float
    makers_gain: float
    nobody: float
    seller_loses: float
    protection: float


def stage(
    rate: float = 0.2,
    doublings: float = 0.0,
    input_rise: float = 0.0,
    input_share: float | None = None,
    arriving: float = 0.0,
    denied: bool = True,
) -> Stage:
    """The teaching market after some learning, with inputs that may be dearer, and with the chip denied or not.

    Parameters
    ----------
    rate : float, 0 to 0.9
        Learning rate.
    doublings : float, 0 to 10
        Of cumulative output at home.
    input_rise : float, 0 to 20
        Rise of the price of bought inputs.
    input_share : float, 0 to 0.95, optional
        Bought inputs as a share of the world price.
    arriving : float, 0 to 1
        Imports that still come in, as a share of free imports.
    denied : bool
        False: the chip is for sale at the world price.

    Returns
    -------
    Stage

    Examples
    --------
    >>> s = stage()
    >>> s.price, s.buyers_lose, s.makers_gain, s.nobody
    (60.0, 1312.5, 687.5, 625.0)
    >>> round(stage(denied=False, input_rise=1.0, doublings=3).protection, 2)
    -0.67
    """
    within("rate", rate, 0, 0.9)
    within("doublings", doublings, 0, 10)
    within("input_rise", input_rise, 0, 20)
    share = float(within("arriving", arriving, 0, 1))
    m = market(input_share)
    k = after_learning(rate, doublings)
    floor, supply = (float(v) for v in trade.home_supply(m.inputs, m.own_floor, m.own_slope, k, input_rise))
    line = (m.demand_at_zero, m.demand_slope, floor, supply, m.world_price, m.seller_cost)
    free = trade.denial(*line)
    imports = float(free.imports_before)
    found = trade.denial(*line, arriving=imports * (share if denied else 1.0))
    rise = float(found.tariff) if denied else 0.0
    return Stage(
        m,
        floor,
        1 / supply,
        k,
        float(input_rise),
        float(found.price),
        rise,
        float(found.home),
        float(found.imports),
        float(found.bought),
        float(found.home_before),
        imports,
        float(found.bought_before),
        float(found.buyers_lose),
        float(found.makers_gain),
        float(found.deadweight),
        float(found.seller_loses),
        float(trade.effective_protection(rise, input_rise, m.inputs / m.world_price)),
    )


POLICIES = ("free trade", "chips denied", "chips and tools denied", "only tools denied")


@dataclass(frozen=True)
class Kept:
    """What a home maker keeps of one chip under a policy: its price, bought inputs, own work, and effective protection."""

    policy: str
    price: float
    inputs: float
    own_work: float
    protection: float


def policies(
    rate: float = 0.2,
    doublings: float = 3.0,
    input_rise: float = 1.0,
    input_share: float | None = None,
    arriving: float = 0.0,
) -> dict[str, Kept]:
    """What is kept for own work under four policies, after the same learning.

    Parameters
    ----------
    rate, doublings, input_rise, input_share, arriving : float
        As in `stage`; `input_rise` holds where tools are denied, `arriving` where chips are.

    Returns
    -------
    dict of str to Kept
        By `POLICIES`.

    Examples
    --------
    >>> {name: round(kept.protection, 2) for name, kept in policies().items()}  # doctest: +NORMALIZE_WHITESPACE
    {'free trade': 0.0, 'chips denied': 0.48, 'chips and tools denied': 0.26, 'only tools denied': -0.67}
    """
    cases = ((False, 0.0), (True, 0.0), (True, input_rise), (False, input_rise))
    found = {}
    for name, (denied, rise) in zip(POLICIES, cases, strict=True):
        s = stage(rate, doublings, rise, input_share, arriving, denied)
        bought = s.market.inputs * (1 + rise)
        found[name] = Kept(name, s.price, bought, s.price - bought, s.protection)
    return found


def one_seller(doublings: float = 0.0) -> float:
    """The price that one seller with NVIDIA's margin would ask in the teaching market, if it set the price.

    Parameters
    ----------
    doublings : float, 0 to 10
        Of home makers' output, at the usual learning rate.

    Returns
    -------
    float

    Examples
    --------
    >>> round(one_seller(), 1), round(one_seller(3), 1)
    (35.0, 27.6)
    """
    s = stage(usual_rate(), doublings, denied=False)
    m = s.market
    return float(trade.price_of_one_seller(m.demand_at_zero, m.demand_slope, s.floor, 1 / s.slope, m.seller_cost))


def usual_rate() -> float:
    """The learning rate at which the picture begins: Irwin and Klenow's for memory."""
    return central("learning-rate")


def undone_at(output_rise: float, input_share: float) -> float:
    """The rise of input prices at which effective protection is nil.

    Parameters
    ----------
    output_rise : float, 0 to 100
    input_share : float, 0.001 to 0.99

    Returns
    -------
    float

    Examples
    --------
    >>> round(undone_at(0.2, 0.6), 2)
    0.33
    """
    return float(trade.input_rise_that_undoes(output_rise, input_share))


def undone_in_market() -> float:
    """The rise of input prices at which protection is nil in the teaching market, where the price of chips follows them.

    Returns
    -------
    float
        With chips and tools denied, after the usual doublings. All lines are straight, so protection falls in a straight
        line through the policies' two points: no rise of inputs, and theirs.

    Examples
    --------
    >>> round(undone_in_market(), 2)
    2.14
    """
    kept = policies()
    start, end = (kept[name].protection for name in ("chips denied", "chips and tools denied"))
    return start / (start - end)


@dataclass(frozen=True)
class Rates:
    """Effective protection at one setting, the rise of inputs that undoes it, and its line over `rises` (fractions)."""

    here: float
    undone: float
    rises: np.ndarray
    line: np.ndarray


def protection(output_rise: float, input_rise: float, input_share: float, most_rise: float = 3.0) -> Rates:
    """Effective protection by how much dearer inputs are.

    Parameters
    ----------
    output_rise : float, 0 to 100
    input_rise : float, 0 to 100
    input_share : float, 0.01 to 0.95
    most_rise : float, 0.1 to 100
        End of the line.

    Returns
    -------
    Rates

    Examples
    --------
    >>> found = protection(0.2, 0.5, 0.6)
    >>> round(found.here, 2), round(found.undone, 2)
    (-0.25, 0.33)
    """
    out, into = float(within("output_rise", output_rise, 0, 100)), float(within("input_rise", input_rise, 0, 100))
    share, most = float(within("input_share", input_share, 0.01, 0.95)), float(within("most_rise", most_rise, 0.1, 100))
    undone = undone_at(out, share)
    rises = np.unique(np.append(np.linspace(0, most, 31), min(undone, most)))
    line = trade.effective_protection(out, rises, share)
    return Rates(float(trade.effective_protection(out, into, share)), undone, rises, line)
