"""Charts and tables of 20_dies_and_yield."""

from helpers.show.page import folded
from helpers.wafers.figures.static import (
    FATES,
    bills_chart,
    implied_chart,
    package_chart,
    reports_table,
    salvage_chart,
    split_chart,
    yields_chart,
)
from helpers.wafers.figures.wafer import STEPS, own_chart, own_rows, picture_chart, wafer_rows

__all__ = [
    "FATES",
    "STEPS",
    "bills_chart",
    "folded",
    "implied_chart",
    "own_chart",
    "own_rows",
    "package_chart",
    "picture_chart",
    "reports_table",
    "salvage_chart",
    "split_chart",
    "wafer_rows",
    "yields_chart",
]
