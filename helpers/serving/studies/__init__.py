"""The questions of 34_serving: rows of ``data/`` put into the model."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.serving.studies.books import Day, as_disclosed, day_after
from helpers.serving.studies.choices import (
    BATCHES,
    CHIPS,
    CONTEXTS,
    GROUPS,
    countable_models,
    drawable_chips,
    ridge_in_16_bits,
    step_of,
    token_words,
)
from helpers.serving.studies.links import HIDDEN, SPEEDS, Exchange, exchange, named_links
from helpers.serving.studies.prices import FOLLOWED, SIDES, followed_prices, list_prices, price_group, price_rows
from helpers.serving.studies.rooflines import (
    UnderRoof,
    measured_cases,
    measured_ends,
    measured_points,
    not_drawn,
    under_roof,
)
from helpers.serving.studies.shared import ALONE, AT_ONCE, SHORT, Alone, alone
from helpers.serving.studies.work import FEW, MANY, WORK, RuleStep, rule_steps, work_times

__all__ = [
    "ALONE",
    "AT_ONCE",
    "Alone",
    "BATCHES",
    "CHIPS",
    "CONTEXTS",
    "Day",
    "Exchange",
    "FEW",
    "FOLLOWED",
    "GROUPS",
    "HIDDEN",
    "MANY",
    "RuleStep",
    "SHORT",
    "SIDES",
    "SPEEDS",
    "UnderRoof",
    "WORK",
    "alone",
    "as_disclosed",
    "countable_models",
    "day_after",
    "drawable_chips",
    "exchange",
    "followed_prices",
    "list_prices",
    "measured_cases",
    "measured_ends",
    "measured_points",
    "named_links",
    "not_drawn",
    "price_group",
    "price_rows",
    "ridge_in_16_bits",
    "rule_steps",
    "step_of",
    "token_words",
    "under_roof",
    "work_times",
]

guard(globals())
