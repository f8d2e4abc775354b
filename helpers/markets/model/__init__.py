"""Grey markets as economics: wedges, risk, hidden quality, shared plans, rents. Nothing here says how to evade a rule.

Prices are in list prices or in dollars, as each function says; every function takes single values and arrays alike.
"""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.markets.model.enforcement import (
    SURELY,
    Crossing,
    asked_price,
    break_even_chance,
    crossing,
    elasticity_at,
    last_buyer,
    most_sent,
    offered_price,
    risk_premium,
)
from helpers.markets.model.lemons import Jar, least_honest_share, mixed_value, rounds, settled
from helpers.markets.model.rents import HOURS_A_MONTH, hourly_rent, price_a_rent_carries, years_to_pay_back
from helpers.markets.model.tokens import Plan, blended_price, flat_plan, quality_adjusted_price
from helpers.markets.model.wedges import (
    RECEIVERS,
    Rent,
    Wedge,
    change_net_of,
    in_usd,
    landed,
    mark_up,
    wedge,
    where_the_rent_goes,
)

__all__ = [
    "HOURS_A_MONTH",
    "RECEIVERS",
    "SURELY",
    "Crossing",
    "Jar",
    "Plan",
    "Rent",
    "Wedge",
    "asked_price",
    "blended_price",
    "break_even_chance",
    "change_net_of",
    "crossing",
    "elasticity_at",
    "flat_plan",
    "hourly_rent",
    "in_usd",
    "landed",
    "last_buyer",
    "least_honest_share",
    "mark_up",
    "mixed_value",
    "most_sent",
    "offered_price",
    "price_a_rent_carries",
    "quality_adjusted_price",
    "risk_premium",
    "rounds",
    "settled",
    "wedge",
    "where_the_rent_goes",
    "years_to_pay_back",
]

guard(globals())
