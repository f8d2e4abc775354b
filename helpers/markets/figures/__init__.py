"""Charts and tables of `40_grey_markets`."""

from helpers.markets.figures.jar import STEPS as JAR_STEPS
from helpers.markets.figures.jar import jar_chart, jar_rows
from helpers.markets.figures.ladder import STEPS as LADDER_STEPS
from helpers.markets.figures.ladder import ladder_chart, ladder_rows, thousands, together
from helpers.markets.figures.prices import (
    cases_table,
    cheap_table,
    receivers_table,
    rent_panel_chart,
    rent_rows,
    rents_chart,
    smuggled_chart,
    street_chart,
    tokens_chart,
)
from helpers.show.page import folded

__all__ = [
    "JAR_STEPS",
    "LADDER_STEPS",
    "cases_table",
    "cheap_table",
    "folded",
    "jar_chart",
    "jar_rows",
    "ladder_chart",
    "ladder_rows",
    "receivers_table",
    "rent_panel_chart",
    "rent_rows",
    "rents_chart",
    "smuggled_chart",
    "street_chart",
    "thousands",
    "together",
    "tokens_chart",
]
