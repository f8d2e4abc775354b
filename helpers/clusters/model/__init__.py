"""Clusters: equal work with other chips, its power and its cost, and whether it can be made at all.

Four steps, each of plain functions on values or arrays: how many chips of one kind do the work of
another; what they draw and cost for each delivered petaFLOP-hour; at what price of electricity two
clusters tie; and how many chips the wafers, the memory and the packaging allow. Nothing here knows
a price or a yield: they come from ``data/`` through whoever calls.
"""

from __future__ import annotations

from helpers.clusters.model.costs import (
    HOURS_PER_YEAR,
    METHODS,
    PARTS,
    capital_charge,
    capital_recovery_factor,
    cost_per_pflop_hour,
    declining_rate,
    energy_cost_usd,
    facility_power_kw,
    shares,
    tie_price,
)
from helpers.clusters.model.supplies import LIMITS, Supply, grid_share, supply, wafers_needed
from helpers.clusters.model.work import (
    capital_ratio,
    chips_to_match,
    energy_ratio,
    equal_work,
    network_growth,
    network_usd,
)
from helpers.core.limits import guard

__all__ = [
    "capital_ratio",
    "chips_to_match",
    "energy_ratio",
    "equal_work",
    "network_growth",
    "network_usd",
    "HOURS_PER_YEAR",
    "METHODS",
    "PARTS",
    "capital_charge",
    "capital_recovery_factor",
    "cost_per_pflop_hour",
    "declining_rate",
    "energy_cost_usd",
    "facility_power_kw",
    "shares",
    "tie_price",
    "LIMITS",
    "Supply",
    "grid_share",
    "supply",
    "wafers_needed",
]

guard(globals())
