"""Rows of ``data/trade_parameters.csv`` as numbers, and the teaching market that they make."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.trade import model as trade


class Market(NamedTuple):
    """The home market of the picture: what `trade.denial` takes, and the parts of the home makers' cost."""

    demand_at_zero: float
    demand_slope: float
    world_price: float
    inputs: float
    own_floor: float
    own_slope: float
    seller_cost: float


@cache
def parameter(name: str) -> tuple[float, float, float]:
    """Low, central and high of a parameter; the centre alone where no range is given.

    Parameters
    ----------
    name : str
        An id of ``data/trade_parameters.csv``.

    Returns
    -------
    tuple of float

    Examples
    --------
    >>> parameter("learning-rate")
    (0.05, 0.2, 0.25)
    """
    rows = data.load("trade_parameters").set_index("parameter_id")
    one_of("name", name, list(rows.index))
    row = rows.loc[name]
    central = float(row["central"])
    return tuple(central if np.isnan(row[end]) else float(row[end]) for end in ("low", "central", "high"))


def central(name: str) -> float:
    """The central value of a parameter.

    Examples
    --------
    >>> central("spillover")
    0.333
    """
    return parameter(name)[1]


def market(input_share: float | None = None) -> Market:
    """The teaching market, with another share of bought inputs if wanted.

    Parameters
    ----------
    input_share : float, 0 to 0.95, optional
        Of the world price; own work is stretched so that home makers still sell as many chips at the world price.

    Returns
    -------
    Market

    Examples
    --------
    >>> m = market()
    >>> m.inputs, m.own_floor, round(m.seller_cost, 3)
    (14.0, 6.0, 10.045)
    """
    price, usual = central("world-price"), central("input-share")
    share = usual if input_share is None else float(within("input_share", input_share, 0, 0.95))
    stretch = (1 - share) / (1 - usual)
    return Market(
        central("demand-at-zero"),
        central("demand-slope"),
        price,
        share * price,
        central("own-work-floor") * stretch,
        central("own-work-slope") * stretch,
        price * (1 - central("seller-gross-margin")),
    )


def after_learning(rate: float, doublings: float) -> float:
    """Own work after some doublings of cumulative output, over own work at first.

    Parameters
    ----------
    rate : float, 0 to 0.95
    doublings : float, 0 to 30

    Returns
    -------
    float

    Examples
    --------
    >>> round(after_learning(0.2, 3), 3)
    0.512
    """
    within("doublings", doublings, 0, 30)
    return float(trade.unit_cost(2.0**doublings, 1.0, rate))
