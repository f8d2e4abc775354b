"""The compute gap: vintages, two sides with four sources, lags, scores, and the sums behind published sentences."""

from helpers.core.limits import guard
from helpers.scenario.model.claims import dearer_cluster, exports_for, flow_ratio, packages
from helpers.scenario.model.lags import growth_a_year, lag_months, ratio_after, useful
from helpers.scenario.model.scores import Score, covered, inside, log_error, score
from helpers.scenario.model.sides import (
    LEND_AT_MOST,
    SOURCES,
    Additions,
    Used,
    additions,
    blend,
    capped,
    site_gw,
    used,
)
from helpers.scenario.model.vintages import alive, stock

__all__ = [
    "LEND_AT_MOST",
    "SOURCES",
    "Additions",
    "Score",
    "Used",
    "additions",
    "alive",
    "blend",
    "capped",
    "covered",
    "dearer_cluster",
    "exports_for",
    "flow_ratio",
    "growth_a_year",
    "inside",
    "lag_months",
    "log_error",
    "packages",
    "ratio_after",
    "score",
    "site_gw",
    "stock",
    "used",
    "useful",
]

guard(globals(), apart={"stock"})
