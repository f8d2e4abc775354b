"""Charts and tables of `42_reverse_tariff`."""

from __future__ import annotations

from helpers.show.page import folded
from helpers.trade.figures.border import border_chart, border_rows
from helpers.trade.figures.live import MOST_RISE, parity_chart, protection_chart, split_chart
from helpers.trade.figures.record import cases_chart, steps_chart, steps_table
from helpers.trade.figures.static import (
    disagree_chart,
    example_table,
    rates_table,
    shares_chart,
    studies_table,
    sweep_table,
)

__all__ = [
    "border_chart",
    "border_rows",
    "MOST_RISE",
    "parity_chart",
    "protection_chart",
    "split_chart",
    "cases_chart",
    "steps_chart",
    "steps_table",
    "disagree_chart",
    "example_table",
    "folded",
    "rates_table",
    "shares_chart",
    "studies_table",
    "sweep_table",
]
