"""Stacks of memory, a balance of gigabytes by month, and what a wafer earns as DRAM or as HBM."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.memory.model.balance import BINDING, MONTHS, MOST_YEARS, Balance, balance, runs_out
from helpers.memory.model.stacks import (
    MOST_LAYERS,
    gb_per_equivalent,
    layer_yield,
    stack_bandwidth,
    stack_yield,
    stacks_from_wafers,
    unexplained,
    wafers_for_stacks,
)
from helpers.memory.model.trade import Diverted, break_even, chained, contracted, diverted, trade_ratio

__all__ = [
    "BINDING",
    "Balance",
    "Diverted",
    "MONTHS",
    "MOST_LAYERS",
    "MOST_YEARS",
    "balance",
    "break_even",
    "chained",
    "contracted",
    "diverted",
    "gb_per_equivalent",
    "layer_yield",
    "runs_out",
    "stack_bandwidth",
    "stack_yield",
    "stacks_from_wafers",
    "trade_ratio",
    "unexplained",
    "wafers_for_stacks",
]

guard(globals(), apart=("balance",))
