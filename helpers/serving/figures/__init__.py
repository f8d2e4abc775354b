"""Charts and tables of 34_serving."""

from __future__ import annotations

from helpers.serving.figures.links import SPEED_ENDS, link_rows, links_chart
from helpers.serving.figures.margin import margin_chart, margin_rows
from helpers.serving.figures.measured import measured_chart
from helpers.serving.figures.prices import price_chart, price_marks, prices_chart
from helpers.serving.figures.roofline import X_ENDS, Y_ENDS, roofline_chart, roofline_rows
from helpers.serving.figures.shared import lit_cells, shared_chart, shared_rows
from helpers.serving.figures.work import rules_table, work_chart

__all__ = [
    "SPEED_ENDS",
    "X_ENDS",
    "Y_ENDS",
    "link_rows",
    "links_chart",
    "lit_cells",
    "margin_chart",
    "margin_rows",
    "measured_chart",
    "price_chart",
    "price_marks",
    "prices_chart",
    "roofline_chart",
    "roofline_rows",
    "rules_table",
    "shared_chart",
    "shared_rows",
    "work_chart",
]
