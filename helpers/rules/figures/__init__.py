"""Charts, tables and the opening picture of 12_rules_as_code."""

from __future__ import annotations

from helpers.rules.figures.charts import (
    MADE_FOR,
    MARGIN_ENDS,
    PLANE_ENDS,
    PLANE_SIZE,
    PLANE_TICKS,
    PLANE_WORDS,
    SHADES,
    STATUS_COLOURS,
    STORY,
    TPP_ENDS,
    answers_table,
    designer_chart,
    margins_chart,
    place_labels,
    regions_chart,
    status_map,
    statuses_of,
)
from helpers.rules.figures.wall import WALL_HEIGHT, WALL_WIDTH, OwnDot, wall_chart, wall_rows

__all__ = [
    "MADE_FOR",
    "MARGIN_ENDS",
    "PLANE_ENDS",
    "PLANE_SIZE",
    "PLANE_TICKS",
    "PLANE_WORDS",
    "SHADES",
    "STATUS_COLOURS",
    "STORY",
    "TPP_ENDS",
    "WALL_HEIGHT",
    "WALL_WIDTH",
    "OwnDot",
    "answers_table",
    "designer_chart",
    "margins_chart",
    "place_labels",
    "regions_chart",
    "status_map",
    "statuses_of",
    "wall_chart",
    "wall_rows",
]
