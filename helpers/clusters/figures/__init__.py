"""Charts and tables of 24_more_chips_more_power: equal work, its cost, its electricity, its supply."""

from __future__ import annotations

from helpers.clusters.figures.electricity import (
    LINES,
    MOST_CENTS,
    baselines_table,
    bills_table,
    places_table,
    prices_chart,
    ratios_table,
    tie_chart,
)
from helpers.clusters.figures.ladder import RUNGS
from helpers.clusters.figures.picture import HEIGHT, MILLION, STEPS, WIDTH, peak_to_bill_chart, peak_to_bill_rows
from helpers.clusters.figures.supplies import CEILINGS, LIMIT_WORDS, nation_chart, scenarios_table, supply_chart
from helpers.clusters.figures.work import SPENT_ON, cost_chart, equal_work_chart, flips_table, tornado_chart

__all__ = [
    "HEIGHT",
    "MILLION",
    "RUNGS",
    "STEPS",
    "WIDTH",
    "peak_to_bill_chart",
    "peak_to_bill_rows",
    "SPENT_ON",
    "cost_chart",
    "equal_work_chart",
    "flips_table",
    "tornado_chart",
    "LINES",
    "MOST_CENTS",
    "baselines_table",
    "bills_table",
    "places_table",
    "prices_chart",
    "ratios_table",
    "tie_chart",
    "CEILINGS",
    "LIMIT_WORDS",
    "nation_chart",
    "scenarios_table",
    "supply_chart",
]
