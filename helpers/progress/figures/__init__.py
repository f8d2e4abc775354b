"""Charts and tables of 36_who_benefits, drawn from the studies of progress."""

from helpers.progress.figures.gains import COMBINED, multiply_chart, optimum_table, rates_chart
from helpers.progress.figures.papers import paper_card, papers_chart
from helpers.progress.figures.record import (
    adoptions_chart,
    adoptions_table,
    causes_chart,
    gaps_chart,
    points_table,
)
from helpers.progress.figures.scale import WITH, WITHOUT, crossing_chart, labs_chart
from helpers.progress.figures.scales import SIDE_WORDS, cards_table, scales_chart, scales_rows

__all__ = [
    "COMBINED",
    "SIDE_WORDS",
    "WITH",
    "WITHOUT",
    "adoptions_chart",
    "adoptions_table",
    "cards_table",
    "causes_chart",
    "crossing_chart",
    "gaps_chart",
    "labs_chart",
    "multiply_chart",
    "optimum_table",
    "paper_card",
    "papers_chart",
    "points_table",
    "rates_chart",
    "scales_chart",
    "scales_rows",
]
