"""Charts and tables of 10_timeline, one file a topic."""

from helpers.timeline.figures.answers import lag_chart, pairs_table
from helpers.timeline.figures.gates import gates_chart
from helpers.timeline.figures.keys import two_keys_chart
from helpers.timeline.figures.road import road_chart, road_rows
from helpers.timeline.figures.sides import eras_table, quarters_chart, timeline_chart

__all__ = [
    "eras_table",
    "gates_chart",
    "lag_chart",
    "pairs_table",
    "quarters_chart",
    "road_chart",
    "road_rows",
    "timeline_chart",
    "two_keys_chart",
]
