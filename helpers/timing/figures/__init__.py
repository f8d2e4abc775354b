"""Pictures, charts and tables of 44_deny_or_sell."""

from helpers.timing.figures.choices import (
    arguments_chart,
    kind_of,
    map_chart,
    map_rows,
    plan_rows,
    plans_chart,
    sides_chart,
    sides_rows,
)
from helpers.timing.figures.reservoir import FRAMES, reservoir_chart, reservoir_rows, year_of
from helpers.timing.figures.static import (
    arguments_table,
    identify_table,
    left_chart,
    offer_steps_table,
    offers_table,
    paths_chart,
    turns_chart,
)

__all__ = [
    "FRAMES",
    "arguments_chart",
    "arguments_table",
    "identify_table",
    "kind_of",
    "left_chart",
    "map_chart",
    "map_rows",
    "offer_steps_table",
    "offers_table",
    "paths_chart",
    "plan_rows",
    "plans_chart",
    "reservoir_chart",
    "reservoir_rows",
    "sides_chart",
    "sides_rows",
    "turns_chart",
    "year_of",
]
