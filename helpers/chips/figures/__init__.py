"""Charts and tables of 14_chips_compared."""

from __future__ import annotations

from helpers.chips.figures import pipes
from helpers.chips.figures.pipes import pipes_chart, pipes_rows
from helpers.chips.figures.places import MAP_HEIGHT, MAP_WIDTH, axis_ends, map_chart, named, place_names
from helpers.chips.figures.ratios import contested_card, gave_up_table, ratio_chart
from helpers.chips.figures.systems import systems_chart, systems_table
from helpers.chips.figures.volumes import revenue_chart, units_chart
from helpers.chips.figures.weights import weighting_chart
from helpers.show.page import folded

__all__ = [
    "MAP_HEIGHT",
    "MAP_WIDTH",
    "axis_ends",
    "contested_card",
    "folded",
    "gave_up_table",
    "map_chart",
    "named",
    "pipes",
    "pipes_chart",
    "pipes_rows",
    "place_names",
    "ratio_chart",
    "revenue_chart",
    "systems_chart",
    "systems_table",
    "units_chart",
    "weighting_chart",
]
