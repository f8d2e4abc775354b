"""Charts and tables of `26_memory_wall`."""

from helpers.memory.figures.live import LINES, ROWS, earns_chart, wafers_chart
from helpers.memory.figures.static import calls_table, folded, path_chart, products_chart, rule_table, shares_chart
from helpers.memory.figures.taps import STEPS, taps_chart, taps_rows

__all__ = [
    "LINES",
    "ROWS",
    "STEPS",
    "calls_table",
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
