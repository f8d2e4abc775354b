"""The questions of 40_grey_markets: rows of ``data/`` put into the model."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.markets.studies.ladder import (
    RUNGS,
    Before,
    Market,
    Turn,
    becker,
    before_and_after,
    landed_share,
    market_at,
    open_market,
    patrols,
    quoted_mark_ups,
    turn,
)
from helpers.markets.studies.parity import Parity, china_over_world, hardware_usd, parity, rent_of, rent_path
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
    quality_factor,
    rest,
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
    "Before",
    "Market",
    "Parity",
    "Round",
    "Turn",
    "assumed",
    "audit_needed",
    "audited_value",
    "becker",
    "before_and_after",
    "blended",
    "cases",
    "central",
    "cheap_table",
    "china_over_world",
    "estimate",
    "hardware_usd",
    "jar",
    "landed_share",
    "market_at",
    "open_market",
    "parity",
    "patrols",
    "quality_factor",
    "quoted_mark_ups",
    "quoted_usd",
    "rent_of",
    "rent_path",
    "rest",
    "smuggled",
    "turn",
]

guard(globals())
