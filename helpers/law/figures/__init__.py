"""Charts and tables of `46_law_and_plans`."""

from helpers.law.figures.binds import binds_chart, binds_rows, routes_shown
from helpers.law.figures.court import court_chart, court_rows, words_of
from helpers.law.figures.static import (
    answers_table,
    cases_chart,
    cases_table,
    funds_chart,
    plans_table,
    support_table,
    targets_chart,
    targets_table,
)

__all__ = [
    "answers_table",
    "binds_chart",
    "binds_rows",
    "cases_chart",
    "cases_table",
    "court_chart",
    "court_rows",
    "funds_chart",
    "plans_table",
    "routes_shown",
    "support_table",
    "targets_chart",
    "targets_table",
    "words_of",
]
