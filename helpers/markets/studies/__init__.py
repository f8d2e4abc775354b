"""The questions of 40_grey_markets: rows of ``data/`` put into the model."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.markets.studies.ladder import (
    RUNGS,
    Bearers,
    Market,
    Turn,
    bearers,
    becker,
    landed_share,
    last_buyer,
    market_at,
    open_market,
    patrols,
    receivers,
    turn,
)
from helpers.markets.studies.parity import (
    Hired,
    Parity,
    china_over_world,
    hardware_usd,
    hire_on,
    latest_hire,
    parity,
    rent_path,
)
from helpers.markets.studies.quoted import before_and_after, quoted_mark_ups
from helpers.markets.studies.services import (
    CHEAP,
    COMPARED,
    RESOLD,
    ROUNDS,
    SERVICES,
    Round,
    audit_needed,
    audited_value,
    blended,
    cheap_table,
    jar,
    rest,
    unexplained,
)
from helpers.markets.studies.supply import COUNTS, cases, smuggled
from helpers.markets.studies.values import assumed, central, estimate, quoted_usd

__all__ = [
    "CHEAP",
    "COMPARED",
    "COUNTS",
    "RESOLD",
    "ROUNDS",
    "RUNGS",
    "SERVICES",
    "Bearers",
    "Hired",
    "Market",
    "Parity",
    "Round",
    "Turn",
    "assumed",
    "audit_needed",
    "audited_value",
    "bearers",
    "becker",
    "before_and_after",
    "blended",
    "cases",
    "central",
    "cheap_table",
    "china_over_world",
    "estimate",
    "hardware_usd",
    "hire_on",
    "jar",
    "landed_share",
    "last_buyer",
    "latest_hire",
    "market_at",
    "open_market",
    "parity",
    "patrols",
    "quoted_mark_ups",
    "quoted_usd",
    "receivers",
    "rent_path",
    "rest",
    "smuggled",
    "turn",
    "unexplained",
]

guard(globals())
