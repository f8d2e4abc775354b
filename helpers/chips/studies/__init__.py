"""The questions of 14_chips_compared: rows of ``data/`` put into the model."""

from __future__ import annotations

from helpers.chips.studies.names import (
    AXIS_WORDS,
    CHINESE,
    CUT,
    GROUPS,
    MEASURES,
    PERFORMANCE,
    PLAN,
    US,
    ends,
    groups,
    ratio_words,
    short,
    tagged,
)
from helpers.chips.studies.parts import DRAWN, PICTURED, Parts, drawn_extremes, drawn_ratios, parts
from helpers.chips.studies.places import Placed, data_centre_chips, placed
from helpers.chips.studies.ratios import (
    COMPARED,
    KEPT,
    REFERENCES,
    Contested,
    Extremes,
    by_bandwidth_per_compute,
    contested,
    extremes,
    kept,
    matching_count,
    ratio_rows,
)
from helpers.chips.studies.systems import SYSTEMS, takes_per_pflop, times_per_pflop
from helpers.chips.studies.volumes import BASES, NATURES, UNITS, both_bases, revenue_points, units, yearly_revenue
from helpers.chips.studies.weights import FIELD, LEVEL, STORY, Standing, ranked, standing
from helpers.core.limits import guard

__all__ = [
    "AXIS_WORDS",
    "BASES",
    "CHINESE",
    "COMPARED",
    "CUT",
    "Contested",
    "DRAWN",
    "Extremes",
    "FIELD",
    "GROUPS",
    "KEPT",
    "LEVEL",
    "MEASURES",
    "NATURES",
    "PERFORMANCE",
    "PICTURED",
    "PLAN",
    "Parts",
    "Placed",
    "REFERENCES",
    "STORY",
    "SYSTEMS",
    "Standing",
    "UNITS",
    "US",
    "both_bases",
    "by_bandwidth_per_compute",
    "contested",
    "data_centre_chips",
    "drawn_extremes",
    "drawn_ratios",
    "ends",
    "extremes",
    "groups",
    "kept",
    "matching_count",
    "parts",
    "placed",
    "ranked",
    "ratio_rows",
    "ratio_words",
    "revenue_points",
    "short",
    "standing",
    "tagged",
    "takes_per_pflop",
    "times_per_pflop",
    "units",
    "yearly_revenue",
]

guard(globals())
