"""One cut of imports, five instruments: the price is the same, who keeps the wedge is not."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import one_of, within
from helpers.trade.model.denial import LARGEST, denial

# Instrument -> who keeps the difference between the price at home and the world price of each chip that comes in.
KEEPERS = {
    "import tariff": "importer's treasury",
    "export charge": "exporter's treasury",
    "seller's licence": "foreign seller",
    "buyer's licence": "licensed importers",
    "smuggling": "smugglers",
}
PARTIES = ("buyers", "home makers", *KEEPERS.values(), "nobody")


def who_gains(
    instrument: str,
    let_in: ArrayLike,
    demand_at_zero: ArrayLike,
    demand_slope: ArrayLike,
    cost_floor: ArrayLike,
    supply_slope: ArrayLike,
    world_price: ArrayLike,
    seller_cost: ArrayLike | None = None,
) -> dict[str, np.ndarray]:
    """Gains (above 0) and losses of each party when imports are cut to a share of what they were.

    Parameters
    ----------
    instrument : str
        A key of `KEEPERS`: an import tariff, an export charge, licences held by the seller or by importers, smuggling.
    let_in : scalar or array, 0 to 1
        Chips that still come in, as a share of free imports. 0 is a full denial, under which no instrument earns anything.
    demand_at_zero, demand_slope, cost_floor, supply_slope, world_price, seller_cost : scalar or array
        As in `denial`.

    Returns
    -------
    dict of str to ndarray
        By `PARTIES`. "nobody" is the deadweight loss: what buyers lose and nobody gains, above 0. The foreign seller's
        entry holds its lost margin too; apart from that margin the entries add to 0.

    Raises
    ------
    ValueError
        An unknown instrument, or a value outside its range.

    Notes
    -----
    Equivalence of tariff and quota (Bhagwati 1965, from memory) under competition and certainty: equal imports, equal price,
    equal losses of buyers and gains of makers; only the wedge changes hands. With market power or change over
    time the instruments differ. Freight, risk and bribes eat a part of the smugglers' wedge, which here is theirs.

    Examples
    --------
    >>> got = who_gains("import tariff", 0.4, 100, 1, 20, 1, 35, 12)
    >>> {party: round(float(v)) for party, v in got.items() if abs(float(v)) > 0}  # doctest: +NORMALIZE_WHITESPACE
    {'buyers': -862, 'home makers': 338, "importer's treasury": 300, 'foreign seller': -690, 'nobody': 225}
    """
    one_of("instrument", instrument, KEEPERS)
    share = within("let_in", let_in, 0, 1)
    free = denial(demand_at_zero, demand_slope, cost_floor, supply_slope, world_price, seller_cost)
    cut = denial(
        demand_at_zero,
        demand_slope,
        cost_floor,
        supply_slope,
        world_price,
        seller_cost,
        np.minimum(share * free.imports_before, LARGEST),
    )
    gains = {party: np.zeros_like(cut.wedge) for party in PARTIES}
    gains["buyers"] = -cut.buyers_lose
    gains["home makers"] = cut.makers_gain
    gains["foreign seller"] = gains["foreign seller"] - cut.seller_loses
    gains[KEEPERS[instrument]] = gains[KEEPERS[instrument]] + cut.wedge
    gains["nobody"] = cut.deadweight + gains["nobody"]
    return gains


def duty_usd(chips: ArrayLike, price_usd: ArrayLike, rate: ArrayLike) -> np.ndarray:
    """What an ad valorem duty yields.

    Parameters
    ----------
    chips : scalar or array, 0 to 1e9
    price_usd : scalar or array, 0 to 1e7 USD
        The value on which it is charged.
    rate : scalar or array, 0 to 10
        0.25 is 25%.

    Returns
    -------
    ndarray of float, broadcast shape, USD

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> float(duty_usd(20_000, 27_000, 0.25))
    135000000.0
    """
    value = within("chips", chips, 0, LARGEST) * within("price_usd", price_usd, 0, 1e7, "USD")
    return value * within("rate", rate, 0, 10)
