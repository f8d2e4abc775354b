"""Lithography: what light can print, in how many passes, at what cost, and what a wafer then costs.

Values come in and go out; the tables of ``data/`` are looked up by name. Costs of a pass are in EUR, the currency of
the tools' prices; costs of wafers are in USD.
"""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.lithography.model.cset import (
    CSET_ATP,
    CSET_CHIPS,
    CSET_DENSITY,
    CSET_DEPRECIATION_SHARE,
    CSET_FLOOR,
    CSET_RATE,
    cset_atp,
    cset_capital_factor,
    cset_chip_price,
    cset_chips_per_wafer,
    cset_table,
    cset_wafer_price,
)
from helpers.lithography.model.layers import (
    COST_PARTS,
    HOURS_PER_MONTH,
    HOURS_PER_YEAR,
    cycle_days,
    depreciation_per_pass,
    layer_cases,
    layer_cost,
    layer_range,
    scanners_needed,
)
from helpers.lithography.model.prices import (
    WAFER_PARTS,
    depreciation_per_wafer,
    good_die_price_ratio,
    node_range,
    price_from_cost,
    wafer_cost,
)
from helpers.lithography.model.schemes import (
    ENDS,
    K1_LIMIT,
    STEPS_PER_CUT,
    Scanner,
    Scheme,
    assumption,
    passes,
    pitch_nm,
    scanner,
    scanners,
    scheme,
    schemes,
    smallest_pitch_nm,
    steps,
)
from helpers.lithography.model.yields import (
    d0_after_passes,
    overlay_yield,
    without_euv,
)

__all__ = [
    "COST_PARTS",
    "CSET_ATP",
    "CSET_CHIPS",
    "CSET_DENSITY",
    "CSET_DEPRECIATION_SHARE",
    "CSET_FLOOR",
    "CSET_RATE",
    "ENDS",
    "HOURS_PER_MONTH",
    "HOURS_PER_YEAR",
    "K1_LIMIT",
    "STEPS_PER_CUT",
    "Scanner",
    "Scheme",
    "WAFER_PARTS",
    "assumption",
    "cset_atp",
    "cset_capital_factor",
    "cset_chip_price",
    "cset_chips_per_wafer",
    "cset_table",
    "cset_wafer_price",
    "cycle_days",
    "d0_after_passes",
    "depreciation_per_pass",
    "depreciation_per_wafer",
    "good_die_price_ratio",
    "layer_cases",
    "layer_cost",
    "layer_range",
    "node_range",
    "overlay_yield",
    "passes",
    "pitch_nm",
    "price_from_cost",
    "scanner",
    "scanners",
    "scanners_needed",
    "scheme",
    "schemes",
    "smallest_pitch_nm",
    "steps",
    "wafer_cost",
    "without_euv",
]

guard(globals())
