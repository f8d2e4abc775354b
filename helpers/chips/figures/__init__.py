"""Charts and tables of 14_chips_compared."""

from __future__ import annotations

from helpers.chips.figures.places import MAP_HEIGHT, MAP_WIDTH, axis_ends, map_chart, named, place_names
from helpers.chips.figures.ratios import contested_card, gave_up_table, ratio_chart
from helpers.chips.figures.systems import systems_chart, systems_table
from helpers.chips.figures.volumes import revenue_chart, units_chart
from helpers.chips.figures.weights import weighting_chart

__all__ = [
    "MAP_HEIGHT",
    "MAP_WIDTH",
    "axis_ends",
    "contested_card",
    "gave_up_table",
    "map_chart",
    "named",
    "place_names",
    "ratio_chart",
    "revenue_chart",
    "systems_chart",
    "systems_table",
    "units_chart",
    "weighting_chart",
]
