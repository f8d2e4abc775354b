"""Charts and tables of `26_memory_wall`."""

from helpers.memory.figures.live import LINES, ROWS, earns_chart, wafers_chart
from helpers.memory.figures.static import (
    accounts_chart,
    calls_table,
    path_chart,
    products_chart,
    rule_table,
    shares_chart,
)
from helpers.memory.figures.taps import STEPS, case_of, taps_chart, taps_rows
from helpers.show.page import folded

__all__ = [
    "LINES",
    "ROWS",
    "STEPS",
    "accounts_chart",
    "calls_table",
    "case_of",
    "earns_chart",
    "folded",
    "path_chart",
    "products_chart",
    "rule_table",
    "shares_chart",
    "taps_chart",
    "taps_rows",
    "wafers_chart",
]
