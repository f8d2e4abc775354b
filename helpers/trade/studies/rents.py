"""One cut of imports under five instruments: the same price, another keeper of the wedge."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.core.limits import one_of, within
from helpers.trade import model as trade
from helpers.trade.studies.values import market


@dataclass(frozen=True)
class Split:
    """Gains and losses by party, as shares of what buyers lose; and the price over the world price."""

    parties: dict[str, float]
    rise: float
    wedge: float
    keeper: str
    buyers_lose: float


def split(instrument: str, let_in: float) -> Split:
    """Who gains and who loses in the teaching market when imports are cut to a share of what they were.

    Parameters
    ----------
    instrument : str
        A key of ``trade.KEEPERS``.
    let_in : float, 0 to 1
        Share of free imports that still comes in.

    Returns
    -------
    Split

    Examples
    --------
    >>> found = split("import tariff", 0.4)
    >>> round(found.rise, 3), found.keeper, round(found.wedge, 3)
    (0.429, "importer's treasury", 0.348)
    """
    one_of("instrument", instrument, trade.KEEPERS)
    share = float(within("let_in", let_in, 0, 1))
    m = market()
    floor, supply = (float(v) for v in trade.home_supply(m.inputs, m.own_floor, m.own_slope))
    line = (m.demand_at_zero, m.demand_slope, floor, supply, m.world_price, m.seller_cost)
    gains = {party: float(v) for party, v in trade.who_gains(instrument, share, *line).items()}
    found = trade.denial(*line, arriving=share * float(trade.denial(*line).imports_before))
    lost = -gains["buyers"]
    scale = lost if lost > 1e-9 else 1.0
    return Split(
        {party: value / scale for party, value in gains.items()},
        float(found.tariff),
        float(found.wedge) / scale,
        trade.KEEPERS[instrument],
        lost,
    )
