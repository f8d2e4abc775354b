"""Charts and tables of 22_without_euv; ``pieces`` holds what they share."""

from __future__ import annotations

from helpers.lithography.figures.evidence import (
    capacity_chart,
    cset_fit_table,
    density_chart,
    prices_chart,
)
from helpers.lithography.figures.layers import (
    PART_COLOURS,
    penalty_chart,
    penalty_marks,
    pitch_chart,
    pitch_marks,
    scanners_table,
    signed,
)
from helpers.lithography.figures.wafers import (
    LINES,
    premium_chart,
    premium_marks,
    wafer_chart,
    wafer_marks,
)

__all__ = [
    "LINES",
    "PART_COLOURS",
    "capacity_chart",
    "cset_fit_table",
    "density_chart",
    "penalty_chart",
    "penalty_marks",
    "pitch_chart",
    "pitch_marks",
    "premium_chart",
    "premium_marks",
    "prices_chart",
    "scanners_table",
    "signed",
    "wafer_chart",
    "wafer_marks",
]
