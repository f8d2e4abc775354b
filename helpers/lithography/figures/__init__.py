"""Charts and tables of 22_without_euv; ``pieces`` and ``pencil`` hold what they share."""

from __future__ import annotations

from helpers.lithography.figures.counters import NAMES, causes, comparison, counters, said
from helpers.lithography.figures.evidence import capacity_chart, cset_fit_table, density_chart, prices_chart
from helpers.lithography.figures.layers import (
    penalty_chart,
    penalty_marks,
    pitch_chart,
    pitch_marks,
    scanners_table,
    signed,
)
from helpers.lithography.figures.picture import FRAMES, frame, nm, picture_chart
from helpers.lithography.figures.wafers import premium_chart, premium_marks, ratios_table, wafer_chart, wafer_marks
from helpers.show.page import folded

__all__ = [
    "FRAMES",
    "NAMES",
    "capacity_chart",
    "causes",
    "comparison",
    "counters",
    "cset_fit_table",
    "density_chart",
    "folded",
    "frame",
    "nm",
    "penalty_chart",
    "penalty_marks",
    "picture_chart",
    "pitch_chart",
    "pitch_marks",
    "premium_chart",
    "premium_marks",
    "prices_chart",
    "ratios_table",
    "said",
    "scanners_table",
    "signed",
    "wafer_chart",
    "wafer_marks",
]
