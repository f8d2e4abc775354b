"""Trade: denial as protection, who keeps the wedge, effective protection, learning, shares, and several countries.

Plain functions on values or arrays. Nothing here knows a price or a share: they come from ``data/`` through whoever calls.
"""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.trade.model.denial import Denial, deadweight_shortcut, denial, price_of_one_seller, price_without_imports
from helpers.trade.model.gsim import World, gsim
from helpers.trade.model.learning import (
    Infant,
    Planner,
    doublings_to_keep_up,
    effective_experience,
    infant_industry,
    learning_exponent,
    learning_rate,
    parity_years,
    planners_choice,
    unit_cost,
)
from helpers.trade.model.protection import (
    effective_protection,
    effective_protection_of,
    home_supply,
    input_rise_that_undoes,
    substitution_sign,
)
from helpers.trade.model.rents import KEEPERS, PARTIES, duty_usd, who_gains
from helpers.trade.model.shares import Path, logistic, logistic_through, research_after

__all__ = [
    "Denial",
    "deadweight_shortcut",
    "denial",
    "price_of_one_seller",
    "price_without_imports",
    "World",
    "gsim",
    "Infant",
    "Planner",
    "doublings_to_keep_up",
    "effective_experience",
    "infant_industry",
    "learning_exponent",
    "learning_rate",
    "parity_years",
    "planners_choice",
    "unit_cost",
    "effective_protection",
    "effective_protection_of",
    "home_supply",
    "input_rise_that_undoes",
    "substitution_sign",
    "KEEPERS",
    "PARTIES",
    "duty_usd",
    "who_gains",
    "Path",
    "logistic",
    "logistic_through",
    "research_after",
]

guard(globals())
