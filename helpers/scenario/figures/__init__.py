"""Charts and tables of 80_compute_gap."""

from __future__ import annotations

from helpers.scenario.figures.live import dial_chart, dial_rows, fan_chart, fan_rows, gap_chart, gap_rows
from helpers.scenario.figures.reservoirs import STEPS, SWITCHES, levels, reservoir_chart, reservoir_rows
from helpers.scenario.figures.static import (
    checks_table,
    models_table,
    official_table,
    published_table,
    scores_chart,
    scores_table,
    units_chart,
)
from helpers.show.page import folded

__all__ = [
    "STEPS",
    "SWITCHES",
    "checks_table",
    "dial_chart",
    "dial_rows",
    "fan_chart",
    "fan_rows",
    "folded",
    "gap_chart",
    "gap_rows",
    "levels",
    "models_table",
    "official_table",
    "published_table",
    "reservoir_chart",
    "reservoir_rows",
    "scores_chart",
    "scores_table",
    "units_chart",
]
