"""The questions of `42_reverse_tariff`: rows of ``data/`` put into the models of trade; no drawing."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.trade.studies.evidence import (
    SERIES,
    Forgone,
    cases,
    denial_example,
    disagreeing,
    example,
    free_trade_example,
    h20,
    h200_duty_usd,
    hydrogen_fluoride,
    share_at,
    share_path,
    share_points,
    verdicts_of_studies,
    volume,
)
from helpers.trade.studies.infants import SWEEP, YEARS, Growing, growing, rates, spillover_effect, surface, sweep
from helpers.trade.studies.paths import FIRST_CHIP_RULE, FIRST_LISTING, before_and_after, older_steps, path_steps
from helpers.trade.studies.rents import Split, split
from helpers.trade.studies.story import (
    POLICIES,
    Kept,
    Rates,
    Stage,
    one_seller,
    policies,
    protection,
    stage,
    undone_at,
    undone_in_market,
    usual_rate,
)
from helpers.trade.studies.values import Market, after_learning, central, market, parameter

__all__ = [
    "SERIES",
    "Forgone",
    "cases",
    "denial_example",
    "disagreeing",
    "example",
    "free_trade_example",
    "h20",
    "h200_duty_usd",
    "hydrogen_fluoride",
    "share_at",
    "share_path",
    "share_points",
    "verdicts_of_studies",
    "volume",
    "SWEEP",
    "YEARS",
    "Growing",
    "growing",
    "rates",
    "spillover_effect",
    "surface",
    "sweep",
    "FIRST_CHIP_RULE",
    "FIRST_LISTING",
    "before_and_after",
    "older_steps",
    "path_steps",
    "Split",
    "split",
    "POLICIES",
    "Kept",
    "Rates",
    "Stage",
    "one_seller",
    "policies",
    "protection",
    "stage",
    "undone_at",
    "undone_in_market",
    "usual_rate",
    "Market",
    "after_learning",
    "central",
    "market",
    "parameter",
]

guard(globals())
